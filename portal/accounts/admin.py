from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, ReadOnlyPasswordHashField
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.fields import Field

from portal.common import ledger, outbox
from portal.common.models import AuditEntry, Delivery, OutboxMessage
from portal.common.services import remember

from .models import District, Membership, Organisation, User
from .permissions import may
from .staff import CodeWidget, ExchangeAdmin, ServiceAdmin, ServiceResource, ServiceTabularInline
from .staff.columns import MissingFilter
from .staff.forms import StaffForm
from .staff.history import change_list, kind_of

PAIRED_NAMES = (("name_sl", "name_en"), ("slug_sl", "slug_en"))


class OrganisationResource(ServiceResource):
    parent = Field("parent", widget=CodeWidget(Organisation))

    class Meta:
        model = Organisation
        fields = ("code", "name_sl", "name_en", "parent", "kind", "contact", "sample")


@admin.register(Organisation)
class OrganisationAdmin(ExchangeAdmin):
    resource_classes = [OrganisationResource]
    list_display = ["code", "name", "kind", "parent", "translations"]
    list_display_links = ["code", "name"]
    list_select_related = ["parent"]
    list_filter = ["kind", MissingFilter]
    search_fields = ["code", "name_sl", "name_en"]
    autocomplete_fields = ["parent", "head"]
    fieldsets = [
        (None, {"fields": ["code", PAIRED_NAMES[0], ("kind", "parent"), "contact", "head"]}),
        (_("Address of the page"), {"fields": [PAIRED_NAMES[1]]}),
    ]


@admin.register(District)
class DistrictAdmin(ServiceAdmin):
    list_display = ["code", "name", "translations"]
    list_display_links = ["code", "name"]
    search_fields = ["code", "name_sl", "name_en"]
    fieldsets = [(None, {"fields": ["code", PAIRED_NAMES[0]]})]


class MembershipInline(ServiceTabularInline):
    model = Membership
    fields = ["role", "organisation"]
    autocomplete_fields = ["organisation"]


class UserForm(StaffForm):
    """A change of an account; one's own rights are another administrator's business."""

    own_account = False
    password = ReadOnlyPasswordHashField(label=_("Password"), required=False)

    def clean(self):
        for name in ("is_active", "is_staff", "is_superuser"):
            if self.own_account and self.cleaned_data.get(name) is False:
                self.add_error(name, _("Ask another administrator to take this right from you."))
        return self.cleaned_data


class NewUserForm(StaffForm, AdminUserCreationForm):
    filled_in_later = frozenset({"password"})  # hashed when the form is saved

    class Meta:
        model = User
        fields = ["email", "display_name"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(ServiceAdmin, StockUserAdmin):
    """Accounts; only administrators come here."""

    form = UserForm
    add_form = NewUserForm
    inlines = [MembershipInline]
    list_display = ["email", "display_name", "is_staff", "is_superuser", "is_active"]
    list_filter = ["is_staff", "is_superuser", "is_active", "memberships__role"]
    search_fields = ["email", "display_name"]
    ordering = ["email"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password", "display_name", "language"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "display_name", "language", "is_staff"]}),
        (_("Password"), {"fields": ["usable_password", "password1", "password2"]}),
    ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.own_account = obj is not None and obj.pk == request.user.pk
        return form

    def has_delete_permission(self, request, obj=None):
        return obj != request.user and super().has_delete_permission(request, obj)

    def get_actions(self, request):
        return {}  # accounts are deleted one by one, if at all

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        # An address that is no longer the account's must not open it.
        EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete()

    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            remember_password(user=self.get_object(request, id), by=request.user)
        return response


def remember_password(*, user: User, by: User) -> None:
    """Write in the history that a password was changed, and never what it is."""
    remember(
        record=user, action=AuditEntry.Action.CHANGED, changes={"password": [None, None]}, by=by
    )


@admin.register(AuditEntry)
class AuditEntryAdmin(ServiceAdmin):
    """The whole history, to be read and searched only."""

    list_display = ["at", "who", "action", "kind", "label", "source"]
    list_display_links = ["label"]
    list_filter = ["action", "source", "at"]
    list_select_related = ["by"]
    search_fields = ["label", "by__display_name", "by__email"]
    date_hierarchy = "at"
    fields = ["at", "who", "source", "action", "kind", "label", "what_changed"]
    readonly_fields = fields

    @admin.display(description=_("person"), ordering="by")
    def who(self, entry):
        return entry.by or "–"

    @admin.display(description=_("kind of record"), ordering="model")
    def kind(self, entry):
        return kind_of(entry)

    @admin.display(description=_("what changed"))
    def what_changed(self, entry):
        return change_list(entry)


class TryAgain:
    """What the machinery could not do: to be read, and to be tried once more, by administrators."""

    actions = ["try_again"]

    def has_try_again_permission(self, request):
        return may(request.user, "view", self.model)

    @admin.action(description=_("Try the selected ones again"), permissions=["try_again"])
    def try_again(self, request, queryset):
        failed = list(self.failed(queryset))
        for record in failed:
            self.put_back(record, request.user)
        text = ngettext(
            "%(count)d will be tried again shortly.",
            "%(count)d will be tried again shortly.",
            len(failed),
        )
        self.message_user(request, text % {"count": len(failed)}, messages.SUCCESS)


@admin.register(OutboxMessage)
class OutboxMessageAdmin(TryAgain, ServiceAdmin):
    """Work that waits; what has failed comes first."""

    list_display = ["key", "topic", "attempts", "due_at", "last_error_line"]
    list_filter = ["topic"]
    search_fields = ["key", "last_error"]
    ordering = ["-attempts", "due_at"]
    fields = ["topic", "key", "payload", "created_at", "due_at", "attempts", "last_error"]
    readonly_fields = fields

    @admin.display(description=_("last error"))
    def last_error_line(self, message):
        return message.last_error[:100]

    def failed(self, queryset):
        return queryset.failing()

    def put_back(self, message, by):
        outbox.try_again(message=message, by=by)


@admin.register(Delivery)
class DeliveryAdmin(TryAgain, ServiceAdmin):
    """Mail of the portal: sent, waiting or given up."""

    list_display = ["kind", "recipient", "state", "attempts", "next_at", "sent_at"]
    list_select_related = ["event", "recipient"]
    list_filter = ["state", "event__kind"]
    search_fields = ["event__key", "recipient__email", "last_error"]
    fields = ["event", "recipient", "state", "attempts", "next_at", "sent_at", "last_error"]
    readonly_fields = fields

    @admin.display(description=_("kind"), ordering="event__kind")
    def kind(self, delivery):
        return delivery.event.kind

    def failed(self, queryset):
        return queryset.dead()

    def put_back(self, delivery, by):
        ledger.try_again(delivery=delivery, by=by)
