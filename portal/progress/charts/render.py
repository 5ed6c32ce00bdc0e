"""Drawing charts, in the worker: each when its data, its words or the design have changed.

A drawing is known by the digest of all that it is made of. The month it marks is part of that, the
day is not; so a chart without news is drawn again once a month.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from portal.common.languages import LANGUAGES
from portal.common.moment import Moment
from portal.common.outbox import enqueue_many
from portal.pages.share_image import FONTS

from ..models import Chart
from .data import figures_of
from .figures import Figure
from .files import digests_stored_before, drop, file_spec, has_files, store
from .specs import spec_of
from .subjects import gone, public_subject, showing
from .theme import DESIGN, LINE, NARROW, WIDE, Size, for_file, for_page, palette

SIZES = {"sparkline": (LINE,)}
# Longer than any drawing takes.
SPARED = timedelta(hours=1)
SCALE = 2  # of the PNG: sharp on dense screens and in print


@dataclass(frozen=True)
class Drawing:
    """What is to be drawn, and the digest of all of it."""

    figure: Figure
    language: str
    size: Size
    spec: dict
    digest: str

    @property
    def place(self) -> tuple[str, str, str]:
        """What tells the charts of one subject apart."""
        return self.figure.kind, self.language, self.size.name

    @property
    def has_files(self) -> bool:
        return self.size is WIDE


def render_charts(keys: Iterable[str], at: datetime | None = None) -> int:
    """Bring the charts of some subjects up to date; return how many were drawn.

    What is gone, or no longer public, loses its charts.
    """
    return sum(_render(key, at or timezone.now()) for key in keys)


def handle(keys: list[str], at: datetime) -> None:
    """Do the work of the outbox topic ``charts``.

    The charts of goals and strategies that show these records too become work of their own, so
    that many changes are drawn once.
    """
    render_charts(keys, at)
    enqueue_many("charts", showing(keys))


def drawings_of(key: str, at: datetime) -> Iterator[Drawing]:
    """Yield what is to be drawn of a subject: nothing unless it is public."""
    record = public_subject(key)
    if record is None:
        return
    moment = Moment(timezone.localdate(at))
    for language in LANGUAGES:
        with override(language):
            for figure in figures_of(record, moment):
                if figure.is_worth_drawing:
                    for size in SIZES.get(figure.kind, (WIDE, NARROW)):
                        spec = spec_of(figure, size)
                        yield Drawing(figure, language, size, spec, _digest(key, figure, spec))


def _digest(key: str, figure: Figure, spec: dict) -> str:
    parts = [DESIGN, key, figure.title, figure.finding, spec, palette()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _render(key: str, at: datetime) -> int:
    stored = {(c.kind, c.language, c.size): c for c in Chart.objects.filter(subject=key)}
    wanted = {drawing.place: drawing for drawing in drawings_of(key, at)}
    news = [d for d in wanted.values() if d.place not in stored or _differs(stored[d.place], d)]
    svgs = {drawing.place: _draw(drawing) for drawing in news}
    with transaction.atomic():
        for place in stored.keys() - wanted.keys():
            _drop(stored[place])
        for drawing in news:
            _keep(key, drawing, svgs[drawing.place], stored.get(drawing.place), at)
    return len(news)


def _differs(chart: Chart, drawing: Drawing) -> bool:
    lost = drawing.has_files and not has_files(drawing.digest)
    return chart.digest != drawing.digest or lost


def _keep(key: str, drawing: Drawing, svg: str, before: Chart | None, at: datetime) -> None:
    kind, language, size = drawing.place
    if before and before.digest != drawing.digest:
        transaction.on_commit(partial(drop, before.digest))
    Chart.objects.update_or_create(
        subject=key,
        kind=kind,
        language=language,
        size=size,
        defaults={
            "digest": drawing.digest,
            "svg": svg,
            "finding": drawing.figure.finding,
            "is_sample": drawing.figure.is_sample,
            "rendered_at": at,
        },
    )


def _drop(chart: Chart) -> None:
    transaction.on_commit(partial(drop, chart.digest))
    chart.delete()


def _draw(drawing: Drawing) -> str:
    """Return the picture for pages; keep those for files."""
    import vl_convert  # about 100 MB in memory: in the worker only, never in the web process

    vl_convert.register_font_directory(str(FONTS))
    figure = drawing.figure
    if drawing.has_files:
        raw = vl_convert.vegalite_to_svg(file_spec(drawing.spec, figure))
        svg = for_file(raw, figure.finding)
        png = vl_convert.svg_to_png(svg, scale=SCALE)
        store(drawing.digest, {"svg": svg.encode(), "png": png})
    return for_page(vl_convert.vegalite_to_svg(drawing.spec), figure.finding)


def tidy(now: datetime | None = None) -> None:
    """Drop the charts of what is gone, and files that no chart has (a killed worker's, say).

    Young files are spared: the row of a chart that is being drawn comes after them.
    """
    before = (now or timezone.now()) - SPARED
    subjects = set(Chart.objects.values_list("subject", flat=True).distinct())
    Chart.objects.filter(subject__in=list(gone(subjects))).delete()
    for digest in digests_stored_before(before) - set(
        Chart.objects.values_list("digest", flat=True)
    ):
        drop(digest)
