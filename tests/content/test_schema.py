"""The published JSON Schema says what the validation does, and is the one in docs/."""

import jsonschema
import pytest
import yaml
from django.core.management import call_command

from portal.content.jsonschema import strategy_schema
from tests.content.files import LJUBLJANA, OTHER_CITY, ROOT, SMALL, small

VALIDATOR = jsonschema.Draft202012Validator(strategy_schema())


def as_editors_read(text: str):
    """The tree as an editor's YAML sees it: numbers and truth values, but dates as text."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, expression) for tag, expression in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader=loader)


def test_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(strategy_schema())


def test_is_the_one_in_the_documentation(capsys):
    call_command("strategy_schema")

    assert capsys.readouterr().out == (ROOT / "docs/strategy.schema.json").read_text()


@pytest.mark.parametrize("path", [LJUBLJANA, OTHER_CITY], ids=lambda path: path.stem)
def test_accepts_a_correct_file(path):
    tree = as_editors_read(path.read_text())

    assert [error.json_path for error in VALIDATOR.iter_errors(tree)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        kind: count", "        kind: cuont"),
        ("        kind: count", "        kind: count\n        untit: x"),
        ("        kind: count\n", ""),
        ("      responsible: A", "      responsible: A B"),
        ("slug: {sl: ukrep,", "slug: {sl: zakaj,"),
        ('{sl: "[SL] Ukrep", en: "[EN] Measure"}', "{sl: Ukrep}"),
        ('{sl: "[SL] Ukrep", en: "[EN] Measure"}', "{sl: A, en: B, de: C}"),
        ("value: 1}", "value: '1,5'}"),
        ("by: 2027}", "by: soon}"),
        ("period: 2024,", "period: 2024-Q5,"),
    ],
)
def test_refuses_what_the_validation_refuses(old, new):
    assert not list(VALIDATOR.iter_errors(as_editors_read(SMALL)))

    assert list(VALIDATOR.iter_errors(as_editors_read(small((old, new)))))


def test_explains_every_key():
    definitions = strategy_schema()["$defs"]

    unexplained = [
        f"{name}.{key}"
        for name, definition in definitions.items()
        for key, value in definition["properties"].items()
        if not value["description"].endswith((".", "?"))
    ]

    assert not unexplained
