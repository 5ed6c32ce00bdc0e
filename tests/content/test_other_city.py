"""Everything of the format that Ljubljana's file does not use finds its place."""

from datetime import date
from decimal import Decimal

from goals.models import Goal, Objective, StrategyItem
from indicators.models import Indicator
from measures.models import BudgetLine, Measure, Milestone, Project
from portal.accounts.models import District, Organisation


def test_targets(other_city):
    target = other_city.indicators.get(code="1-K1").targets.get()

    assert (target.operator, target.value, target.value_high) == (
        "between",
        60,
        Decimal("80.5"),
    )
    assert (target.by, target.by_precision) == ("2029-06", "month")
    assert target.due_on == date(2029, 6, 30)
    assert other_city.indicators.get(code="1.1-K1").targets.count() == 2


def test_observations_and_baseline(other_city):
    indicator = other_city.indicators.get(code="1.1-K1")
    periods = list(indicator.observations.order_by("pk").values_list("period", "value"))

    assert indicator.baseline_value == 150000
    assert periods[0] == ("2024-Q3", 36000)
    assert periods[-1] == ("2025", Decimal("-0.0001"))


def test_what_is_not_measured_and_how_values_add_up(other_city):
    ended = other_city.indicators.get(code="1.1.10-K2")

    assert (ended.availability, ended.availability_reason_en) == (
        "discontinued",
        "[EN] The state checks the meters.",
    )
    assert other_city.indicators.get(code="1.1.1-K1").accumulation == "sum"
    assert other_city.indicators.get(code="1-K1").availability == "measured"


def test_number_of_organisations(other_city):
    assert other_city.indicators.get(code="10.1.2-K1").targets.get().units == 24


def test_amendments(other_city):
    merged = other_city.measures.get(code="1.1.2")
    ended = other_city.measures.get(code="1.1.3")

    assert (merged.lifecycle, merged.amendment.code) == ("merged", "2025")
    assert [measure.code for measure in merged.successors.all()] == ["1.1.10"]
    assert (ended.lifecycle, ended.lifecycle_reason_en) == (
        "discontinued",
        "[EN] No longer needed.",
    )


def test_adoption_and_period(other_city):
    assert other_city.adopted_on == date(2024, 6, 27)
    assert other_city.adoption_session == "14. redna seja"
    assert (other_city.period_start, other_city.period_end) == ("2024-07", "2030")


def test_organisations_and_districts(other_city):
    measure = other_city.measures.get(code="1.1.1")

    assert Organisation.objects.get(code="UR-1").parent.code == "UR"
    assert (measure.organisation.code, measure.update_rhythm) == ("JP-VODA", "quarterly")
    assert measure.partners == ["UR", "Zunanji izvajalec d. o. o."]
    assert District.objects.get(code="1").name_en == "Center"
    assert District.objects.get(code="2").name_en == "[EN] Green Bank"


def test_money_in_whole_cents(other_city):
    line, other_source = BudgetLine.objects.filter(measure__code="1.1.1", year=2025).order_by("pk")

    assert other_source.source == "Kohezijski sklad"
    assert (line.planned, line.committed, line.spent) == (125000000, 40000050, 0)
    assert BudgetLine.objects.get(year=2026).spent is None


def test_milestones(other_city):
    done, due = Milestone.objects.order_by("pk")

    assert (done.due_on, done.done_on) == (date(2025, 3, 31), date(2025, 3, 28))
    assert (due.due_on, due.done_on) == (date(2026, 12, 31), None)


def test_publication(other_city, anonymous):
    codes = set(other_city.measures.visible_to(anonymous).values_list("code", flat=True))

    assert codes == {"1.1.1", "1.1.2", "1.1.3", "1.1.10", "10.1.1", "10.1.5"}


def test_codes_sort_as_numbers(other_city):
    assert [goal.code for goal in other_city.goals.all()] == ["1", "2", "10"]


def test_every_text_stands_in_its_own_language(other_city):
    for model in (Goal, Objective, Measure, Indicator, Project, StrategyItem):
        for record in model.objects.all():
            name = "name" if hasattr(record, "name") else "title"
            assert getattr(record, f"{name}_sl").startswith("[SL]")
            assert (getattr(record, f"{name}_en") or "[EN]").startswith("[EN]")
