"""How far a record is, on its own page and in lists."""

from decimal import Decimal

from django import template
from django.db.models import Model

from indicators.models import Target
from portal.common.moment import Moment
from portal.common.states import ProgressState

from ..shown import on_query, shown_progress, why_path
from ..words import percent

register = template.Library()


@register.inclusion_tag("progress/_status.html", takes_context=True)
def progress(context, record: Model) -> dict:
    """Show the state of the page's record, what it rests on and where it is explained."""
    return {"shown": shown_progress(record, context.get("moment"))}


@register.simple_tag
def why_url(record: Model, moment: Moment) -> str:
    """Return where the state of ``record`` is explained, as of the same moment."""
    return why_path(record) + on_query(moment)


@register.inclusion_tag("components/data_state.html")
def state_mark(state: str) -> dict:
    """Show a state by its sign and word."""
    return {"state": ProgressState(state)}


@register.filter
def share(value: Decimal) -> str:
    """Write a share as a percentage: ``72 %``."""
    return percent(value)


@register.simple_tag
def per_words(per: str) -> str:
    """Write for what a target holds: ``every year``."""
    return str(Target.Per(per).label)
