"""Files that are not even YAML of the kind we read: refused with a sentence, never a traceback."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.content.faults import StrategyFileError
from portal.content.reader import MAX_BYTES, Mapping, Scalar, read_bytes, read_file


def refusal(data: bytes) -> StrategyFileError:
    with pytest.raises(StrategyFileError) as caught:
        read_bytes(data)
    return caught.value


@pytest.mark.parametrize(
    "word", ["1.10", "no", "12:30", "010", "2024-01-01", "1e5", "0x1F", "=", "<<"]
)
def test_keeps_every_scalar_as_written(word):
    assert read_bytes(f"key: {word}".encode()).entries["key"] == Scalar(1, word)


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_reads_null_as_nothing(word):
    assert read_bytes(f"key: {word}".encode()).entries["key"].value is None


@pytest.mark.parametrize("word", ["''", "'null'", '"~"'])
def test_reads_quoted_null_as_text(word):
    assert read_bytes(f"key: {word}".encode()).entries["key"].value == word[1:-1]


def test_accepts_a_byte_order_mark_and_windows_line_ends():
    tree = read_bytes("\ufeffkey: čšž\r\nother: |\r\n  one\r\n  two\r\n".encode())

    assert tree.entries["key"].value == "čšž"
    assert tree.entries["other"].value == "one\ntwo\n"


def test_knows_the_line_of_every_value():
    tree = read_bytes(b"a: 1\nb:\n- x\n- {c: y,\n   d: z}\n")

    second = tree.entries["b"].items[1]
    assert (second.line, second.entries["c"].line, second.entries["d"].line) == (4, 4, 5)
    assert second.key_lines == {"c": 4, "d": 5}


def test_names_utf8_when_the_file_is_windows_1250():
    error = refusal("goals:\n- title: Šola za življenje\n".encode("cp1250"))

    assert [fault.line for fault in error.faults] == [2]
    assert "not UTF-8" in str(error)
    assert "Windows-1250" in str(error)


def test_names_utf8_when_the_file_is_utf16():
    assert "UTF-16" in str(refusal("format: strategy/1".encode("utf-16")))


def test_refuses_a_large_file_before_reading_it(tmp_path):
    file = tmp_path / "large.yaml"
    with file.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    started = time.monotonic()

    with pytest.raises(StrategyFileError, match="larger than 5 MB"):
        read_file(file)

    assert time.monotonic() - started < 1


def test_refuses_a_large_upload():
    assert "larger than 5 MB" in str(refusal(b"#" * (MAX_BYTES + 1)))


def test_says_that_a_file_does_not_exist(tmp_path):
    with pytest.raises(StrategyFileError, match="There is no file"):
        read_file(tmp_path / "nowhere.yaml")


def test_says_that_a_folder_is_no_file(tmp_path):
    with pytest.raises(StrategyFileError, match="cannot be read"):
        read_file(tmp_path)


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "not valid YAML"),
        ("a: 1\n\tb: 2\n", 2, "not valid YAML"),
        ("a: 1\nb: 'open\n", 3, "not valid YAML"),
        ("a: 1\nb: c: d\n", 2, "not valid YAML"),
        ("a: 1\n---\nb: 2\n", 2, "more than one YAML document"),
        ("a: &x 1\nb: *x\n", 1, "Anchors"),
        ("a: 1\nb: *x\n", 2, "Aliases"),
        ("a: !!python/object:os.system x\n", 1, "Tags"),
        ("a: !!str x\n", 1, "Tags"),
        ("a: 1\nb: 2\na: 3\n", 3, '"a" stands here twice'),
        ("? [a, b]\n: 1\n", 1, "must be a single word"),
        ("a: 1\nb: \x00\n", 2, "NUL"),
        ("a: 1\nb: x\x07y\n", 2, "U+0007"),
        ('a: 1\nb: "x\\0y"\n', 2, "U+0000"),
        ('a: 1\nb: "x\\x9fy"\n', 2, "U+009F"),
        ('a: 1\nb: "x\\u202ey"\n', 2, "U+202E"),
        ('a: 1\nb: "x\\ud800y"\n', 2, "not valid YAML"),
        ("- a\n- b\n", 1, "must be a mapping"),
        ("just words", 1, "must be a mapping"),
        ("", 1, "must be a mapping"),
    ],
)
def test_refuses_a_broken_file_with_its_line(text, line, part):
    error = refusal(text.encode())

    assert line in [fault.line for fault in error.faults]
    assert part in str(error)


def test_refuses_lone_surrogates():
    assert "not UTF-8" in str(refusal(b"a: \xed\xa0\x80"))


def test_reports_every_fault_of_form_with_its_path():
    error = refusal(b"goals:\n- code: &x 1\n  title: *x\n- code: 2\n  code: 3\n")

    assert [(f.line, f.path) for f in error.faults] == [
        (2, "goals[0].code"),
        (3, "goals[0].title"),
        (5, "goals[1].code"),
    ]


@pytest.mark.parametrize("text", ["[" * 3_000_000, "- " * 1_000_000, "{a: " * 500_000])
def test_refuses_deep_nesting_at_once(text):
    started = time.monotonic()

    assert "nested deeper" in str(refusal(text.encode()))
    assert time.monotonic() - started < 3


def test_refuses_a_bomb_of_aliases_without_expanding_it():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert "Aliases" in str(refusal(bomb.encode()))


def test_refuses_more_values_than_a_strategy_can_have():
    assert "more than 200000 values" in str(refusal(b"a: [" + b"1," * 250_000 + b"]"))


@given(st.binary(max_size=300))
def test_never_fails_otherwise(data):
    try:
        tree = read_bytes(data)
    except StrategyFileError:
        return
    assert isinstance(tree, Mapping)
