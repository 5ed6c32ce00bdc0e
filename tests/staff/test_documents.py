"""Evidence in the administration: a sound file is taken in, any other leaves no trace."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.models import ObservationEvidence
from measures.models import Evidence
from portal.common.models import AuditEntry
from tests import documents as d
from tests import factories as f
from tests.staff.pages import add_row, fields_of, url_of

# Files are stored when the transaction of the request ends, so it has to end here as well.
pytestmark = pytest.mark.django_db(transaction=True)

TITLE = {"title_sl": "Zapisnik", "title_en": "Minutes"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def browser(editor, sign_in):
    return sign_in(editor)


@pytest.fixture
def report(measure):
    return f.ProgressReportFactory(measure=measure)


def files(media) -> list:
    return [path for path in media.rglob("*") if path.is_file()]


def errors_of(response) -> str:
    assert response.status_code == 200, "the form was accepted"
    (formset,) = response.context["inline_admin_formsets"]
    return str([form.errors for form in formset.formset.forms])


def test_keeps_the_file_of_a_report(browser, editor, report, media):
    row = TITLE | {"upload": d.upload("Zapisnik 1.PDF", d.PDF)}

    response = add_row(browser, url_of(report), "evidence", row)

    assert response.status_code == 302
    document = Evidence.objects.get()
    assert (document.file_name, document.content_type) == ("Zapisnik 1.pdf", "application/pdf")
    assert (document.size, document.url) == (len(d.PDF), "")
    assert [path.read_bytes() for path in files(media)] == [d.PDF]
    assert AuditEntry.objects.get().by == editor


def test_keeps_the_file_of_a_value(browser, indicator, media):
    observation = f.ObservationFactory(indicator=indicator)

    row = TITLE | {"upload": d.upload("a.csv", d.CSV)}
    response = add_row(browser, url_of(observation), "evidence", row)

    assert response.status_code == 302
    assert ObservationEvidence.objects.get().observation == observation
    assert [path.read_bytes() for path in files(media)] == [d.CSV]
    page = browser.get(url_of(indicator)).content.decode()
    assert f'<a href="{url_of(observation)}">1 document</a>' in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("page.pdf", b"<html><script>alert(1)</script></html>"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("two.pdf.exe", d.PDF),
        ("a\u202efdp.exe", d.PDF),
        ("large.csv", b"2024;1\n" * 1_600_000),
        ("macros.xlsx", d.package(d.TYPES, ("xl/workbook.xml", ""), ("xl/vbaProject.bin", ""))),
    ],
)
def test_refuses_a_file_and_stores_nothing(browser, report, media, name, content):
    row = TITLE | {"upload": SimpleUploadedFile(name, content)}
    response = add_row(browser, url_of(report), "evidence", row)

    assert "upload" in errors_of(response)
    assert not Evidence.objects.exists()
    assert not files(media)


def test_survives_a_name_with_a_null_character(browser, report, media):
    row = TITLE | {"upload": SimpleUploadedFile("a\x00.pdf", d.PDF)}
    response = add_row(browser, url_of(report), "evidence", row)

    assert response.status_code in (200, 302, 400)
    assert "\x00" not in "".join(Evidence.objects.values_list("file_name", flat=True))


def test_says_in_the_language_of_the_person_what_is_wrong(browser, report):
    row = TITLE | {"upload": d.upload("a.pdf", d.PNG)}

    page = add_row(browser, url_of(report), "evidence", row).content.decode()

    assert "not what the ending of its name says" in page


@pytest.mark.parametrize("url", ["", "https://city.example/a.pdf"])
def test_a_document_is_a_file_or_an_address(browser, report, media, url):
    row = TITLE | {"url": url} | ({"upload": d.upload("a.pdf", d.PDF)} if url else {})

    response = add_row(browser, url_of(report), "evidence", row)

    assert "__all__" in errors_of(response)
    assert not files(media)


def test_leaves_no_file_when_another_row_is_refused(browser, report, media, monkeypatch):
    def refuse(*args, **kwargs):
        raise ValueError

    monkeypatch.setattr(Evidence, "after_write", refuse)
    row = TITLE | {"upload": d.upload("a.pdf", d.PDF)}

    with pytest.raises(ValueError):  # noqa: PT011 (our own, a line above)
        add_row(browser, url_of(report), "evidence", row)

    assert not Evidence.objects.exists()
    assert not files(media)


@pytest.fixture
def kept(report):
    """A document of a report that has a file already."""
    document = f.EvidenceFactory.build(report=report, url="")
    document.take(d.upload("a.pdf", d.PDF))
    document.save()
    document.after_write(changes={}, at=None, deleted=False)
    return document


def change(browser, report, **changes):
    data = fields_of(browser.get(url_of(report)))
    return browser.post(url_of(report), data | changes)


def test_keeps_a_file_that_nobody_touches(browser, report, kept, media):
    response = change(browser, report, **{"evidence-0-title_en": "Record"})

    assert response.status_code == 302
    document = Evidence.objects.get()
    assert (document.title_en, document.file.name) == ("Record", kept.file.name)
    assert len(files(media)) == 1


def test_an_address_takes_the_place_of_a_file(browser, report, kept, media):
    change(browser, report, **{"evidence-0-url": "https://city.example/a.pdf"})

    document = Evidence.objects.get()
    assert (document.url, document.file.name) == ("https://city.example/a.pdf", "")
    assert (document.file_name, document.content_type, document.size) == ("", "", None)
    assert not files(media)


def test_a_new_file_takes_the_place_of_the_old_one(browser, report, kept, media):
    change(browser, report, **{"evidence-0-upload": d.upload("b.png", d.PNG)})

    assert Evidence.objects.get().file_name == "b.png"
    assert [path.read_bytes() for path in files(media)] == [d.PNG]


def test_a_refused_file_leaves_the_old_one(browser, report, kept, media):
    response = change(browser, report, **{"evidence-0-upload": d.upload("b.png", d.PDF)})

    assert response.status_code == 200
    assert Evidence.objects.get().file.name == kept.file.name
    assert [path.read_bytes() for path in files(media)] == [d.PDF]


def test_deletes_the_file_with_its_document(browser, report, kept, media):
    change(browser, report, **{"evidence-0-DELETE": "on"})

    assert not Evidence.objects.exists()
    assert not files(media)


def test_takes_no_file_for_a_report_of_others(other_editor, sign_in, report, media):
    browser = sign_in(other_editor)

    response = browser.post(url_of(report), {"evidence-0-upload": d.upload("a.pdf", d.PDF)})

    assert response.status_code == 404
    assert not files(media)


def test_a_page_of_a_value_takes_no_value_of_others(browser, foreign_indicator):
    observation = f.ObservationFactory(indicator=foreign_indicator)

    assert browser.get(url_of(observation)).status_code == 404
