"""Lines without a code are recognised, so that loading again neither doubles nor loses them."""

import pytest

from goals.models import Commitment
from portal.content.loader import levels, load_document
from tests.content.files import SMALL, checked, small


def file_with(*lines: str) -> str:
    texts = "".join(f"  - text: {{sl: {line} sl, en: {line} en}}\n" for line in lines)
    return small(("  objectives:", f"  commitments:\n{texts}  objectives:"))


def stored() -> list[str]:
    return [line.text_sl.removesuffix(" sl") for line in Commitment.objects.all()]


@pytest.mark.parametrize(
    ("after", "counts", "lines"),
    [
        (["a", "b", "c"], (0, 0, 3, 0), ["a", "b", "c"]),
        (["a", "new", "c"], (0, 1, 2, 0), ["a", "new", "c"]),
        (["a", "c"], (0, 0, 2, 1), ["a", "b", "c"]),
        (["a", "b", "c", "d"], (1, 0, 3, 0), ["a", "b", "c", "d"]),
        (["d", "a", "b", "c"], (1, 1, 2, 0), ["d", "a", "b", "c"]),
        (["c", "a", "b"], (0, 2, 1, 0), ["c", "a", "b"]),
        ([], (0, 0, 0, 3), ["a", "b", "c"]),
    ],
)
def test_recognises_lines(load, after, counts, lines):
    load(file_with("a", "b", "c"))

    loaded = load(file_with(*after) if after else SMALL)

    assert tuple(loaded.tally.counts[Commitment].values()) == counts
    assert stored() == lines


def test_recognises_a_line_by_one_of_its_languages(load):
    load(file_with("a", "b"))

    loaded = load(file_with("b", "a").replace("a en", "corrected"))

    assert set(Commitment.objects.values_list("text_sl", "text_en")) == {
        ("b sl", "b en"),
        ("a sl", "corrected"),
    }
    assert loaded.tally.counts[Commitment]["created"] == 0


def test_nothing_is_left_of_a_load_that_crashes(load, monkeypatch):
    load(SMALL)
    document = checked(file_with("a").replace("[EN] Goal", "[EN] Renamed"))
    monkeypatch.setattr(levels, "put_budget", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        load_document(document=document)

    assert not Commitment.objects.exists()
