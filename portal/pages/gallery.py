"""Made-up arguments for the gallery, where staff and developers look at every component at once."""

from types import SimpleNamespace as Sample
from typing import Any

from django.utils.translation import gettext as _

from portal.common.art import FAMILIES
from portal.common.states import ProgressState, PublishedState

HERE = "#main"
SOURCE = "https://example.org/strategy/"


def gallery_context() -> dict[str, Any]:
    """Return one sample of everything that ``templates/pages/gallery.html`` shows."""
    return {
        "goals": [_goal(position) for position in range(1, 6)],
        "positions": range(len(FAMILIES) + 1),
        "statuses": [_published(state) for state in ("", *PublishedState)],
        "states": list(ProgressState),
        "no_data": ProgressState.NO_DATA,
        "measures": [_measure(number) for number in (1, 2)],
        "crumbs": [
            {"title": _("Goals and measures"), "url": HERE},
            {"title": _title(1), "url": HERE},
        ],
        "neighbours": [{"title": _title(number), "url": HERE} for number in (1, 3)],
        "notices": ("info", "language", "warning", "draft", "error"),
        "here": HERE,
        "source": SOURCE,
    }


def _title(number: int) -> str:
    return _("A sample title, number %(number)s") % {"number": number}


def _published(state: str) -> Sample:
    return Sample(
        published_state=str(state),
        get_published_state_display=PublishedState(state).label if state else "",
        published_text=_("What the city has said about it, in its own words."),
        published_source=SOURCE,
    )


def _goal(position: int) -> Sample:
    return Sample(
        code=str(position),
        title=_title(position),
        summary=_("Two or three sentences that say what the city wants to reach and why."),
        get_absolute_url=HERE,
        published_state="",
    )


def _measure(number: int) -> Sample:
    return Sample(
        code=f"1.1.{number}",
        title=_title(number),
        get_absolute_url=HERE,
        lifecycle="active",
        indicators=[_indicator(f"1.1.{number}-K{position}") for position in (1, 2)],
    )


def _indicator(code: str) -> Sample:
    return Sample(
        code=code,
        name=_("What is counted, sample %(code)s") % {"code": code},
        get_absolute_url=HERE,
        target_text=_("≥ 250 / year"),
        state=ProgressState.NO_DATA,
    )
