"""What every request passes: headers, a look at its shape, addresses in the wrong language."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.urls import get_resolver
from django.utils import translation

from .query import renamed
from .segments import in_language, split_language

MAX_PATH_LENGTH = 2000
MAX_QUERY_LENGTH = 4000


class SecurityHeaders:
    """Headers that neither Django nor django-csp sets."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(), microphone=(), interest-cohort=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RefuseMalformedRequest:
    """Answer 400 to NUL bytes, lone surrogates and endless addresses before anything reads them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._is_malformed(request):
            language, _rest = split_language(request.path_info)
            bad_request = get_resolver().resolve_error_handler(400)
            with translation.override(language or settings.LANGUAGE_CODE):
                return bad_request(request, None)
        return self.get_response(request)

    @staticmethod
    def _is_malformed(request) -> bool:
        path, query = request.path_info, request.META.get("QUERY_STRING", "")
        if len(path) > MAX_PATH_LENGTH or len(query) > MAX_QUERY_LENGTH:
            return True
        if "\x00" in path + query or "%00" in query:
            return True
        # Quoted cookies carry any byte; PostgreSQL would stumble over a session key with this one.
        if any("\x00" in value for value in request.COOKIES.values()):
            return True
        return any(0xD800 <= ord(letter) <= 0xDFFF for letter in path)


class TranslateSegments:
    """Redirect an address whose words are of the other language to the one that answers.

    ``/en/cilji-in-ukrepi/`` goes to ``/en/goals-and-measures/``; slugs are the views' business.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        target = in_language(request.path_info)
        if target is None:
            return response
        language, _rest = split_language(target)
        return HttpResponsePermanentRedirect(target + renamed(request.GET, language))
