from modeltranslation.translator import TranslationOptions, register

from .models import Evidence, Measure, Milestone, ProgressReport, Project


@register(Measure)
class MeasureTranslation(TranslationOptions):
    fields = ("title", "slug", "description", "published_text", "lifecycle_reason")


@register(Project)
class ProjectTranslation(TranslationOptions):
    fields = ("title", "slug", "summary")


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("title",)


@register(ProgressReport)
class ProgressReportTranslation(TranslationOptions):
    fields = ("text",)


@register(Evidence)
class EvidenceTranslation(TranslationOptions):
    fields = ("title",)
