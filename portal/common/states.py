"""The closed vocabularies of the portal, each word with its meaning."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Publication(models.TextChoices):
    """Who may see a record: only ``published`` ones, and ``scheduled`` ones whose time has come."""

    DRAFT = "draft", pgettext_lazy("publication", "draft")
    SCHEDULED = "scheduled", pgettext_lazy("publication", "scheduled")
    PUBLISHED = "published", pgettext_lazy("publication", "published")
    ARCHIVED = "archived", pgettext_lazy("publication", "archived")


class PublishedState(models.TextChoices):
    """What the city itself has published about the progress of a promise."""

    ACHIEVED = "achieved", pgettext_lazy("published status", "achieved")
    PARTLY_ACHIEVED = "partly_achieved", pgettext_lazy("published status", "partly achieved")
    IN_PROGRESS = "in_progress", pgettext_lazy("published status", "in progress")
    NOT_STARTED = "not_started", pgettext_lazy("published status", "not started")

    @property
    def meaning(self) -> str:
        """What the word promises to a reader, and what it does not."""
        return {
            "achieved": _("The city says that this promise has been kept."),
            "partly_achieved": _("The city says that this promise has been kept in part."),
            "in_progress": _(
                "The city says that work is under way; it does not say how far it is."
            ),
            "not_started": _("The city says that work has not begun."),
        }[self.value]


class ProgressState(models.TextChoices):
    """How far a promise is by the portal's own rules, in the order of lists."""

    ACHIEVED = "achieved", pgettext_lazy("progress", "achieved")
    ON_TRACK = "on_track", pgettext_lazy("progress", "on track")
    AT_RISK = "at_risk", pgettext_lazy("progress", "at risk")
    BEHIND = "behind", pgettext_lazy("progress", "behind")
    NOT_STARTED = "not_started", pgettext_lazy("progress", "not started")
    NO_DATA = "no_data", pgettext_lazy("progress", "no data")
    STALE = "stale", pgettext_lazy("progress", "stale data")
    NOT_MEASURABLE = "not_measurable", pgettext_lazy("progress", "not measurable")
    DISCONTINUED = "discontinued", pgettext_lazy("progress", "discontinued")

    @property
    def meaning(self) -> str:
        """What the word says to a reader, and what it does not."""
        return {
            "achieved": _("The target has been reached, or everything below it."),
            "on_track": _("As much has been done as was expected by the day of the data."),
            "at_risk": _("Less has been done than was expected."),
            "behind": _("Far less has been done than was expected, or a date was missed."),
            "not_started": _("Nothing has moved yet, and it need not have by now."),
            "no_data": _("A value is missing. That says nothing about the work itself."),
            "stale": _("There were values, but the latest is older than its rhythm allows."),
            "not_measurable": _("It cannot be measured as it is written, or has no target."),
            "discontinued": _("It is no longer pursued; the reason is given."),
        }[self.value]

    @property
    def token(self) -> str:
        """The colour of the state: a custom property of the style sheet."""
        quiet = {"not_started", "no_data", "not_measurable", "discontinued"}
        return f"--color-{'quiet' if self.value in quiet else self.value.replace('_', '-')}"


class ContentState(models.TextChoices):
    """How much of a goal's content the city has published so far."""

    COMPLETE = "complete", _("published in full")
    PARTIAL = "partial", _("published in part")
    NONE = "none", _("not published yet")
