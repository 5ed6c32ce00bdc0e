"""Each fault of a strategy file is reported with its path, its line and a sentence that helps."""

import pytest

from portal.content.faults import MAX_FAULTS, StrategyFileError
from tests.content.files import (
    HERE,
    LJUBLJANA,
    OTHER_CITY,
    SMALL,
    checked,
    faults_of,
    marked_line,
    small,
)

GOAL = "goals[0]"
OBJECTIVE = f"{GOAL}.objectives[0]"
MEASURE = f"{OBJECTIVE}.measures[0]"
INDICATOR = f"{MEASURE}.indicators[0]"
KIND = "        kind: count"
TARGET = "        target: {at_least: 3, by: 2027}"
OBSERVATION = "        - {period: 2024, value: 1}"
LAST = "  measures: [1.1.1]"
RESPONSIBLE = "      responsible: A"
TITLE = '      title: {sl: "[SL] Ukrep", en: "[EN] Measure"}'


@pytest.mark.parametrize("path", [LJUBLJANA, OTHER_CITY], ids=lambda path: path.stem)
def test_accepts_a_correct_file(path):
    assert not faults_of(path.read_bytes())


def test_accepts_a_file_that_uses_little():
    assert not faults_of(SMALL)


KEYS = [
    (KIND, "        kind: cuont #!", f"{INDICATOR}.kind", 'Did you mean "count"?'),
    (KIND, "        kind: Count #!", f"{INDICATOR}.kind", 'Did you mean "count"?'),
    (KIND, "        kind: [count] #!", f"{INDICATOR}.kind", "not a list"),
    (KIND, "        kind: {a: b} #!", f"{INDICATOR}.kind", "not a mapping"),
    (KIND, f"{KIND}\n        untit: x #!", f"{INDICATOR}.untit", 'Did you mean "unit"?'),
    (KIND, f"{KIND}\n        <<: x #!", f"{INDICATOR}.<<", "not a key"),
    ("format: strategy/1", "format: strategy/2 #!", "format", 'Did you mean "strategy/1"?'),
    ("goals:", "goal: x #!\ngoals:", "goal", "not a key"),
    ("  code: small", "  code: '' #!", "strategy.code", "blank"),
    (RESPONSIBLE, "      responsible: C #!", f"{MEASURE}.responsible", "There is no organisation"),
    (LAST, "  measures: [1.1.9] #!", "projects[0].measures[0]", "There is no measure"),
    (LAST, "  goals: ['2'] #!", "projects[0].goals[0]", "There is no goal"),
    (LAST, "  objectives: ['1.2'] #!", "projects[0].objectives[0]", "There is no objective"),
    (LAST, "  measures: 1.1.1 #!", "projects[0].measures", "A list belongs here"),
    (LAST, "  measures:\n  - #!", "projects[0].measures[0]", "empty"),
]
UNMEASURED = [
    (KIND, f"{KIND}\n        availability: gone #!", f"{INDICATOR}.availability", "words for"),
    (
        KIND,
        f"{KIND}\n        availability: discontinued #!",
        f"{INDICATOR}.availability",
        "availability_reason",
    ),
    (
        KIND,
        f"{KIND}\n        availability_reason: {{sl: a, en: b}} #!",
        f"{INDICATOR}.availability_reason",
        "“availability” that says so",
    ),
    (KIND, f"{KIND}\n        accumulation: all #!", f"{INDICATOR}.accumulation", "words for"),
]
TEXTS = [
    (TITLE, "      title: {sl: Ukrep} #!", f"{MEASURE}.title", "“en” is missing"),
    (TITLE, "      title: {sl: Ukrep, en: } #!", f"{MEASURE}.title", "“en” is missing"),
    (TITLE, "      title: {sl: Ukrep, en: '  '} #!", f"{MEASURE}.title.en", "blank"),
    (TITLE, "      title: {sl: Ukrep, en: '\u200b'} #!", f"{MEASURE}.title.en", "blank"),
    (TITLE, "      title: Ukrep #!", f"{MEASURE}.title", "Both languages"),
    (TITLE, "      title: {sl: A, en: B, de: C} #!", f"{MEASURE}.title.de", "not a language"),
    (TITLE, '      title: {sl: "a\\nb", en: B} #!', f"{MEASURE}.title.sl", "on one line"),
    (TITLE, f"      title: {{sl: {'a' * 301}, en: B}} #!", f"{MEASURE}.title.sl", "at most 300"),
]
CODES = [
    (
        "    - code: 1.1.2",
        "    - code: 1.1.1 #!",
        f"{OBJECTIVE}.measures[1].code",
        "taken on line 21",
    ),
    ("- code: B", "- code: A #!", "organisations[1].code", "taken on line 8"),
    ("      - code: K1", "      - code: K 1 #!", f"{INDICATOR}.code", "is not a code"),
    ("      - code: K1", '      - code: "K\\t1" #!', f"{INDICATOR}.code", "is not a code"),
    ("      - code: K1", f"      - code: {'K' * 41} #!", f"{INDICATOR}.code", "is not a code"),
    ("slug: {sl: ukrep,", "slug: {sl: zakaj, #!\n  ", f"{MEASURE}.slug.sl", "of the portal"),
    ("slug: {sl: ukrep,", "slug: {sl: Šola, #!\n  ", f"{MEASURE}.slug.sl", 'Did you mean "sola"?'),
    ("slug: {sl: ukrep,", "slug: {sl: a/b, #!\n  ", f"{MEASURE}.slug.sl", "address"),
    ("slug: {sl: ukrep,", "slug: {sl: ../x, #!\n  ", f"{MEASURE}.slug.sl", "address"),
    ("slug: {sl: ukrep,", f"slug: {{sl: {'a' * 101}, #!\n  ", f"{MEASURE}.slug.sl", "address"),
    ("en: measure}", "de: x} #!", f"{MEASURE}.slug.de", "not a language"),
]
QUANTITIES = [
    (
        OBSERVATION,
        "        - {period: 2024, value: NaN} #!",
        "observations[0].value",
        "not a number",
    ),
    (
        OBSERVATION,
        "        - {period: 2024, value: 1e999} #!",
        "observations[0].value",
        "not a number",
    ),
    (OBSERVATION, "        - {period: 2024, value: '1,5'} #!", "observations[0].value", '"1.5"'),
    (OBSERVATION, "        - {period: 2024, value: 1 250} #!", "observations[0].value", '"1250"'),
    (OBSERVATION, "        - {period: 2024, value: ٣} #!", "observations[0].value", "not a number"),
    (
        OBSERVATION,
        "        - {period: 2024, value: 1.12345} #!",
        "observations[0].value",
        "too many",
    ),
    (
        OBSERVATION,
        f"        - {{period: 2024, value: {10**11}}} #!",
        "observations[0].value",
        "digits",
    ),
    (OBSERVATION, "        - {period: 2024} #!", "observations[0]", '"value" is missing'),
    (
        OBSERVATION,
        "        - {period: 2024-Q5, value: 1} #!",
        "observations[0].period",
        "not a date",
    ),
    (
        OBSERVATION,
        "        - {period: 2024-13, value: 1} #!",
        "observations[0].period",
        "no such date",
    ),
    (
        OBSERVATION,
        "        - {period: 2027, value: 1} #!",
        "observations[0].period",
        "not begun yet",
    ),
    *(
        (
            OBSERVATION,
            OBSERVATION.replace("2024", period) + " #!",
            "observations[0]",
            "not over yet",
        )
        for period in ("2026", "2026-Q4", "2026-11", "'2026'")
    ),
    (
        OBSERVATION,
        "        - {period: 2026-11, value: 1, provisional: false} #!",
        "observations[0].provisional",
        "is not over yet",
    ),
    (OBSERVATION, f"{OBSERVATION}\n{OBSERVATION} #!", "observations[1].period", "says the same"),
    (
        OBSERVATION,
        f"{OBSERVATION[:-1]}, provisional: yes}} #!",
        "observations[0].provisional",
        "true",
    ),
    (
        OBSERVATION,
        f"{OBSERVATION[:-1]}, source: 'javascript:x'}} #!",
        "observations[0].source",
        "web",
    ),
    (TARGET, "        target: {at_least: 3, by: 2025-02-31} #!", "target.by", "no such date"),
    (TARGET, "        target: {at_least: 3, by: 31. 12. 2025} #!", "target.by", '"2025-12-31"'),
    (TARGET, "        target: {at_least: 3, by: soon} #!", "target.by", "not a date"),
    (TARGET, "        target: {at_least: 3, at_most: 5} #!", "target.at_most", "one operator only"),
    (TARGET, "        target: {per: year} #!", "target", "needs one of"),
    (TARGET, "        target: {at_least: 3, units: 5} #!", "target.units", "per: organisation"),
    *(
        (
            TARGET,
            f"        target: {{at_least: 3, per: organisation, units: {units}}} #!",
            "target.units",
            "not a whole number",
        )
        for units in ("0", "-1", "2.5", "1e3", "٣", "x", 10**10)
    ),
    (TARGET, "        target: {between: [5, 3]} #!", "target.between", "lowest value"),
    (TARGET, "        target: {between: [5]} #!", "target.between", "two values"),
    (TARGET, "        target: {at_least: 1, per: week} #!", "target.per", "words for “per”"),
    (
        TARGET,
        "        target: {at_least: 1, event: {sl: a, en: b}} #!",
        "target.event",
        "per: event",
    ),
    (
        TARGET,
        "        target: {at_least: 1, by: 2027, by_precision: day} #!",
        "target.by_precision",
        "by",
    ),
    (
        TARGET,
        "        target: {at_least: 1, by_precision: day} #!",
        "target.by_precision",
        "needs a date",
    ),
    (
        TARGET,
        "        target:\n        - {at_least: 1, by: 2027}\n        - {at_least: 2, by: 2027} #!",
        "target[1].by",
        "says the same",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "path", "part"), [*KEYS, *UNMEASURED, *TEXTS, *CODES, *QUANTITIES]
)
def test_reports_a_fault(old, new, path, part):
    text = small((old, new))
    if path.startswith(("observations", "target")):
        path = f"{INDICATOR}.{path}"

    faults = faults_of(text)

    assert [(fault.line, fault.path) for fault in faults] == [(marked_line(text), path)]
    assert part in faults[0].message


def test_lets_a_draft_lack_a_language():
    draft = small((TITLE, "      title: {sl: Ukrep}\n      publication: draft"))

    assert not faults_of(draft)


def test_reports_all_faults_at_once_in_the_order_of_the_file():
    text = small(
        (KIND, "        kind: cuont"),
        (RESPONSIBLE, "      responsible: X"),
        (TITLE, "      title: {sl: Ukrep}"),
        ("- code: B", "- code: A"),
    )

    faults = faults_of(text)

    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)
    assert len(faults) == 4


def test_stops_listing_faults_somewhere_and_says_how_many_more_there_are():
    text = SMALL + "".join(f"- title: {n}\n" for n in range(MAX_FAULTS + 50))

    with pytest.raises(StrategyFileError) as caught:
        checked(text)

    assert len(caught.value.faults) == MAX_FAULTS
    assert caught.value.lines()[-1] == "and 50 more faults"


def test_shows_a_faulty_value_without_its_control_characters():
    (fault,) = faults_of(small((KIND, '        kind: "a\\tb"')))

    assert '"a\\u0009b"' in fault.message


def test_marks_lines_in_these_tests():
    assert HERE not in SMALL
