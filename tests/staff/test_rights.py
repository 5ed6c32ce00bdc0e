"""Who gets where: every address of the administration, for everybody, reading and writing."""

import pytest
from django.contrib import admin
from django.urls import URLPattern, reverse

from portal.common.models import AuditEntry
from portal.common.services import save_record
from tests import factories as f

pytestmark = pytest.mark.django_db

OUTSIDERS = ["anonymous", "citizen", "councillor", "moderator"]
INSIDERS = ["editor", "other_editor", "chief_editor", "administrator"]
NOBODY, ADMINS, CHIEFS = "", "administrator", "chief_editor administrator"
OWN = f"editor {CHIEFS}"
EDITORS = f"other_editor {OWN}"

PAGE = dict(changelist=CHIEFS, add=CHIEFS, history=CHIEFS, delete=CHIEFS, change=CHIEFS)
EDITED = PAGE | dict(changelist=EDITORS, history=OWN, change=OWN)
EXCHANGED = {"import": EDITORS, "process_import": EDITORS, "export": EDITORS}
MACHINERY = dict.fromkeys(PAGE, ADMINS) | {"add": NOBODY, "delete": NOBODY}
MODELS = {
    "goals_strategy": PAGE,
    "goals_amendment": PAGE,
    "goals_goal": PAGE,
    "goals_objective": PAGE,
    "measures_measure": EDITED | EXCHANGED,
    "measures_project": EDITED,
    "measures_progressreport": EDITED | {"add": NOBODY},
    "indicators_indicator": EDITED | EXCHANGED,
    "indicators_observation": EDITED
    | {"add": NOBODY, "delete": OWN}
    | dict.fromkeys(("grid", "import", "export"), EDITORS),
    "indicators_override": PAGE | {"delete": NOBODY},
    "indicators_confirmation": EDITED | {"add": NOBODY},
    "accounts_organisation": PAGE | dict.fromkeys(EXCHANGED, CHIEFS),
    "accounts_district": PAGE,
    "accounts_user": dict.fromkeys(PAGE, ADMINS),
    "auth_user": {"password_change": ADMINS},
    "common_auditentry": PAGE | {"add": NOBODY, "delete": NOBODY},
    "common_outboxmessage": MACHINERY,
    "common_delivery": MACHINERY,
}
OPEN_TO_EDITORS = [
    *("index", "logout", "password_change", "password_change_done", "jsi18n"),
    *("autocomplete", "app_list"),
]
# These have tests of their own.
APART = ["login", "confirm", None]


def patterns(urls) -> list[URLPattern]:
    found = []
    for url in urls:
        found += [url] if isinstance(url, URLPattern) else patterns(url.url_patterns)
    return found


def test_knows_every_address():
    names = {pattern.name for pattern in patterns(admin.site.get_urls())}
    listed = {f"{model}_{action}" for model, actions in MODELS.items() for action in actions}

    assert names == listed | set(OPEN_TO_EDITORS) | set(APART)


@pytest.fixture
def world(organisation_a, measure, project, indicator, administrator):
    """A record of every kind; what can belong to an organisation belongs to A."""
    save_record(record=f.DistrictFactory.build(code="d", name_sl="a", name_en="a"), by=None)
    person = f.UserFactory()
    return {
        "goals_strategy": measure.strategy,
        "goals_amendment": f.AmendmentFactory(),
        "goals_goal": measure.objective.goal,
        "goals_objective": measure.objective,
        "measures_measure": measure,
        "measures_project": project,
        "measures_progressreport": f.ProgressReportFactory(measure=measure),
        "indicators_indicator": indicator,
        "indicators_observation": f.ObservationFactory(indicator=indicator),
        "indicators_override": f.OverrideFactory(indicator=indicator),
        "indicators_confirmation": f.ConfirmationFactory(indicator=indicator),
        "accounts_organisation": organisation_a,
        "accounts_district": f.DistrictFactory(),
        "accounts_user": person,
        "auth_user": person,
        "common_auditentry": AuditEntry.objects.first(),
        "common_outboxmessage": f.OutboxMessageFactory(),
        "common_delivery": f.DeliveryFactory(recipient=person),
    }


def address(name: str, record) -> str:
    """Pages of one record take its key, the others nothing."""
    one = name.endswith(("_change", "_history", "_delete", "_password_change"))
    args = [record.pk] if one and name != "password_change" else []
    return reverse(f"admin:{name}", args=args)


def is_let_in(response) -> bool:
    if response.status_code == 302:
        return "/login/" not in response.headers["Location"]
    return response.status_code not in (403, 404)


@pytest.mark.parametrize("role", OUTSIDERS + INSIDERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_lets_in_only_who_may(role, method, request, world, sign_in):
    request.getfixturevalue("other_editor")
    browser = sign_in(request.getfixturevalue(role))
    wrong = []

    for model, actions in MODELS.items():
        for action, allowed in actions.items():
            url = address(f"{model}_{action}", world[model])
            response = getattr(browser, method)(url)
            if response.status_code == 405:  # the address takes no such request from anybody
                continue
            let_in = is_let_in(response)
            expected = role in allowed.split() and (method, model, action) not in READ_ONLY
            if let_in != expected:
                wrong.append(f"{role} {method} {url}: {let_in}")

    assert not wrong


# History, confirmations, waiting work and mail can be read, not written.
READ_ONLY = {
    ("post", model, "change")
    for model in (
        *("common_auditentry", "common_outboxmessage", "common_delivery"),
        "indicators_confirmation",
    )
}


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize("name", ["index", "password_change", "jsi18n", "autocomplete"])
def test_sends_others_to_the_door(role, name, request, sign_in):
    response = sign_in(request.getfixturevalue(role)).get(reverse(f"admin:{name}"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize(
    ("label", "roles"),
    [("measures", EDITORS), ("indicators", EDITORS), ("goals", CHIEFS), ("accounts", CHIEFS)],
)
def test_shows_an_app_to_whom_it_concerns(label, roles, request, sign_in):
    url = reverse("admin:app_list", args=[label])

    seen = [role for role in INSIDERS if is_let_in(sign_in(request.getfixturevalue(role)).get(url))]

    assert sorted(seen) == sorted(roles.split())


@pytest.mark.parametrize("role", ["councillor", "moderator", "other_editor"])
def test_stores_nothing_for_those_who_may_not(role, request, world, sign_in):
    browser = sign_in(request.getfixturevalue(role))
    entries = AuditEntry.objects.count()

    for name, record in world.items():
        if "delete" in MODELS[name]:
            browser.post(address(f"{name}_delete", record), {"post": "yes"})
            record.refresh_from_db()

    assert AuditEntry.objects.count() == entries
