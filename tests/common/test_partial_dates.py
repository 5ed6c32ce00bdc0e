"""A date is as exact as the city has published it, and never more."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.common.partial_dates import (
    parse_partial_date,
    parse_period,
    span_or_none,
    validate_partial_date,
    validate_period,
)
from portal.common.templatetags.portal import partial_date
from portal.common.wording import written_date

SPANS = [
    ("2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
    ("2023-12", date(2023, 12, 1), date(2023, 12, 31), "month"),
    ("2023-03-14", date(2023, 3, 14), date(2023, 3, 14), "day"),
]
NO_DATES = [
    *("", " 2023", "2023 ", "2023\n", "23", "02023", "-2023", "2023-", "2023-1", "2023-3-14"),
    *("2023-00", "2023-13", "2023-00-10", "2023-05-00", "2023-02-30", "2023-14-03", "0000"),
    *("2023/03", "14. 3. 2023", "٢٠٢٣", "２０２３", "2023-03-14T00:00", "x" * 5000),
]


@pytest.mark.parametrize(("text", "start", "end", "precision"), SPANS)
def test_knows_the_first_and_last_day(text, start, end, precision):
    span = parse_partial_date(text)

    assert (span.start, span.end, span.precision) == (start, end, precision)


@pytest.mark.parametrize("text", NO_DATES)
def test_refuses_what_is_no_date(text):
    with pytest.raises(ValueError):  # noqa: PT011 (the text itself is all there is to say)
        parse_partial_date(text)
    with pytest.raises(ValidationError):
        validate_partial_date(text)
    assert span_or_none(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_knows_the_days_of_a_quarter(text, start, end):
    span = parse_period(text)

    assert (span.start, span.end, span.precision) == (start, end, "quarter")


@pytest.mark.parametrize("text", [*NO_DATES, "2024-Q0", "2024-Q5", "2024-q1", "0000-Q1"])
def test_refuses_what_is_no_period(text):
    with pytest.raises(ValidationError):
        validate_period(text)


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_lies_in_its_month_and_year(day):
    texts = [day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]]

    exact, month, year = (parse_partial_date(text) for text in texts)

    assert exact.start == exact.end == day
    assert year.start <= month.start <= day <= month.end <= year.end


@given(st.text(alphabet="0123456789-Q", max_size=12))
def test_never_fails_but_by_refusing(text):
    span = span_or_none(text)

    assert span is None or span.start <= span.end


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("sl", "2023-03-14", "14. 3. 2023"),
        ("en", "2023-03-14", "14 March 2023"),
        ("sl", "2024-04", "april 2024"),
        ("en", "2024-04", "April 2024"),
        ("sl", "2027", "2027"),
        ("en", "2027", "2027"),
    ],
)
def test_writes_dates_in_the_language_of_the_page(language, text, words):
    with override(language):
        written = written_date(text)

    assert written.lower() == words.lower()


def test_marks_up_a_date_for_machines():
    with override("en"):
        assert partial_date("2024-04") == '<time datetime="2024-04">April 2024</time>'
        assert partial_date("") == ""
        assert "<time" not in partial_date("2024-Q3")
