"""Entering values as a person does: open the grid, write, look at the preview, confirm."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.staff.pages import fields_of

GRID = "admin:indicators_observation_grid"
IMPORT = "admin:indicators_observation_import"


def grid_url(query: str = "") -> str:
    return reverse(GRID) + query


def box(indicator, period: str) -> str:
    return f"v{indicator.pk}-{period}"


def write(browser, values: dict[str, str], query: str = ""):
    """Open the grid, write in its boxes and ask what would change."""
    url = grid_url(query)
    return browser.post(url, fields_of(browser.get(url)) | values)


def confirm(browser, page, query: str = ""):
    """Confirm the preview that ``page`` is."""
    url = {"grid": grid_url(query), "import": reverse(IMPORT)}[page.context["way"]]
    return browser.post(url, {"confirm": page.context["token"]})


def messages_of(page) -> list[str]:
    return [fault.message for fault in page.context.get("faults", [])]


def send_file(browser, content: bytes | str, *, name="values.csv", numbers="comma"):
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, data)
    return browser.post(reverse(IMPORT), {"file": file, "numbers": numbers})


def reasons(page) -> str:
    """Everything that the page objects to."""
    form = page.context["form"]
    return " ".join([*messages_of(page), *(e for errors in form.errors.values() for e in errors)])
