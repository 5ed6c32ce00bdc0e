"""Faults between the parts of a file: order of dates, circles, names given twice or to nobody."""

import pytest

from tests.content.files import faults_of, marked_line, small

OBJECTIVE = "goals[0].objectives[0]"
LAST = "  measures: [1.1.1]"
OFFICE = '  name: {sl: "[SL] Urad", en: "[EN] Office"}'
PERIOD = "  period: {start: 2024, end: 2030}"

RELATIONS = [
    (PERIOD, "  period: {start: 2030, end: 2024} #!", "strategy.period.end", "before the start"),
    (PERIOD, "  period: {start: 2024} #!", "strategy.period", '"end" is missing'),
    (PERIOD, f"{PERIOD}\n  adopted: 2024-06 #!", "strategy.adopted.date", "not a date"),
    (
        PERIOD,
        f"{PERIOD}\n  sources: ['javascript:alert(1)'] #!",
        "strategy.sources[0]",
        "web address",
    ),
    (PERIOD, f"{PERIOD}\n  sources: ['https://a b.si'] #!", "strategy.sources[0]", "web address"),
    (PERIOD, f"{PERIOD}\n  publication: scheduled #!", "strategy.publication", "publish_at"),
    (PERIOD, f"{PERIOD}\n  publish_at: tomorrow #!", "strategy.publish_at", "not a time"),
    (OFFICE, f"{OFFICE}\n  parent: A #!", "organisations[0].parent", "circle of organisations"),
    (OFFICE, f"{OFFICE}\n  parent: X #!", "organisations[0].parent", "There is no organisation"),
    (LAST, "  start: 2026\n  end: 2025-12 #!", "projects[0].end", "before the start"),
    (
        LAST,
        "  budget: [{year: 2025, planned: -1}] #!",
        "projects[0].budget[0].planned",
        "below zero",
    ),
    (
        LAST,
        "  budget: [{year: 2025, planned: 1.234}] #!",
        "projects[0].budget[0].planned",
        "digits",
    ),
    (LAST, "  budget: [{year: 25}] #!", "projects[0].budget[0].year", "not a year"),
    (
        LAST,
        "  budget: [{year: 2025}, {year: 2025}] #!",
        "projects[0].budget[1].year",
        "says the same",
    ),
    (
        LAST,
        "  milestones: [{title: {sl: a, en: b}, done: 2030-01-01}] #!",
        "projects[0].milestones[0].done",
        "in the future",
    ),
]


@pytest.mark.parametrize(("old", "new", "path", "part"), RELATIONS)
def test_reports_a_fault(old, new, path, part):
    text = small((old, new))

    faults = faults_of(text)

    assert [(fault.line, fault.path) for fault in faults] == [(marked_line(text), path)]
    assert part in faults[0].message


AMENDMENT = """
  amendments:
  - code: A1
    date: 2025-05-05
    title: {sl: "[SL] Sprememba", en: "[EN] Change"}
    changes:
"""
REASON = "reason: {sl: a, en: b}"


@pytest.mark.parametrize(
    ("changes", "path", "part"),
    [
        (f"- {{measure: 9, kind: merged, {REASON}}} #!", "[0].measure", "There is no measure"),
        (f"- {{measure: 1.1.1, kind: active, {REASON}}} #!", "[0].kind", "words for “kind”"),
        ("- {measure: 1.1.1, kind: merged} #!", "[0]", '"reason" is missing'),
        (
            f"- {{measure: 1.1.1, kind: merged, {REASON}}}\n"
            f"- {{measure: 1.1.1, kind: replaced, {REASON}}} #!",
            "[1].measure",
            "already changed",
        ),
        (
            f"- {{measure: 1.1.1, kind: replaced, {REASON}, successors: [1.1.2]}}\n"
            f"- {{measure: 1.1.2, kind: replaced, {REASON}, successors: [1.1.1]}} #!",
            "[1].successors",
            "1.1.1 → 1.1.2 → 1.1.1",
        ),
    ],
)
def test_reports_a_faulty_amendment(changes, path, part):
    indented = "".join(f"    {line}\n" for line in changes.splitlines())
    text = small((f"{PERIOD}\n", f"{PERIOD}{AMENDMENT}{indented}"))

    faults = faults_of(text)

    place = (marked_line(text), f"strategy.amendments[0].changes{path}")
    assert [(fault.line, fault.path) for fault in faults] == [place]
    assert part in faults[0].message


def test_reports_a_slug_given_twice_among_siblings():
    text = small(("    - code: 1.1.2", "    - slug: {sl: ukrep, en: x} #!\n      code: 1.1.2"))

    (fault,) = faults_of(text)

    assert (fault.line, fault.path) == (marked_line(text), f"{OBJECTIVE}.measures[1].slug.sl")


def test_allows_the_same_slug_below_different_parents():
    assert not faults_of(
        small(("slug: {sl: specificni, en: objective}", "slug: {sl: ukrep, en: measure}"))
    )


def test_reports_a_slug_of_an_indicator_given_twice_in_the_file():
    indicator = (
        "      indicators:\n      - {code: K2, kind: count, name: {sl: a, en: b},"
        " slug: {sl: kazalnik, en: x}} #!\nprojects:"
    )
    text = small(("projects:", indicator))

    (fault,) = faults_of(text)

    assert fault.path == f"{OBJECTIVE}.measures[1].indicators[0].slug.sl"
    assert fault.line == marked_line(text)
