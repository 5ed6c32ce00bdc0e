from modeltranslation.translator import TranslationOptions, register

from .models import District, Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "slug")


@register(District)
class DistrictTranslation(TranslationOptions):
    fields = ("name",)
