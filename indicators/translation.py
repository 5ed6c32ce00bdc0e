from modeltranslation.translator import TranslationOptions, register

from .models import (
    Confirmation,
    CriteriaVersion,
    ExternalEvent,
    Indicator,
    Observation,
    ObservationEvidence,
    Override,
    Target,
)


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("name", "slug", "unit", "note", "availability_reason")


@register(Target)
class TargetTranslation(TranslationOptions):
    fields = ("text", "event")


@register(Observation)
class ObservationTranslation(TranslationOptions):
    fields = ("note",)


@register(CriteriaVersion)
class CriteriaVersionTranslation(TranslationOptions):
    fields = ("text",)


@register(ExternalEvent)
class ExternalEventTranslation(TranslationOptions):
    fields = ("title",)


@register(ObservationEvidence)
class ObservationEvidenceTranslation(TranslationOptions):
    fields = ("title",)


@register(Override)
class OverrideTranslation(TranslationOptions):
    fields = ("reason",)


@register(Confirmation)
class ConfirmationTranslation(TranslationOptions):
    fields = ("sentence",)
