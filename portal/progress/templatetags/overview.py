"""Pieces of the progress pages: a bar of states, and the goals on the front page."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from django import template
from django.db.models import Count
from django.utils import timezone

from portal.common.moment import Moment
from portal.common.states import ProgressState

from ..cells import read_cells
from ..selection import Selection, Wanted, in_force

register = template.Library()


@register.inclusion_tag("components/state_bar.html")
def state_bar(counts: Mapping[str, int]) -> dict:
    """Draw how many are in each state; the words and numbers stand beside it."""
    parts, start = [], 0
    for state in ProgressState:
        if count := counts.get(state.value):
            parts.append({"state": state, "start": start, "count": count})
            start += count
    return {"parts": parts, "total": start}


@register.filter
def item(mapping: Mapping, key):
    """Look up a key that is known only when the page is made."""
    return mapping.get(key, "")


@register.filter
def progress_state(value: str) -> ProgressState:
    """Give a stored state its word and sign."""
    return ProgressState(value)


@register.simple_tag
def goals_progress(strategy) -> list[dict]:
    """Each goal with its state and how many of its measures are in which. Two queries."""
    whole = Selection(strategy, Wanted(Moment(timezone.localdate())))
    tallies: dict[int, Counter] = defaultdict(Counter)
    goal = "measure__objective__goal"
    rows = in_force(strategy, "measure", None).order_by().values(goal, "state")
    for row in rows.annotate(count=Count("pk")):
        tallies[row[goal]][row["state"]] = row["count"]
    return [
        {
            "goal": cell,
            "is_sample": cell.is_sample,
            "tally": tallies[cell.key],
            "states": [(s, tallies[cell.key][s]) for s in ProgressState if tallies[cell.key][s]],
        }
        for cell in read_cells(whole.of_any_state("goal"), "goal", whole)
    ]
