"""When what is due: measures, projects and milestones of the strategy along one line of time."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goals.current import strategy_or_404
from portal.common.moment import asked_moment
from portal.common.pages import render_page
from portal.common.query import PARAMETERS

from ..selection import is_too_early
from .too_early import too_early


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """The strategy from its first to its last day, with the states of the day asked about."""
    strategy, moment = strategy_or_404(request), asked_moment(request)
    if is_too_early(strategy, moment.at):
        return too_early(request, strategy, _("Timeline"), request.path)
    context = {
        "strategy": strategy,
        "moment": moment,
        "on_name": str(PARAMETERS["on"]),
        "today_url": request.path,
    }
    return render_page(request, "progress/timeline.html", context)
