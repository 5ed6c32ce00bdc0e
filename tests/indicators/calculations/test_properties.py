"""What holds for every indicator there can be."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal, localcontext

from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.calculations import (
    DEFAULTS,
    Accumulation,
    Aim,
    Baseline,
    Child,
    Criteria,
    Direction,
    Inputs,
    Kind,
    Operator,
    Per,
    State,
    assess,
    roll_up,
    used_inputs,
)
from tests.indicators.calculations.build import seen

# Worse to better. Who has not started is not judged yet, so whoever moves is not worse off.
RANK = [State.NOT_STARTED, State.BEHIND, State.AT_RISK, State.ON_TRACK, State.ACHIEVED]

days = st.dates(date(2022, 1, 1), date(2029, 12, 31))
small = st.integers(-1, 12).map(Decimal)
extreme = st.one_of(
    st.decimals(-99_999_999_999, 99_999_999_999, places=4, allow_nan=False),
    st.decimals("-1e15", "1e15", allow_nan=False, allow_infinity=False),
)
shares = st.decimals(0, 1, places=3)
periods = st.one_of(
    st.integers(2022, 2029).map(str),
    st.builds("{}-Q{}".format, st.integers(2022, 2029), st.integers(1, 4)),
    st.builds("{}-{:02}".format, st.integers(2022, 2029), st.integers(1, 12)),
    days.map(str),
)


@st.composite
def aims(draw, values, operators=tuple(Operator), pers=tuple(Per)):
    operator = draw(st.sampled_from(operators))
    low, high = sorted((draw(values), draw(values)))
    return Aim(
        operator,
        None if operator == Operator.WORDS else low,
        high if operator == Operator.BETWEEN else None,
        draw(st.sampled_from(pers)),
        draw(st.none() | days),
        draw(st.none() | st.integers(0, 40)),
    )


def indicators(values, **more):
    """Indicators with such values; other parts may be replaced."""
    parts = {
        "kind": st.sampled_from(Kind),
        "criteria": criteria,
        "direction": st.sampled_from(Direction),
        "accumulation": st.sampled_from(Accumulation),
        "baseline": st.none() | st.builds(Baseline, values, st.none() | days),
        "aims": st.lists(aims(values), max_size=3).map(tuple),
        "observations": observations(values, min_size=0),
        "events": st.lists(days, max_size=4).map(tuple),
        "begins": st.none() | days,
        "ends": st.none() | days,
        "rhythm_days": st.none() | st.sampled_from([30, 91, 182, 365, 800]),
        "confirmed_on": st.none() | days,
    }
    return st.builds(Inputs, **(parts | more))


def observations(values, min_size):
    one = st.builds(seen, periods, values, provisional=st.booleans())
    unique = st.lists(one, min_size=min_size, max_size=12, unique_by=lambda one: one.period)
    return unique.map(tuple)


criteria = st.builds(
    lambda low, high, **more: Criteria("v", max(low, high), min(low, high), **more),
    shares,
    shares,
    unmoved_until=shares,
    grace_days=st.integers(0, 400),
    stale_after_days=st.integers(0, 400),
)
NUMBERS = st.sampled_from([Kind.COUNT, Kind.PERCENTAGE])
# What cities publish: values that can meet, within a strategy of some years.
likely = {
    "criteria": st.sampled_from([*DEFAULTS.values(), Criteria("late", stale_after_days=3000)]),
    "observations": observations(small, min_size=1),
    "begins": st.just(date(2022, 1, 1)),
    "ends": st.just(date(2028, 12, 31)) | st.none(),
}
levels = indicators(
    small,
    kind=NUMBERS,
    aims=st.lists(aims(small, pers=[Per.ONCE]), min_size=1, max_size=3).map(tuple),
    **likely,
)
returning = indicators(
    small, aims=st.lists(aims(small), min_size=1, max_size=1).map(tuple), **likely
)
anything = indicators(
    extreme | small, discontinued=st.booleans(), measurable=st.booleans()
) | indicators(extreme)
everything = st.one_of(levels, returning, anything)


@given(everything, days)
def test_gives_one_of_nine_states_and_shares_in_range(inputs, on):
    result = assess(inputs, on)

    assert result.state in set(State)
    assert result.fraction is None or result.fraction >= 0
    assert all(e is None or 0 <= e <= 1 for e in (result.expected, result.expected_then))
    assert result.as_of is None or result.as_of <= on


@given(everything, days, st.randoms(use_true_random=False))
def test_order_of_observations_does_not_matter(inputs, on, chance: random.Random):
    shuffled = list(inputs.observations)
    chance.shuffle(shuffled)

    assert assess(replace(inputs, observations=tuple(shuffled)), on) == assess(inputs, on)


@given(everything, days)
def test_used_inputs_give_the_same_result(inputs, on):
    result = assess(inputs, on)

    used = used_inputs(inputs, on)

    assert assess(used, on) == result
    assert used_inputs(used, on) == used


@given(everything, days)
def test_the_callers_context_does_not_matter(inputs, on):
    result = assess(inputs, on)

    with localcontext(prec=4, rounding=ROUND_UP):
        assert assess(inputs, on) == result


@given(everything, days, st.integers(0, 900))
def test_stored_inputs_give_the_same_result_on_later_days(inputs, on, wait):
    stored = Inputs.from_json(inputs.to_json())
    later = on + timedelta(wait)

    assert stored == inputs
    assert stored.to_json() == inputs.to_json()
    assert assess(stored, later) == assess(inputs, later)


@given(everything, days, st.integers(0, 900))
def test_used_inputs_lack_nothing_on_later_days(inputs, on, wait):
    later = on + timedelta(wait)
    known = replace(
        inputs,
        observations=tuple(o for o in inputs.observations if o.start <= on),
        events=tuple(event for event in inputs.events if event <= on),
        confirmed_on=inputs.confirmed_on if (inputs.confirmed_on or later) <= on else None,
    )

    assert assess(used_inputs(known, on), later).state == assess(known, later).state


@given(everything, days)
def test_nothing_is_judged_without_an_observation(inputs, on):
    result = assess(replace(inputs, observations=()), on)

    unjudged = {State.NO_DATA, State.NOT_STARTED, State.NOT_MEASURABLE, State.DISCONTINUED}
    assert result.state in unjudged
    assert result.fraction is None
    assert all(p.outcome in ("unknown", "running", "coming") for p in result.periods)


@given(everything, days)
def test_a_period_without_a_value_is_never_missed(inputs, on):
    periods = assess(inputs, on).periods

    assert all(p.value is not None for p in periods if p.outcome in ("kept", "missed"))


@given(
    everything,
    st.lists(aims(small, [Operator.AT_LEAST]), min_size=1, max_size=2).map(tuple),
    days,
    st.integers(0, 11),
    st.decimals(0, 1000, places=2),
)
def test_more_is_never_worse_where_more_is_better(inputs, aims, on, place, more):
    assume(inputs.observations)
    inputs = replace(inputs, direction=Direction.INCREASE, aims=aims)
    place %= len(inputs.observations)
    raised = tuple(
        replace(seen, value=seen.value + more) if n == place else seen
        for n, seen in enumerate(inputs.observations)
    )

    before, after = assess(inputs, on), assess(replace(inputs, observations=raised), on)

    if before.state in RANK and after.state in RANK:
        assert RANK.index(after.state) >= RANK.index(before.state)


@given(everything, days, st.integers(0, 900))
def test_time_takes_nothing_back(inputs, on, wait):
    """What is discontinued, not measurable or achieved stays so until something new is known."""
    now = assess(inputs, on).state
    known = used_inputs(inputs, on)

    later = assess(known, on + timedelta(wait)).state

    if now in (State.DISCONTINUED, State.NOT_MEASURABLE):
        assert later == now
    if now == State.ACHIEVED and inputs.ends and on > inputs.ends:
        assert later == now


@given(
    st.lists(
        st.builds(
            Child,
            st.just("indicator"),
            st.text("abc", max_size=3),
            st.sampled_from(State),
            st.none() | st.decimals(0, 999_999, places=6),
            st.integers(0, 50),
        ),
        max_size=30,
    )
)
def test_rolls_up_whatever_the_children_are(children):
    rolled = roll_up(children)

    assert rolled.state in set(State)
    assert sum(rolled.counts.values()) == len(children)
    assert rolled.fraction is None or 0 <= rolled.fraction <= 1
    assert roll_up(children[::-1]).state == rolled.state
    if rolled.state == State.ACHIEVED:
        assert set(rolled.counts) <= {State.ACHIEVED, State.NOT_MEASURABLE, State.DISCONTINUED}
