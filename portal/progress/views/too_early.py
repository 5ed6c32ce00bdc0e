"""What pages about progress answer for a day on which nothing had been assessed yet."""

from django.http import HttpRequest, HttpResponse

from goals.models import Strategy
from portal.common.pages import render_page

from ..selection import first_day


def too_early(request: HttpRequest, strategy: Strategy, title: str, today_url: str) -> HttpResponse:
    """Say under ``title`` since when there are assessments; ``today_url`` shows today."""
    context = {"title": title, "first_day": first_day(strategy), "today_url": today_url}
    return render_page(request, "progress/too_early.html", context)
