from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from goals.current import strategy_or_404
from portal.common.pages import render_page
from portal.common.query import parameter

from .services import MAX_RESULTS, search_titles


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages of the strategy whose title has the words looked for."""
    strategy = strategy_or_404(request)
    query = parameter(request, "q")
    context = {
        "query": query,
        "results": search_titles(strategy, request.user, query),
        "max_results": MAX_RESULTS,
    }
    return render_page(request, "search/search.html", context)
