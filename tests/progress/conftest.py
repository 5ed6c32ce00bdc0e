"""Charts for tests: kept in a folder of the test, and not drawn unless a test wants it."""

import pytest

from portal.progress.charts import render
from portal.progress.charts.files import store
from tests import factories as make


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def quick(monkeypatch):
    """Draw nothing: most tests are about which charts there are."""

    def draw(drawing):
        if drawing.has_files:
            store(drawing.digest, {"svg": b"<svg/>", "png": b"PNG"})
        return "<svg/>"

    monkeypatch.setattr(render, "_draw", draw)


@pytest.fixture
def charted(quick):
    indicator = make.IndicatorFactory()
    make.TargetFactory(indicator=indicator, by="2027")
    for year, number in ((2024, 40), (2025, 60)):
        make.ObservationFactory(indicator=indicator, period=str(year), value=number)
    return indicator
