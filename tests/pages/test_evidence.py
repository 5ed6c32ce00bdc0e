"""Evidence files: sent as downloads to whoever may see what they prove, and to nobody else."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from portal.common.services import delete_record, save_record
from portal.pages.orphans import remove_orphaned_files
from tests import documents as d
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A place for files of this test alone."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def keep(django_capture_on_commit_callbacks):
    """Save a document with its file, as a finished request does."""

    def kept(document, name="Poročilo 2026.pdf", content=d.PDF):
        document.url = ""
        document.take(d.upload(name, content))
        with django_capture_on_commit_callbacks(execute=True):
            save_record(record=document, by=None)
        return document

    return kept


@pytest.fixture(params=[f.EvidenceFactory, f.ObservationEvidenceFactory], ids=["report", "value"])
def document(request, keep):
    return keep(request.param())


def files(media) -> list[str]:
    return [path.name for path in media.rglob("*") if path.is_file()]


def test_sends_a_file_as_a_download(client, document):
    response = client.get(document.get_absolute_url())

    assert b"".join(response.streaming_content) == d.PDF
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Length"] == str(len(d.PDF))
    assert headers["Content-Disposition"].startswith("attachment; filename")
    assert "Poro%C4%8Dilo%202026.pdf" in headers["Content-Disposition"]
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"
    assert not response.cookies


def test_sends_no_body_where_only_the_head_is_asked(client, document):
    assert client.head(document.get_absolute_url()).status_code == 200
    assert client.post(document.get_absolute_url()).status_code == 405


def hide(document) -> None:
    """Make a draft of what the document belongs to."""
    subject = document.report if document.kind == "report" else document.observation.indicator
    type(subject).objects.filter(pk=subject.pk).update(publication="draft")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        *(("anonymous", 404), ("citizen", 404), ("councillor", 404), ("other_editor", 404)),
        *(("chief_editor", 200), ("administrator", 200)),
    ],
)
def test_hides_the_files_of_drafts(client, document, role, status, request):
    hide(document)
    user = request.getfixturevalue(role)
    if user.is_authenticated:
        client.force_login(user)

    response = client.get(document.get_absolute_url())

    assert response.status_code == status


def test_shows_the_file_of_a_draft_to_its_editor(client, keep, editor, organisation_a):
    measure = f.MeasureFactory(organisation=organisation_a)
    report = f.ProgressReportFactory(measure=measure, draft=True)
    document = keep(f.EvidenceFactory(report=report))
    client.force_login(editor)

    assert client.get(document.get_absolute_url()).status_code == 200


def test_hides_the_files_of_what_stands_below_a_draft(client, document):
    holder = document.report if document.kind == "report" else document.observation.indicator
    goal = holder.measure.objective.goal
    type(goal).objects.filter(pk=goal.pk).update(publication="archived")

    assert client.get(document.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("kind", "key", "name"),
    [
        *(("report", 0, "a.pdf"), ("report", 2**63, "a.pdf"), ("report", 10**50, "a.pdf")),
        *(("nothing", None, None), ("report", None, "other.pdf"), ("report", None, "..")),
        *(("value", None, None), ("report", None, "a\ud7ff.pdf")),
    ],
)
def test_finds_nothing_at_other_addresses(client, keep, kind, key, name):
    document = keep(f.EvidenceFactory())
    parts = [kind, document.pk if key is None else key, name or document.file_name]

    assert client.get(reverse("evidence", args=parts)).status_code == 404


def test_finds_no_file_of_an_address(client):
    document = f.EvidenceFactory()

    url = reverse("evidence", args=["report", document.pk, "evidence.pdf"])

    assert document.get_absolute_url() == document.url
    assert client.get(url).status_code == 404


def test_finds_no_file_that_is_lost(client, document):
    default_storage.delete(document.file.name)

    assert client.get(document.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("path", ["/media/{}", "/static/{}", "/media/../var/media/{}"])
def test_has_no_other_address(client, document, path):
    assert client.get(path.format(document.file.name)).status_code == 404


def test_keeps_files_under_names_that_nobody_can_guess(document, media):
    (stored,) = files(media)

    assert len(stored) == len("0" * 32 + ".pdf")
    assert "2026" not in stored


def test_stores_nothing_before_the_record_is_certain(media):
    document = f.EvidenceFactory.build(report=f.ProgressReportFactory(), url="")
    document.take(d.upload("a.pdf", d.PDF))

    save_record(record=document, by=None)  # its transaction has not ended in this test

    assert not files(media)


def test_removes_the_file_that_another_one_replaces(keep, document, media):
    former = document.file.name

    keep(type(document).objects.get(), "novo.csv", d.CSV)

    (stored,) = files(media)
    assert stored.endswith(".csv")
    assert not default_storage.exists(former)


def test_removes_the_file_of_a_deleted_record(document, media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        delete_record(record=document, by=None)

    assert not files(media)


@pytest.mark.parametrize("language", ["sl", "en"])
def test_links_to_files_and_addresses_of_reports(client, keep, language):
    document = keep(f.EvidenceFactory())
    elsewhere = f.EvidenceFactory(report=document.report, url="https://city.example/a")

    page = client.get(document.report.measure.url_in(language)).content.decode()

    assert f'href="{document.get_absolute_url()}" download>' in page
    assert f'href="{elsewhere.url}" rel="external">' in page
    assert "PDF," in page


@pytest.mark.parametrize(("later", "removed"), [(23, 0), (25, 1)])
def test_removes_files_without_a_record_after_a_day(document, media, keep, later, removed):
    orphan = keep(f.EvidenceFactory())
    orphan.report.delete()  # the database takes the document along, and knows of no file

    count = remove_orphaned_files(timezone.now() + datetime.timedelta(hours=later))

    assert count == removed
    assert default_storage.exists(document.file.name)
    assert default_storage.exists(orphan.file.name) == (not removed)


def test_removes_nothing_where_there_is_no_file_yet(media):
    assert remove_orphaned_files() == 0
