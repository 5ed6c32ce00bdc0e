"""Error pages in both languages that need neither database nor cache."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from portal.common.languages import OWN_NAMES, active_language, other_languages
from portal.common.segments import split_language

from .context import navigation


def _error_page(request: HttpRequest, status: int, **context) -> HttpResponse:
    language = split_language(request.path_info)[0] or active_language()
    with override(language):
        others = other_languages(language)
        context |= {
            "nav": navigation(request),
            "alternates": [
                {"language": other, "label": OWN_NAMES[other], "url": f"/{other}/"}
                for other in others
            ],
        }
        return HttpResponse(render_to_string(f"errors/{status}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """400, with the sentence of a ``BadRequest`` that was written for the reader."""
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    return _error_page(request, 400, reason=reason)


def permission_denied(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    return _error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    return _error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error_page(request, 403, is_stale_form=True)
