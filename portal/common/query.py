"""Names of query parameters in the language of the page: ``?stanje=`` and ``?status=``."""

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from .languages import LANGUAGES

PARAMETERS = {
    "q": pgettext_lazy("query", "q"),
    "status": pgettext_lazy("query", "status"),
    "organisation": pgettext_lazy("query", "organisation"),
    "on": pgettext_lazy("query", "on"),
    "format": pgettext_lazy("query", "format"),
    "goal": pgettext_lazy("query", "goal"),
    "state": pgettext_lazy("query", "state"),
    "level": pgettext_lazy("query", "level"),
    "pick": pgettext_lazy("query", "pick"),
    "page": pgettext_lazy("query", "page"),
    "from": pgettext_lazy("query", "from"),
    "to": pgettext_lazy("query", "to"),
    "of": pgettext_lazy("query", "of"),
}


MAX_LENGTH = 200


def parameter(request: HttpRequest, name: str) -> str:
    """Return the trimmed value of a parameter, written in the language of the page.

    Raises ``BadRequest`` with a sentence for the reader when the value is longer than
    ``MAX_LENGTH`` characters.
    """
    value = request.GET.get(str(PARAMETERS[name]), "").strip()
    if len(value) > MAX_LENGTH:
        message = _("What you are looking for may be at most %(count)s characters long.")
        raise BadRequest(message % {"count": MAX_LENGTH})
    return value


def asking(**values: str) -> str:
    """Return ``?...`` with parameters named in the language of the page; empty ones are left out.

    ``from`` is a word of Python: write ``asking(**{"from": day})``.
    """
    named = {str(PARAMETERS[name]): value for name, value in values.items() if value}
    return f"?{urlencode(named)}" if named else ""


def renamed(query: QueryDict, language: str) -> str:
    """Return the whole ``query`` with parameters of other languages named as in ``language``."""
    names = {}
    for parameter_name in PARAMETERS.values():
        with override(language):
            own = str(parameter_name)
        for other in LANGUAGES:
            with override(other):
                names[str(parameter_name)] = own
    translated = QueryDict(mutable=True)
    for name, values in query.lists():
        translated.setlist(names.get(name, name), values)
    return f"?{translated.urlencode()}" if translated else ""


def query_in(query: QueryDict, language: str) -> str:
    """Return the known parameters of ``query`` named in ``language``, as ``?...`` or ``""``."""
    translated = QueryDict(mutable=True)
    for name in PARAMETERS.values():
        value = query.get(str(name))
        if value:
            with override(language):
                translated[str(name)] = value
    return f"?{translated.urlencode()}" if translated else ""
