"""Addresses: given in the file, or derived once from the title; never another page's."""

import pytest

from goals.models import Goal
from indicators.models import Indicator
from measures.models import Measure, Project
from portal.accounts.models import Organisation
from tests.content.files import SMALL, small

TITLE = '  title: {sl: "[SL] Cilj", en: "[EN] Goal"}\n  slug: {sl: cilj, en: goal}\n'


def goal_titled(title: str) -> str:
    return small((TITLE, f"  title: {{sl: '{title}', en: '{title}'}}\n"))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Čisto okolje, življenje v šoli", "cisto-okolje-zivljenje-v-soli"),
        ("Đurđevo in Ćuprija", "durdevo-in-cuprija"),
        ("Straße, smörgås, café", "strasse-smorgas-cafe"),
        ("Razprava", "razprava-1"),
        ("Zakaj?", "zakaj-1"),
        ("???", "1"),
        ("x" * 150, "x" * 100),
    ],
)
def test_are_derived_from_the_title(load, title, slug):
    load(goal_titled(title))

    assert Goal.objects.get().slug_sl == slug


def test_take_the_code_where_a_sibling_has_the_title(load):
    again = '    - code: 1.1.3\n      title: {sl: "[SL] Ukrep", en: "[EN] Measure"}\nprojects:'
    load(small(("slug: {sl: ukrep, en: measure}", "slug: {sl: sl-ukrep}"), ("projects:", again)))

    first, _second, third = Measure.objects.order_by("code_sort")
    assert (first.slug_sl, third.slug_sl) == ("sl-ukrep", "sl-ukrep-1-1-3")
    assert (first.slug_en, third.slug_en) == ("en-measure", "en-measure-1-1-3")


def test_leave_to_a_later_record_what_the_file_gives_it(load):
    later = (
        "- code: '2'\n  title: {sl: b, en: b}\n  indicators:\n"
        "  - {code: K0, kind: count, name: {sl: x, en: y}, slug: {sl: sl-kazalnik, en: z}}\n"
    )
    given = "        slug: {sl: kazalnik, en: indicator}\n"
    load(small((given, ""), ("projects:", f"{later}projects:")))

    assert Indicator.objects.get(code="K0").slug_sl == "sl-kazalnik"
    assert Indicator.objects.get(code="K1").slug_sl == "sl-kazalnik-k1"


def test_stay_when_the_title_changes(load):
    load(goal_titled("Prvi naslov"))

    load(goal_titled("Drugi naslov"))

    goal = Goal.objects.get()
    assert (goal.title_sl, goal.slug_sl) == ("Drugi naslov", "prvi-naslov")


def test_change_with_the_file_and_keep_leading_from_the_old_ones(load):
    load(SMALL)

    load(small(("slug: {sl: cilj, en: goal}", "slug: {sl: nov, en: goal}")))

    goal = Goal.objects.get()
    assert goal.slug_sl == "nov"
    assert [(old.language, old.slug) for old in goal.old_slugs.all()] == [("sl", "cilj")]


def test_avoid_former_addresses_of_others(load):
    load(SMALL)
    moved = ("slug: {sl: cilj, en: goal}", "slug: {sl: nov, en: new}")

    load(small(moved, ("projects:", "- code: '2'\n  title: {sl: Cilj, en: Goal}\nprojects:")))

    assert Goal.objects.get(code="2").slug_sl == "cilj-2"


def test_a_project_is_found_by_its_former_address_and_by_its_title(load):
    load(SMALL)
    load(small(("slug: {sl: projekt, en: project}", "slug: {sl: nov-projekt, en: project}")))

    renamed = ("[SL] Projekt", "[SL] Preimenovan projekt")
    load(small(renamed))
    load(small(renamed, ("  slug: {sl: projekt, en: project}\n", "")))

    project = Project.objects.get()
    assert (project.title_sl, project.slug_sl) == ("[SL] Preimenovan projekt", "projekt")


def test_organisations_have_addresses_too(load):
    load(SMALL)

    assert {o.slug_en for o in Organisation.objects.all()} == {"en-office", "en-second"}
