import datetime

import html5lib
import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories as f

pytestmark = pytest.mark.django_db


def overview(browser):
    return browser.get(reverse("admin:index"))


def cells(response) -> list:
    rows = response.context["rows"]
    return [
        cell
        for row in rows
        for cell in [row.total, *row.missing, *row.waiting, *row.updates]
        if cell.count
    ]


def make_everything(organisation, owner):
    measure = f.MeasureFactory(organisation=organisation, owner=owner, draft=True)
    f.MeasureFactory(organisation=None, description_en="", draft=True)
    f.ProjectFactory(organisation=organisation, end="")
    f.TargetFactory(indicator=f.IndicatorFactory(measure=measure))
    f.IndicatorFactory(measure=measure)
    f.IndicatorFactory(measure=None, goal=measure.objective.goal)
    f.ProgressReportFactory(measure=measure, text_en="")
    later = timezone.now() + datetime.timedelta(days=3)
    f.GoalFactory(publication="scheduled", publish_at=later)


@pytest.mark.parametrize("role", ["editor", "chief_editor"])
def test_each_number_opens_what_it_counts(role, request, sign_in, organisation_a):
    user = request.getfixturevalue(role)
    make_everything(organisation_a, user)
    browser = sign_in(user)

    found = cells(overview(browser))

    assert len(found) > 6
    for cell in found:
        assert browser.get(cell.url).context["cl"].result_count == cell.count, cell


def test_counts_what_is_missing(chief_editor, sign_in, organisation_a):
    make_everything(organisation_a, chief_editor)

    rows = {row.name: row for row in overview(sign_in(chief_editor)).context["rows"]}

    assert [cell.count for cell in rows["Measures"].missing] == [1, 1, 1, None]
    assert [cell.count for cell in rows["Projects"].missing] == [0, 1, 0, 1]
    # An indicator without an organisation belongs to that of its measure; a goal has none.
    assert [cell.count for cell in rows["Indicators"].missing] == [1, 3, 0, 2]


def test_counts_updates_that_are_overdue_or_due_soon(chief_editor, sign_in):
    today = timezone.localdate()
    last_month = today.replace(day=1) - datetime.timedelta(days=1)
    for rhythm, confirmed_on in [
        ("monthly", datetime.date(2020, 1, 1)),
        ("monthly", last_month),
        ("yearly", today),
    ]:
        project = f.ProjectFactory(update_rhythm=rhythm)
        f.ConfirmationFactory(indicator=None, project=project, on=confirmed_on)
    browser = sign_in(chief_editor)

    (row,) = overview(browser).context["rows"]

    assert [cell.count for cell in row.updates] == [1, 1]
    for cell in row.updates:
        assert browser.get(cell.url).context["cl"].result_count == 1


def test_an_editor_sees_own_numbers_only(editor, other_editor, sign_in, organisation_a):
    make_everything(organisation_a, editor)

    assert cells(overview(sign_in(editor)))
    assert not cells(overview(sign_in(other_editor)))


def test_announces_what_is_scheduled(chief_editor, sign_in, organisation_a):
    make_everything(organisation_a, chief_editor)

    assert len(overview(sign_in(chief_editor)).context["scheduled"]) == 1


def test_takes_the_same_queries_for_one_and_for_thirty(
    chief_editor, sign_in, organisation_a, django_assert_num_queries
):
    browser = sign_in(chief_editor)
    make_everything(organisation_a, chief_editor)
    with django_assert_num_queries(19):
        overview(browser)
    for _number in range(10):
        make_everything(organisation_a, chief_editor)

    with django_assert_num_queries(19):
        overview(browser)


@pytest.mark.parametrize("name", ["measures_measure", "indicators_indicator", "measures_project"])
def test_lists_take_the_same_queries_for_one_and_for_thirty(
    chief_editor, sign_in, organisation_a, django_assert_max_num_queries, name
):
    browser = sign_in(chief_editor)
    for _number in range(10):
        make_everything(organisation_a, chief_editor)

    with django_assert_max_num_queries(12):
        browser.get(reverse(f"admin:{name}_changelist"))


PAGES = [
    *("index", "goals_strategy_changelist", "goals_goal_add", "measures_measure_changelist"),
    *("measures_measure_add", "measures_project_add", "indicators_indicator_add"),
    *("measures_measure_import", "measures_measure_export", "accounts_user_changelist"),
    *("accounts_user_add", "common_auditentry_changelist", "password_change"),
    *("common_outboxmessage_changelist", "common_delivery_changelist"),
]


@pytest.mark.parametrize("name", PAGES)
def test_pages_need_nothing_inline(administrator, sign_in, measure, name):
    response = sign_in(administrator).get(reverse(f"admin:{name}"))

    assert response.status_code == 200
    assert not inline_parts(response.content.decode())


def inline_parts(text: str) -> list[str]:
    """What a policy without 'unsafe-inline' would block, and what another site would serve."""
    found = []
    for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        found += [
            f"{element.tag} {name}={value}"
            for name, value in element.attrib.items()
            if name == "style"
            or name.startswith("on")
            or (name in ("src", "href") and element.tag != "a" and "//" in value)
        ]
        if element.tag == "style" or (
            element.tag == "script"
            and "src" not in element.attrib
            and element.get("type") != "application/json"
        ):
            found.append(element.tag)
    return found


def test_notices_inline_parts():
    assert len(inline_parts('<p style="x" onclick="y"><script>z</script><style>a</style>')) == 4
