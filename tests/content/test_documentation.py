"""docs/strategy-format.md shows a file that works and every key there is."""

import re

import pytest

from portal.content.reference import renewed
from tests.content.files import ROOT, faults_of

DOCUMENT = (ROOT / "docs/strategy-format.md").read_text()
(EXAMPLE,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)


def test_the_example_is_correct():
    assert not faults_of(EXAMPLE)


@pytest.mark.django_db
def test_the_example_can_be_loaded_twice(load):
    created = load(EXAMPLE).tally
    again = load(EXAMPLE).tally

    assert created.total("created") == again.total("unchanged") > 5


def test_the_tables_say_what_the_validation_does():
    assert renewed(DOCUMENT) == DOCUMENT
