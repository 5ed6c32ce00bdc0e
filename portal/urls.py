from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import pgettext_lazy

from portal.pages import evidence, machine

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", machine.healthz, name="healthz"),
    path("readyz", machine.readyz, name="readyz"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
    path(".well-known/security.txt", machine.security_txt, name="security-txt"),
    path("brand.css", machine.brand_css, name="brand-css"),
    path("share/<slug:name>.png", machine.share_image, name="share-image"),
    path("", include("portal.progress.charts.urls")),
    path("evidence/<slug:kind>/<int:key>/<str:name>", evidence.document, name="evidence"),
    *i18n_patterns(
        path("", include("portal.pages.urls")),
        # Before the levels: “why” stands where a slug could stand.
        path("", include("portal.progress.urls")),
        path("", include("goals.urls")),
        path("", include("measures.urls")),
        path("", include("portal.progress.freshness.urls")),
        path("", include("portal.search.urls")),
        path(pgettext_lazy("url", "account/"), include("allauth.account.urls")),
    ),
]

if settings.DEBUG and "debug_toolbar" in settings.INSTALLED_APPS:
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns += debug_toolbar_urls()

handler400 = "portal.pages.errors.bad_request"
handler403 = "portal.pages.errors.permission_denied"
handler404 = "portal.pages.errors.not_found"
handler500 = "portal.pages.errors.server_error"
