import pytest
from django.urls import reverse

from portal.accounts.staff.differences import mark_differences
from portal.common.services import delete_record, save_record, set_links
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(editor, sign_in):
    return sign_in(editor)


def history(browser, record) -> str:
    name = record._meta.label_lower.replace(".", "_")
    return browser.get(reverse(f"admin:{name}_history", args=[record.pk])).content.decode()


def test_shows_what_was_removed_and_added(browser, editor, measure):
    measure.title_en = "Measure with care"
    save_record(record=measure, by=editor)

    page = history(browser, measure)

    assert "Title — English" in page
    assert "<ins>" in page
    assert str(editor) in page


def test_names_the_records_that_keys_stand_for(browser, editor, measure):
    measure.owner, measure.update_rhythm = editor, "yearly"
    save_record(record=measure, by=editor)

    page = history(browser, measure)

    assert f"<ins>{editor}</ins>" in page
    assert "<ins>every year</ins>" in page


def test_writes_money_and_numbers_as_people_do(browser, editor, measure):
    line = f.BudgetLineFactory.build(project=None, measure=measure, year=2026, planned=25_000_000)
    save_record(record=line, by=editor)

    page = history(browser, measure)

    assert "<ins>250,000.00 €</ins>" in page


def test_tells_of_rows_that_are_gone(browser, editor, indicator):
    row = f.ObservationFactory.build(indicator=indicator, period="2024", value=12)
    save_record(record=row, by=editor)
    delete_record(record=row, by=editor)

    page = history(browser, indicator)

    assert "<del>12</del>" in page
    assert "<ins>12</ins>" in page


def test_tells_nothing_of_rows_of_others(browser, editor, indicator, foreign_indicator):
    row = f.ObservationFactory.build(indicator=foreign_indicator, period="2024", value=987)
    save_record(record=row, by=editor)

    assert "987" not in history(browser, indicator)


def test_escapes_what_people_wrote(browser, editor, measure):
    measure.title_en = "<script>alert(1)</script>"
    save_record(record=measure, by=editor)

    page = history(browser, measure)

    assert "<script>alert" not in page


def test_shows_relations(browser, editor, project, measure):
    set_links(record=project, name="measures", targets=[measure], by=editor)

    assert f"{measure.code}" in history(browser, project)


def test_takes_the_same_queries_for_many_entries(
    browser, editor, measure, django_assert_max_num_queries
):
    for number in range(30):
        measure.title_en, measure.owner = f"Title {number}", editor if number % 2 else None
        save_record(record=measure, by=editor)

    with django_assert_max_num_queries(15):
        history(browser, measure)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("", "new", "<ins>new</ins>"),
        ("old", "", "<del>old</del>"),
        ("a b c", "a x c", "a <del>b</del><ins>x</ins> c"),
        ("<b>", "<i>", "&lt;<del>b</del><ins>i</ins>&gt;"),
        ("same", "same", "same"),
    ],
)
def test_marks_differences(before, after, marked):
    assert mark_differences(before, after) == marked


def test_shows_long_texts_whole():
    before, after = "a " * 3000, "b " * 3000

    assert mark_differences(before, after) == f"<del>{before}</del><ins>{after}</ins>"
