"""The administration in a real browser: accessible, and in need of nothing inline."""

import re

import pytest

from tests.e2e.test_accessibility import violations

LISTS = [
    *("goals/strategy", "goals/goal", "goals/objective", "measures/measure", "measures/project"),
    *("indicators/indicator", "accounts/user", "common/auditentry"),
]
OTHERS = [
    *("", "measures/measure/import/", "measures/measure/export/", "measures/measure/add/"),
    *("accounts/organisation/add/", "accounts/user/add/", "password_change/"),
    *("indicators/observation/grid/", "indicators/observation/import/"),
]


@pytest.fixture(scope="session")
def credentials(portal, portal_folder) -> tuple[str, str]:
    """The account that the first start made, from the one place where its password is shown."""
    output = (portal_folder / "output").read_text()
    return re.search(r"e-mail  +(\S+)", output)[1], re.search(r"password  +(\S+)", output)[1]


@pytest.fixture
def open_admin(open_page, credentials):
    def opened(width: int, scheme: str):
        page = open_page("/admin/", width, scheme)
        page.fill("input[name=login]", credentials[0])
        page.fill("input[name=password]", credentials[1])
        page.click("main button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return opened


def addresses(page, portal) -> list[str]:
    """Each list, and in it the pages of the first record."""
    found = [f"{portal}/admin/{path}" for path in OTHERS]
    for name in LISTS:
        found.append(f"{portal}/admin/{name}/")
        page.goto(found[-1])
        link = page.query_selector("#result_list tbody a")
        change = portal + link.get_attribute("href")
        found += [change, change.replace("/change/", "/history/")]
    return found


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_are_accessible_and_keep_the_policy(open_admin, portal, width, scheme):
    page = open_admin(width, scheme)
    wrong = {}

    for address in addresses(page, portal):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        faults = [*page.faults]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{wide} pixels wide")
        if faults := faults + violations(page):
            wrong[address] = faults
        page.faults.clear()  # the engine itself offends against the policy

    assert not wrong


def test_suggests_records_and_adds_rows(open_admin, portal):
    page = open_admin(1280, "light")
    page.goto(f"{portal}/admin/indicators/indicator/")
    page.click("#result_list tbody a")

    page.click(".field-objective .select2-selection")
    page.wait_for_selector(".select2-results__option:not(.loading-results)")
    page.keyboard.press("Escape")
    page.click("#observations-group .add-row a")

    assert page.locator("#id_observations-0-period").is_visible()
    assert not page.faults


GRID = "admin/indicators/observation/grid/?by=year&first=2015&last=2017"
COPIED = """(box, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const options = { clipboardData, bubbles: true, cancelable: true };
    box.dispatchEvent(new ClipboardEvent("paste", options));
}"""


def test_enters_values_with_the_keys_of_a_spreadsheet(open_admin, portal):
    page = open_admin(1280, "light")
    page.goto(f"{portal}/{GRID}")
    boxes = [page.locator("#grid_form tbody tr").nth(row).locator("td input") for row in (0, 1)]

    boxes[0].first.focus()
    for key in ("ArrowRight", "Enter", "ArrowLeft", "Shift+Enter"):
        page.keyboard.press(key)
    boxes[0].first.evaluate(COPIED, "1\t2,5\n3\t4~\n")

    focused = page.evaluate("document.activeElement.id")
    assert focused == boxes[0].first.get_attribute("id")
    written = [[boxes[row].nth(column).input_value() for column in (0, 1)] for row in (0, 1)]
    assert written == [["1", "2,5"], ["3", "4~"]]
    assert page.locator("input[data-changed]").count() == 4
    page.click("#grid_form input[type=submit]")
    page.wait_for_selector("button[name=confirm]")
    assert page.locator(".import-preview tr[data-change=new]").count() == 4
    assert not page.faults  # asked first: the engine itself offends against the policy
    assert not violations(page)
