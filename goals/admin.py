from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.staff import ServiceAdmin, ServiceStackedInline
from portal.accounts.staff.columns import MissingFilter

from .models import (
    Amendment,
    Commitment,
    Fact,
    Goal,
    Objective,
    PreparationEvent,
    Strategy,
    StrategyItem,
)

TEXTS = [("title_sl", "title_en"), ("summary_sl", "summary_en")]
PUBLICATION = (
    _("Publication"),
    {"fields": [("publication", "publish_at"), ("slug_sl", "slug_en")]},
)
PUBLISHED_STATUS = (
    _("Status published by the city"),
    {
        "fields": [
            ("published_state", "published_on"),
            ("published_text_sl", "published_text_en"),
            "published_source",
        ],
        "description": _("What the city itself has published; leave empty if it has said nothing."),
    },
)


class StrategyItemInline(ServiceStackedInline):
    model = StrategyItem
    fields = [("kind", "position"), ("name_sl", "name_en"), ("text_sl", "text_en"), "source"]
    classes = ["collapse"]


class PreparationEventInline(ServiceStackedInline):
    model = PreparationEvent
    fields = [("date", "position"), ("text_sl", "text_en"), "source"]
    classes = ["collapse"]


@admin.register(Strategy)
class StrategyAdmin(ServiceAdmin):
    list_display = ["title", "code", "is_current", "publication_state", "translations"]
    list_filter = ["publication", MissingFilter]
    search_fields = ["code", "title_sl", "title_en"]
    inlines = [StrategyItemInline, PreparationEventInline]
    lacks = {"date": Q(period_end="")}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "is_current"),
                    ("title_sl", "title_en"),
                    ("municipality_sl", "municipality_en"),
                    ("vision_sl", "vision_en"),
                    ("summary_sl", "summary_en"),
                ]
            },
        ),
        (
            _("Validity and adoption"),
            {
                "fields": [
                    ("period_start", "period_end"),
                    ("adopted_on", "adoption_session"),
                    "adoption_document",
                    "sources",
                ]
            },
        ),
        PUBLICATION,
    ]


@admin.register(Amendment)
class AmendmentAdmin(ServiceAdmin):
    list_display = ["title", "code", "strategy", "adopted_on", "session", "translations"]
    list_select_related = ["strategy"]
    list_filter = ["strategy", MissingFilter]
    search_fields = ["code", "title_sl", "title_en"]
    autocomplete_fields = ["strategy"]
    fields = [("strategy", "code"), *TEXTS, ("adopted_on", "session"), "document"]


class CommitmentInline(ServiceStackedInline):
    model = Commitment
    fields = [("text_sl", "text_en"), ("source", "position")]


@admin.register(Goal)
class GoalAdmin(ServiceAdmin):
    list_display = ["code", "title", "content_state", "publication_state", "translations"]
    list_display_links = ["code", "title"]
    list_select_related = ["strategy"]
    list_filter = ["publication", "content_state", MissingFilter, "strategy"]
    search_fields = ["code", "title_sl", "title_en"]
    autocomplete_fields = ["strategy"]
    inlines = [CommitmentInline]
    fieldsets = [
        (None, {"fields": [("strategy", "code"), *TEXTS, "source"]}),
        (
            _("How much is published"),
            {"fields": ["content_state", ("content_note_sl", "content_note_en")]},
        ),
        PUBLISHED_STATUS,
        PUBLICATION,
    ]


class FactInline(ServiceStackedInline):
    model = Fact
    fields = [("text_sl", "text_en"), ("value", "unit", "date"), ("source", "position")]


@admin.register(Objective)
class ObjectiveAdmin(ServiceAdmin):
    list_display = ["code", "title", "goal", "publication_state", "translations"]
    list_display_links = ["code", "title"]
    list_select_related = ["goal"]
    list_filter = ["publication", MissingFilter, "goal"]
    search_fields = ["code", "title_sl", "title_en"]
    autocomplete_fields = ["goal"]
    inlines = [FactInline]
    fieldsets = [
        (None, {"fields": [("goal", "code"), *TEXTS, "source"]}),
        PUBLISHED_STATUS,
        PUBLICATION,
    ]
