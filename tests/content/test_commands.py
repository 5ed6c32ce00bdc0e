"""The commands that load and export: what an operator sees."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from goals.models import Strategy
from tests.content.files import LJUBLJANA, SMALL, small

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "strategy.yaml"
    path.write_text(SMALL)
    return path


def test_prints_what_it_did(file, capsys):
    call_command("load_strategy", str(file))

    heading, *_rows, total = capsys.readouterr().out.splitlines()
    assert heading.split() == ["created", "changed", "unchanged", "left"]
    assert total.split() == ["total", "11", "0", "0", "0"]


def test_says_which_strategy_the_site_shows(file, capsys):
    call_command("load_strategy", str(file))
    file.write_text(SMALL.replace("code: small", "code: another"))
    capsys.readouterr()

    call_command("load_strategy", str(file), "--keep-current")
    printed = capsys.readouterr().out
    assert "still shows “[SL] Majhna” (small)" in printed
    assert "--make-current" in printed

    call_command("load_strategy", str(file), "--make-current")
    assert "instead of “[SL] Majhna” (small)" in capsys.readouterr().out


def test_refuses_a_faulty_file_with_every_fault(file):
    file.write_text(small(("kind: count", "kind: cuont"), ("responsible: A", "responsible: X")))

    with pytest.raises(CommandError) as caught:
        call_command("load_strategy", str(file))

    heading, *faults = str(caught.value).splitlines()
    assert heading == f"{file} was not loaded; it has 2 faults:"
    assert [fault.split(":")[0].strip() for fault in faults] == [
        "line 24 goals[0].objectives[0].measures[0].responsible",
        "line 29 goals[0].objectives[0].measures[0].indicators[0].kind",
    ]
    assert not Strategy.objects.exists()


@pytest.mark.parametrize(
    "content", [b"\xe8\x9a", b"a: [", b"a: \x00", b"", b"{}", b"format: strategy/1"]
)
def test_refuses_what_is_no_strategy_without_a_traceback(file, content):
    file.write_bytes(content)

    with pytest.raises(CommandError, match="was not loaded"):
        call_command("load_strategy", str(file))


def test_tries_without_changing(file, capsys):
    call_command("load_strategy", str(file), "--dry-run")

    assert "Nothing was changed" in capsys.readouterr().out
    assert not Strategy.objects.exists()


def test_exports_the_strategy_shown_on_the_site(file, tmp_path, capsys):
    call_command("load_strategy", str(file), verbosity=0)
    output = tmp_path / "export.yaml"

    call_command("export_strategy", "--output", str(output))
    call_command("export_strategy")

    assert capsys.readouterr().out == output.read_text()
    call_command("load_strategy", str(output))
    assert capsys.readouterr().out.splitlines()[-1].split() == ["total", "0", "0", "11", "0"]


def test_export_names_the_strategies_it_could_mean(file):
    call_command("load_strategy", str(file))

    with pytest.raises(CommandError, match='Did you mean "small"'):
        call_command("export_strategy", "--strategy", "smal")


def test_export_says_that_there_is_nothing_yet():
    with pytest.raises(CommandError, match="no strategy yet"):
        call_command("export_strategy")


def test_export_says_what_must_be_completed_first(file, capsys):
    call_command("load_strategy", str(file))
    Strategy.objects.get().goals.get().commitments.create(text_sl="Samo slovensko")

    call_command("export_strategy")

    printed = capsys.readouterr()
    assert "Samo slovensko" in printed.out
    assert "goals[0].commitments[0].text" in printed.err


def test_loads_ljubljana_with_few_enough_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(6000):
        call_command("load_strategy", str(LJUBLJANA), verbosity=0)

    with django_assert_max_num_queries(60):
        call_command("load_strategy", str(LJUBLJANA), verbosity=0)


def test_says_how_to_make_the_tables_first(file, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)

    with pytest.raises(CommandError, match="Make them with"):
        call_command("load_strategy", str(file))
