"""Numbers, money and times in a strategy file: never rounded, as precise as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from portal.common.partial_dates import parse_partial_date, parse_period, span_or_none
from portal.content.context import Place
from portal.content.faults import did_you_mean, quoted
from portal.content.scalars import ScalarKind, Wrong

YEARS = range(1000, 10000)
BUDGET_YEARS = range(1990, 2101)


class Number(ScalarKind):
    """A measured value in plain notation, read without rounding."""

    shape = re.compile(r"(-?)(\d+)(?:\.(\d+))?", re.ASCII)
    whole_digits = 11
    decimals = 4

    def parse(self, value: str, place: Place) -> Decimal:
        match = self.shape.fullmatch(value)
        if not match:
            message = _(
                "%(value)s is not a number. Write digits and a decimal point, such as 1250.5."
            )
            raise Wrong(message % {"value": quoted(value)} + self._hint(value))
        _sign, whole, fraction = match.groups()
        if len(whole.lstrip("0")) > self.whole_digits or len(fraction or "") > self.decimals:
            message = _(
                "%(value)s has too many digits: at most %(whole)d before the decimal point and"
                " %(decimals)d after it."
            )
            limits = {"whole": self.whole_digits, "decimals": self.decimals}
            raise Wrong(message % {"value": quoted(value), **limits})
        return Decimal(value)

    def _hint(self, value: str) -> str:
        plain = re.sub(r"[\s_'’]", "", value).replace(",", ".")
        return did_you_mean(plain, [plain]) if self.shape.fullmatch(plain) else ""

    def json_schema(self) -> dict[str, Any]:
        digits = rf"^-?\d{{1,{self.whole_digits}}}(\.\d{{1,{self.decimals}}})?$"
        return {"type": ["number", "string"], "pattern": digits}


class Count(ScalarKind):
    """A whole number of things of which there is at least one."""

    pattern = r"^[1-9]\d{0,8}$"

    def parse(self, value: str, place: Place) -> int:
        if not re.fullmatch(self.pattern, value, re.ASCII):
            message = _("%(value)s is not a whole number from 1 on. Write digits, such as 12.")
            raise Wrong(message % {"value": quoted(value)})
        return int(value)

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["integer", "string"], "minimum": 1, "pattern": self.pattern}


class Money(Number):
    """An amount in euros, kept as whole cents; never below zero."""

    whole_digits = 13
    decimals = 2

    def parse(self, value: str, place: Place) -> int:
        cents = super().parse(value, place) * 100
        if cents < 0:
            raise Wrong(_("An amount of money cannot be below zero."))
        return int(cents)

    def json_schema(self) -> dict[str, Any]:
        digits = rf"^\d{{1,{self.whole_digits}}}(\.\d{{1,{self.decimals}}})?$"
        return {"type": ["number", "string"], "minimum": 0, "pattern": digits}


class Year(ScalarKind):
    """A year of the budget."""

    def parse(self, value: str, place: Place) -> int:
        if not re.fullmatch(r"\d{4}", value, re.ASCII) or int(value) not in BUDGET_YEARS:
            message = _("%(value)s is not a year. Write four digits, such as 2027.")
            raise Wrong(message % {"value": quoted(value)})
        return int(value)

    def json_schema(self) -> dict[str, Any]:
        limits = {"minimum": BUDGET_YEARS.start, "maximum": BUDGET_YEARS.stop - 1}
        return {"type": ["integer", "string"], "pattern": r"^\d{4}$", **limits}


class Date(ScalarKind):
    """A day, a month or a year, kept as written."""

    pattern = r"^\d{4}(-\d{2}){0,2}$"
    read: Callable[[str], Any] = staticmethod(parse_partial_date)

    def usage(self) -> str:
        return _("Write a year, a month or a day: 2027, 2027-06 or 2027-06-30.")

    def parse(self, value: str, place: Place) -> str:
        try:
            if self.read(value).start.year in YEARS:
                return value
        except ValueError:
            pass
        if re.fullmatch(self.pattern, value, re.ASCII):
            message = _("There is no such date as %(value)s.")
            raise Wrong(message % {"value": quoted(value)})
        message = _("%(value)s is not a date.") % {"value": quoted(value)}
        raise Wrong(f"{message} {self.usage()}{self._hint(value)}")

    def _hint(self, value: str) -> str:
        """The same day in our order, for dates written as in Slovenian (31. 12. 2025)."""
        match = re.fullmatch(r"(\d{1,2})[./]\s*(\d{1,2})[./]\s*(\d{4})\.?", value, re.ASCII)
        if not match:
            return ""
        day, month, year = match.groups()
        proposal = f"{year}-{month:>02}-{day:>02}"
        return did_you_mean(proposal, [proposal]) if span_or_none(proposal) else ""

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "integer"], "pattern": self.pattern}


class Day(Date):
    """An exact day."""

    pattern = r"^\d{4}-\d{2}-\d{2}$"

    @staticmethod
    def read(value: str) -> Any:
        date = parse_partial_date(value)
        if date.precision != "day":
            raise ValueError(value)
        return date

    def usage(self) -> str:
        return _("Write a day, such as 2027-06-30.")

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern}


class Period(Date):
    """The time that an observation speaks of: a year, quarter, month or day that has begun."""

    pattern = r"^\d{4}(-Q[1-4]|(-\d{2}){0,2})$"
    read = staticmethod(parse_period)

    def usage(self) -> str:
        return _("Write a year, a quarter, a month or a day: 2024, 2024-Q3, 2024-09, 2024-09-30.")

    def parse(self, value: str, place: Place) -> str:
        period = super().parse(value, place)
        if parse_period(period).start > place.context.today:
            message = _("%(value)s has not begun yet; nothing can have been measured in it.")
            raise Wrong(message % {"value": quoted(value)})
        return period


class Moment(ScalarKind):
    """A day and a time; without an offset in the portal's own time zone."""

    pattern = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?$"

    def parse(self, value: str, place: Place) -> datetime:
        try:
            moment = parse_datetime(value) if re.fullmatch(self.pattern, value, re.ASCII) else None
        except ValueError:
            moment = None
        if moment is None or moment.year not in YEARS:
            message = _(
                "%(value)s is not a time. Write a day and a time, such as 2027-06-30T08:00."
            )
            raise Wrong(message % {"value": quoted(value)})
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern}
