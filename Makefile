# One door: a person, a hook and CI use the same targets. "make help" lists them.
PYTHON ?= python3
PYTEST = .venv/bin/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help run dev test lint format e2e e2e-full faults bench messages lock clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ## Start the portal from nothing on http://localhost:8000 (PORT=8001 for another port).
	@$(PYTHON) ops/serve.py

dev: ## The same with automatic reload and the debug toolbar.
	@$(PYTHON) ops/serve.py --dev

test: ## Run the tests that need no browser (DATABASE_URL=postgresql://… for PostgreSQL).
	@$(PYTHON) ops/bootstrap.py dev
	@$(PYTEST) -n auto --dist loadgroup -m "not browser and not fault" $(ARGS)

lint: ## Check format, style, templates, migrations, settings, lock files and translations.
	@$(PYTHON) ops/bootstrap.py dev
	@$(PYTHON) ops/lint.py

format: ## Format Python and templates.
	@$(PYTHON) ops/bootstrap.py dev
	@.venv/bin/ruff check --quiet --fix-only . && .venv/bin/ruff format .
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --target-version 5.2

e2e: ## Try every template in a real browser: accessibility, keyboard, weight.
	@$(PYTHON) ops/bootstrap.py dev
	@$(PYTEST) tests/e2e -m "browser and not every_page" $(ARGS)

e2e-full: ## The same on every page.
	@$(PYTHON) ops/bootstrap.py dev
	@$(PYTEST) tests/e2e -m browser $(ARGS)

faults: ## Kill processes on purpose and see how the rest takes it.
	@$(PYTHON) ops/bootstrap.py dev
	@$(PYTEST) -m fault $(ARGS)

bench: ## Measure the budgets: weight, requests, queries, memory, start; progress on PostgreSQL.
	@$(PYTHON) ops/bootstrap.py dev
	@.venv/bin/python ops/bench.py

messages: ## Collect new messages into locale/ (needs gettext).
	@$(PYTHON) ops/bootstrap.py dev
	@.venv/bin/python manage.py makemessages --all --add-location=file --no-obsolete --ignore=.venv --ignore=var --ignore=tests --ignore=docs

lock: ## Lock the newest allowed packages by hash (needs uv).
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements/base.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt

clean: ## Remove what can be made again; the database in var/ stays.
	@rm -rf .venv var/static var/static.digest var/log .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
	@find locale -name '*.mo' -delete
