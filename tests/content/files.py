"""Strategy files for tests, and what a reader of their faults would see."""

from datetime import date
from pathlib import Path

from portal.content.document import document_from_bytes
from portal.content.faults import Fault, StrategyFileError

ROOT = Path(__file__).resolve().parents[2]
LJUBLJANA = ROOT / "goals/data/ljubljana-strategy.yaml"
OTHER_CITY = ROOT / "tests/content/data/other-city.yaml"
TODAY = date(2026, 11, 23)
# Stands as a comment on the line of a file where a fault is expected.
HERE = "#!"

SMALL = """\
format: strategy/1
strategy:
  code: small
  title: {sl: "[SL] Majhna", en: "[EN] Small"}
  municipality: {sl: "[SL] Mesto", en: "[EN] City"}
  period: {start: 2024, end: 2030}
organisations:
- code: A
  name: {sl: "[SL] Urad", en: "[EN] Office"}
- code: B
  name: {sl: "[SL] Drugi", en: "[EN] Second"}
goals:
- code: '1'
  title: {sl: "[SL] Cilj", en: "[EN] Goal"}
  slug: {sl: cilj, en: goal}
  objectives:
  - code: '1.1'
    title: {sl: "[SL] Specifični", en: "[EN] Objective"}
    slug: {sl: specificni, en: objective}
    measures:
    - code: 1.1.1
      title: {sl: "[SL] Ukrep", en: "[EN] Measure"}
      slug: {sl: ukrep, en: measure}
      responsible: A
      indicators:
      - code: K1
        name: {sl: "[SL] Kazalnik", en: "[EN] Indicator"}
        slug: {sl: kazalnik, en: indicator}
        kind: count
        target: {at_least: 3, by: 2027}
        observations:
        - {period: 2024, value: 1}
    - code: 1.1.2
      title: {sl: "[SL] Drugi ukrep", en: "[EN] Second measure"}
projects:
- title: {sl: "[SL] Projekt", en: "[EN] Project"}
  slug: {sl: projekt, en: project}
  measures: [1.1.1]
"""


def checked(text: str):
    return document_from_bytes(text.encode(), today=TODAY)


def faults_of(data: str | bytes) -> list[Fault]:
    """What the author of the file is told; empty if the file is right."""
    data = data.encode() if isinstance(data, str) else data
    try:
        document_from_bytes(data, today=TODAY)
    except StrategyFileError as error:
        return error.faults
    return []


def small(*changes: tuple[str, str]) -> str:
    """The small file with some of its words replaced, each standing there exactly once."""
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def marked_line(text: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if HERE in line)
