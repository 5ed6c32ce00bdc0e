"""What machines ask for: health, robots, sitemap, security contact, brand colours, share images."""

import re
from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from goals.current import shown_strategy
from goals.models import Goal
from portal.common.addresses import absolute
from portal.common.models import Heartbeat

from .share import FOLDER
from .sitemaps import sitemaps_of

WORKER_SILENT_AFTER = timedelta(seconds=120)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 without a database or with migrations to apply; a lost cache or worker only degrades."""
    checks = {"database": _database(), "cache": _cache()}
    ready = checks["database"] == "ok"
    checks["worker"] = _worker() if ready else "unknown"
    checks["status"] = "ready" if ready else "not ready"
    if ready and set(checks.values()) - {"ok", "ready"}:
        checks["status"] = "degraded"
    return JsonResponse(checks, status=200 if ready else 503)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return "unreachable"
    return "migrations are waiting" if pending else "ok"


def _cache() -> str:
    failing = getattr(cache, "is_paused", lambda: False)
    cache.get("readyz")
    return "unreachable" if failing() else "ok"


def _worker() -> str:
    beat = Heartbeat.objects.filter(name="worker").first()
    if beat is None or beat.at < timezone.now() - WORKER_SILENT_AFTER:
        return "silent"
    return "ok"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {absolute(request, '/sitemap.xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in both languages, each with its counterpart."""
    return sitemap_view(request, sitemaps_of(shown_strategy(request)))


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116): an address, else the page with the contact."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    page = absolute(request, reverse("pages:rules"))
    lines = [
        f"Contact: {f'mailto:{settings.CONTACT_EMAIL}' if settings.CONTACT_EMAIL else page}",
        f"Expires: {(expires + timedelta(days=180)).isoformat()}",
        "Preferred-Languages: sl, en",
        f"Canonical: {absolute(request, reverse('security-txt'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=3600)
def brand_css(request: HttpRequest) -> HttpResponse:
    """The city's own accent colours, from the settings; a system check has judged them."""
    light, dark = settings.BRAND_COLOUR, settings.BRAND_COLOUR_DARK or settings.BRAND_COLOUR
    if not light:
        raise Http404
    in_the_dark = f"@media screen and (prefers-color-scheme:dark){{:root{{--brand:{dark}}}}}"
    return HttpResponse(f":root{{--brand:{light}}}{in_the_dark}", content_type="text/css")


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def share_image(request: HttpRequest, name: str) -> FileResponse:
    """A picture for social networks, made by the worker; its name changes with its content."""
    shape = re.fullmatch(r"goal-(\d{1,18})-[a-z]{2}-[0-9a-f]{16}", name)
    if not shape or not Goal.objects.public().filter(pk=shape[1]).exists():
        raise Http404
    try:
        picture = default_storage.open(f"{FOLDER}/{name}.png")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(picture, content_type="image/png")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
