"""The files that prove what the city says: sent as downloads, and never opened on our pages."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from indicators.models import ObservationEvidence
from measures.models import Evidence
from portal.common.models import EvidenceDocument

KINDS: dict[str, type[EvidenceDocument]] = {
    model.kind: model for model in (Evidence, ObservationEvidence)
}


@require_safe
@cache_control(private=True, no_store=True)  # what is public today may be withdrawn tomorrow
def document(request: HttpRequest, kind: str, key: int, name: str) -> FileResponse:
    """Send a file of a report or a value that this reader may see; 404 for any other."""
    if kind not in KINDS or key >= 2**63:
        raise Http404
    documents = KINDS[kind].objects.visible_to(request.user)
    found = get_object_or_404(documents, pk=key, file_name=name)
    if not found.file:
        raise Http404
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename=found.file_name, content_type=found.content_type
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
