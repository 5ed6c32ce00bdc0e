"""An export keeps every fact of the file, and loading it changes nothing."""

from decimal import Decimal, InvalidOperation

import pytest

from goals.models import Amendment, Goal, Strategy
from indicators.models import Target
from measures.models import Measure
from portal.accounts.models import Organisation
from portal.content.exporter import strategy_tree, strategy_yaml
from portal.content.loader.tally import OUTCOMES
from portal.content.reader import Mapping, Scalar, read_bytes
from tests.content.files import LJUBLJANA, OTHER_CITY, SMALL, small
from tests.factories import (
    BudgetLineFactory,
    CommitmentFactory,
    MeasureFactory,
    MilestoneFactory,
    ObservationFactory,
    OrganisationFactory,
)

# A time is exported with its offset.
NORMALISED = {"2031-01-01T08:00": "2031-01-01T08:00+01:00"}


def leaves(node, path=""):
    """Path and words of every value in a file that says something."""
    if isinstance(node, Scalar):
        if node.value is not None:
            yield path, node.value.strip()
        return
    inner = node.entries.items() if isinstance(node, Mapping) else enumerate(node.items)
    for key, value in inner:
        yield from leaves(value, f"{path}.{key}")


def same(written: str, exported: str | None) -> bool:
    if written == exported or NORMALISED.get(written) == exported:
        return True
    try:
        return Decimal(written) == Decimal(exported or "")
    except InvalidOperation:
        return False


@pytest.mark.parametrize("path", [LJUBLJANA, OTHER_CITY], ids=lambda path: path.stem)
def test_keeps_every_fact_of_a_file_at_its_place(load, path):
    strategy = load(path.read_text()).strategy

    exported = dict(leaves(read_bytes(strategy_yaml(strategy).encode())))

    facts = dict(leaves(read_bytes(path.read_bytes())))
    assert len(facts) > 200
    assert not {
        place: (words, exported.get(place))
        for place, words in facts.items()
        if not same(words, exported.get(place)) and place != ".strategy.period.start"
    }


def test_adds_nothing_to_the_file_of_ljubljana_but_addresses(ljubljana):
    exported = read_bytes(strategy_yaml(ljubljana).encode())
    original = read_bytes(LJUBLJANA.read_bytes())

    assert shape(exported) == shape(original)


def shape(node):
    """Keys and values in their order, without the addresses that a load derives."""
    if isinstance(node, Mapping):
        return [(key, shape(value)) for key, value in node.entries.items() if key != "slug"]
    return node.value if isinstance(node, Scalar) else [shape(item) for item in node.items]


@pytest.mark.parametrize("path", [LJUBLJANA, OTHER_CITY], ids=lambda path: path.stem)
def test_loading_an_export_changes_nothing(load, reload, path):
    strategy = load(path.read_text()).strategy

    tally = reload(strategy).tally

    assert [tally.total(outcome) for outcome in OUTCOMES if outcome != "unchanged"] == [0, 0, 0]


@pytest.mark.parametrize("path", [LJUBLJANA, OTHER_CITY], ids=lambda path: path.stem)
def test_an_export_brings_the_same_into_an_empty_database(load, path):
    strategy = load(path.read_text()).strategy
    exported = strategy_yaml(strategy)
    Strategy.objects.update(code="former", is_current=False)

    again = load(exported).strategy

    assert strategy_yaml(again) == exported


def test_loading_an_export_changes_nothing_after_work_in_the_administration(load, reload):
    strategy = load(OTHER_CITY.read_text()).strategy
    goal = strategy.goals.get(code="1")
    goal.summary_sl = "Prva vrstica\r\nDruga\x0b vrstica\u2028 \r\n"
    goal.save()
    CommitmentFactory(goal=goal, position=0)
    Measure.objects.filter(code="1.1.1").update(
        lifecycle="replaced", lifecycle_reason_sl="Ker.", lifecycle_reason_en="Because."
    )
    Target.objects.filter(indicator__code="1.1-K1", by="2026").update(by="2026-03", per="year")

    tally = reload(strategy).tally

    assert [tally.total(outcome) for outcome in OUTCOMES if outcome != "unchanged"] == [0, 0, 0]


AWKWARD = [
    *("no", "yes", "y", "on", "true", "null", "~", "1.10", "12:30", "0o17", "1e5", "1_000", "+1"),
    *(".5", "0x1F", "2024-01-01", "2024-01-01 10:00:00", "=", "<<", "NaN", ".inf", "-", "- a"),
    *("# x", "a # b", "a: b", "a:", ": a", "'a'", '"a"', "@a", "`a", "%a", "!a", "&a", "*a"),
    *("|", ">", "? a", "[a]", "{a}", "a, b", "a  b", "\\n", "č š ž Đ", "a\u00a0b", "a\u2028b"),
    *("— “x”", "👩‍💻", "x" * 290, "word " * 50 + "end"),
]


def test_texts_that_yaml_could_take_for_something_else_stay_texts(load):
    strategy = load(SMALL).strategy
    for number, words in enumerate(AWKWARD, 2):
        Goal.objects.create(
            strategy=strategy,
            code=str(number),
            title_sl=words,
            title_en=words,
            summary_sl=f"{words}\n\n  {words}\n{words}",
            slug_sl=f"g{number}",
            slug_en=f"g{number}",
        )
    exported = strategy_yaml(strategy)

    Strategy.objects.update(code="former", is_current=False)
    again = load(exported).strategy

    titles = again.goals.filter(code_sort__gte="00000002").values_list("title_sl", flat=True)
    assert list(titles) == AWKWARD
    assert strategy_yaml(again) == exported


def test_writes_drafts_with_their_publication(other_city):
    tree = strategy_tree(other_city)

    measures = tree["goals"][2]["objectives"][0]["measures"]
    states = {m["code"]: m.get("publication") for m in measures}
    assert states == {
        "10.1.1": None,
        "10.1.2": "draft",
        "10.1.3": "scheduled",
        "10.1.4": "archived",
        "10.1.5": None,
    }


def test_leaves_out_the_organisations_of_other_strategies(load):
    first = load(SMALL).strategy
    Measure.objects.filter(organisation__code="A").update(partners=["B"])
    Strategy.objects.update(is_current=False)
    MeasureFactory(organisation=OrganisationFactory(code="theirs"), partners=["B"])
    OrganisationFactory(code="nobodys")

    codes = [organisation["code"] for organisation in strategy_tree(first)["organisations"]]

    assert codes == ["A", "B", "nobodys"]
    assert Organisation.objects.count() == 4


def add_sample_data(strategy) -> None:
    """Five records of it, and everything that can point to its organisations."""
    ours = OrganisationFactory(code="sample", is_sample=True)
    OrganisationFactory(code="sample-2", is_sample=True, parent=ours)
    Organisation.objects.filter(code="B").update(parent=ours)
    Measure.objects.filter(code="1.1.1").update(organisation=ours, partners=["B", "sample"])
    indicator, project = strategy.indicators.get(), strategy.projects.get()
    ObservationFactory(indicator=indicator, period="2025", is_sample=True)
    BudgetLineFactory(project=project, is_sample=True)
    MilestoneFactory(project=project, is_sample=True)


def test_leaves_out_sample_data_and_what_points_to_it(load):
    strategy = load(SMALL).strategy
    before = strategy_tree(strategy)
    add_sample_data(strategy)

    tree = strategy_tree(strategy)

    measure = before["goals"][0]["objectives"][0]["measures"][0]
    measure |= {"responsible": None, "partners": ["B"]}
    assert {**tree, "goals": None} == {**before, "goals": None}
    assert tree["goals"][0]["objectives"][0]["measures"][0] == measure


def test_says_how_many_records_of_the_sample_data_it_left_out(load, reload):
    strategy = load(SMALL).strategy
    assert not strategy_yaml(strategy).startswith("#")
    add_sample_data(strategy)

    text = strategy_yaml(strategy)

    assert text.startswith("# 5 records of the sample data were left out.\nformat:")
    assert reload(strategy).tally.total("created") == 0


def test_does_not_count_the_sample_data_of_other_strategies(load):
    strategy = load(SMALL).strategy
    Strategy.objects.update(is_current=False)
    other = ObservationFactory(is_sample=True).indicator
    other.measure.organisation.is_sample = True
    other.measure.organisation.save()

    assert strategy_yaml(strategy).startswith("format:")


def test_writes_why_an_indicator_is_not_measured_only_while_it_is_not(load):
    strategy = load(SMALL).strategy
    reason = {"availability_reason_sl": "Ker.", "availability_reason_en": "Because."}
    strategy.indicators.update(availability="not_measurable", **reason)
    exported = strategy_yaml(strategy)

    strategy.indicators.update(availability="measured")

    assert "availability: not_measurable\n        availability_reason:" in exported
    assert "availability" not in strategy_yaml(strategy)


def test_writes_a_change_without_an_amendment_with_the_measure(load):
    strategy = load(SMALL).strategy
    reason = {"lifecycle_reason_sl": "Ker.", "lifecycle_reason_en": "Because."}
    Measure.objects.filter(code="1.1.2").update(lifecycle="discontinued", **reason)

    tree = strategy_tree(strategy)

    measure = tree["goals"][0]["objectives"][0]["measures"][1]
    expected = {"kind": "discontinued", "reason": {"sl": "Ker.", "en": "Because."}}
    assert measure["change"] == expected
    assert not Amendment.objects.exists()


def test_reads_back_a_change_without_an_amendment(load):
    change = "change: {kind: replaced, reason: {sl: Ker., en: Because.}, successors: [1.1.1]}"

    load(small(("    - code: 1.1.2", f"    - {change}\n      code: 1.1.2")))

    measure = Measure.objects.get(code="1.1.2")
    assert (measure.lifecycle, measure.amendment) == ("replaced", None)
    assert [successor.code for successor in measure.successors.all()] == ["1.1.1"]


def test_needs_as_many_queries_for_many_records_as_for_few(
    load, ljubljana, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40):
        strategy_yaml(ljubljana)
