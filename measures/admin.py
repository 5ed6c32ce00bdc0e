from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from goals.admin import PUBLICATION, PUBLISHED_STATUS
from goals.models import Objective
from portal.accounts.models import Organisation
from portal.accounts.staff import (
    CodeWidget,
    ExchangeAdmin,
    ServiceAdmin,
    ServiceResource,
    ServiceStackedInline,
    ServiceTabularInline,
)
from portal.accounts.staff.columns import ORGANISATION_FILTER, MissingFilter
from portal.accounts.staff.documents import DocumentInline
from portal.accounts.staff.fields import EurosField
from portal.accounts.staff.forms import StaffForm

from .models import BudgetLine, Evidence, Measure, Milestone, ProgressReport, Project

RESPONSIBILITY = (
    _("Who is responsible"),
    {"fields": [("organisation", "update_rhythm"), ("owner", "deputy"), "partners"]},
)


class BudgetLineForm(StaffForm):
    """Money is written in euros; whole cents are stored."""

    planned = EurosField(label=_("planned (€)"), required=False)
    committed = EurosField(label=_("committed (€)"), required=False)
    spent = EurosField(label=_("spent (€)"), required=False)


class BudgetLineInline(ServiceTabularInline):
    model = BudgetLine
    form = BudgetLineForm
    fields = ["year", "planned", "committed", "spent", "source"]


class ReportInline(ServiceStackedInline):
    """Documents that prove a report are added on the report's own page."""

    model = ProgressReport
    fields = [("date", "claimed_state"), ("text_sl", "text_en"), ("publication", "publish_at")]
    show_change_link = True


class WithReports:
    """A page on which reports are written."""

    def complete(self, request, record):
        if isinstance(record, ProgressReport) and record._state.adding:
            record.author = request.user


class MilestoneInline(ServiceStackedInline):
    model = Milestone
    fields = [("title_sl", "title_en"), ("due", "done_on")]


class MeasureResource(ServiceResource):
    objective = Field("objective", widget=CodeWidget(Objective))
    organisation = Field("organisation", widget=CodeWidget(Organisation))

    class Meta:
        model = Measure
        fields = (
            *("code", "objective", "title_sl", "title_en", "description_sl", "description_en"),
            *("source", "organisation", "partners", "update_rhythm", "published_state"),
            *("published_text_sl", "published_text_en", "published_on", "published_source"),
            *("publication", "publish_at", "slug_sl", "slug_en", "sample"),
        )


@admin.register(Measure)
class MeasureAdmin(WithReports, ExchangeAdmin):
    resource_classes = [MeasureResource]
    list_display = ["code", "title", "organisation", "owner", "publication_state", "translations"]
    list_display_links = ["code", "title"]
    list_select_related = ["organisation", "owner"]
    list_filter = [
        *("publication", MissingFilter, "lifecycle", "published_state", ORGANISATION_FILTER)
    ]
    search_fields = ["code", "title_sl", "title_en"]
    autocomplete_fields = [
        *("objective", "organisation", "owner", "deputy", "amendment", "successors")
    ]
    inlines = [ReportInline, BudgetLineInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("objective", "code"),
                    ("title_sl", "title_en"),
                    ("description_sl", "description_en"),
                    "source",
                ]
            },
        ),
        RESPONSIBILITY,
        PUBLISHED_STATUS,
        (
            _("Changes by the council"),
            {
                "fields": [
                    ("lifecycle", "amendment"),
                    ("lifecycle_reason_sl", "lifecycle_reason_en"),
                    "successors",
                ],
                "classes": ["collapse"],
            },
        ),
        PUBLICATION,
    ]


@admin.register(Project)
class ProjectAdmin(WithReports, ServiceAdmin):
    list_display = ["title", "organisation", "owner", "status", "publication_state", "translations"]
    list_select_related = ["organisation", "owner"]
    list_filter = ["publication", MissingFilter, "status", ORGANISATION_FILTER]
    search_fields = ["title_sl", "title_en"]
    autocomplete_fields = [
        *("strategy", "organisation", "owner", "deputy", "goals", "objectives", "measures")
    ]
    inlines = [MilestoneInline, BudgetLineInline, ReportInline]
    lacks = {"date": Q(end="")}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "strategy",
                    ("title_sl", "title_en"),
                    ("summary_sl", "summary_en"),
                    "source",
                ]
            },
        ),
        (
            _("What it serves"),
            {"fields": ["goals", "objectives", "measures"]},
        ),
        (_("Status and dates"), {"fields": [("status", "published_on"), ("start", "end")]}),
        RESPONSIBILITY,
        PUBLICATION,
    ]


class EvidenceInline(DocumentInline):
    model = Evidence


@admin.register(ProgressReport)
class ProgressReportAdmin(ServiceAdmin):
    """Reports are added on the page of their measure or project; here they get their evidence."""

    list_display = ["date", "subject", "claimed_state", "publication_state", "translations"]
    list_display_links = ["date", "subject"]
    list_select_related = ["measure", "project"]
    list_filter = ["publication", MissingFilter, "claimed_state"]
    search_fields = [
        *("text_sl", "text_en", "measure__code", "measure__title_sl", "project__title_sl")
    ]
    date_hierarchy = "date"
    inlines = [EvidenceInline]
    readonly_fields = ["subject", "author"]
    fields = [
        "subject",
        ("date", "claimed_state"),
        ("text_sl", "text_en"),
        ("publication", "publish_at"),
        "author",
    ]

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("measure or project"))
    def subject(self, report):
        return report.measure or report.project
