from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.fields import Field

from goals.admin import PUBLICATION, GoalAdmin, ObjectiveAdmin
from goals.models import Goal, Objective
from measures.admin import MeasureAdmin
from measures.models import Measure
from portal.accounts.models import Organisation
from portal.accounts.staff import (
    CodeWidget,
    ExchangeAdmin,
    ServiceResource,
    ServiceStackedInline,
    ServiceTabularInline,
)
from portal.accounts.staff.columns import ORGANISATION_FILTER, MissingFilter
from portal.accounts.staff.fields import NumberField

from ..models import CriteriaVersion, ExternalEvent, Indicator, Observation, Target

SMALL_TEXT = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})}}


class TargetInline(ServiceStackedInline):
    model = Target
    fields = [
        ("operator", "value", "value_high"),
        ("per", "units"),
        ("by", "by_precision"),
        ("event_sl", "event_en"),
        ("text_sl", "text_en"),
    ]


class ObservationInline(ServiceTabularInline):
    model = Observation
    fields = ["period", "value", "provisional", "source", "note_sl", "note_en", "documents"]
    readonly_fields = ["documents"]
    formfield_overrides = {**ServiceTabularInline.formfield_overrides, **SMALL_TEXT}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(document_count=Count("evidence"))

    @admin.display(description=_("evidence"))
    def documents(self, observation):
        if observation.pk is None:
            return "–"  # documents come after the value
        url = reverse("admin:indicators_observation_change", args=[observation.pk])
        count = observation.document_count
        text = ngettext("%(count)d document", "%(count)d documents", count) % {"count": count}
        return format_html('<a href="{}">{}</a>', url, text)


class CriteriaInline(ServiceStackedInline):
    """New criteria are added; those that were judged by stay as they are."""

    model = CriteriaVersion
    fields = [
        "valid_from",
        ("text_sl", "text_en"),
        ("at_risk_below", "behind_below", "unmoved_until"),
        ("grace_days", "stale_after_days"),
    ]
    formfield_overrides = {
        **ServiceStackedInline.formfield_overrides,
        models.DecimalField: {"form_class": NumberField},
    }


class EventInline(ServiceTabularInline):
    model = ExternalEvent
    fields = ["happened_on", "title_sl", "title_en"]


class IndicatorResource(ServiceResource):
    goal = Field("goal", widget=CodeWidget(Goal))
    objective = Field("objective", widget=CodeWidget(Objective))
    measure = Field("measure", widget=CodeWidget(Measure))
    organisation = Field("organisation", widget=CodeWidget(Organisation))

    class Meta:
        model = Indicator
        fields = (
            *("code", "goal", "objective", "measure", "name_sl", "name_en", "kind"),
            *("unit_sl", "unit_en", "direction", "note_sl", "note_en", "baseline_value"),
            *("baseline_date", "baseline_source", "organisation", "update_rhythm"),
            *("publication", "publish_at", "slug_sl", "slug_en", "sample"),
        )


@admin.register(Indicator)
class IndicatorAdmin(ExchangeAdmin):
    resource_classes = [IndicatorResource]
    list_display = ["code", "name", "parent", "organisation", "publication_state", "translations"]
    list_display_links = ["code", "name"]
    list_select_related = ["goal", "objective", "measure", "organisation"]
    list_filter = ["publication", MissingFilter, "kind", ORGANISATION_FILTER]
    search_fields = ["code", "name_sl", "name_en"]
    autocomplete_fields = ["goal", "objective", "measure", "organisation", "owner", "deputy"]
    inlines = [TargetInline, ObservationInline, EventInline, CriteriaInline]
    lacks = {
        "organisation": Q(organisation=None, measure__organisation=None),
        "date": Q(availability=Indicator.Availability.MEASURED)
        & ~Exists(Target.objects.filter(indicator=OuterRef("pk")).exclude(by="", per="")),
    }
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "code",
                    ("name_sl", "name_en"),
                    ("kind", "direction"),
                    ("unit_sl", "unit_en"),
                    ("note_sl", "note_en"),
                ]
            },
        ),
        (
            _("What it measures"),
            {
                "fields": [("measure", "objective", "goal")],
                "description": _("Exactly one measure, objective or goal."),
            },
        ),
        (
            _("How it is counted"),
            {
                "fields": [
                    "accumulation",
                    "availability",
                    ("availability_reason_sl", "availability_reason_en"),
                ],
                "description": _("What is not measured needs a reason, which everybody reads."),
            },
        ),
        (_("Baseline"), {"fields": [("baseline_value", "baseline_date"), "baseline_source"]}),
        (
            _("Who is responsible"),
            {
                "fields": [("organisation", "update_rhythm"), ("owner", "deputy")],
                "description": _(
                    "An indicator without an organisation of its own takes that of its measure."
                ),
            },
        ),
        PUBLICATION,
    ]

    @admin.display(description=_("belongs to"))
    def parent(self, indicator):
        return indicator.parent.code


class IndicatorInline(ServiceTabularInline):
    """The indicators of a promise, each with a link to its own page."""

    model = Indicator
    fields = readonly_fields = ["page", "name", "kind", "publication"]
    verbose_name_plural = _("indicators")
    edited_here = False

    @admin.display(description=_("code"))
    def page(self, indicator):
        url = reverse("admin:indicators_indicator_change", args=[indicator.pk])
        return format_html('<a href="{}">{}</a>', url, indicator.code)

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission


# An app knows only what stands left of it, so the indicators bring their list to those pages.
for page in (GoalAdmin, ObjectiveAdmin, MeasureAdmin):
    page.inlines = [IndicatorInline, *page.inlines]
