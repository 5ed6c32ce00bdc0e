"""What the pages of measures, projects and indicators show of their updates."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .freshness.records import SUBJECTS, UPDATES, with_freshness


class UpdateFilter(admin.SimpleListFilter):
    """Leaves the records whose update is overdue, or due soon."""

    title = _("update")
    parameter_name = "update"

    def lookups(self, request, model_admin):
        return [(key, update.name) for key, update in UPDATES.items()]

    def queryset(self, request, queryset):
        if self.value() not in UPDATES:
            return queryset
        needed = UPDATES[self.value()].condition(timezone.localdate())
        return with_freshness(queryset).filter(needed)


# An app knows only what stands left of it, so the filter is brought to their pages from here.
for page in map(admin.site.get_model_admin, SUBJECTS.values()):
    page.list_filter = [*page.list_filter, UpdateFilter]
