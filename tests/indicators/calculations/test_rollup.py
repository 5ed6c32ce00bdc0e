"""What children come to: counts first, and nobody without data is averaged away."""

from decimal import Decimal

import pytest

from indicators.calculations import Child, State, roll_up
from tests.indicators.calculations.build import steps

SHORT = {
    "A": State.ACHIEVED,
    "T": State.ON_TRACK,
    "R": State.AT_RISK,
    "B": State.BEHIND,
    "N": State.NOT_STARTED,
    "?": State.NO_DATA,
    "S": State.STALE,
    "-": State.NOT_MEASURABLE,
    "X": State.DISCONTINUED,
}


def children(states: str, fraction="0.5") -> list[Child]:
    share = fraction and Decimal(fraction)
    return [Child("measure", f"1.1.{n}", SHORT[s], share, 1) for n, s in enumerate(states, 1)]


@pytest.mark.parametrize(
    ("states", "state", "reason"),
    [
        ("", "no_data", "no_children"),
        ("--X", "not_measurable", "none_measurable"),
        ("XX", "discontinued", "all_discontinued"),
        ("?", "no_data", "mostly_without_data"),
        ("S", "stale", "mostly_without_data"),
        ("TT???", "no_data", "mostly_without_data"),
        ("TTSS?", "stale", "mostly_without_data"),
        ("S?", "no_data", "mostly_without_data"),  # a tie
        ("T?", "on_track", "rest_on_track"),  # half is not more than half
        ("T?---XX", "on_track", "rest_on_track"),  # who does not count does not make it less
        ("AAA", "achieved", "all_achieved"),
        ("AX-", "achieved", "all_achieved"),
        ("AAA?", "on_track", "rest_on_track"),  # not all is known
        ("AAAS", "on_track", "rest_on_track"),
        ("BT", "behind", "half_behind"),
        ("BTT", "at_risk", "quarter_late"),
        ("BTTT", "on_track", "rest_on_track"),  # a quarter is not more than a quarter
        ("BRTTTT", "at_risk", "quarter_late"),
        ("BRTTTTTT", "on_track", "rest_on_track"),
        ("RRRR", "at_risk", "quarter_late"),
        ("NNN", "not_started", "none_started"),
        ("NN?", "not_started", "none_started"),
        ("NNA", "on_track", "rest_on_track"),
        ("NNB", "at_risk", "quarter_late"),
        ("NB", "behind", "half_behind"),
    ],
)
def test_counts_states(states, state, reason):
    rolled = roll_up(children(states))

    assert (rolled.state, rolled.reason) == (state, reason)


def test_lists_the_states_that_occur():
    rolled = roll_up(children("?TXTA"))

    assert list(rolled.counts.items()) == [
        ("achieved", 1),
        ("on_track", 2),
        ("no_data", 1),
        ("discontinued", 1),
    ]


def test_weighs_children_by_their_indicators():
    rolled = roll_up(
        [
            Child("measure", "1", State.ACHIEVED, Decimal("1.8"), 1),  # counts as whole, no more
            Child("measure", "2", State.AT_RISK, Decimal("0.4"), 3),
            Child("measure", "3", State.DISCONTINUED, None, 9),
        ]
    )

    assert rolled.fraction == Decimal("0.55")  # (1 x 1 + 0.4 x 3) / 4
    assert steps(rolled, "mean") == [
        {"sum": Decimal("2.2"), "leaves": 4, "fraction": Decimal("0.55")}
    ]


def test_gives_no_mean_where_a_child_has_none():
    rolled = roll_up([*children("TT"), *children("?", fraction=None)])

    assert rolled.fraction is None
    assert steps(rolled, "no_mean") == [{"missing": 1}]


def test_gives_no_mean_of_nothing():
    assert roll_up([Child("measure", "1", State.ON_TRACK, Decimal(1), 0)]).fraction is None


def test_shows_the_line_that_decided():
    rolled = roll_up(children("BTTA??"))

    assert steps(rolled, "children") == [
        {"total": 6, "countable": 6, "judged": 4, "without_data": 2}
    ]
    assert steps(rolled, "limit") == [
        {"count": 1, "of": 4, "share": Decimal("0.25"), "limit": Decimal("0.25")}
    ]
