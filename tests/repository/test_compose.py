"""docker-compose.yml names the versions we promise and sets what the settings read."""

import re
import subprocess

import pytest
import yaml

from tests.repository.source import ROOT

# Read by the server process or the images themselves, not by the settings.
OTHER_VARIABLES = {"WEB_CONCURRENCY", "WEB_THREADS"}
# Made from others in docker-compose.yml, or from parts that .env names.
PORTAL_SERVICES = ("web", "worker", "beat", "migrate")


@pytest.fixture(scope="module")
def text():
    return (ROOT / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def services(text):
    return yaml.safe_load(text)["services"]


@pytest.fixture(scope="module")
def settings():
    return (ROOT / "portal/settings.py").read_text()


def read_by(settings: str) -> set[str]:
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings)) | required_by(settings)


def required_by(settings: str) -> set[str]:
    return set(re.findall(r'in_production\(\s*env\.\w+, "([A-Z_]+)"', settings))


def test_has_every_service(services):
    assert services.keys() >= {"proxy", "postgres", "redis", *PORTAL_SERVICES}
    assert services["postgres"]["image"].startswith("postgres:17")
    assert services["redis"]["image"].startswith("redis:")


@pytest.mark.parametrize("name", PORTAL_SERVICES)
def test_sets_what_production_requires(services, settings, name):
    given = services[name]["environment"]

    assert required_by(settings) >= {"PORTAL_SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"}
    assert required_by(settings) <= given.keys()
    assert given.keys() <= read_by(settings) | OTHER_VARIABLES
    assert given["PORTAL_ENV"] == "production"


def test_example_names_every_variable(text):
    used = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text))
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert used == named


def test_secrets_have_no_default(text):
    for name in ("PORTAL_SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"):
        uses = re.findall(rf"(?<!\$)\$\{{{name}[^}}]*}}", text)
        assert uses
        assert all(use.startswith(f"${{{name}:?") for use in uses)


def test_every_service_says_whether_it_is_well(services):
    assert [name for name, service in services.items() if "healthcheck" not in service] == []


def test_database_and_broker_are_not_reachable_from_outside(services):
    for name in ("postgres", "redis"):
        assert services[name]["networks"] == ["inside"]
        assert "ports" not in services[name]


def test_proxy_serves_no_files_past_the_portal(services):
    """Evidence of drafts lies beside that of what is public."""
    assert not [volume for volume in services["proxy"]["volumes"] if volume.startswith("media")]
    assert "file_server" not in (ROOT / "ops/Caddyfile").read_text()


def test_image_runs_a_python_the_project_supports():
    dockerfile = (ROOT / "ops/Dockerfile").read_text()
    versions = set(re.findall(r"^FROM python:3\.(\d+)", dockerfile, re.MULTILINE))

    assert versions
    assert all(int(version) >= 11 for version in versions)


def has_compose() -> bool:
    try:
        return (
            subprocess.call(
                ["docker", "compose", "version"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            == 0
        )
    except OSError:
        return False


@pytest.mark.skipif(not has_compose(), reason="docker compose is not installed")
def test_docker_accepts_it(tmp_path):
    filled = re.sub(r"=$", "=filled", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    (tmp_path / "env").write_text(filled)

    command = ["docker", "compose", "--env-file", str(tmp_path / "env"), "config", "--quiet"]

    subprocess.run(command, cwd=ROOT, check=True)


def test_production_guide_explains_every_setting(settings):
    guide = (ROOT / "docs/production.md").read_text()

    assert [name for name in sorted(read_by(settings)) if f"`{name}`" not in guide] == []
