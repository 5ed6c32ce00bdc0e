"""The pages for entering measured values. Every one of them asks for the right to do so first."""

from collections.abc import Sequence
from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from indicators.models import Observation
from portal.accounts.permissions import may
from portal.accounts.staff.formats import UnreadableFile
from portal.common.models import AuditEntry

from . import files
from .entry import Fault
from .forms import ChoiceForm, SpreadsheetForm
from .grid import PER_PAGE, Grid, read_sent
from .plan import Plan, make_plan
from .preview import preview_of
from .services import Outdated, Proposal

REFUSED = 422
SHOWN_FAULTS = 200


def for_editors(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may(request.user, "add", Observation):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest) -> HttpResponse:
    if "confirm" in request.POST:
        return _confirm_grid(request)
    if "edit" in request.POST:
        return _edit_grid(request)
    if request.method == "POST":
        return _preview_grid(request)
    return _show_grid(request)


def _show_grid(
    request: HttpRequest,
    *,
    typed: dict[str, str] | None = None,
    faults: Sequence[Fault] = (),
    convention: str = "",
) -> HttpResponse:
    data = request.GET.copy()
    if convention:
        data["numbers"] = convention  # what was written in one is not shown in another
    form = ChoiceForm(data, user=request.user)
    context: dict[str, object] = {"form": form, "title": _("Enter values")}
    status = REFUSED if faults else 200
    if form.is_valid():
        chosen = form.chosen(request.user).prefetch_related("targets")
        page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
        table = Grid(list(page), form, typed=typed, faults=faults)
        context |= {"page": page, "grid": table, "shown": table.token(request.user)}
    else:
        status = 400
    return _page(request, "grid", context | _told(faults), status)


def _preview_grid(request: HttpRequest) -> HttpResponse:
    sent = read_sent(request.POST, request.user)
    plan = make_plan(sent.entries, user=request.user, convention=sent.convention)
    faults = sent.faults + plan.faults
    if faults:
        return _show_grid(request, typed=sent.typed, faults=faults, convention=sent.convention)
    if not plan.to_write:
        messages.info(request, _("Nothing was changed, so there is nothing to store."))
        return HttpResponseRedirect(request.get_full_path())
    return _preview(request, plan, sent.convention, way="grid")


def _edit_grid(request: HttpRequest) -> HttpResponse:
    """Go back from the preview to the boxes, with everything that was written in them."""
    proposal = Proposal(user=request.user, way="grid", token=request.POST["edit"])
    try:
        proposal.read()
    except UnreadableFile as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(request.get_full_path())
    typed = {entry.cell: entry.text for entry in proposal.entries}
    return _show_grid(request, typed=typed, convention=proposal.convention)


def _confirm_grid(request: HttpRequest) -> HttpResponse:
    proposal = Proposal(user=request.user, way="grid", token=request.POST["confirm"])
    try:
        proposal.read()
        plan = proposal.store(source=AuditEntry.Source.ADMIN)
    except UnreadableFile as error:
        messages.error(request, str(error))
    except Outdated:
        return _grid_outdated(request, proposal)
    else:
        _tell_success(request, plan)
    return HttpResponseRedirect(request.get_full_path())


def _grid_outdated(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Show what was written again, and where somebody else was faster."""
    convention = proposal.convention
    plan = make_plan(proposal.entries, user=request.user, convention=convention)
    typed = {entry.cell: entry.text for entry in proposal.entries}
    other = [Fault(_("The records have changed since the preview; please look at it again."))]
    return _show_grid(request, typed=typed, faults=plan.faults or other, convention=convention)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def import_values(request: HttpRequest) -> HttpResponse:
    if "confirm" in request.POST:
        return _confirm_import(request)
    is_sent = request.method == "POST"
    form = SpreadsheetForm(*((request.POST, request.FILES) if is_sent else ()))
    context = {"form": form, "title": _("Import values"), "columns": files.COLUMNS}
    if not is_sent:
        return _page(request, "import", context)
    if not form.is_valid():
        return _page(request, "import", context, REFUSED)
    data, convention = form.cleaned_data["file"].read(), form.convention
    try:
        entries, faults = files.read_entries(data, form.kind, convention)
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return _page(request, "import", context, REFUSED)
    plan = make_plan(entries, user=request.user, convention=convention)
    faults = sorted(faults + plan.faults, key=lambda fault: fault.row)
    if faults:
        return _page(request, "import", context | _told(faults), REFUSED)
    return _preview(request, plan, convention, way="import")


def _confirm_import(request: HttpRequest) -> HttpResponse:
    proposal = Proposal(user=request.user, way="import", token=request.POST["confirm"])
    try:
        proposal.read()
        plan = proposal.store(source=AuditEntry.Source.IMPORT)
    except UnreadableFile as error:
        messages.error(request, str(error))
    except Outdated:
        text = _("Nothing was imported: the records have changed since the preview.")
        messages.error(request, text)
    else:
        _tell_success(request, plan)
    return HttpResponseRedirect(reverse("admin:indicators_observation_import"))


@for_editors
@require_GET
def export_values(request: HttpRequest) -> HttpResponse:
    form = ChoiceForm(request.GET, user=request.user)
    kind = request.GET.get("format", "csv")
    if not form.is_valid() or kind not in files.KINDS:
        return _page(request, "grid", {"form": form, "title": _("Enter values")}, 400)
    rows = Observation.objects.of_all(form.chosen(request.user)).in_rows().iterator()
    if kind == "csv":
        lines = files.write_csv(rows, form.convention)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(files.write_workbook(rows), content_type=files.WORKBOOK_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="observations.{kind}"'
    return response


def _preview(request: HttpRequest, plan: Plan, convention, *, way: str) -> HttpResponse:
    proposal = Proposal(user=request.user, way=way)
    proposal.keep(plan, convention)
    context = {"title": _("Preview"), "token": proposal.token, "way": way}
    return _page(request, "preview", context | preview_of(plan, convention))


def _told(faults: Sequence[Fault]) -> dict[str, object]:
    return {"faults": faults[:SHOWN_FAULTS], "more_faults": len(faults[SHOWN_FAULTS:])}


def _tell_success(request: HttpRequest, plan: Plan) -> None:
    text = _("Stored: %(new)d new, %(changed)d changed, %(unchanged)d unchanged.")
    counts = {kind: plan.count(kind) for kind in ("new", "changed", "unchanged")}
    messages.success(request, text % counts)


def _page(request: HttpRequest, name: str, context: dict, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "opts": Observation._meta, **context}
    return render(request, f"admin/observations/{name}.html", context, status=status)
