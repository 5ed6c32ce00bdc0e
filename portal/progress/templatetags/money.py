"""Money on pages: the table of a record, and amounts in words."""

from django import template

from .. import money_words
from ..money_table import MoneyTable, address
from ..money_words import Unit

register = template.Library()

register.filter("exact", money_words.exact)
register.filter("doubt", money_words.doubt)


@register.filter
def rounded(amount, unit: Unit) -> str:
    """Write an amount in whole units."""
    return money_words.rounded(amount, unit)


@register.inclusion_tag("components/money.html", takes_context=True)
def money(context, record) -> dict:
    """Show the money of a goal, objective, measure or project; nothing where there is none.

    A page about a past day leads to the page that tells what was known of it then.
    """
    moment = context.get("moment")
    if moment is not None and moment.is_past:
        return {"past_url": address(record, moment.day.isoformat())}
    return {"table": MoneyTable(record, by_part=False)}
