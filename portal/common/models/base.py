"""Abstract models that every public record is made of."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ..fields import PartialDateField
from ..languages import LANGUAGES, active_language, other_languages
from ..slugs import MAX_SLUG_LENGTH, validate_slug
from ..states import Publication, PublishedState


class Record(models.Model):
    """A row that knows when it was first recorded and last changed."""

    created_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        abstract = True


class Sampled(models.Model):
    """A row that may belong to the sample data; whatever shows one says so."""

    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        abstract = True


def _filled(column: str) -> Q:
    return Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})


def _empty(column: str) -> Q:
    return Q(**{f"{column}__isnull": True}) | Q(**{column: ""})


def filled_everywhere(*fields: str) -> Q:
    """The condition that ``fields`` have a text in every language: not null and not empty."""
    complete = Q()
    for field in fields:
        for language in LANGUAGES:
            complete &= _filled(f"{field}_{language}")
    return complete


def exactly_one(*columns: str) -> Q:
    """The condition that one of the nullable ``columns`` is set and the others are not."""
    condition = Q()
    for chosen in columns:
        condition |= Q(**{f"{column}__isnull": column != chosen for column in columns})
    return condition


def both_languages_when_public(
    name: str, *, needed: tuple[str, ...], paired: tuple[str, ...] = ()
) -> models.CheckConstraint:
    """Let nothing become public in one language only.

    ``needed`` fields are filled in every language; ``paired`` ones in all languages or in none. A
    CHECK passes on NULL, hence "not null and not empty".
    """
    complete = filled_everywhere(*needed)
    for field in paired:
        nowhere = Q()
        for language in LANGUAGES:
            nowhere &= _empty(f"{field}_{language}")
        complete &= filled_everywhere(field) | nowhere
    hidden = Q(publication__in=[Publication.DRAFT, Publication.ARCHIVED])
    return models.CheckConstraint(
        name=name,
        condition=hidden | complete,
        violation_error_message=_("To be published, every text is needed in both languages."),
    )


class Publishable(Record):
    """A record with a publication state; public when published or when its time has come."""

    publication = models.CharField(
        _("publication"), max_length=10, choices=Publication, default=Publication.DRAFT
    )
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        help_text=_("Needed for a scheduled publication only."),
    )

    # Lookups to the records above this one; it is public only if one of them that is set is.
    public_parents: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @classmethod
    def public_q(cls, on: datetime | None = None, prefix: str = "") -> Q:
        """The condition under which everybody may see a record, those above it included."""
        on = on or timezone.now()
        due = Q(
            **{
                f"{prefix}publication": Publication.SCHEDULED,
                f"{prefix}publish_at__lte": on,
            }
        )
        public = Q(**{f"{prefix}publication": Publication.PUBLISHED}) | due
        if not cls.public_parents:
            return public
        above = Q()
        for parent in cls.public_parents:
            model = cls._meta.get_field(parent).related_model
            above |= model.public_q(on, f"{prefix}{parent}__")
        return public & above

    def is_public(self, on: datetime | None = None) -> bool:
        """Say whether everybody may see this record now, its own state only."""
        if self.publication == Publication.SCHEDULED:
            return bool(self.publish_at and self.publish_at <= (on or timezone.now()))
        return self.publication == Publication.PUBLISHED


def scheduled_needs_time(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=~Q(publication=Publication.SCHEDULED) | Q(publish_at__isnull=False),
        violation_error_message=_("A scheduled publication needs its time."),
    )


def slugs_unique(model: str, *, within: str) -> list[models.UniqueConstraint]:
    """Let no two records beside each other have the same address in a language."""
    return [
        models.UniqueConstraint(
            fields=[within, f"slug_{language}"],
            condition=~Q(**{f"slug_{language}": ""}),
            name=f"{model}_slug_{language}_unique",
            violation_error_message=_("Another record beside this one has this address already."),
        )
        for language in LANGUAGES
    ]


def stay_in_strategy(record: models.Model, parent: models.Model) -> None:
    """Give a new record the strategy of its parent; refuse to move it to another strategy.

    What stands below the record would otherwise stay behind in the old one.
    """
    if record.pk and record.strategy_id and record.strategy_id != parent.strategy_id:
        raise ValidationError(_("This would move the record to another strategy."))
    record.strategy_id = parent.strategy_id


class Slugged(models.Model):
    """A record with an address of its own in each language; former addresses are kept.

    Concrete models define ``url_in`` and have their ``SlugHistory`` under ``old_slugs``.
    """

    slug = models.CharField(
        _("address"),
        max_length=MAX_SLUG_LENGTH,
        blank=True,
        validators=[validate_slug],
        help_text=_("The record's part of the page address. Former addresses keep leading here."),
    )

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return self.url_in(active_language())

    def url_in(self, language: str) -> str:
        """Return the path of this record's page in one language."""
        with override(language):
            return self.path(language)

    def path(self, language: str) -> str:
        """Return the path for the active ``language``."""
        raise NotImplementedError

    def slug_in(self, language: str) -> str:
        """Return this record's part of an address.

        What is public has one in every language; a draft that lacks one is previewed under that of
        the other language, or under a hyphen, where nothing answers.
        """
        slugs = (getattr(self, f"slug_{code}") for code in (language, *other_languages(language)))
        return next(filter(None, slugs), "-")


class SlugHistory(models.Model):
    """A former address of a record, which answers with a redirect."""

    language = models.CharField(max_length=2)
    slug = models.CharField(max_length=MAX_SLUG_LENGTH, db_index=True)
    retired_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-retired_at"]

    def __str__(self) -> str:
        return f"{self.language}: {self.slug}"


class PublishedStatus(models.Model):
    """The status that the city has published in its own words; empty if it has published none."""

    published_state = models.CharField(
        _("published status"), max_length=16, choices=PublishedState, blank=True, default=""
    )
    published_text = models.CharField(_("wording of the status"), max_length=500, blank=True)
    published_on = PartialDateField(_("status as of"))
    published_source = models.URLField(_("source of the status"), max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def published_meaning(self) -> str:
        """What the published status means, ``""`` without one."""
        return PublishedState(self.published_state).meaning if self.published_state else ""
