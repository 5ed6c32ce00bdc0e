"""The list behind a number of the overview: one row per assessment."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db.models import Max, OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.models import Assessment, Target
from indicators.querysets import AssessmentQuerySet
from portal.accounts.models import Organisation
from portal.common.languages import text_in
from portal.common.query import asking, parameter
from portal.common.states import ProgressState

from .selection import GROUP_NAMES, LEVELS, NOBODY, PICKS, Selection, Wanted
from .words import percent

PAGE_SIZE = 50
_PLACES = {
    "goal": ("goal",),
    "objective": ("objective__goal",),
    "measure": ("measure__objective__goal", "measure__organisation"),
    "indicator": ("indicator__organisation", "indicator__measure__organisation"),
}
HEADERS = (
    *("level", "code", "title_sl", "title_en", "state", "state_before", "share_done"),
    *("shown_since", "due_on", "organisation", "sample"),
)


@dataclass(frozen=True)
class Listing:
    """Which list is asked for: a level, one of ``PICKS`` or ``""``, and the filters."""

    level: str
    pick: str
    wanted: Wanted

    @classmethod
    def by(cls, request: HttpRequest) -> "Listing":
        """Read a request. Raises ``BadRequest`` with a sentence where there is no such list."""
        level, pick = parameter(request, "level") or "measure", parameter(request, "pick")
        if level not in LEVELS or pick not in ("", *PICKS):
            raise BadRequest(_("There is no such list."))
        return cls(level, pick, Wanted.by(request))

    def query(self, **other: str) -> str:
        return self.wanted.query(**{"level": self.level, "pick": self.pick, **other})

    def rows(self, strategy) -> AssessmentQuerySet:
        """The rows, with what their page needs; ``due_on`` only where deadlines are the point."""
        selection = Selection(strategy, self.wanted)
        rows = selection.rows(self.level, self.pick).without_inputs()
        if self.pick == "due":
            passed = Target.objects.filter(
                indicator=OuterRef("indicator"), due_on__lt=selection.day
            )
            last = passed.order_by().values("indicator").annotate(last=Max("due_on"))
            rows = rows.annotate(due_on=Subquery(last.values("last")))
        return rows.select_related(*_PLACES[self.level])

    def narrowings(self, organisations: Iterable[Organisation]) -> list[str]:
        """Say what the list is cut down to, in words."""
        state, names = self.wanted.state, {o.code: str(o) for o in organisations}
        labels = {**GROUP_NAMES, **dict(ProgressState.choices)}
        names[NOBODY] = str(PICKS["unowned"])
        found = [
            PICKS.get(self.pick, ""),
            labels.get(state, state),
            self.wanted.goal and _("goal %(code)s") % {"code": self.wanted.goal},
            names.get(self.wanted.organisation, self.wanted.organisation),
        ]
        return [str(words) for words in found if words]


class Row:
    """One line of the list, for a page (in its language) or for a file (in both)."""

    def __init__(self, assessment: Assessment, on: str = ""):
        self.assessment = assessment
        self.record = getattr(assessment, assessment.level)
        self.field = "name" if assessment.level == "indicator" else "title"
        self.url = self.record.get_absolute_url() + asking(on=on)
        self.due_on = getattr(assessment, "due_on", None)

    @property
    def title(self) -> str:
        return text_in(self.record, self.field)

    @property
    def state(self) -> ProgressState:
        return self.assessment.progress_state

    @property
    def state_before(self) -> ProgressState | None:
        before = self.assessment.state_before
        return ProgressState(before) if before else None

    @property
    def percent(self) -> str:
        return percent(self.assessment.fraction)

    @property
    def organisation(self) -> Organisation | None:
        """Who keeps a measure, who delivers the data of an indicator."""
        if self.assessment.level == "indicator":
            return self.record.responsible
        return getattr(self.record, "organisation", None)

    def cells(self) -> list[object]:
        """The values of ``HEADERS``; a share is a number, 1 is all."""
        assessment, organisation = self.assessment, self.organisation
        titles = [text_in(self.record, self.field, language) for language in ("sl", "en")]
        since = timezone.localdate(assessment.valid_from)
        return [
            *(assessment.level, self.record.code, *titles, assessment.state),
            *(assessment.state_before, assessment.fraction, since, self.due_on),
            *(organisation.code if organisation else "", "yes" if assessment.is_sample else ""),
        ]
