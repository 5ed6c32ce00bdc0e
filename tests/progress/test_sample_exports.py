"""Spreadsheets say which of their rows show sample data, and can be imported again."""

import pytest

from measures.admin import MeasureResource
from portal.accounts.admin import OrganisationResource
from portal.accounts.models import Organisation
from tests.factories import MeasureFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_tells_invented_organisations(administrator):
    OrganisationFactory(code="real")
    OrganisationFactory(code="sample", is_sample=True)

    rows = OrganisationResource(administrator).export().dict

    assert {row["code"]: row["sample"] for row in rows} == {"real": "no", "sample": "yes"}


def test_tells_promises_of_invented_organisations(administrator):
    MeasureFactory(code="1", organisation=OrganisationFactory(is_sample=True))
    MeasureFactory(code="2", organisation=None)

    rows = MeasureResource(administrator).export().dict

    assert [row["sample"] for row in rows] == ["yes", "no"]


def test_leaves_the_flag_alone_when_imported(administrator):
    OrganisationFactory(code="real")
    sheet = OrganisationResource(administrator).export()
    text = sheet.csv.replace(",no", ",yes")

    result = OrganisationResource(administrator).import_data(sheet.load(text, format="csv"))

    assert not result.has_errors()
    assert not result.has_validation_errors()
    assert not Organisation.objects.get(code="real").is_sample
