"""Everything is reached and used with the keyboard alone, and one always sees where one is."""

import pytest

# Of the element that has the focus: what it is, and what marks it.
FOCUSED = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    what: node.outerHTML.slice(0, 120),
    key: [...document.querySelectorAll('*')].indexOf(node),
    ringed,
    inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    uncovered: !above || node.contains(above) || above.contains(node),
  };
}"""
MOST_STOPS = 400
WALKED = [
    "/sl/",
    "/sl/cilji-in-ukrepi/",
    "/sl/cilji-in-ukrepi/digitalna-mestna-uprava/",
    "/sl/iskanje/?q=podatki",
    "/en/indicators/",
]


def walk(page) -> list[dict]:
    """Every stop from the top of the page until the focus leaves it."""
    stops, seen = [], set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stops and stop and stop["key"] == stops[-1]["key"]:
            continue  # the day, the month and the year of one date
        if stop is None or stop["key"] in seen:
            return stops
        seen.add(stop["key"])
        stops.append(stop)
    raise AssertionError("the walk has no end")


def test_first_stop_skips_to_the_content(open_page):
    page = open_page("/sl/")

    page.keyboard.press("Tab")
    skip = page.evaluate(FOCUSED)
    page.keyboard.press("Enter")

    assert 'href="#main"' in skip["what"]
    assert skip["inView"]
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", WALKED)
def test_every_stop_is_seen(open_page, path, width):
    page = open_page(path, width)

    stops = walk(page)

    assert len(stops) > 10
    assert not [
        stop for stop in stops if not (stop["ringed"] and stop["inView"] and stop["uncovered"])
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_menu_leads_to_every_part(open_page, width):
    page = open_page("/sl/", width)
    header = page.locator("body > header")
    links = header.locator("nav a")

    if not links.first.is_visible():
        opener = header.locator("[popovertarget]")
        opener.focus()
        page.keyboard.press("Enter")
    about = header.locator("a[href='/sl/o-strategiji/']")
    about.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/sl/o-strategiji/")


@pytest.mark.parametrize("width", [360, 1280])
def test_language_switch_stays_on_the_object(open_page, width):
    page = open_page("/sl/cilji-in-ukrepi/digitalna-mestna-uprava/", width)
    code = page.locator("main").get_attribute("data-code")
    switch = page.locator("header a[hreflang=en]")

    if not switch.is_visible():
        page.locator("header summary").press("Enter")
    switch.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("main").get_attribute("data-code") == code


def test_filters_of_the_tree_are_used_with_the_keyboard(open_page):
    page = open_page("/sl/cilji-in-ukrepi/")
    before = page.locator("main [id]").count()

    page.locator("main form input[name=q]").focus()
    page.keyboard.type("prostovoljc")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=prostovoljc**")

    assert page.locator("main [id]").count() < before
