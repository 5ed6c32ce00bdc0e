"""Spreadsheets: out and in again, in one's own rows only, all or nothing."""

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicators.models import Indicator
from measures.models import Measure
from portal.accounts.models import Organisation
from portal.accounts.staff import exchange, formats
from portal.common.models import AuditEntry
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(chief_editor, sign_in):
    return sign_in(chief_editor)


@pytest.fixture
def own(editor, sign_in):
    return sign_in(editor)


def exported(browser, name="measures_measure", kind="0", query="") -> tablib.Dataset:
    response = browser.post(reverse(f"admin:{name}_export") + query, {"format": kind})
    assert response.status_code == 200
    return formats.SafeXLSX().create_dataset(response.content) if kind == "1" else rows(response)


def rows(response) -> tablib.Dataset:
    return formats.SafeCSV().create_dataset(response.content)


def csv_file(*lines: str, name="measures.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(lines).encode())


def preview(browser, file, name="measures_measure"):
    return browser.post(reverse(f"admin:{name}_import"), {"import_file": file, "resource": "0"})


def bring_in(browser, file, name="measures_measure"):
    page = preview(browser, file, name)
    assert "confirm_form" in page.context, page.context["result"] and page.content.decode()[-3000:]
    return browser.post(
        reverse(f"admin:{name}_process_import"), page.context["confirm_form"].initial
    )


def upload(dataset: tablib.Dataset, kind="0") -> SimpleUploadedFile:
    format_, name = [(formats.SafeCSV, "x.csv"), (formats.SafeXLSX, "x.xlsx")][int(kind)]
    return SimpleUploadedFile(name, format_().export_data(dataset))


@pytest.mark.parametrize("kind", ["0", "1"])
@pytest.mark.parametrize(
    "name", ["measures_measure", "indicators_indicator", "accounts_organisation"]
)
def test_takes_back_what_it_gave(chief, indicator, name, kind):
    f.MeasureFactory(title_en="=1+1", description_sl=" @SUM(A1)", partners=["-x", "+y"])
    f.IndicatorFactory(baseline_value="-12.5", note_sl="'quoted", note_en="'quoted")
    dataset = exported(chief, name, kind)

    response = bring_in(chief, upload(dataset, kind), name)

    assert response.status_code == 302
    assert len(dataset) >= 1
    assert not AuditEntry.objects.exists()


def test_shows_changes_before_it_stores_them(own, editor, measure):
    file = csv_file("code;title_en", f"{measure.code};A better title")

    page = preview(own, file).content.decode()

    assert "<ins>A better title</ins>" in page or "better" in page
    assert "style=" not in page.partition("<main")[2]
    assert Measure.objects.get().title_en == measure.title_en
    assert not AuditEntry.objects.exists()


def test_stores_with_history(own, editor, measure):
    bring_in(own, csv_file("code,title_en", f"{measure.code},A better title"))

    assert Measure.objects.get().title_en == "A better title"
    entry = AuditEntry.objects.get()
    assert (entry.source, entry.by, list(entry.changes)) == ("import", editor, ["title_en"])


def test_leaves_columns_alone_that_the_file_lacks(own, measure):
    bring_in(own, csv_file("code,title_en", f"{measure.code},New"))

    assert Measure.objects.get().title_sl == measure.title_sl


def test_exports_own_rows_only(own, measure, foreign_measure):
    assert exported(own)["code"] == [measure.code]


def test_exports_what_the_list_shows(chief, measure):
    f.MeasureFactory(draft=True)

    assert exported(chief, query="?publication__exact=published")["code"] == [measure.code]


def test_refuses_rows_of_others(own, measure, foreign_measure):
    lines = ["code,title_en", f"{measure.code},Mine", f"{foreign_measure.code},Forged"]

    page = preview(own, csv_file(*lines))

    assert "confirm_form" not in page.context
    assert foreign_measure.code in page.content.decode()
    assert not Measure.objects.filter(title_en__in=["Mine", "Forged"]).exists()


def test_answers_the_same_for_foreign_and_unknown_codes(own, measure, foreign_measure):
    def answer(code):
        page = preview(own, csv_file("code,title_en", f"{code},Forged"))
        return [str(row.error) for row in page.context["result"].invalid_rows]

    foreign, unknown = answer(foreign_measure.code), answer("9.9.9")

    assert [text.replace(foreign_measure.code, "9.9.9") for text in foreign] == unknown


def test_takes_no_key_to_overwrite_another_row(chief, measure, foreign_measure):
    page = preview(chief, csv_file("id,code,title_en", f"{foreign_measure.pk},{measure.code},X"))

    assert "confirm_form" not in page.context
    assert "Unknown columns: id" in page.content.decode()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("publication", "archived"),
        ("organisation", "B"),
        ("objective", "1.9"),
        ("slug_en", "another"),
    ],
)
def test_refuses_what_only_chief_editors_change(own, measure, organisation_b, column, value):
    page = preview(own, csv_file(f"code,{column}", f"{measure.code},{value}"))

    assert "confirm_form" not in page.context
    assert "Only a chief editor" in page.content.decode()


def test_lets_a_chief_editor_add_and_assign(chief, organisation_b):
    objective = f.ObjectiveFactory()
    header = "code,objective,title_sl,title_en,organisation,publication"

    bring_in(chief, csv_file(header, f"8.1.1,{objective.code},Nov ukrep,New measure,B,published"))

    measure = Measure.objects.get()
    assert (measure.organisation, measure.slug_en) == (organisation_b, "new-measure")
    assert measure.strategy == objective.strategy


def test_adds_an_organisation(chief):
    bring_in(
        chief,
        csv_file("code,name_sl,name_en", "oug,Urad za ulice,Office of Streets"),
        "accounts_organisation",
    )

    assert Organisation.objects.get(code="oug").slug_sl == "urad-za-ulice"


def test_keeps_to_the_strategy_that_is_shown(chief, measure):
    other = f.StrategyFactory(code="old", is_current=False)
    elsewhere = f.MeasureFactory(
        objective=f.ObjectiveFactory(goal=f.GoalFactory(strategy=other)), code=measure.code
    )

    bring_in(chief, csv_file("code,title_en", f"{measure.code},New"))

    elsewhere.refresh_from_db()
    assert elsewhere.title_en != "New"


def test_imports_all_or_nothing(chief, measure, foreign_measure):
    file = csv_file(
        "code,title_en,published_state",
        f"{measure.code},Fine,",
        f"{foreign_measure.code},Wrong,nonsense",
    )

    page = preview(chief, file)

    assert "confirm_form" not in page.context
    assert not Measure.objects.filter(title_en="Fine").exists()


def test_imports_nothing_when_rights_are_lost_after_the_preview(own, measure, organisation_b):
    mine = f.MeasureFactory(organisation=measure.organisation)
    lines = ["code,title_en", f"{mine.code},Mine", f"{measure.code},Lost"]
    page = preview(own, csv_file(*lines))
    Measure.objects.filter(pk=measure.pk).update(organisation=organisation_b)

    own.post(reverse("admin:measures_measure_process_import"), page.context["confirm_form"].initial)

    assert not Measure.objects.filter(title_en__in=["Mine", "Lost"]).exists()


def test_lets_nobody_confirm_the_preview_of_another(own, chief, measure):
    data = preview(chief, csv_file("code,title_en", f"{measure.code},X")).context["confirm_form"]

    response = own.post(reverse("admin:measures_measure_process_import"), data.initial)

    assert response.status_code == 403
    assert Measure.objects.get().title_en == measure.title_en


@pytest.mark.parametrize("name", ["../../secret-key", "/etc/passwd", "x", "a:b:c", ""])
def test_reads_no_other_file(own, measure, name):
    data = {"import_file_name": name, "original_file_name": "x.csv", "format": "0"}

    response = own.post(reverse("admin:measures_measure_process_import"), data)

    assert response.status_code in (200, 403)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("format_", ["7", "-1", "x", ""])
def test_survives_a_forged_format(own, measure, format_):
    data = preview(own, csv_file("code,title_en", f"{measure.code},X")).context["confirm_form"]

    response = own.post(
        reverse("admin:measures_measure_process_import"), data.initial | {"format": format_}
    )

    assert response.status_code == 200
    assert Measure.objects.get().title_en == measure.title_en


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", "code;title_sl\n1;Čas".encode("cp1250"), "UTF-8"),
        ("x.csv", b"", "empty"),
        ("x.csv", b"\n\n", "empty"),
        ("x.csv", b"code,title_en\n1\0,x", "not a CSV"),
        ("x.csv", b"title_en\nx", "code"),
        ("x.csv", b"code,code\n1,1", "name of its own"),
        ("x.csv", b"code,title_en\n1,a\n1,b", "occur twice"),
        ("x.csv", b"code,titel\n1,a", "Unknown columns: titel"),
        ("x.xlsx", b"PK\x03\x04 broken", "not an Excel workbook"),
        ("x.xlsx", b"code,title_en", "not an Excel workbook"),
        ("x.pdf", b"%PDF", "Only .csv and .xlsx"),
    ],
)
def test_says_why_a_file_cannot_be_read(chief, measure, name, content, said):
    page = preview(chief, SimpleUploadedFile(name, content))

    assert page.status_code == 200
    assert "confirm_form" not in page.context
    assert said in page.content.decode()


def test_refuses_a_file_that_is_too_large(chief, monkeypatch):
    monkeypatch.setattr(exchange, "MAX_FILE_SIZE", 100)

    page = preview(chief, csv_file("code", "x" * 200)).content.decode()

    assert "at most 100" in page


def test_moves_an_indicator_between_promises(chief, indicator):
    objective = f.ObjectiveFactory()

    bring_in(
        chief,
        csv_file("code,measure,objective", f"{indicator.code},,{objective.code}"),
        "indicators_indicator",
    )

    stored = Indicator.objects.get()
    assert (stored.measure, stored.objective) == (None, objective)


def test_names_a_row_without_a_code_by_its_number(own):
    text = preview(own, csv_file("code,title_sl", ",Ukrep")).content.decode()

    assert "Row 2, column code: This row has no code." in text
