from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.accounts.staff import ServiceAdmin
from portal.accounts.staff.forms import StaffForm
from portal.common.services import save_record

from ..models import Override

# What was shown, why and by whom stays as it was.
FIXED = ("state", "reason_sl", "reason_en", "name", "starts_on")


class OverrideForm(StaffForm):
    def clean_expires_on(self):
        """A state may end earlier than planned, but not before today: it has been shown."""
        day, planned = self.cleaned_data["expires_on"], self.initial.get("expires_on")
        is_moved = self.instance.pk and day != planned
        if is_moved and not timezone.localdate() <= day <= planned:
            raise ValidationError(
                _(
                    "The end can only move to an earlier day, and not before today. "
                    "To end the state at once, withdraw it."
                )
            )
        return day


@admin.register(Override)
class OverrideAdmin(ServiceAdmin):
    """A state that a person sets in place of the computed one; withdrawn, but never deleted."""

    form = OverrideForm
    list_display = ["subject", "state", "name", "starts_on", "expires_on", "is_in_force"]
    list_select_related = Override.SUBJECTS
    list_filter = ["state"]
    search_fields = [
        *("name", "reason_sl", "reason_en"),
        *(f"{subject}__code" for subject in Override.SUBJECTS),
    ]
    autocomplete_fields = Override.SUBJECTS
    actions = ["withdraw"]
    readonly_fields = ["by", "withdrawn_at"]
    fieldsets = [
        (
            None,
            {
                "fields": [Override.SUBJECTS],
                "description": _("Exactly one goal, objective, measure or indicator."),
            },
        ),
        (
            _("What is shown instead of the computed state"),
            {
                "fields": [
                    "state",
                    ("reason_sl", "reason_en"),
                    "name",
                    ("starts_on", "expires_on"),
                    ("by", "withdrawn_at"),
                ]
            },
        ),
    ]

    def has_change_permission(self, request, obj=None):
        """What was withdrawn is history."""
        return not (obj and obj.withdrawn_at) and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, *Override.SUBJECTS, *FIXED] if obj else fixed

    def get_changeform_initial_data(self, request):
        """Whoever sets a state answers for it, unless they write another name."""
        offices = request.user.memberships.exclude(organisation=None).select_related("organisation")
        parts = [request.user.display_name, *(str(m.organisation) for m in offices[:1])]
        initial = super().get_changeform_initial_data(request)
        return {"name": ", ".join(filter(None, parts)), **initial}

    def complete(self, request, record):
        if not record._state.adding:
            return
        record.by = request.user
        if record.starts_on < timezone.localdate():
            text = _("A state cannot be set for days on which another was shown already.")
            raise ValidationError(text)

    def has_withdraw_permission(self, request):
        return self.has_change_permission(request)

    @admin.action(description=_("Withdraw the selected states"), permissions=["withdraw"])
    def withdraw(self, request, queryset):
        now = timezone.now()
        standing = [record for record in queryset if record.withdrawn_at is None]
        for record in standing:
            record.withdrawn_at = now
            save_record(record=record, by=request.user, at=now)
        count = len(standing)
        text = ngettext("%(count)d state was withdrawn.", "%(count)d states were withdrawn.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)

    @admin.display(description=_("applies to"))
    def subject(self, override):
        return override.subject

    @admin.display(description=_("in force"), boolean=True)
    def is_in_force(self, override):
        return override.is_in_force()
