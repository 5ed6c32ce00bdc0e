"""Progress reports in one language only."""

import pytest
from django.core.exceptions import ValidationError

from measures.models import ProgressReport
from portal.common.services import save_record
from tests.factories import MeasureFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["sl", "en"])
def test_a_report_may_be_written_in_one_language(language):
    report = ProgressReport(measure=MeasureFactory(), date="2026-06-30")
    setattr(report, f"text_{language}", "Done.")

    save_record(record=report, by=None)

    assert ProgressReport.objects.get().pk == report.pk


def test_a_report_without_any_text_is_refused():
    report = ProgressReport(measure=MeasureFactory(), date="2026-06-30", text_sl="", text_en=None)

    with pytest.raises(ValidationError):
        save_record(record=report, by=None)
