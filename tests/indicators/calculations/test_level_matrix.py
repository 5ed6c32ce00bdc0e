"""Numbers that should rise, fall or stay: worked by hand, then asked of the code.

Long because it is one table. The strategy lasts 1826 days; 365 of them are over at the end of 2023,
731 of 2024, 1096 of 2025.
"""

from decimal import Decimal

import pytest

from indicators.calculations import assess
from tests.indicators.calculations.build import (
    at_least,
    at_most,
    baseline,
    between,
    day,
    exactly,
    inputs,
)

DECEMBER_24 = "2024-12-31"

CASES = {
    # More is better: without a baseline the share of the target, expected by days.
    "on pace": (inputs(at_least(100), observed="2024=40"), DECEMBER_24, "on_track", "pace_kept"),
    "exactly 80 % of the pace": (
        # 146 of 365 days are over on 26 May: 40 of 100 expected, 32 there.
        inputs(at_least(100, "2023-12-31"), observed="2023-05-26=32"),
        "2023-05-26",
        "on_track",
        "pace_kept",
    ),
    "just under 80 % of the pace": (
        inputs(at_least(100, "2023-12-31"), observed="2023-05-26=31.99"),
        "2023-05-26",
        "at_risk",
        "pace_slow",
    ),
    "exactly half of the pace": (
        inputs(at_least(100, "2023-12-31"), observed="2023-05-26=20"),
        "2023-05-26",
        "at_risk",
        "pace_slow",
    ),
    "under half of the pace": (
        inputs(at_least(100, "2023-12-31"), observed="2023-05-26=19.99"),
        "2023-05-26",
        "behind",
        "pace_lost",
    ),
    "unmoved early": (
        inputs(at_least(100), observed="2023=0"),
        "2023-12-31",
        "not_started",
        "unmoved",
    ),
    "unmoved when a quarter is expected": (
        inputs(at_least(100, "2023-01-04"), observed="2023-01-01=0"),
        "2023-01-01",
        "behind",
        "pace_lost",
    ),
    "80 % of a pace that does not come out even": (
        inputs(at_least(15, "2023-01-03"), observed="2023-01-02=8"),  # 8/15 of 2/3
        "2023-01-02",
        "on_track",
        "pace_kept",
    ),
    "unmoved late": (inputs(at_least(100), observed="2024=0"), DECEMBER_24, "behind", "pace_lost"),
    "fallen below the baseline": (
        inputs(at_least(100), baseline=baseline(50, "2022-12-31"), observed="2024=40"),
        DECEMBER_24,
        "behind",
        "pace_lost",
    ),
    "met before the date": (
        inputs(at_least(100), observed="2024=100"),
        DECEMBER_24,
        "achieved",
        "target_met",
    ),
    "met, with no word for years": (
        inputs(at_least(100, "2024-12-31"), observed="2023=100"),
        "2027-06-01",
        "achieved",
        "target_met",
    ),
    "met, then lost again": (
        inputs(at_least(100), observed="2023=100 2024=40"),
        DECEMBER_24,
        "on_track",
        "pace_kept",
    ),
    "deadline missed": (
        inputs(at_least(100, "2024-12-31"), observed="2024=99"),
        "2025-01-15",
        "behind",
        "deadline_missed",
    ),
    "deadline passed, data from before it": (
        inputs(at_least(100, "2025-03-31"), observed="2024=80"),
        "2025-05-01",
        "on_track",
        "pace_kept",
    ),
    "deadline passed, data too old": (
        # 2024 has 366 days and 90 more are allowed: 456 after 31 December 2024 is 1 April 2026.
        inputs(at_least(100, "2025-03-31"), observed="2024=80"),
        "2026-04-02",
        "stale",
        "too_old",
    ),
    "deadline passed, no data": (
        inputs(at_least(100, "2024-12-31")),
        "2025-01-01",
        "no_data",
        "deadline_without_data",
    ),
    "on the deadline, no data": (
        inputs(at_least(100, "2024-12-31")),
        DECEMBER_24,
        "no_data",
        "no_observation",
    ),
    "the strategy has not begun": (inputs(at_least(100)), "2022-12-31", "not_started", "not_begun"),
    "the strategy begins today": (inputs(at_least(100)), "2023-01-01", "no_data", "no_observation"),
    "only data of the future": (
        inputs(at_least(100), observed="2025=100"),
        DECEMBER_24,
        "no_data",
        "no_observation",
    ),
    "target after the end of the strategy": (
        # 731 of 2922 days to the end of 2030: a quarter is expected.
        inputs(at_least(100, "2030-12-31"), observed="2024=25"),
        DECEMBER_24,
        "on_track",
        "pace_kept",
    ),
    "interim target met, the last not": (
        inputs(at_least(10, "2024-12-31"), at_least(100, "2027-12-31"), observed="2024=12"),
        DECEMBER_24,
        "on_track",
        "pace_kept",
    ),
    "interim target missed": (
        inputs(at_least(10, "2024-12-31"), at_least(100, "2027-12-31"), observed="2024=7"),
        DECEMBER_24,
        "at_risk",
        "pace_slow",
    ),
    "no date at all, moved": (
        inputs(at_least(100), ends=None, observed="2024=1"),
        DECEMBER_24,
        "on_track",
        "moved",
    ),
    "no date at all, unmoved": (
        inputs(at_least(100), ends=None, observed="2024=0"),
        DECEMBER_24,
        "not_started",
        "unmoved",
    ),
    "no date at all, met": (
        inputs(at_least(100), ends=None, observed="2024=100"),
        DECEMBER_24,
        "achieved",
        "target_met",
    ),
    "no beginning, before the date": (
        inputs(at_least(100), begins=None, observed="2024=1"),
        DECEMBER_24,
        "on_track",
        "moved",
    ),
    "no beginning, on the date": (
        inputs(at_least(100), begins=None, observed="2027=1"),
        "2027-12-31",
        "behind",
        "deadline_missed",
    ),
    "data from before the path begins": (
        inputs(at_least(100), observed="2022=30"),
        "2023-01-10",
        "on_track",
        "nothing_expected",
    ),
    "target of zero, met": (
        inputs(at_least(0), observed="2024=0"),
        DECEMBER_24,
        "achieved",
        "target_met",
    ),
    "target of zero, not met": (
        inputs(at_least(0), observed="2024=-1"),
        DECEMBER_24,
        "behind",
        "pace_lost",
    ),
    "baseline is the target, met": (
        inputs(at_least(50), baseline=baseline(50), observed="2024=50"),
        DECEMBER_24,
        "achieved",
        "target_met",
    ),
    "baseline is the target, lost": (
        inputs(at_least(50), baseline=baseline(50), observed="2024=49"),
        DECEMBER_24,
        "behind",
        "pace_lost",
    ),
    "exactly, before the date": (
        inputs(exactly(10), observed="2024=10"),
        DECEMBER_24,
        "on_track",
        "met_before_date",
    ),
    "exactly, on the date": (
        inputs(exactly(10), observed="2027=10"),
        "2027-12-31",
        "achieved",
        "target_met",
    ),
    "exactly, too much on the date": (
        inputs(exactly(10), observed="2027=11"),
        "2027-12-31",
        "behind",
        "deadline_missed",
    ),
    "a range from below": (
        inputs(between(40, 60), baseline=baseline(20, "2022-12-31"), observed="2024=28"),
        DECEMBER_24,
        "on_track",
        "pace_kept",
    ),
    "a range from above": (
        # Halfway from 100 to 60, not to 40.
        inputs(between(40, 60), direction="decrease", baseline=baseline(100), observed="2024=80"),
        DECEMBER_24,
        "on_track",
        "pace_kept",
    ),
    # Less is better.
    "falling on pace": (
        inputs(
            at_most(100),
            direction="decrease",
            baseline=baseline(200, "2022-12-31"),
            observed="2024=160",
        ),
        DECEMBER_24,
        "on_track",
        "pace_kept",
    ),
    "falling too slowly": (
        inputs(
            at_most(100),
            direction="decrease",
            baseline=baseline(200, "2022-12-31"),
            observed="2024=190",
        ),
        DECEMBER_24,
        "behind",
        "pace_lost",
    ),
    "fallen far enough": (
        inputs(at_most(0), direction="decrease", baseline=baseline(9), observed="2024=0"),
        DECEMBER_24,
        "achieved",
        "target_met",
    ),
    "falling without a baseline": (
        inputs(at_most(100), direction="decrease", observed="2024=160"),
        DECEMBER_24,
        "no_data",
        "no_baseline",
    ),
    "falling without a baseline, met": (
        inputs(at_most(100), direction="decrease", observed="2024=90"),
        DECEMBER_24,
        "achieved",
        "target_met",
    ),
    "falling without a baseline, interim met": (
        inputs(at_most(100, "2025-12-31"), at_most(50), direction="decrease", observed="2024=90"),
        DECEMBER_24,
        "on_track",
        "interim_met",
    ),
    "falling without a baseline, missed": (
        inputs(at_most(100, "2024-12-31"), direction="decrease", observed="2024=160"),
        DECEMBER_24,
        "behind",
        "deadline_missed",
    ),
    # Stay within bounds.
    "within the range": (
        inputs(between(40, 60), direction="keep", observed="2024=60"),
        DECEMBER_24,
        "on_track",
        "within_bounds",
    ),
    "below the range": (
        inputs(between(40, 60), direction="keep", observed="2024=39.9"),
        DECEMBER_24,
        "behind",
        "out_of_bounds",
    ),
    "within the range to the end": (
        inputs(between(40, 60), direction="keep", observed="2027=50"),
        "2028-01-15",
        "achieved",
        "kept_to_the_end",
    ),
    "within an interim range": (
        inputs(
            between(40, 60, "2024-12-31"), between(45, 55), direction="keep", observed="2024=41"
        ),
        DECEMBER_24,
        "on_track",
        "within_bounds",
    ),
    "a cap on what rises": (
        inputs(at_most(10), observed="2024=11"),
        DECEMBER_24,
        "behind",
        "out_of_bounds",
    ),
    "a floor under what falls": (
        inputs(at_least(10), direction="decrease", observed="2024=10"),
        DECEMBER_24,
        "on_track",
        "within_bounds",
    ),
    # Added up.
    "a total to reach": (
        inputs(at_least(100), accumulation="sum", observed="2023=20 2024=20"),
        DECEMBER_24,
        "on_track",
        "pace_kept",
    ),
    "a total that must not grow too large": (
        inputs(at_most(100), accumulation="sum", observed="2023=60 2024=41"),
        DECEMBER_24,
        "behind",
        "out_of_bounds",
    ),
    # In how many organisations.
    "in some organisations": (
        inputs(at_least(1, per="organisation", units=20), observed="2024=8"),
        DECEMBER_24,
        "on_track",
        "pace_kept",
    ),
    "in all organisations": (
        inputs(at_least(1, per="organisation", units=20), observed="2024=20"),
        DECEMBER_24,
        "achieved",
        "target_met",
    ),
    "in how many is unknown": (
        inputs(at_least(1, per="organisation"), observed="2024=8"),
        DECEMBER_24,
        "no_data",
        "units_unknown",
    ),
    "in none of none": (
        inputs(at_least(1, per="organisation", units=0), observed="2024=0"),
        DECEMBER_24,
        "no_data",
        "units_unknown",
    ),
    # Nothing to judge by.
    "no target": (inputs(observed="2024=8"), DECEMBER_24, "not_measurable", "no_target"),
    "no target, no data": (inputs(), DECEMBER_24, "no_data", "no_observation"),
    "not measurable": (
        inputs(at_least(1), measurable=False, observed="2024=8"),
        DECEMBER_24,
        "not_measurable",
        "not_measurable",
    ),
    "discontinued before all else": (
        inputs(at_least(1), measurable=False, discontinued=True, observed="2024=8"),
        DECEMBER_24,
        "discontinued",
        "discontinued",
    ),
}


@pytest.mark.parametrize(("given", "on", "state", "reason"), CASES.values(), ids=CASES)
def test_judges(given, on, state, reason):
    result = assess(given, day(on))

    assert (result.state, result.reason) == (state, reason)


@pytest.mark.parametrize(
    ("name", "fraction", "expected_then"),
    [
        ("on pace", "0.4", "0.400329"),  # 731 / 1826
        ("exactly 80 % of the pace", "0.32", "0.4"),
        ("fallen below the baseline", "0", "0.400657"),  # 732 / 1827
        ("target after the end of the strategy", "0.25", "0.250171"),  # 731 / 2922
        ("interim target met, the last not", "1.2", "1"),  # of 10, not of 100
        ("no date at all, moved", "0.01", None),
        ("no beginning, on the date", "0.01", "1"),
        ("target of zero, not met", "0", "1"),
        ("baseline is the target, met", "1", "1"),
        ("a range from below", "0.4", "0.400657"),
        ("a range from above", "0.5", "0.400329"),
        ("falling on pace", "0.4", "0.400657"),
        ("falling without a baseline", None, None),
        ("falling without a baseline, met", "1", None),
        ("below the range", "0", "1"),
        ("a total to reach", "0.4", "0.400329"),
        ("in some organisations", "0.4", "0.400329"),
        ("in how many is unknown", None, None),
        ("no target", None, None),
    ],
)
def test_computes_shares(name, fraction, expected_then):
    given, on, *_ = CASES[name]

    result = assess(given, day(on))

    assert (result.fraction, result.expected_then) == (
        fraction and Decimal(fraction),
        expected_then and Decimal(expected_then),
    )
