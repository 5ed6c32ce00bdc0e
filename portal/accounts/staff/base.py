"""Base classes of the administration: rights, saving through services, choices within reach."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, router, transaction
from django.http import Http404
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import editable_q, may, protected_fields, selectable_q
from portal.common.fields import MeasurementField
from portal.common.languages import LANGUAGES, OWN_NAMES
from portal.common.models import Publishable, Slugged
from portal.common.services import delete_record, save_record, set_links

from .actions import PublishActions
from .fields import LinesField, NumberField
from .forms import StaffForm
from .history import HistoryPage

_SMALL, _LARGE = {"rows": 3}, {"rows": 6}


class ServiceMixin:
    """What pages and inlines share."""

    form = StaffForm

    def has_view_permission(self, request, obj=None):
        return may(request.user, "view", self.model, self.own(obj))

    def has_add_permission(self, request, obj=None):
        return may(request.user, "add", self.model)

    def has_change_permission(self, request, obj=None):
        return may(request.user, "change", self.model, self.own(obj))

    def has_delete_permission(self, request, obj=None):
        return may(request.user, "delete", self.model, self.own(obj))

    def own(self, obj):
        """An inline is asked about its parent, which is judged by its own page."""
        return obj if isinstance(obj, self.model) else None

    def get_queryset(self, request):
        return super().get_queryset(request).filter(editable_q(self.model, request.user))

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        guarded = protected_fields(request.user)
        return [*fixed, *(n for n in self.shown_fields(request, obj) if n in guarded)]

    def shown_fields(self, request, obj) -> list[str]:
        return admin.utils.flatten_fieldsets(self.fieldsets or [(None, {"fields": self.fields})])

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, MeasurementField):
            kwargs["form_class"] = NumberField
        elif isinstance(db_field, models.JSONField):
            kwargs |= {"form_class": LinesField, "widget": forms.Textarea(attrs=_SMALL)}
            return db_field.formfield(**kwargs, encoder=None, decoder=None) if False else LinesField(
                label=db_field.verbose_name, help_text=_("One in a line."), required=False,
                widget=forms.Textarea(attrs=_SMALL),
            )
        elif isinstance(db_field, models.TextField):
            kwargs.setdefault("widget", forms.Textarea(attrs=_LARGE))
        return super().formfield_for_dbfield(db_field, request, **kwargs)
