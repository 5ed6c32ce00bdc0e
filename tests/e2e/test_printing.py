"""What councillors take along to a session, on paper."""

import re

import pytest


@pytest.mark.parametrize("path", ["/sl/napredek/", "/en/progress/"])
def test_the_overview_of_progress_fits_on_two_sheets(open_page, path):
    page = open_page(path)

    sheets = page.pdf(format="A4")

    assert page.locator(".state-cells a").count() > 0
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheets)) == 2
