"""Nothing is published in one language only; the database itself sees to it."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from portal.common.languages import LANGUAGES
from portal.common.states import Publication
from tests import factories as make

from .rules import is_about

pytestmark = pytest.mark.django_db

EMPTY = (None, "")

# Constraint: who is concerned, texts that must be there, texts that come in pairs or not at all.
IN_BOTH_LANGUAGES = {
    "strategy_published_in_both_languages": (
        make.StrategyFactory,
        ("title", "municipality", "slug"),
        ("vision", "summary"),
    ),
    "goal_published_in_both_languages": (
        make.GoalFactory,
        ("title", "slug"),
        ("summary", "content_note", "published_text"),
    ),
    "objective_published_in_both_languages": (
        make.ObjectiveFactory,
        ("title", "slug"),
        ("summary", "published_text"),
    ),
    "measure_published_in_both_languages": (
        make.MeasureFactory,
        ("title", "slug"),
        ("description", "published_text", "lifecycle_reason"),
    ),
    "project_published_in_both_languages": (make.ProjectFactory, ("title", "slug"), ("summary",)),
    "indicator_published_in_both_languages": (
        make.IndicatorFactory,
        ("name", "slug"),
        ("unit", "note", "availability_reason"),
    ),
}


def needed_columns() -> list:
    return [
        pytest.param(name, factory, f"{field}_{language}", id=f"{name}-{field}_{language}")
        for name, (factory, needed, _paired) in IN_BOTH_LANGUAGES.items()
        for field in needed
        for language in LANGUAGES
    ]


@pytest.mark.parametrize(
    ("nothing", "publication"), [(None, Publication.PUBLISHED), ("", Publication.SCHEDULED)]
)
@pytest.mark.parametrize(("name", "factory", "column"), needed_columns())
def test_nothing_is_public_without_its_texts(name, factory, column, nothing, publication):
    record = factory()
    values = {column: nothing, "publication": publication, "publish_at": timezone.now()}

    with pytest.raises(IntegrityError) as refusal:
        type(record).objects.filter(pk=record.pk).update(**values)

    assert is_about(refusal.value, name)


def paired_fields() -> list:
    return [
        pytest.param(name, factory, field, id=f"{name}-{field}")
        for name, (factory, _needed, paired) in IN_BOTH_LANGUAGES.items()
        for field in paired
    ]


@pytest.mark.parametrize("nothing", EMPTY)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "factory", "field"), paired_fields())
def test_nothing_is_public_half_translated(name, factory, field, language, nothing):
    record = factory()
    texts = {f"{field}_{code}": "text" for code in LANGUAGES} | {f"{field}_{language}": nothing}

    with pytest.raises(IntegrityError) as refusal:
        type(record).objects.filter(pk=record.pk).update(**texts)

    assert is_about(refusal.value, name)


@pytest.mark.parametrize(("name", "factory", "column"), needed_columns())
def test_what_is_hidden_may_be_in_one_language(name, factory, column):
    record = factory()
    values = {column: None, "publication": Publication.DRAFT}

    assert type(record).objects.filter(pk=record.pk).update(**values) == 1


@pytest.mark.parametrize(("name", "factory", "field"), paired_fields())
def test_a_text_may_be_missing_in_both_languages(name, factory, field):
    record = factory()
    texts = {f"{field}_sl": None, f"{field}_en": ""}

    assert type(record).objects.filter(pk=record.pk).update(**texts) == 1
