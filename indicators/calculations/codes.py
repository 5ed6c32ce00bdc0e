"""The closed vocabularies of the calculations. Pages turn each code into a sentence.

Values are stored and compared: never rename one, only add.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What is observed; the same values as ``Indicator.Kind``."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    BINARY = "binary"
    MILESTONE = "milestone"
    RECURRING = "recurring"


class Direction(StrEnum):
    """Where values should go; the same values as ``Indicator.Direction``."""

    INCREASE = "increase"
    DECREASE = "decrease"
    KEEP = "keep"


class Operator(StrEnum):
    """How a value is held against its target; the same values as ``Target.Operator``."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    BETWEEN = "between"
    WORDS = "words"


class Per(StrEnum):
    """For what a target holds again and again; the same values as ``Target.Per``."""

    ONCE = ""
    MONTH = "month"
    YEAR = "year"
    EVEN_YEAR = "even_year"
    TWO_YEARS = "two_years"
    EVENT = "event"
    ORGANISATION = "organisation"


class Accumulation(StrEnum):
    """How several observations make one value; the same values as ``Indicator.accumulation``."""

    BY_KIND = ""
    LATEST = "latest"
    SUM = "sum"


class State(StrEnum):
    """The nine states, the same values as ``ProgressState``, in the order of lists."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    NOT_STARTED = "not_started"
    NO_DATA = "no_data"
    STALE = "stale"
    NOT_MEASURABLE = "not_measurable"
    DISCONTINUED = "discontinued"


class Outcome(StrEnum):
    """What became of one period of a promise that returns."""

    KEPT = "kept"
    MISSED = "missed"
    UNKNOWN = "unknown"  # due, and nobody has said
    RUNNING = "running"  # begun, and not yet due
    COMING = "coming"


class Reason(StrEnum):
    """The one rule that decided a state."""

    # Nothing is judged.
    DISCONTINUED = "discontinued"
    NOT_MEASURABLE = "not_measurable"
    NO_TARGET = "no_target"
    NO_RHYTHM = "no_rhythm"
    # Nothing is known, or not enough.
    NOT_BEGUN = "not_begun"
    NO_OBSERVATION = "no_observation"
    DEADLINE_WITHOUT_DATA = "deadline_without_data"
    NO_BASELINE = "no_baseline"
    UNITS_UNKNOWN = "units_unknown"
    NO_EVENT = "no_event"
    NO_PERIOD = "no_period"
    NOT_DUE_YET = "not_due_yet"
    PERIOD_WITHOUT_DATA = "period_without_data"
    TOO_OLD = "too_old"
    # A value on its way to a target.
    TARGET_MET = "target_met"
    MET_BEFORE_DATE = "met_before_date"
    INTERIM_MET = "interim_met"
    DEADLINE_MISSED = "deadline_missed"
    UNMOVED = "unmoved"
    MOVED = "moved"
    NOTHING_EXPECTED = "nothing_expected"
    PACE_KEPT = "pace_kept"
    PACE_SLOW = "pace_slow"
    PACE_LOST = "pace_lost"
    # A value that should stay where it is.
    WITHIN_BOUNDS = "within_bounds"
    KEPT_TO_THE_END = "kept_to_the_end"
    OUT_OF_BOUNDS = "out_of_bounds"
    # Promises that return.
    PERIOD_MET = "period_met"
    PERIOD_EXCEEDED = "period_exceeded"
    FIRST_PERIOD_RUNNING = "first_period_running"
    LAST_PERIOD_KEPT = "last_period_kept"
    LAST_PERIOD_MISSED = "last_period_missed"
    PERIODS_MISSED = "periods_missed"
    ALL_PERIODS_KEPT = "all_periods_kept"
    # Done or not.
    DONE = "done"
    PART_DONE = "part_done"
    NOT_DONE = "not_done"
    # Roll-up.
    NO_CHILDREN = "no_children"
    NONE_MEASURABLE = "none_measurable"
    ALL_DISCONTINUED = "all_discontinued"
    MOSTLY_WITHOUT_DATA = "mostly_without_data"
    ALL_ACHIEVED = "all_achieved"
    HALF_BEHIND = "half_behind"
    QUARTER_LATE = "quarter_late"
    NONE_STARTED = "none_started"
    REST_ON_TRACK = "rest_on_track"


class StepCode(StrEnum):
    """One line of the sum; the keys of its values stand behind each. * may be missing."""

    OBSERVED = "observed"  # value, period, start, end, provisional (0 or 1)
    ADDED = "added"  # value, period
    LEFT_OUT = "left_out"  # value, period, counted (period that covers it, or "": path start)
    SUM = "sum"  # value, baseline, count
    TARGET = "target"  # operator, value, high*, due*
    TARGETS_LEFT_OUT = "targets_left_out"  # count
    UNITS = "units"  # units
    BASELINE = "baseline"  # value, on*
    SHARE_OF_TARGET = "share_of_target"  # target (no baseline: counted from zero)
    FRACTION = "fraction"  # value, baseline, target, fraction
    NO_DISTANCE = "no_distance"  # baseline, target, met (0 or 1)
    PATH = "path"  # day, start, end, elapsed, days, start_value, end_value, value, expected
    EXPECTED_AT_DUE = "expected_at_due"  # day, due, expected (0 or 1)
    NO_EXPECTATION = "no_expectation"
    RATIO = "ratio"  # fraction, expected, ratio, at_risk_below, behind_below
    UNMOVED = "unmoved"  # expected, unmoved_until
    BOUNDS = "bounds"  # value, low*, high*, met (0 or 1)
    DONE = "done"  # value, fraction
    PERIOD = "period"  # period, start, end, due, operator, target, high*, value*, outcome
    PERIOD_SHARE = "period_share"  # period, value, target, fraction
    PERIOD_ELAPSED = "period_elapsed"  # period, day, start, end, elapsed, days, expected
    ANSWERED = "answered"  # event, delivered, due, late (days; 0 is on time)
    RHYTHM = "rhythm"  # rhythm_days, months
    TALLY = "tally"  # kept, missed, unknown, due, fraction* (kept of due)
    KEPT_SHARE = "kept_share"  # kept, judged, share, at_risk_below
    FRESHNESS = "freshness"  # last, allowed, until, age (days)
    WOULD_BE = "would_be"  # state, reason
    # Roll-up.
    CHILDREN = "children"  # total, countable, judged, without_data
    CHILDREN_IN = "children_in"  # state, count
    LIMIT = "limit"  # count, of, share, limit (the line that decided)
    WEIGHED = "weighed"  # level, code, fraction, leaves
    MEAN = "mean"  # sum, leaves, fraction
    NO_MEAN = "no_mean"  # missing (children without a fraction)
