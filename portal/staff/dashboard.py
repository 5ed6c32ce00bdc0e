"""What the first page of the administration tells: what is missing, and what waits."""

from dataclasses import dataclass

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from goals.models import Goal, Objective
from indicators.models import Indicator
from measures.models import Measure, ProgressReport, Project
from portal.accounts.permissions import edits_everything
from portal.accounts.staff.columns import lackable, missing_q
from portal.accounts.staff.history import readable
from portal.common.models import AuditEntry
from portal.common.states import Publication
from portal.progress.freshness.records import SUBJECTS, UPDATES, with_freshness

MODELS = (Goal, Objective, Measure, Project, Indicator, ProgressReport)
LACKS = ("organisation", "owner", "translation", "date")
LATEST = 8


@dataclass(frozen=True)
class Cell:
    """A number that leads to the records it counts; None where the question makes no sense."""

    count: int | None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One kind of record: how many there are, what they lack, how many wait or need an update."""

    name: str
    total: Cell
    missing: list[Cell]
    waiting: list[Cell]
    updates: list[Cell]


def dashboard(site: admin.AdminSite, request: HttpRequest) -> dict:
    """Return the context of the first page, in a constant number of queries."""
    pages = [(site.get_model_admin(model), model) for model in MODELS]
    rows = [_row(page, request) for page, model in pages if page.has_view_permission(request)]
    return {
        "lack_names": [_("responsible organisation"), _("owner"), _("translation"), _("date")],
        "update_names": [update.name for update in UPDATES.values()],
        "rows": [row for row in rows if row.total.count],
        "nothing_yet": not any(row.total.count for row in rows),
        "scheduled": _scheduled(site, request),
        "latest": readable(list(_latest(request.user))),
        "sees_everything": edits_everything(request.user),
        "history_url": reverse("admin:common_auditentry_changelist"),
        "gallery_url": _gallery_url(),
    }


def _row(page: admin.ModelAdmin, request: HttpRequest) -> Row:
    """Count everything about one kind of record in one query, and its updates in another."""
    possible = lackable(page)
    counts = {"total": Count("pk", distinct=True)}
    for what in possible:
        counts[what] = Count("pk", filter=missing_q(page, what), distinct=True)
    for state in (Publication.DRAFT, Publication.SCHEDULED):
        counts[state.value] = Count("pk", filter=waiting_q(state), distinct=True)
    rows = page.get_queryset(request).order_by()
    found = rows.aggregate(**counts)
    return Row(
        name=str(capfirst(page.opts.verbose_name_plural)),
        total=_cell(page, found["total"], ""),
        missing=[
            _cell(page, found[what], f"missing={what}") if what in possible else Cell(None)
            for what in LACKS
        ],
        waiting=[
            _cell(page, found[state], f"publication__exact={state}")
            for state in ("draft", "scheduled")
        ],
        updates=_updates(page, rows),
    )


def _updates(page: admin.ModelAdmin, rows: QuerySet) -> list[Cell]:
    """Count the overdue updates and those that are due soon, in one query."""
    if page.model not in SUBJECTS.values():
        return [Cell(None) for _name in UPDATES]
    on = localdate()
    counts = {
        name: Count("pk", filter=update.condition(on), distinct=True)
        for name, update in UPDATES.items()
    }
    found = with_freshness(rows).aggregate(**counts)
    return [_cell(page, found[name], f"update={name}") for name in UPDATES]


def waiting_q(state: Publication) -> Q:
    return Q(publication=state)


def _cell(page: admin.ModelAdmin, count: int, query: str) -> Cell:
    path = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_changelist")
    return Cell(count, f"{path}?{query}" if query else path)


def _scheduled(site: admin.AdminSite, request: HttpRequest) -> list[dict]:
    """What becomes public by itself next, one query for each kind of record."""
    coming = []
    for model in MODELS:
        page = site.get_model_admin(model)
        if page.has_view_permission(request):
            rows = page.get_queryset(request).filter(
                publication=Publication.SCHEDULED, publish_at__gt=now()
            )
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            coming += [
                {"record": row, "at": row.publish_at, "url": reverse(name, args=[row.pk])}
                for row in rows.order_by("publish_at")[:LATEST]
            ]
    return sorted(coming, key=lambda item: item["at"])[:LATEST]


def _latest(user):
    entries = AuditEntry.objects.select_related("by")
    return (entries if edits_everything(user) else entries.filter(by=user))[:LATEST]


def _gallery_url() -> str:
    try:
        return reverse("pages:gallery")
    except NoReverseMatch:
        return ""
