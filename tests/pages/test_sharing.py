"""Pictures of goals are made by the worker, once, and go when they are out of date."""

import pytest
from django.core.files.storage import default_storage

from portal.common.states import Publication
from portal.pages import share
from portal.pages.share import render_missing_share_images, share_image_name, share_image_url
from portal.pages.tasks import render_share_images
from tests.factories import GoalFactory

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def quick(monkeypatch):
    """Draw nothing: most tests are about which pictures there are."""
    monkeypatch.setattr(share, "_png", lambda svg: PNG + svg.encode())


@pytest.fixture
def goal(quick):
    return GoalFactory(title_sl="Voda", title_en="Water")


def stored() -> set[str]:
    return {name.removesuffix(".png") for name in default_storage.listdir("share")[1]}


def names(goal) -> set[str]:
    return {share_image_name(goal, language) for language in ("sl", "en")}


def test_draws_a_real_picture(client, settings):
    goal = GoalFactory()

    render_share_images()

    answer = client.get(share_image_url(goal, "en"))
    picture = b"".join(answer.streaming_content)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "immutable" in answer.headers["Cache-Control"]
    assert picture.startswith(PNG)


def test_makes_one_picture_for_each_language(goal):
    assert render_missing_share_images() == 2
    assert stored() == names(goal)


def test_makes_each_picture_once(goal, monkeypatch):
    render_missing_share_images()
    monkeypatch.setattr(share, "_png", lambda svg: 1 / 0)

    assert render_missing_share_images() == 0


def test_makes_a_new_picture_for_a_new_title_and_drops_the_old_one(goal):
    render_missing_share_images()
    before = names(goal)
    goal.title_en = "Clean water"
    goal.save()

    assert render_missing_share_images() == 1
    assert stored() == names(goal) != before


@pytest.mark.parametrize("setting", ["#1f4fa3", "#5b3a9e"])
def test_makes_new_pictures_in_new_colours(goal, settings, setting):
    before = names(goal)
    settings.BRAND_COLOUR = setting

    assert not names(goal) & before


@pytest.mark.parametrize("which", ["goal", "strategy"])
def test_drops_the_picture_of_what_is_hidden(goal, which):
    render_missing_share_images()
    record = goal if which == "goal" else goal.strategy
    record.publication = Publication.ARCHIVED
    record.save()

    render_share_images()

    assert stored() == set()


def test_draws_no_draft(quick):
    GoalFactory(draft=True)

    assert render_missing_share_images() == 0


def test_pages_name_a_picture_only_once_it_is_there(client, goal):
    assert "og:image" not in client.get(goal.url_in("en")).content.decode()

    render_missing_share_images()

    page = client.get(goal.url_in("en")).content.decode()
    address = f"http://testserver{share_image_url(goal, 'en')}"
    assert f'<meta property="og:image" content="{address}">' in page


@pytest.mark.parametrize(
    "name",
    [
        *("goal-1-sl-0123456789abcdef", "goal-99999999999999999999-sl-0123456789abcdef", "x"),
        *("goal-1-sl-0123", "..", "goal-x-sl-0123456789abcdef", "goal-1-SL-0123456789abcdef"),
    ],
)
def test_serves_nothing_else(client, goal, name):
    assert client.get(f"/share/{name}.png").status_code == 404
