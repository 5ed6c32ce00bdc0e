"""What the format allows fits into the columns that take it."""

import pytest
from django.db.models import CharField, Field, URLField

from goals.models import Amendment, Fact, Goal, Objective, Strategy, StrategyItem
from indicators.models import Indicator, Observation, Target
from measures.models import BudgetLine, Measure, Milestone, Project
from portal.accounts.models import District, Organisation
from portal.content.scalars import Code, Line, Prose, Source, Url
from portal.content.schema import strategy, tree
from portal.content.schema.parts import BUDGET, INDICATOR, OBSERVATION, PUBLISHED_STATUS, TARGET
from portal.content.shapes import Obj, Text

OBJECTS = [
    (strategy.STRATEGY, Strategy, {}),
    (strategy.ADOPTED, Strategy, {"session": "adoption_session", "document": "adoption_document"}),
    (strategy.AMENDMENT, Amendment, {}),
    (strategy.ITEM, StrategyItem, {}),
    (strategy.ORGANISATION, Organisation, {}),
    (strategy.DISTRICT, District, {}),
    (tree.GOAL, Goal, {"published_note": "content_note"}),
    (tree.OBJECTIVE, Objective, {}),
    (tree.FACT, Fact, {}),
    (tree.MEASURE, Measure, {}),
    (tree.PROJECT, Project, {}),
    (tree.MILESTONE, Milestone, {}),
    (INDICATOR, Indicator, {}),
    (TARGET, Target, {}),
    (OBSERVATION, Observation, {}),
    (BUDGET["budget"].kind.of, BudgetLine, {}),
    (PUBLISHED_STATUS["published_status"].kind, Goal, {"text": "published_text"}),
]


def text_columns(described: Obj, model, renamed) -> list[tuple[Line | Code | Url, Field]]:
    pairs = []
    for key, field in described.fields.items():
        kind = field.kind.kind if isinstance(field.kind, Text) else field.kind
        columns = {column.name: column for column in model._meta.get_fields()}
        column = columns.get(renamed.get(key, key))
        if isinstance(kind, Line | Code | Url) and isinstance(column, Field):
            pairs.append((kind, column))
    return pairs


@pytest.mark.parametrize(
    ("described", "model", "renamed"), OBJECTS, ids=lambda x: getattr(x, "name", "")
)
def test_texts_fit_their_columns(described, model, renamed):
    pairs = text_columns(described, model, renamed)

    assert pairs
    for kind, column in pairs:
        if column.is_relation:
            continue
        limit = None if isinstance(kind, Prose) else kind.max_length
        assert limit == column.max_length, column


@pytest.mark.parametrize(
    ("described", "model", "renamed"), OBJECTS, ids=lambda x: getattr(x, "name", "")
)
def test_addresses_are_checked_where_the_column_is_one(described, model, renamed):
    for kind, column in text_columns(described, model, renamed):
        assert isinstance(kind, Url) == isinstance(column, URLField), column
        assert not isinstance(kind, Source) or type(column) is CharField
