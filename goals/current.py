"""Which strategy this request is about."""

from django.http import Http404, HttpRequest

from .models import Strategy


def shown_strategy(request: HttpRequest) -> Strategy | None:
    """Return the strategy that the site shows to this reader, asked of the database once."""
    if not hasattr(request, "shown_strategy"):
        strategies = Strategy.objects.visible_to(request.user).current()
        request.shown_strategy = strategies.first()
    return request.shown_strategy


def strategy_or_404(request: HttpRequest) -> Strategy:
    strategy = shown_strategy(request)
    if strategy is None:
        raise Http404
    return strategy
