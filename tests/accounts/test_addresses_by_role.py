"""Every address of the site x every role; an address that is missing from the table fails."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import override

from tests.factories import MembershipFactory, UserFactory
from tests.pages.scenery import DETAILS, FIXED, build, detail_address

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("addresses-by-role")]

PEOPLE = [
    "anonymous",
    "citizen",
    "councillor",
    "moderator",
    "editor",
    "chief_editor",
    "administrator",
]
STAFF = {"councillor", "moderator", "editor", "chief_editor", "administrator"}
EDITORS = {"editor", "chief_editor", "administrator"}
SIGNED_IN = set(PEOPLE) - {"anonymous"}
ALL = set(PEOPLE)

# Who gets the page itself (200); everybody else is sent to sign in or refused.
OPEN_TO = {
    **dict.fromkeys([*FIXED, *DETAILS], ALL),
    **dict.fromkeys(["healthz", "readyz", "robots", "sitemap", "security-txt"], ALL),
    "pages:gallery": STAFF,
    "chart-file": ALL,
    # Not configured in tests, so there is nothing to show.
    "brand-css": set(),
    "share-image": set(),
    "evidence": set(),
    "admin:index": EDITORS,
}


def names_of(resolver, space: str = "") -> set[str]:
    """The names of all addresses; the administration and the account pages have their own tests."""
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.add(f"{space}{pattern.name}")
        elif pattern.namespace != "admin":
            found |= names_of(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
    return found


@pytest.fixture
def clients(request):
    made = {"anonymous": Client()}
    for person in PEOPLE[1:]:
        made[person] = Client()
        made[person].force_login(request.getfixturevalue(person))
    return made


def address(name: str, scenery) -> str:
    if name in DETAILS:
        return detail_address(scenery, name, "en")
    with override("en"):
        return reverse(name, args=arguments_of(scenery).get(name, []))


def arguments_of(scenery) -> dict[str, list]:
    """What the addresses of files need; the picture and the document do not exist."""
    return {
        "share-image": ["goal-1-en-0123456789abcdef"],
        "chart-file": ["goal", scenery.goal.pk, "mosaic", "en", "csv"],
        "evidence": ["report", 0, "missing.pdf"],
    }


def test_opens_every_address_to_the_right_people(clients):
    scenery = build()
    found = {}

    for name in OPEN_TO:
        path = address(name, scenery)
        statuses = {person: client.get(path).status_code for person, client in clients.items()}
        found[name] = {person for person, status in statuses.items() if status == 200}
        assert set(statuses.values()) <= {200, 302, 403, 404}, name

    assert found == OPEN_TO


def test_knows_every_address():
    names = names_of(get_resolver())

    assert {name for name in names if not name.startswith("account_")} <= OPEN_TO.keys()


def test_somebody_without_a_role_edits_nothing(client):
    client.force_login(UserFactory(staff=True))

    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("language", ["sl", "en"])
def test_nobody_makes_an_account_of_their_own(client, language):
    with override(language):
        path = reverse("account_signup")

    answer = client.post(path, {"email": "new@example.org", "password1": "a long password 7"})

    assert answer.status_code in (200, 403)
    assert not MembershipFactory._meta.model.objects.exists()
    assert not UserFactory._meta.get_model_class().objects.filter(email="new@example.org").exists()
