"""The administration as a whole: its door, its first page and what is let in."""

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ForeignKey, ManyToManyField
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from portal.accounts.permissions import is_editor, may, protected_fields, selectable_q

# Accounts and history come after what editors work on.
LAST = ("common", "accounts")


class ChoicesWithinReach(AutocompleteJsonView):
    """Suggestions for a field: what this person may choose, if the field is theirs to change."""

    def has_perm(self, request, obj=None):
        field, user = self.source_field, request.user
        if not isinstance(field, ForeignKey | ManyToManyField) or not self._is_edited(field.model):
            return False
        return may(user, "change", field.model) and field.name not in protected_fields(user)

    def _is_edited(self, model) -> bool:
        pages = self.admin_site._registry
        return model in pages or any(
            model is inline.model for page in pages.values() for inline in page.inlines
        )

    def get_queryset(self):
        target = self.source_field.remote_field.model
        rows = target._default_manager.filter(selectable_q(target, self.request.user))
        rows, duplicates = self.model_admin.get_search_results(self.request, rows, self.term)
        rows = rows.order_by(*self.model_admin.get_ordering(self.request) or target._meta.ordering)
        return rows.distinct() if duplicates else rows


class StaffSite(AdminSite):
    """The administration of the portal: for editors, under the portal's own sign-in."""

    site_title = site_header = _("Strategy portal: administration")
    index_title = _("Overview")
    index_template = "admin/dashboard.html"
    empty_value_display = "–"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Let in pages that write through services; pages that other packages bring stay out."""
        from portal.accounts.staff import ServiceAdmin

        if admin_class is not None and issubclass(admin_class, ServiceAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        return is_editor(request.user)

    def get_urls(self):
        from portal.progress.freshness.views import confirm

        from .observations.urls import urls

        # The stock redirect to any object's public page would tell the address of others' drafts.
        stock = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        confirm_page = self.admin_view(confirm)
        own = [path("confirm/<slug:kind>/<int:key>/", confirm_page, name="confirm")]
        return [*own, *urls(self), *stock]

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Send on to the portal's one sign-in page, with its limits on guessing."""
        target = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            target = reverse("admin:index")
        if not request.user.is_authenticated:
            query = urlencode({REDIRECT_FIELD_NAME: target})
            return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
        if self.has_permission(request):
            return HttpResponseRedirect(target)
        title = _("Your account may not edit anything")
        context = {**self.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
        return TemplateResponse(request, "admin/no_access.html", context, status=403)

    @method_decorator(never_cache)
    def logout(self, request, extra_context=None):
        from django.contrib.auth.views import LogoutView

        return LogoutView.as_view(next_page="/")(request)

    @transaction.atomic
    def password_change(self, request, extra_context=None):
        from portal.accounts.admin import remember_password

        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            remember_password(user=request.user, by=request.user)
        return response

    def autocomplete_view(self, request):
        return ChoicesWithinReach.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        """The apps from left to right and their records from above, as the strategy is read."""
        found = self._build_app_dict(request, app_label)
        order = [config.label for config in apps.get_app_configs()]
        return sorted(
            found.values(),
            key=lambda app: (app["app_label"] in LAST, order.index(app["app_label"])),
        )

    def index(self, request, extra_context=None):
        from .dashboard import dashboard

        return super().index(request, {**dashboard(self, request), **(extra_context or {})})

    def app_index(self, request, app_label, extra_context=None):
        if not self.get_app_list(request, app_label):
            raise PermissionDenied
        return super().app_index(request, app_label, extra_context)
