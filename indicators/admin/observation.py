from django.contrib import admin

from portal.accounts.staff import ServiceAdmin
from portal.accounts.staff.documents import DocumentInline

from ..models import Observation, ObservationEvidence


class EvidenceInline(DocumentInline):
    model = ObservationEvidence


@admin.register(Observation)
class ObservationAdmin(ServiceAdmin):
    """Values are added on the page of their indicator; here they get their evidence."""

    list_display = ["indicator", "period", "value", "provisional", "translations"]
    list_display_links = ["indicator", "period"]
    list_select_related = ["indicator"]
    list_filter = ["provisional"]
    search_fields = ["period", "indicator__code", "indicator__name_sl", "indicator__name_en"]
    inlines = [EvidenceInline]
    readonly_fields = ["indicator"]
    fields = ["indicator", ("period", "value", "provisional"), "source", ("note_sl", "note_en")]

    def has_add_permission(self, request):
        return False
