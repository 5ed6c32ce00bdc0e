"""Nonsense in addresses and forms ends in a message, never in an error of the server."""

import datetime

import pytest
from django.urls import reverse

from portal.common.models import AuditEntry
from tests import factories as f
from tests.staff.pages import fields_of

pytestmark = pytest.mark.django_db

SURROGATE = "\ud800".encode("utf-8", "surrogatepass")
NONSENSE = ["\x00", SURROGATE, "9" * 5000, "-1", "NaN", "1e999", "😀"]


@pytest.fixture
def browser(chief_editor, sign_in):
    return sign_in(chief_editor)


def everything_wrong(data: dict, value) -> dict:
    kept = ("csrf", "_FORMS", "-id")
    return {k: v if any(part in k for part in kept) else value for k, v in data.items()}


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize("kind", ["measure", "project", "indicator"])
def test_survives_nonsense_in_every_field(browser, kind, value, request):
    record = request.getfixturevalue(kind)
    f.ObservationFactory(indicator=f.IndicatorFactory())
    url = reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])
    data = fields_of(browser.get(url))

    response = browser.post(url, everything_wrong(data, value))

    assert response.status_code in (200, 302, 400)
    if response.status_code != 302:
        assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("value", NONSENSE)
def test_survives_nonsense_in_the_counts_of_rows(browser, indicator, value):
    url = reverse("admin:indicators_indicator_change", args=[indicator.pk])
    data = fields_of(browser.get(url))

    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        response = browser.post(url, data | {f"observations-{name}": value})

        assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize(
    "query",
    [
        *("q=%00", "q=%ED%A0%80", "q=" + "a" * 3000, "p=abc", "p=-1", "p=99999999999999999999"),
        *("o=99", "o=x.y", "all=", "e=1", "missing=%00", "missing=nonsense", "publication=%FF"),
        *("publication__exact=" + "x" * 3000, "organisation__id__exact=abc", "_facets=x"),
        *("organisation__id__exact=99999999999999999999999", "nonsense=1", "pk__in=a"),
    ],
)
@pytest.mark.parametrize("name", ["changelist", "export"])
def test_survives_nonsense_in_lists(browser, measure, name, query):
    response = browser.get(reverse(f"admin:measures_measure_{name}") + "?" + query)

    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize("query", ["at__year=99999999", "at__month=13", "at__day=x", "at__gte=x"])
def test_survives_nonsense_in_dates(browser, query):
    response = browser.get(reverse("admin:common_auditentry_changelist") + "?" + query)

    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?app_label=x&model_name=y&field_name=z",
        "?app_label=measures&model_name=measure&field_name=owner&term=%00",
        "?app_label=measures&model_name=measure&field_name=owner&page=x",
        "?app_label=measures&model_name=measure&field_name=partners",
        "?app_label=measures&model_name=measure&field_name=reports",
        "?app_label=accounts&model_name=user&field_name=groups",
        "?app_label=admin&model_name=logentry&field_name=user",
    ],
)
def test_survives_nonsense_for_suggestions(browser, query):
    response = browser.get(reverse("admin:autocomplete") + query)

    assert response.status_code in (400, 403, 404)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_form_takes_the_same_queries_for_one_row_and_for_thirty(
    browser, indicator, rows, django_assert_max_num_queries
):
    for number in range(rows):
        f.ObservationFactory(indicator=indicator, period=str(1990 + number))
        f.TargetFactory(indicator=indicator, by=str(2027 + number))
        f.ExternalEventFactory(indicator=indicator)
        f.CriteriaVersionFactory(indicator=indicator, valid_from=datetime.date(2025, 1, 1 + number))
    url = reverse("admin:indicators_indicator_change", args=[indicator.pk])

    with django_assert_max_num_queries(13):
        browser.get(url)
