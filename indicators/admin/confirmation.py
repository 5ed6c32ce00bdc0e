from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.accounts.staff import ServiceAdmin

from ..models import Confirmation


@admin.register(Confirmation)
class ConfirmationAdmin(ServiceAdmin):
    """What owners have confirmed, to be read; they confirm on the page that their mail names."""

    list_display = ["on", "subject", "sentence", "by"]
    list_select_related = ["measure", "project", "indicator", "by"]
    search_fields = [
        *("sentence_sl", "sentence_en", "measure__code", "measure__title_sl"),
        *("project__title_sl", "indicator__code", "indicator__name_sl"),
    ]
    date_hierarchy = "on"
    fields = ["subject", "on", ("sentence_sl", "sentence_en"), "by"]
    readonly_fields = ["subject", "by"]

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("of what"))
    def subject(self, confirmation):
        return confirmation.subject
