from django.contrib.admin.views.decorators import staff_member_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from goals.current import shown_strategy, strategy_or_404
from goals.models import StrategyItem
from portal.accounts.models import Organisation
from portal.common.addresses import find_by_slug
from portal.common.assessed import bring_progress
from portal.common.pages import redirect_to_own_address, render_page
from portal.common.query import parameter

from .gallery import gallery_context
from .tree import TreeFilter, count_below, filter_choices, load_tree


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: what the strategy is about and how it is built."""
    strategy = shown_strategy(request)
    if strategy is None:
        return render_page(request, "pages/no_strategy.html", {})
    branches = load_tree(strategy, request.user)
    context = {
        "strategy": strategy,
        "branches": branches,
        "counts": count_below(branches),
        "projects": strategy.projects.visible_to(request.user).for_lists()[:6],
    }
    return render_page(request, "pages/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Vision, values, principles and how the strategy came about."""
    strategy = strategy_or_404(request)
    items: dict[str, list[StrategyItem]] = {kind: [] for kind in StrategyItem.Kind.values}
    for item in strategy.items.all():
        items[item.kind].append(item)
    context = {
        "strategy": strategy,
        "items": items,
        "timeline": strategy.timeline.all().in_order(),
        "amendments": strategy.amendments.prefetch_related("measures"),
    }
    return render_page(request, "pages/about.html", context)


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The whole strategy, cut down by status, organisation and words."""
    strategy = strategy_or_404(request)
    names = ("status", "organisation", "q")
    wanted = TreeFilter(*(parameter(request, name) for name in names))
    branches = load_tree(strategy, request.user, wanted)
    context = {
        "strategy": strategy,
        "branches": branches,
        "counts": count_below(branches),
        "wanted": wanted,
        "choices": filter_choices(strategy, request.user),
    }
    return render_page(request, "pages/tree.html", context)


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Who keeps the promises."""
    strategy = strategy_or_404(request)
    visible = strategy.measures.visible_to(request.user)
    counts = dict(visible.order_by().values_list("organisation").annotate(Count("pk")))
    organisations = list(Organisation.objects.select_related("parent"))
    for organisation in organisations:
        organisation.measure_count = counts.get(organisation.pk, 0)
    context = {"organisations": organisations, "unassigned": counts.get(None, 0)}
    return render_page(request, "pages/organisation_list.html", context)


@require_safe
def organisation_detail(request: HttpRequest, organisation: str) -> HttpResponse:
    """An organisation and the promises that it keeps."""
    strategy = strategy_or_404(request)
    organisations = Organisation.objects.select_related("parent")
    organisation = find_by_slug(organisations, organisation)
    if redirect := redirect_to_own_address(request, organisation):
        return redirect
    kept = {
        name: list(getattr(strategy, name).visible_to(request.user).listed_for(organisation))
        for name in ("measures", "projects", "indicators")
    }
    bring_progress(strategy, [*kept["measures"], *kept["indicators"]])
    context = {"organisation": organisation, "parts": organisation.parts.all(), **kept}
    return render_page(request, "pages/organisation_detail.html", context, record=organisation)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render_page(request, "pages/accessibility.html", {})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render_page(request, "pages/privacy.html", {})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    return render_page(request, "pages/rules.html", {})


@require_safe
@staff_member_required
def gallery(request: HttpRequest) -> HttpResponse:
    """The real components with sample arguments, for staff."""
    return render_page(request, "pages/gallery.html", gallery_context())
