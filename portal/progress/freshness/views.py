from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.permissions import editable_q
from portal.common.pages import edit_url

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
