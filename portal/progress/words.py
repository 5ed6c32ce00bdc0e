"""The calculations in sentences: each reason, each line of the sum, and what one finds.

Long because it is a table: one sentence for each code of ``indicators.calculations.codes``.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from indicators.calculations.codes import Reason as R
from indicators.calculations.codes import StepCode as S
from indicators.calculations.types import Result, Step
from indicators.models import Target
from portal.common.states import ProgressState
from portal.common.wording import number, written_date

REASONS = {
    R.DISCONTINUED: _("It is no longer pursued, so it is not judged."),
    R.NOT_MEASURABLE: _("The indicator cannot be measured as it is written."),
    R.NO_TARGET: _("There are values, but no target to hold them against."),
    R.NO_RHYTHM: _("Nobody has said how often it is due, so it cannot be judged."),
    R.NOT_BEGUN: _("The strategy has not begun yet."),
    R.NO_OBSERVATION: _("Nothing has been measured or published yet."),
    R.DEADLINE_WITHOUT_DATA: _(
        "The deadline has passed, and nobody has published whether it was met."
    ),
    R.NO_BASELINE: _("Without a baseline nobody can say how much of the way is done."),
    R.UNITS_UNKNOWN: _("It is not known in how many organisations it must be done."),
    R.NO_EVENT: _("No event after which it would be due has been recorded."),
    R.NO_PERIOD: _("No period of the strategy is long enough for it to fall due."),
    R.NOT_DUE_YET: _("It has not fallen due yet, and nothing has been published."),
    R.PERIOD_WITHOUT_DATA: _("Nothing has been published about the period that was due last."),
    R.TOO_OLD: _("The latest value is older than its rhythm allows."),
    R.TARGET_MET: _("The target has been reached."),
    R.MET_BEFORE_DATE: _("The target is met now; it counts on its date."),
    R.INTERIM_MET: _("The target of this stage is met; the last one is still ahead."),
    R.DEADLINE_MISSED: _("On its date the target was not reached."),
    R.UNMOVED: _("Nothing has moved yet, and it need not have by then."),
    R.MOVED: _("It has moved; when it should arrive has not been published."),
    R.NOTHING_EXPECTED: _("By the day of the value nothing was expected yet."),
    R.PACE_KEPT: _("By the day of the value about as much was done as was expected."),
    R.PACE_SLOW: _("By the day of the value less was done than was expected."),
    R.PACE_LOST: _("By the day of the value far less was done than was expected."),
    R.WITHIN_BOUNDS: _("The value is within its bounds."),
    R.KEPT_TO_THE_END: _("The value was within its bounds on the last day."),
    R.OUT_OF_BOUNDS: _("The value is outside its bounds."),
    R.PERIOD_MET: _("The target of the running period is met already."),
    R.PERIOD_EXCEEDED: _("The value of the running period is above what is allowed."),
    R.FIRST_PERIOD_RUNNING: _("The first period is running and something has been done."),
    R.LAST_PERIOD_KEPT: _("The period that was due last was kept."),
    R.LAST_PERIOD_MISSED: _("The period that was due last was missed."),
    R.PERIODS_MISSED: _("Too many of the periods so far were missed."),
    R.ALL_PERIODS_KEPT: _("Every period was kept."),
    R.DONE: _("It is done."),
    R.PART_DONE: _("A part of it is done."),
    R.NOT_DONE: _("It is not done yet, and not due yet."),
    R.NO_CHILDREN: _("Nothing stands below it that could be judged."),
    R.NONE_MEASURABLE: _("Nothing below it can be measured."),
    R.ALL_DISCONTINUED: _("Nothing below it is pursued any longer."),
    R.MOSTLY_WITHOUT_DATA: _("For more than half of what stands below it data are missing."),
    R.ALL_ACHIEVED: _("Everything below it has been achieved."),
    R.HALF_BEHIND: _("At least half of what can be judged below it is behind."),
    R.QUARTER_LATE: _("More than a quarter of what can be judged below it is late or at risk."),
    R.NONE_STARTED: _("Nothing below it has started."),
    R.REST_ON_TRACK: _("At most a quarter of what can be judged below it is late or at risk."),
}

STEPS = {
    S.ADDED: _("%(value)s of %(period)s is added."),
    S.SUM: _("The values add up to %(value)s."),
    S.UNITS: _("It must be done in %(units)s organisations."),
    S.SHARE_OF_TARGET: _(
        "No baseline is published, so the way is counted from zero to %(target)s."
    ),
    S.FRACTION: _("Done: (%(value)s − %(baseline)s) ÷ (%(target)s − %(baseline)s) = %(fraction)s."),
    S.NO_DISTANCE: _(
        "Baseline and target are both %(target)s, so all is done when the target is met and "
        "nothing when it is not."
    ),
    S.PATH: _(
        "On %(day)s, %(elapsed)s of the %(days)s days from %(start)s to %(end)s were over; on the "
        "straight line from %(start_value)s to %(end_value)s the value should have been %(value)s. "
        "That is a share of %(expected)s."
    ),
    S.NO_EXPECTATION: _("No date is published, so nothing is expected by a certain day."),
    S.RATIO: _(
        "Done ÷ expected: %(fraction)s ÷ %(expected)s = %(ratio)s. At risk below "
        "%(at_risk_below)s, behind below %(behind_below)s."
    ),
    S.UNMOVED: _(
        "%(expected)s was expected; until %(unmoved_until)s it may stand still and counts as not "
        "started."
    ),
    S.DONE: _("The value %(value)s means a share of %(fraction)s: 1 is done, 0 is not done."),
    S.PERIOD_SHARE: _("In %(period)s: %(value)s ÷ %(target)s = %(fraction)s."),
    S.PERIOD_ELAPSED: _(
        "On %(day)s, %(elapsed)s of the %(days)s days of %(period)s were over, a share of "
        "%(expected)s."
    ),
    S.RHYTHM: _("No period is written; it is due in its update rhythm."),
    S.TALLY: _(
        "Periods due so far: %(due)s. Kept: %(kept)s, missed: %(missed)s, without data: "
        "%(unknown)s."
    ),
    S.KEPT_SHARE: _(
        "Kept of those that are known: %(kept)s ÷ %(judged)s = %(share)s. At risk below "
        "%(at_risk_below)s."
    ),
    S.FRESHNESS: _(
        "The last sign of life is of %(last)s. It holds for %(allowed)s days, until %(until)s; it "
        "is %(age)s days old."
    ),
    S.WOULD_BE: _("By the last value alone it would be: %(state)s."),
    S.CHILDREN: _(
        "Below it: %(total)s. Of these count %(countable)s; %(judged)s can be judged and "
        "%(without_data)s have no current data."
    ),
    S.CHILDREN_IN: _("%(state)s: %(count)s."),
    S.LIMIT: _("%(count)s ÷ %(of)s = %(share)s, against a limit of %(limit)s."),
    S.WEIGHED: _("%(code)s: a share of %(fraction)s, with a weight of %(leaves)s indicators."),
    S.MEAN: _("Weighted mean: %(sum)s ÷ %(leaves)s = %(fraction)s."),
    S.NO_MEAN: _(
        "No mean is computed: %(missing)s below it have no share, and what is missing is not "
        "averaged away."
    ),
}
OUTCOMES = {
    "kept": _("kept"),
    "missed": _("missed"),
    "unknown": _("no data"),
    "running": _("running"),
    "coming": _("still to come"),
}


def reason_sentence(reason: str) -> str:
    """Return the sentence for a stored reason, ``""`` for none."""
    return str(REASONS[R(reason)]) if reason else ""


def step_sentence(step: Step) -> str:
    """Return one line of the sum in the language of the page."""
    if special := _SPECIAL.get(step.code):
        return special(step.values)
    return str(STEPS[step.code]) % _written(step.values)


def shown(name: str, value: Any) -> str:
    """Write one value of a step as readers do: dates, periods and numbers of the language."""
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if name in ("period", "counted", "label") and value:
        return period_words(str(value))
    if name == "state":
        return str(ProgressState(value).label)
    return number(value) if isinstance(value, Decimal | int) else str(value)


def period_words(label: str) -> str:
    """Write a period, also a pair of years (``2023–2024``) or the day of an event."""
    try:
        return written_date(label)
    except ValueError:
        return label


def _written(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: shown(name, value) for name, value in values.items()}


def amount(operator: str, value: Decimal | None, high: Decimal | None = None) -> str:
    """Write what a target asks for: ``at least 250``, ``20–30``."""
    return Target(operator=operator, value=value, value_high=high).amount_words


def _target(values: Mapping[str, Any]) -> str:
    asked = amount(values["operator"], values.get("value"), values.get("high"))
    if values.get("due"):
        due = shown("due", values["due"])
        return gettext("The target is: %(target)s, by %(due)s.") % {"target": asked, "due": due}
    return gettext("The target is: %(target)s.") % {"target": asked}


def _observed(values: Mapping[str, Any]) -> str:
    text = _("The value of %(period)s is %(value)s.")
    if values.get("provisional"):
        text = _("The value of %(period)s is %(value)s (provisional).")
    return str(text) % _written(values)


def _left_out(values: Mapping[str, Any]) -> str:
    text = _("%(value)s of %(period)s is left out: %(counted)s covers it.")
    if not values.get("counted"):
        text = _("%(value)s of %(period)s is left out: it lies before the count begins.")
    return str(text) % _written(values)


def _targets_left_out(values: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)s target is left out: it cannot be read together with the others.",
        "%(count)s targets are left out: they cannot be read together with the others.",
        int(values["count"]),
    ) % {"count": values["count"]}


def _baseline(values: Mapping[str, Any]) -> str:
    text = _("The baseline is %(value)s.")
    if values.get("on"):
        text = _("The baseline is %(value)s, as of %(on)s.")
    return str(text) % _written(values)


def _expected_at_due(values: Mapping[str, Any]) -> str:
    text = _("Expected by %(day)s: %(expected)s.")
    if values.get("due"):
        text = _("It is due on %(due)s; expected by %(day)s: %(expected)s.")
    return str(text) % _written(values)


def _bounds(values: Mapping[str, Any]) -> str:
    low, high = values.get("low"), values.get("high")
    operator = "between" if low is not None and high is not None else "at_least"
    asked = amount(
        operator if low is not None else "at_most", low if low is not None else high, high
    )
    met = _("%(value)s is within the bounds: %(bounds)s.")
    missed = _("%(value)s is outside the bounds: %(bounds)s.")
    text = met if values["met"] else missed
    return str(text) % {"value": shown("value", values["value"]), "bounds": asked}


def _period(values: Mapping[str, Any]) -> str:
    written = {
        "period": shown("period", values["period"]),
        "target": amount(values["operator"], values.get("target"), values.get("high")),
        "outcome": str(OUTCOMES[str(values["outcome"])]),
        "due": shown("due", values["due"]),
    }
    if values.get("value") is None:
        text = _("%(period)s, due by %(due)s, target: %(target)s. No value: %(outcome)s.")
        return str(text) % written
    text = _("%(period)s, due by %(due)s, target: %(target)s. Value %(value)s: %(outcome)s.")
    return str(text) % {**written, "value": shown("value", values["value"])}


def _answered(values: Mapping[str, Any]) -> str:
    text = _("After the event of %(event)s it was delivered on %(delivered)s, on time.")
    if values["late"]:
        text = _(
            "After the event of %(event)s it was delivered on %(delivered)s; due by %(due)s, days "
            "late: %(late)s."
        )
    return str(text) % _written({**values, "event": values["event"]})


_SPECIAL = {
    S.TARGET: _target,
    S.OBSERVED: _observed,
    S.LEFT_OUT: _left_out,
    S.TARGETS_LEFT_OUT: _targets_left_out,
    S.BASELINE: _baseline,
    S.EXPECTED_AT_DUE: _expected_at_due,
    S.BOUNDS: _bounds,
    S.PERIOD: _period,
    S.ANSWERED: _answered,
}


def percent(share: Decimal | None) -> str:
    """Write a share as a whole percentage: ``72 %``; a share below 1 is never shown as 100 %."""
    if share is None:
        return ""
    whole = round(share * 100)
    if whole == 100 and share < 1:
        whole = 99
    return _percent(Decimal(whole))


def _percent(whole: Decimal) -> str:
    return gettext("%(number)s %%") % {"number": number(whole)}


def finding(result: Result) -> str:
    """Say in one sentence what one finds: ``180 of 250, on track: 72 % of the target of 2026``."""
    state = str(ProgressState(result.state).label)
    steps = {step.code: step.values for step in result.steps}
    reason = reason_sentence(result.reason)
    if period := steps.get(S.PERIOD_SHARE):
        text = _("%(value)s of %(target)s in %(period)s, %(state)s: %(share)s of the target.")
        told = {"period": shown("period", period["period"])}
        return str(text) % {**told, **_share_words(period, result, state)}
    way = steps.get(S.FRACTION)
    if way and result.fraction is not None:
        text = _(
            "%(value)s against a target of %(target)s, %(state)s: %(share)s of the way is done."
        )
        return str(text) % _share_words(way, result, state)
    if tally := steps.get(S.TALLY):
        text = _("%(kept)s of %(due)s periods kept, %(state)s. %(reason)s")
        return str(text) % {**_written(tally), "state": state, "reason": reason}
    text = _("%(state)s. %(reason)s")
    return str(text) % {"state": state[:1].upper() + state[1:], "reason": reason}


def _share_words(values: Mapping[str, Any], result: Result, state: str) -> dict[str, str]:
    written = {name: shown(name, values[name]) for name in ("value", "target")}
    return {**written, "state": state, "share": percent(result.fraction)}
