"""Nothing that is hidden shows anywhere.

Every page is read without hidden records, then with many of them around every visible one: not a
letter may differ. The hidden ones carry words that appear nowhere else.
"""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Role
from portal.common.languages import LANGUAGES
from portal.common.services import save_record
from portal.common.states import Publication
from portal.pages.share import share_image_name
from tests import factories as make

from .scenery import addresses, build

pytestmark = pytest.mark.django_db

CANARY, BAIT = "canary", "quokka"
HIDDEN = {
    "draft": {"publication": Publication.DRAFT},
    "scheduled": {
        "publication": Publication.SCHEDULED,
        "publish_at": timezone.now() + timedelta(days=1),
    },
    "archived": {"publication": Publication.ARCHIVED},
}
MACHINES = ["/sitemap.xml", "/robots.txt", "/readyz", "/brand.css", "/.well-known/security.txt"]
SEARCHES = {
    "sl": ["/sl/iskanje/?q={q}", "/sl/cilji-in-ukrepi/?q={q}", "/sl/cilji-in-ukrepi/?stanje=none"],
    "en": ["/en/search/?q={q}", "/en/goals-and-measures/?q={q}"],
}


def texts(*names: str) -> dict[str, str]:
    """The given texts in both languages, each with the words that must not show."""
    return {f"{name}_{code}": f"{BAIT} {CANARY}" for name in names for code in LANGUAGES}


def slugs(kind: str) -> dict[str, str]:
    return {f"slug_{code}": f"{CANARY}-{kind}-{code}" for code in LANGUAGES}


class Aviary:
    """Hidden records of one state around the visible ones of a scenery."""

    def __init__(self, scenery, state: str):
        self.scenery, self.state, self.made = scenery, state, []

    def add(self, factory, kind: str, *names: str, hidden: bool = True, **values):
        addressed = slugs(f"{kind}-{self.state}-{len(self.made)}") if kind else {}
        state = HIDDEN[self.state] if hidden else {}
        record = factory(**texts(*names), **addressed, **state, **values)
        self.made.append(record)
        return record

    def goal(self, **values):
        return self.add(make.GoalFactory, "goal", "title", "summary", **values)

    def objective(self, **values):
        return self.add(make.ObjectiveFactory, "objective", "title", "summary", **values)

    def measure(self, **values):
        values = {"organisation": self.scenery.organisation} | values
        return self.add(make.MeasureFactory, "measure", "title", "description", **values)

    def project(self, **values):
        values = {"organisation": self.scenery.organisation} | values
        return self.add(make.ProjectFactory, "project", "title", "summary", **values)

    def indicator(self, **values):
        values = {"organisation": self.scenery.organisation} | values
        indicator = self.add(make.IndicatorFactory, "indicator", "name", "unit", "note", **values)
        make.TargetFactory(indicator=indicator, by="2026-12", **texts("text"))
        make.ObservationFactory(indicator=indicator, source=CANARY)

    def report(self, **values):
        report = self.add(make.ProgressReportFactory, "", "text", **values)
        make.EvidenceFactory(report=report, url=f"https://{CANARY}.example/", **texts("title"))

    def beside_everything(self):
        """Hidden themselves, below and beside what everybody sees."""
        seen = self.scenery
        self.goal(code=f"{CANARY}{self.state}")
        self.objective(goal=seen.goal)
        successor = self.measure(objective=seen.objective)
        seen.measure.successors.add(successor)
        for parent in ("goal", "objective", "measure"):
            self.indicator(**{"measure": None, parent: getattr(seen, parent)})
        self.report(measure=seen.measure)
        self.report(measure=None, project=seen.project)
        project = self.project(measures=[seen.measure])
        project.goals.add(seen.goal)
        project.objectives.add(seen.objective)
        make.BudgetLineFactory(project=project, source=CANARY)
        make.MilestoneFactory(project=project, **texts("title"))

    def below_something_hidden(self):
        """Published themselves, yet everything they hang on is not."""
        seen, open_ = self.scenery, {"hidden": False}
        goal = self.goal()
        objective = self.objective(goal=goal, **open_)
        self.measure(objective=objective, **open_)
        measure = self.measure(objective=self.objective(goal=seen.goal), **open_)
        self.indicator(measure=measure, **open_)
        closed = self.measure(objective=seen.objective)
        self.indicator(measure=closed, **open_)
        self.indicator(measure=None, goal=goal, **open_)
        self.indicator(measure=None, objective=objective, **open_)
        self.report(measure=closed, **open_)
        self.report(measure=None, project=self.project(), **open_)
        seen.project.goals.add(goal)
        seen.project.objectives.add(objective)
        seen.project.measures.add(measure, closed)
        seen.measure.successors.add(measure)


def of_another_strategy() -> None:
    """Published, but the site does not show the strategy they belong to."""
    strategy = make.StrategyFactory(
        code=CANARY, is_current=False, **slugs("strategy"), **texts("title", "summary")
    )
    goal = make.GoalFactory(strategy=strategy, **slugs("other"), **texts("title"))
    make.IndicatorFactory(measure=None, goal=goal, **slugs("other"), **texts("name"))
    make.ProjectFactory(strategy=strategy, organisation=None, **slugs("other"), **texts("title"))


def surfaces(scenery) -> list[str]:
    """Every address that answers with something, questions included."""
    found = [*MACHINES, "/en/nothing/", "/sl/goals-and-measures/", "/healthz"]
    for language in LANGUAGES:
        found += addresses(scenery, language).values()
        found += [path.format(q=q) for path in SEARCHES[language] for q in (BAIT, "1")]
    return [*found, "/en/goals-and-measures/?organisation=office&status=none"]


def read_all(client: Client, paths: list[str]) -> dict[str, str]:
    return {path: client.get(path).content.decode() for path in paths}


@pytest.fixture
def scenery():
    return build()


@pytest.fixture(params=["anonymous", "editor"])
def reader(request, organisation_b):
    """Somebody who edits none of the hidden records."""
    client = Client()
    if request.param != "anonymous":
        membership = make.MembershipFactory(role=Role.EDITOR, organisation=organisation_b)
        client.force_login(membership.user)
    return client


def test_hidden_records_change_no_letter_of_any_page(scenery, reader):
    paths = surfaces(scenery)
    before = read_all(reader, paths)

    for state in HIDDEN:
        aviary = Aviary(scenery, state)
        aviary.beside_everything()
        aviary.below_something_hidden()
    of_another_strategy()

    after = read_all(reader, paths)
    assert [path for path in paths if before[path] != after[path]] == []
    assert [path for path in paths if CANARY in after[path]] == []


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_addresses_answer_like_addresses_that_never_were(client, scenery, state):
    aviary = Aviary(scenery, state)
    aviary.beside_everything()
    aviary.below_something_hidden()

    paths = [record.url_in("en") for record in aviary.made if hasattr(record, "url_in")]

    assert len(paths) >= 15
    for path in paths:
        answer, nothing = client.get(path), client.get(path.replace(CANARY, "never-was"))
        assert (answer.status_code, answer.content) == (404, nothing.content), path


@pytest.mark.parametrize("state", HIDDEN)
def test_former_addresses_of_hidden_records_lead_nowhere(client, scenery, state):
    aviary = Aviary(scenery, state)
    aviary.beside_everything()
    addressed = [record for record in aviary.made if hasattr(record, "url_in")]
    former = [record.url_in(language) for record in addressed for language in LANGUAGES]

    for record in addressed:
        record.slug_sl, record.slug_en = f"new-{record.slug_sl}", f"new-{record.slug_en}"
        save_record(record=record, by=None)

    assert {client.get(path).status_code for path in former} == {404}


def test_words_of_the_other_language_do_not_tell_a_hidden_address(client, scenery):
    project = Aviary(scenery, "draft").project()
    paths = [f"/sl/projects/{project.slug_sl}/", "/sl/projects/never-was/"]

    answers = [client.get(path) for path in paths]

    assert [answer.status_code for answer in answers] == [301, 301]
    assert client.get(answers[0].headers["Location"]).status_code == 404


def test_the_administration_shows_others_drafts_to_nobody(client, scenery, other_editor):
    aviary = Aviary(scenery, "draft")
    aviary.beside_everything()
    client.force_login(other_editor)
    options = [model._meta for model in admin.site._registry]

    for name in [f"{model.app_label}_{model.model_name}" for model in options]:
        answer = client.get(reverse(f"admin:{name}_changelist"), {"q": BAIT})
        assert answer.status_code in (200, 302, 403)
        assert CANARY not in answer.content.decode(), name
    for record in aviary.made:
        name = f"{record._meta.app_label}_{record._meta.model_name}"
        for action in ("change", "history", "delete"):
            answer = client.get(reverse(f"admin:{name}_{action}", args=[record.pk]))
            assert answer.status_code in (302, 403, 404), (name, action)
            assert CANARY not in answer.content.decode()


def test_a_hidden_strategy_hides_everything(client, scenery):
    paths = addresses(scenery, "en")
    statements = {"pages:home", "pages:accessibility", "pages:privacy", "pages:rules"}
    scenery.strategy.publication = Publication.DRAFT
    scenery.strategy.save()

    found = {route: client.get(path).status_code for route, path in paths.items()}

    assert {route for route, status in found.items() if status == 200} == statements
    assert "Strategic goal" not in client.get("/sitemap.xml").content.decode()
    assert scenery.strategy.title_en not in client.get("/en/").content.decode()
    assert scenery.goal.slug_en not in client.get("/sitemap.xml").content.decode()


def test_the_picture_of_a_goal_goes_with_its_publication(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    goal = make.GoalFactory()
    name = share_image_name(goal, "en")
    default_storage.save(f"share/{name}.png", ContentFile(b"picture"))
    path = f"/share/{name}.png"
    assert client.get(path).status_code == 200

    goal.publication = Publication.ARCHIVED
    goal.save()

    assert client.get(path).status_code == 404
