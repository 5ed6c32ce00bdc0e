"""Columns and filters that lists of records share."""

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, Q
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.common.models import Publishable
from portal.common.states import Publication
from portal.common.translations import missing_translation_q, missing_translations, split_column


def missing_q(model_admin: admin.ModelAdmin, what: str) -> Q:
    """The condition for rows that lack an organisation, an owner, a translation or a date."""
    if what == "translation":
        return missing_translation_q(model_admin.model)
    if what in model_admin.lacks:
        return model_admin.lacks[what]
    return Q(**{f"{what}__isnull": True})


def lackable(model_admin: admin.ModelAdmin) -> dict[str, str]:
    """Return what the records of this page may lack, with its name."""
    columns = {field.name for field in model_admin.model._meta.fields}
    names = {
        "organisation": _("responsible organisation"),
        "owner": _("owner"),
        "head": _("head"),
    }
    found = {what: name for what, name in names.items() if what in columns}
    found["translation"] = _("translation")
    if "date" in model_admin.lacks:
        found["date"] = _("date")
    return found


class MissingFilter(admin.SimpleListFilter):
    """Leaves the records that lack something."""

    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        self.model_admin = model_admin
        return list(lackable(model_admin).items())

    def queryset(self, request, queryset):
        if self.value() in dict(self.lookup_choices):
            return queryset.filter(missing_q(self.model_admin, self.value()))
        return queryset


# Offers the organisations that occur in the list.
ORGANISATION_FILTER = ("organisation", admin.RelatedOnlyFieldListFilter)


class Columns:
    """The columns “publication” and “translations”."""

    # When a record lacks an organisation or a date, where that is more than an empty column.
    lacks: dict[str, Q] = {}

    @admin.display(description=_("publication"), ordering="publication")
    def publication_state(self, record: Publishable):
        return format_html(
            '<span class="state" data-publication="{}">{}</span>',
            record.publication,
            self._publication(record),
        )

    @staticmethod
    def _publication(record: Publishable) -> str:
        if record.publication == Publication.SCHEDULED and record.is_public():
            return Publication.PUBLISHED.label
        return record.get_publication_display()

    @admin.display(description=_("translations"))
    def translations(self, record: Model):
        missing = {split_column(type(record), column)[1] for column in missing_translations(record)}
        if not missing:
            return gettext("complete")
        names = dict(settings.LANGUAGES)
        rows = (
            (gettext("missing: %(language)s") % {"language": names[language]},)
            for language in sorted(missing)
        )
        return format_html_join(" ", '<strong class="missing-mark">{}</strong>', rows)
