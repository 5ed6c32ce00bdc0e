"""Numbers in the convention that the person chose, and in no other.

``1.234`` is more than a thousand to one person and little more than one to another. Nothing here
guesses: a convention is chosen, what contradicts it is refused, and what the other one would read
differently is said (``other_reading``).
"""

import re
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.common.languages import active_language

MAX_LENGTH = 40  # of a text that could be a number
WHOLE_DIGITS, DECIMALS = 11, 4  # of a MeasurementField
_MINUS = "\u2212"
_EXPONENT = re.compile(r"[+-]?[\d.,]+[eE][+-]?\d+", re.ASCII)
_DIGITS_AND_MARKS = re.compile(r"-?[\d.,]+", re.ASCII)


class Convention(models.TextChoices):
    """Which mark groups thousands and which one parts decimals."""

    COMMA = "comma", pgettext_lazy("number", "1.234,56")
    POINT = "point", pgettext_lazy("number", "1,234.56")

    @classmethod
    def usual(cls) -> Self:
        """The one of the language of the page."""
        return cls.COMMA if active_language() == "sl" else cls.POINT

    @property
    def other(self) -> Self:
        return type(self).POINT if self is type(self).COMMA else type(self).COMMA

    @property
    def decimal_mark(self) -> str:
        return "," if self is type(self).COMMA else "."

    @property
    def group_mark(self) -> str:
        return "." if self is type(self).COMMA else ","

    @property
    def meaning(self) -> str:
        """The convention as a sentence with an example."""
        return {
            "comma": gettext_lazy(
                "1.234,56 is read as one thousand two hundred thirty-four point five six."
            ),
            "point": gettext_lazy(
                "1,234.56 is read as one thousand two hundred thirty-four point five six."
            ),
        }[self.value]


def read_number(text: str, convention: Convention) -> Decimal:
    """Return the number that ``text`` means in ``convention``.

    Digits 0-9, a minus (also the typographic one), thousands grouped throughout or not at all, at
    most 11 digits before and 4 after the decimal mark. Raises ``ValidationError`` with the reason
    for anything else.
    """
    plain = text.strip().replace(_MINUS, "-")
    if not plain:
        raise ValidationError(_("There is no value."), code="empty")
    if not _fits(plain, convention):
        raise ValidationError(_reason(plain, convention), code="invalid")
    plain = plain.replace(convention.group_mark, "").replace(convention.decimal_mark, ".")
    return checked(Decimal(plain))


def checked(value: Decimal) -> Decimal:
    """Return a ``value`` that can be kept exactly. Raises ``ValidationError`` for any other."""
    if not value.is_finite():
        raise ValidationError(_("This is not a number."), code="invalid")
    _sign, digits, exponent = value.as_tuple()
    if -exponent > DECIMALS:
        text = _("A value has at most %(count)d decimals.") % {"count": DECIMALS}
        raise ValidationError(text, code="decimals")
    if value and len(digits) + exponent > WHOLE_DIGITS:
        text = _("A value has at most %(count)d digits before the decimals.")
        raise ValidationError(text % {"count": WHOLE_DIGITS}, code="digits")
    return value + 0  # zero has no sign


def _fits(plain: str, convention: Convention) -> bool:
    group, mark = re.escape(convention.group_mark), re.escape(convention.decimal_mark)
    shape = rf"-?(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{mark}\d+)?"
    return len(plain) <= MAX_LENGTH and bool(re.fullmatch(shape, plain, re.ASCII))


def _reason(plain: str, convention: Convention) -> str:
    """Say why ``plain`` is no number in ``convention``, as closely as it can be told."""
    words = {"text": plain[:MAX_LENGTH], "example": convention.label}
    if _fits(plain, convention.other):
        text = _("“%(text)s” is written in the other convention; write it as in %(example)s.")
    elif plain.endswith("%"):
        text = _("Leave out the percent sign of “%(text)s”.")
    elif _EXPONENT.fullmatch(plain):
        text = _("Write “%(text)s” in full, without an exponent.")
    elif any(letter.isspace() for letter in plain):
        text = _("Leave out the spaces of “%(text)s”, or group thousands as in %(example)s.")
    elif any(letter.isdigit() and not letter.isascii() for letter in plain):
        text = _("Write “%(text)s” with the digits 0 to 9.")
    elif _DIGITS_AND_MARKS.fullmatch(plain):
        text = _("The points and commas of “%(text)s” do not stand as in %(example)s.")
    else:
        text = _("“%(text)s” is not a number such as %(example)s.")
    return text % words


def write_number(value: Decimal, convention: Convention, *, grouped: bool = True) -> str:
    """Write ``value`` in ``convention`` without idle zeros; ``read_number`` reads it back."""
    text = f"{value:,f}" if grouped else f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    swap = {",": convention.group_mark, ".": convention.decimal_mark}
    return "".join(swap.get(letter, letter) for letter in text)


def understood(value: Decimal, convention: Convention) -> str:
    """Write ``value`` with thousands set apart by spaces, so that a mark parts decimals."""
    return write_number(value, convention).replace(convention.group_mark, "\u00a0")


def other_reading(text: str, convention: Convention) -> Decimal | None:
    """What the other convention makes of ``text``, or None where it does not differ."""
    try:
        mine, other = read_number(text, convention), read_number(text, convention.other)
    except ValidationError:
        return None
    return other if other != mine else None
