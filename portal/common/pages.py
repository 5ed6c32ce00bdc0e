"""Making a public page: its addresses, its place in the tree and, for staff, the draft banner."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from .addresses import absolute, alternates
from .models import Publishable


def crumb(record: Model, title: str = "") -> dict[str, str]:
    """Return ``{title, url}`` of a record, for breadcrumbs and neighbours."""
    return {"title": title or str(record), "url": record.get_absolute_url()}


def redirect_to_own_address(
    request: HttpRequest, record: Model, tail: Promise | str = ""
) -> HttpResponse | None:
    """Return a permanent redirect if ``record`` lives elsewhere than was asked, else None.

    ``tail`` is what stands behind its address on this page.
    """
    url = f"{record.get_absolute_url()}{tail}"
    if url == request.path:
        return None
    query = request.META.get("QUERY_STRING", "")
    return _kept_private(request, HttpResponsePermanentRedirect(f"{url}?{query}" if query else url))


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    record: Model | None = None,
    tail: Promise | str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page with its canonical and alternate addresses; ``record`` is what it is about.

    ``tail`` is what stands behind the record's address, for pages beside its own.
    """
    context = {
        **context,
        "alternates": alternates(request, record, tail),
        "canonical_url": absolute(request, request.path),
        **_preview(request, record),
    }
    return _kept_private(request, render(request, template, context, status=status))


def _kept_private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep what may be about a draft out of every cache; only signed-in people see any."""
    if request.user.is_authenticated:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _preview(request: HttpRequest, record: Model | None) -> dict[str, Any]:
    """Say to staff that others do not see this record, and where it is edited.

    A view finds records by ``visible_to``, so whoever got here without it being public edits it.
    """
    if not isinstance(record, Publishable) or not request.user.is_authenticated:
        return {}
    if type(record).objects.public().filter(pk=record.pk).exists():
        return {}
    return {"is_preview": True, "edit_url": edit_url(record)}


def edit_url(record: Model) -> str:
    """Return the address of the record's form in the administration, ``""`` without one."""
    options = record._meta
    try:
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""
