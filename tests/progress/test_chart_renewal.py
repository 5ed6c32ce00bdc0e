"""Charts are renewed by themselves: after changes, by going round, and dropped at the end."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.common.models import OutboxMessage
from portal.common.services import delete_record, save_record
from portal.progress.charts import render, rolling
from portal.progress.charts.files import store
from portal.progress.charts.render import handle, render_charts, tidy
from portal.progress.charts.rolling import draw_next
from portal.progress.charts.subjects import key_of, showing
from portal.progress.models import Chart, Cursor
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def kinds(record) -> set[tuple[str, str, str]]:
    rows = Chart.objects.filter(subject=key_of(record))
    return set(rows.values_list("kind", "language", "size"))


def files() -> set[str]:
    return set(default_storage.listdir("charts")[1]) if default_storage.exists("charts") else set()


def test_work_on_a_measure_makes_work_for_its_goal_and_strategy(charted):
    handle([f"measure:{charted.measure_id}", key_of(charted)], timezone.now())

    asked = set(OutboxMessage.objects.of("charts").values_list("key", flat=True))
    assert asked == {key_of(charted.goal_above), key_of(charted.strategy)}
    assert kinds(charted)


@pytest.mark.parametrize("act", [save_record, delete_record])
def test_milestones_let_their_project_be_drawn(act):
    milestone = make.MilestoneFactory()
    milestone.title_en = "Another"

    act(record=milestone, by=None)

    assert OutboxMessage.objects.of("charts").get().key == key_of(milestone.project)


def test_goes_round_all_subjects_a_part_at_a_time(charted):
    steps = []
    while not steps or steps[-1]:
        draw_next(limit=2)
        steps.append(Cursor.objects.get(name="charts").position)

    assert kinds(charted)
    assert kinds(charted.strategy)
    assert steps[0] == f"goal:{charted.goal_above.pk}"


def test_stops_when_its_time_is_over(charted):
    draw_next(seconds=0)

    assert Cursor.objects.get(name="charts").position == key_of(charted.strategy)


def test_goes_on_after_a_subject_that_cannot_be_drawn(charted, monkeypatch):
    def draw(keys):
        return 1 / 0 if keys[0].startswith("goal") else len(keys)

    monkeypatch.setattr(rolling, "render_charts", draw)

    assert draw_next() == 2


def test_mends_what_a_new_design_has_made_old(charted, monkeypatch):
    drawn = draw_next()
    monkeypatch.setattr(render, "DESIGN", 99)

    assert draw_next() == drawn > 0


def test_drops_charts_and_files_of_what_is_gone(charted):
    render_charts([key_of(charted)])
    store("0" * 64, {"png": b"left by a killed worker"})
    charted.observations.all().delete()
    charted.targets.all().delete()
    charted.delete()

    tidy(timezone.now() + timedelta(days=1))

    assert not Chart.objects.exists()
    assert not files()


def test_spares_what_is_being_drawn(charted):
    store("0" * 64, {"png": b"its row is not there yet"})

    tidy()

    assert len(files()) == 1


def test_leaves_the_tidying_to_another_worker_who_is_at_it(monkeypatch):
    monkeypatch.setattr(default_storage, "listdir", lambda folder: ([], ["gone.png"]))

    tidy()


def test_draws_again_what_was_lost(charted):
    render_charts([key_of(charted)])
    before = files()
    for name in before:
        default_storage.delete(f"charts/{name}")

    render_charts([key_of(charted)])

    assert files() == before


def test_a_goal_is_drawn_anew_in_the_timeline_of_its_strategy(charted):
    goal = charted.goal_above

    assert showing([f"goal:{goal.pk}"]) == [f"strategy:{goal.strategy_id}"]
