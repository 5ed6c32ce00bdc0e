"""Base classes of the administration: rights, choices within reach, saving through services."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import editable_q, may, protected_fields, selectable_q
from portal.common.fields import MeasurementField
from portal.common.services import delete_record, save_record, set_links

from .actions import PublishActions
from .columns import Columns
from .fields import ChoiceBox, ChoicesBox, DateAndTime, LinesField, NumberField
from .forms import StaffForm
from .history import HistoryPage
from .preview import preview_links


class ServiceMixin:
    """What pages and their inlines share: rights, fields and choices."""

    form = StaffForm
    formfield_overrides = {
        MeasurementField: {"form_class": NumberField},
        models.JSONField: {"form_class": LinesField, "widget": forms.Textarea(attrs={"rows": 3})},
        models.DateTimeField: {"widget": DateAndTime},
        models.URLField: {"assume_scheme": "https"},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 5})},
    }

    def has_view_permission(self, request, obj=None):
        return may(request.user, "view", self.model, self._own(obj))

    def has_add_permission(self, request, obj=None):
        return may(request.user, "add", self.model)

    def has_change_permission(self, request, obj=None):
        return may(request.user, "change", self.model, self._own(obj))

    def has_delete_permission(self, request, obj=None):
        return may(request.user, "delete", self.model, self._own(obj))

    def _own(self, obj):
        """An inline is asked about its parent, which is judged by the page of the parent."""
        return obj if isinstance(obj, self.model) else None

    def get_queryset(self, request):
        return super().get_queryset(request).filter(editable_q(self.model, request.user))

    def get_readonly_fields(self, request, obj=None):
        fixed, guarded = super().get_readonly_fields(request, obj), protected_fields(request.user)
        shown = flatten_fieldsets(self.fieldsets or [(None, {"fields": self.fields or ()})])
        return [*fixed, *(name for name in shown if name in guarded and name not in fixed)]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self.choices_of(db_field, request))
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", ChoiceBox(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self.choices_of(db_field, request))
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", ChoicesBox(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def choices_of(self, db_field, request):
        """What this person may choose, and what is chosen already."""
        target = db_field.remote_field.model
        within_reach = selectable_q(target, request.user)
        key = request.resolver_match and request.resolver_match.kwargs.get("object_id")
        if key and str(key).isdecimal() and db_field.model is self.model and db_field.many_to_one:
            chosen = self.model._base_manager.filter(pk=key).values(db_field.attname)
            within_reach |= models.Q(pk__in=chosen)
        return target._default_manager.filter(within_reach)

    def get_view_on_site_url(self, obj=None):
        return None  # the page of a record names its addresses in both languages instead


class ServiceInline(ServiceMixin):
    extra = 0
    edited_here = True  # and so part of the history of the page

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.parent_link = formset.fk.name
        return formset


class ServiceTabularInline(ServiceInline, admin.TabularInline):
    pass


class ServiceStackedInline(ServiceInline, admin.StackedInline):
    pass


class ServiceAdmin(ServiceMixin, Columns, PublishActions, HistoryPage, admin.ModelAdmin):
    """A page of the administration whose every write goes through a service."""

    list_per_page = 50
    save_on_top = False

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refused = getattr(request, "refused", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form again with what a service objected to, nothing having been stored."""
        if "_saveasnew" in request.POST:
            raise PermissionDenied
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            request.refused = error
        except IntegrityError:
            request.refused = ValidationError(
                _("Somebody has just saved something that contradicts this. Please check and save.")
            )
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        context["preview_links"] = preview_links(kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404  # what is not yours is not there

    def complete(self, request, record):
        """Fill in what the form does not ask for, before ``record`` is saved."""

    def save_model(self, request, obj, form, change):
        self.complete(request, obj)
        save_record(record=obj, by=request.user)

    def save_related(self, request, form, formsets, change):
        for field in form._meta.model._meta.many_to_many:
            if field.name in form.cleaned_data:
                targets = form.cleaned_data[field.name]
                set_links(record=form.instance, name=field.name, targets=targets, by=request.user)
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request, form, formset, change):
        changed = formset.save(commit=False)
        for record in formset.deleted_objects:
            delete_record(record=record, by=request.user)
        for record in changed:
            self.complete(request, record)
            try:
                save_record(record=record, by=request.user)
            except ValidationError as error:
                named = [f"{record._meta.verbose_name} {record}: {text}" for text in error.messages]
                raise ValidationError(named) from error

    def delete_model(self, request, obj):
        for inline in self.get_inline_instances(request, obj):
            for record in inline.get_formset(request, obj)(instance=obj).get_queryset():
                if inline.has_delete_permission(request, obj):
                    delete_record(record=record, by=request.user)
        delete_record(record=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for record in queryset:
            self.delete_model(request, record)

    def log_addition(self, request, obj, message):
        """The history is written by the services."""

    def log_change(self, request, obj, message):
        """The history is written by the services."""

    def log_deletions(self, request, queryset):
        """The history is written by the services."""
