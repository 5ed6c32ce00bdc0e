"""Numbers and dates in the words of the page's language."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from .partial_dates import parse_period


def number(value: Decimal | int | None) -> str:
    """Write a number as the language of the page does, without needless zeros."""
    if value is None:
        return ""
    plain = Decimal(value).normalize()
    places = max(0, -plain.as_tuple().exponent)
    return formats.number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True)


def euros(cents: int | None) -> str:
    """Write whole cents as euros with two decimals."""
    if cents is None:
        return ""
    amount = formats.number_format(Decimal(cents) / 100, decimal_pos=2, force_grouping=True)
    return f"{amount} €"


def written_date(text: str) -> str:
    """Return a partial date in words of the page's language: ``2024``, ``april 2024``."""
    span = parse_period(text)
    if span.precision == "day":
        return formats.date_format(span.start, "DATE_FORMAT")
    if span.precision == "month":
        return formats.date_format(span.start, "YEAR_MONTH_FORMAT")
    if span.precision == "quarter":
        return _("Q%(quarter)s %(year)s") % {"quarter": text[-1], "year": span.start.year}
    return text
