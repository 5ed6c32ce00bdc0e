from modeltranslation.translator import TranslationOptions, register

from .models import Indicator, Observation, Target


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("name", "slug", "unit", "note")


@register(Target)
class TargetTranslation(TranslationOptions):
    fields = ("text", "event")


@register(Observation)
class ObservationTranslation(TranslationOptions):
    fields = ("note",)
