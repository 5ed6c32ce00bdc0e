"""A plan in words, line by line, before it is confirmed."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.models import Observation
from portal.accounts.staff.differences import mark_differences

from .entry import TEXTS
from .number import Convention, other_reading, understood
from .plan import Change, Plan


@dataclass(frozen=True)
class Line:
    """One change: how its number was written, as what it is understood, and what that changes."""

    change: Change
    convention: Convention

    @property
    def understood(self) -> str:
        return understood(self.change.after.value, self.convention)

    @property
    def warning(self) -> str:
        """What the other convention would have made of the number, where that is something else."""
        text = self.change.entry.text.rstrip("~")
        other = other_reading(text, self.convention)
        if other is None:
            return ""
        number = understood(other, self.convention.other)
        return _("In the other convention it would be %(number)s.") % {"number": number}

    @property
    def stored(self) -> str:
        return self._value(self.change.before)

    @property
    def replaces_sample(self) -> bool:
        return self.change.after.is_sample and self.change.kind == "changed"

    @property
    def value(self) -> SafeString | str:
        """The value to come, beside the one that it replaces."""
        before, after = self._value(self.change.before), self._value(self.change.after)
        if before == after:
            return after
        return format_html(
            "{}<ins>{}</ins>", format_html("<del>{}</del> ", before) if before else "", after
        )

    def _value(self, observation: Observation | None) -> str:
        if observation is None:
            return ""
        number = understood(observation.value, self.convention)
        if not observation.provisional:
            return number
        return pgettext("observation", "%(number)s (provisional)") % {"number": number}

    @property
    def texts(self) -> list[tuple[str, SafeString]]:
        """The source and the notes that change, each with its name."""
        before, after = self.change.before, self.change.after
        pairs = (
            (name, (before and getattr(before, name)) or "", getattr(after, name) or "")
            for name in TEXTS
        )
        return [
            (str(Observation._meta.get_field(name).verbose_name), mark_differences(old, new))
            for name, old, new in pairs
            if old != new
        ]


def preview_of(plan: Plan, convention: Convention) -> dict[str, Any]:
    """Return what the template of the preview needs."""
    return {
        "lines": [Line(change, convention) for change in plan.changes],
        "counts": {kind: plan.count(kind) for kind in ("new", "changed", "unchanged")},
        "convention": convention,
    }
