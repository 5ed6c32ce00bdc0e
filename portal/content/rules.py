"""What a strategy file must respect beyond single values: order, known names, no circles."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from indicators.models import Indicator, Target
from portal.common.partial_dates import parse_partial_date, parse_period
from portal.common.states import Publication
from portal.content.context import Context, Record
from portal.content.faults import did_you_mean, listed, quoted

OPERATORS = [operator.value for operator in Target.Operator if operator != Target.Operator.WORDS]
FINENESS = ["year", "month", "day"]
# Of each code: the object it names and the codes that come after it.
Links = dict[str, tuple[Record, Iterable[str]]]


def starts_before_it_ends(record: Record) -> None:
    start, end = record.get("start"), record.get("end")
    if start and end and parse_partial_date(end).end < parse_partial_date(start).start:
        message = _("The end (%(end)s) comes before the start (%(start)s).")
        record.fault(message % {"end": end, "start": start}, "end")


def scheduled_has_a_time(record: Record) -> None:
    scheduled = record.get("publication") == Publication.SCHEDULED
    if scheduled and "publish_at" not in record.places:
        record.fault(_("A scheduled publication needs its time in “publish_at”."), "publication")


def says_something(record: Record) -> None:
    """A target has exactly one operator, or only words or a date."""
    operators = [key for key in OPERATORS if key in record.places]
    if len(operators) > 1:
        message = _("A target has one operator only, not several: %(names)s.")
        record.fault(message % {"names": listed(operators)}, operators[1])
    elif not operators and not {"text", "by"} & record.places.keys():
        message = _("A target needs one of: %(names)s.")
        record.fault(message % {"names": listed([*OPERATORS, "text", "by"])})


def range_is_in_order(record: Record) -> None:
    bounds = record.get("between")
    if bounds is None:
        return
    if len(bounds) != 2:
        record.fault(_("A range has two values: [lowest, highest]."), "between")
    elif bounds[0] > bounds[1]:
        record.fault(_("The lowest value of a range comes first: [lowest, highest]."), "between")


def precision_fits_the_date(record: Record) -> None:
    """A precision may be coarser than the date as written, never finer."""
    by, precision = record.get("by"), record.get("by_precision")
    if precision and "by" not in record.places:
        record.fault(_("A precision needs a date in “by”."), "by_precision")
    elif by and precision:
        written = parse_partial_date(by).precision
        if FINENESS.index(precision) > FINENESS.index(written):
            message = _("“by” names only a %(written)s; its precision cannot be “%(precision)s”.")
            record.fault(message % {"written": written, "precision": precision}, "by_precision")


def event_belongs_to_per_event(record: Record) -> None:
    if "event" in record.places and record.get("per") != Target.Per.EVENT:
        record.fault(_("An event can be named only together with “per: event”."), "event")


def units_belong_to_per_organisation(record: Record) -> None:
    if "units" in record.places and record.get("per") != Target.Per.ORGANISATION:
        message = _("A number of organisations belongs to a target with “per: organisation”.")
        record.fault(message, "units")


def unfinished_is_provisional(record: Record) -> None:
    """What is measured before its period is over is not the last word."""
    period = record.get("period")
    if not period or record.get("provisional"):
        return
    if parse_period(period).end > record.place.context.today:
        message = _("%(period)s is not over yet; its value needs “provisional: true”.")
        record.fault(message % {"period": quoted(period)}, "provisional")


def unmeasured_has_a_reason(record: Record) -> None:
    measured = record.get("availability", Indicator.Availability.MEASURED)
    has_reason = "availability_reason" in record.places
    if measured == Indicator.Availability.MEASURED:
        if has_reason:
            message = _("A reason why it is not measured needs an “availability” that says so.")
            record.fault(message, "availability_reason")
    elif not has_reason:
        record.fault(_("Say in “availability_reason” why it is not measured."), "availability")


def done_is_not_in_the_future(record: Record) -> None:
    done = record.get("done")
    if done and parse_partial_date(done).start > record.place.context.today:
        record.fault(_("%(date)s is in the future.") % {"date": quoted(done)}, "done")


def check_file(root: Record, context: Context) -> None:
    """What can be told only when the whole file has been read."""
    _check_references(context)
    parents = {
        organisation["code"]: (organisation, [organisation["parent"]])
        for organisation in root.get("organisations", [])
        if {"code", "parent"} <= organisation.keys()
    }
    _check_circles(parents, "parent", _("This makes a circle of organisations: %(circle)s."))
    successors = {
        code: (change, change.get("successors", [])) for code, change in _measure_changes(root)
    }
    _check_circles(successors, "successors", _("This makes a circle of measures: %(circle)s."))


def _check_references(context: Context) -> None:
    for what, name, place in context.referred:
        known = context.defined.get((what, ""), {})
        if name not in known:
            message = _("There is no %(what)s with the code %(name)s in this file.")
            place.fault(message % {"what": what, "name": quoted(name)} + did_you_mean(name, known))


def _measure_changes(root: Record) -> list[tuple[str, Record]]:
    """Every change of a measure with its code; a measure ends once."""
    amendments = root.get("strategy", {}).get("amendments", [])
    written = [(c.get("measure"), c) for a in amendments for c in a.get("changes", [])]
    for goal in root.get("goals", []):
        for objective in goal.get("objectives", []):
            measures = objective.get("measures", [])
            written += [(m.get("code"), m["change"]) for m in measures if "change" in m]
    changes: dict[str, Record] = {}
    for code, change in written:
        if code and changes.setdefault(code, change) is not change:
            line = changes[code].place.line
            message = _("The measure %(code)s is already changed on line %(line)d.")
            change.fault(message % {"code": quoted(code), "line": line}, "measure")
    return list(changes.items())


def _check_circles(links: Links, key: str, message: str) -> None:
    """Report each circle once; walks with a stack of its own, however long the chain."""
    finished: set[str] = set()
    for start in links:
        trail = {} if start in finished else {start: iter(links[start][1])}
        while trail:
            code = next(reversed(trail))
            following = next(trail[code], None)
            if following is None:
                finished.add(code)
                del trail[code]
            elif following in trail:
                codes = [*trail, following]
                circle = " → ".join(codes[codes.index(following) :])
                links[code][0].fault(message % {"circle": circle}, key)
            elif following in links and following not in finished:
                trail[following] = iter(links[following][1])
