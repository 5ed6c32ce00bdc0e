from collections.abc import Iterator
from itertools import groupby

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from goals.current import strategy_or_404
from portal.accounts.permissions import editable_q
from portal.common.pages import edit_url, render_page
from portal.common.query import asking, parameter

from ..tables import csv_response
from .data_status import PICKS, Line, data_lines
from .forms import ConfirmationForm
from .records import SUBJECTS, freshness_of
from .services import confirm_unchanged


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Let whoever edits a record say in a sentence that nothing has changed (for staff)."""
    if kind not in SUBJECTS:
        raise Http404
    model = SUBJECTS[kind]
    record = get_object_or_404(model.objects.filter(editable_q(model, request.user)), pk=key)
    form = ConfirmationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        confirm_unchanged(record=record, sentences=form.sentences, by=request.user)
        messages.success(request, _("You have confirmed that nothing has changed."))
        return HttpResponseRedirect(edit_url(record))
    context = {
        **admin.site.each_context(request),
        "title": _("Nothing has changed"),
        "subtitle": str(record),
        "opts": model._meta,
        "record": record,
        "edit_url": edit_url(record),
        "freshness": freshness_of(record),
        "last": record.observations.first() if kind == "indicator" else None,
        "report": record.reports.first() if kind != "indicator" else None,
        "confirmation": record.confirmations.first(),
        "form": form,
    }
    return TemplateResponse(
        request, "admin/confirm.html", context, status=422 if form.is_bound else 200
    )


@require_safe
def data_status(request: HttpRequest) -> HttpResponse:
    """Which indicators have data, a target, a rule and somebody who answers for them, by goal."""
    strategy = strategy_or_404(request)
    pick, form = parameter(request, "pick"), parameter(request, "format")
    if pick not in {"", *PICKS} or form not in {"", "csv"}:
        raise BadRequest(_("There is no such list."))
    lines = data_lines(strategy, request.user)
    chosen = [line for line in lines if not pick or PICKS[pick].holds(line)]
    if form == "csv":
        return _as_csv(chosen, is_private=request.user.is_authenticated)
    context = {
        "total": len(lines),
        "counts": _counts(lines),
        "pick": pick,
        "pick_name": PICKS[pick].name if pick else "",
        "groups": [
            (goal, list(members))
            for goal, members in groupby(chosen, key=lambda line: line.indicator.goal_above)
        ],
        "csv_url": asking(pick=pick, format="csv"),
    }
    return render_page(request, "indicators/data_status.html", context)


def _counts(lines: list[Line]) -> list[dict]:
    """Return how many lines there are of each pick, and the address of their list."""
    return [
        {
            "key": key,
            "name": pick.name,
            "count": sum(1 for line in lines if pick.holds(line)),
            "url": asking(pick=key),
        }
        for key, pick in PICKS.items()
    ]


def _as_csv(lines: list[Line], *, is_private: bool) -> HttpResponse:
    columns = [
        *(_("code"), _("indicator"), _("goal"), _("value"), _("period"), _("provisional")),
        *(_("state of the data"), _("target"), _("rule"), _("responsible organisation")),
        *(_("owner is named"), _("last confirmed"), _("next update due"), _("sample data")),
    ]
    answer = csv_response(pgettext("file", "data-status"), columns, list(_cells(lines)))
    if is_private:
        answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _cells(lines: list[Line]) -> Iterator[list]:
    words = {True: _("yes"), False: _("no")}
    for line in lines:
        indicator, latest, fresh = line.indicator, line.latest, line.freshness
        yield [
            *(indicator.code, indicator.name, indicator.goal_above.code),
            *((latest.value, latest.period) if latest else (None, None)),
            words[line.is_provisional],
            line.state.label if line.state else None,
            *(words[line.has_target], line.rule_words, indicator.responsible),
            *(words[line.has_owner], fresh.confirmed_on, fresh.due and fresh.due.end),
            words[line.is_sample],
        ]
