"""Which columns the keys of the file fill; a key that says nothing fills none."""

from datetime import date
from typing import Any

from indicators.models import Target
from portal.content.context import Record
from portal.content.loader.loading import Columns
from portal.content.rules import OPERATORS


def texts(entry: Record, key: str, column: str = "") -> Columns:
    return {f"{column or key}_{language}": text for language, text in entry.get(key, {}).items()}


def values(entry: Record, *keys: str, **columns: str) -> Columns:
    """The values of keys named like their column, and as `column="key"` of the others."""
    named = {key: key for key in keys} | columns
    return {column: entry[key] for column, key in named.items() if key in entry}


def days(entry: Record, **columns: str) -> Columns:
    found = values(entry, **columns)
    return {column: date.fromisoformat(day) for column, day in found.items()}


def state(entry: Record) -> Columns:
    return values(entry, "publication", "publish_at")


def published_status(entry: Record) -> Columns:
    status = entry.get("published_status", {})
    return {
        **values(status, published_state="state", published_on="date", published_source="source"),
        **texts(status, "text", "published_text"),
    }


def merged(entry: Record, key: str, stored: list[Any]) -> Columns:
    """A plain list: what the file says, and after it what an editor has added."""
    listed = entry.get(key, [])
    return {key: [*listed, *(item for item in stored if item not in listed)]} if listed else {}


def strategy(entry: Record, stored_sources: list[str]) -> Columns:
    columns = values(entry["period"], period_start="start", period_end="end")
    for key in ("title", "municipality", "vision", "summary"):
        columns |= texts(entry, key)
    adopted = entry.get("adopted", {})
    columns |= days(adopted, adopted_on="date")
    columns |= values(adopted, adoption_session="session", adoption_document="document")
    return columns | merged(entry, "sources", stored_sources) | state(entry)


def amendment(entry: Record) -> Columns:
    return {
        **values(entry, "code", "session", "document"),
        **days(entry, adopted_on="date"),
        **texts(entry, "title"),
        **texts(entry, "summary"),
    }


def organisation(entry: Record) -> Columns:
    return {**values(entry, "code", "kind", "contact"), **texts(entry, "name")}


def goal(entry: Record) -> Columns:
    return {
        **values(entry, "code", "source", content_state="published"),
        **texts(entry, "title"),
        **texts(entry, "summary"),
        **texts(entry, "published_note", "content_note"),
        **published_status(entry),
        **state(entry),
    }


def objective(entry: Record) -> Columns:
    return {
        **values(entry, "code", "source"),
        **texts(entry, "title"),
        **texts(entry, "summary"),
        **published_status(entry),
        **state(entry),
    }


def measure(entry: Record) -> Columns:
    return {
        **values(entry, "code", "source", "update_rhythm"),
        **texts(entry, "title"),
        **texts(entry, "description"),
        **published_status(entry),
        **state(entry),
    }


def project(entry: Record) -> Columns:
    return {
        **values(entry, "source", "update_rhythm", "status", "start", "end"),
        **days(entry, published_on="published_on"),
        **texts(entry, "title"),
        **texts(entry, "summary"),
        **state(entry),
    }


def indicator(entry: Record) -> Columns:
    baseline = entry.get("baseline", {})
    return {
        **values(entry, "code", "kind", "direction", "update_rhythm"),
        **values(entry, "accumulation", "availability"),
        **texts(entry, "availability_reason"),
        **texts(entry, "name"),
        **texts(entry, "unit"),
        **texts(entry, "note"),
        **values(baseline, baseline_value="value", baseline_date="date", baseline_source="source"),
        **state(entry),
    }


def target(entry: Record, *, created: bool) -> Columns:
    """Words alone say nothing about a value that an editor has made of them."""
    columns = {
        "by": entry.get("by", ""),
        **values(entry, "per", "by_precision", "units"),
        **texts(entry, "event"),
        **texts(entry, "text"),
    }
    if columns.get("per", Target.Per.ORGANISATION) != Target.Per.ORGANISATION:
        columns["units"] = None
    operator = next((name for name in OPERATORS if name in entry), None)
    if operator == Target.Operator.BETWEEN:
        low, high = entry["between"]
        columns |= {"operator": operator, "value": low, "value_high": high}
    elif operator:
        columns |= {"operator": operator, "value": entry[operator], "value_high": None}
    elif created:
        columns["operator"] = Target.Operator.WORDS
    return columns


def observation(entry: Record) -> Columns:
    return {**values(entry, "period", "value", "source", "provisional"), **texts(entry, "note")}


def budget_line(entry: Record) -> Columns:
    return values(entry, "year", "planned", "committed", "spent", "source")


def milestone(entry: Record) -> Columns:
    return {**texts(entry, "title"), **values(entry, "due"), **days(entry, done_on="done")}


def line(entry: Record) -> Columns:
    """A line of a list without codes: a value, a commitment, a fact, a step of the preparation."""
    return {
        **values(entry, "source", "value", "unit", "date"),
        **texts(entry, "name"),
        **texts(entry, "text"),
    }
