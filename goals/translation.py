from modeltranslation.translator import TranslationOptions, register

from .models import Amendment, Commitment, Fact, Goal, Objective, PreparationEvent, Strategy
from .models import StrategyItem as Item


@register(Strategy)
class StrategyTranslation(TranslationOptions):
    fields = ("title", "municipality", "slug", "vision", "summary")


@register(Amendment)
class AmendmentTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Item)
class StrategyItemTranslation(TranslationOptions):
    fields = ("name", "text")


@register(PreparationEvent)
class PreparationEventTranslation(TranslationOptions):
    fields = ("text",)


@register(Goal)
class GoalTranslation(TranslationOptions):
    fields = ("title", "slug", "summary", "content_note", "published_text")


@register(Commitment)
class CommitmentTranslation(TranslationOptions):
    fields = ("text",)


@register(Objective)
class ObjectiveTranslation(TranslationOptions):
    fields = ("title", "slug", "summary", "published_text")


@register(Fact)
class FactTranslation(TranslationOptions):
    fields = ("text",)
