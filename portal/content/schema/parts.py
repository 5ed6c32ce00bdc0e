"""Parts of the format that several levels share: state, owner, money, status, indicators."""

from indicators.models import Indicator, Target
from portal.accounts.models import UpdateRhythm
from portal.common.states import Publication, PublishedState
from portal.content import rules
from portal.content.quantities import Count, Date, Moment, Money, Number, Period, Year
from portal.content.scalars import Choice, Code, Flag, Line, Source, Url
from portal.content.shapes import Field, List, Obj, OneOrMany, Slugs, line, prose

STATE = {
    "publication": Field(
        Choice(Publication, "publication"),
        "Who may see it; what is new and says nothing is published.",
    ),
    "publish_at": Field(Moment(), "When something scheduled becomes public."),
}
SOURCE = {"source": Field(Url(), "The page where it is published.")}
OWNED = {
    "responsible": Field(
        Code(refers_to="organisation"), "Code of the organisation that answers for it."
    ),
    "update_rhythm": Field(
        Choice(UpdateRhythm, "update_rhythm"), "How often the owner renews what is published."
    ),
}
PARTNERS = {
    "partners": Field(List(Line()), "Those who take part: codes of organisations, or names.")
}
BUDGET = {
    "budget": Field(
        List(
            Obj(
                "budget_line",
                {
                    "year": Field(Year(), "The year of the money.", required=True),
                    "planned": Field(Money(), "Planned, in euros. Unknown is not zero."),
                    "committed": Field(Money(), "Bound by contracts, in euros."),
                    "spent": Field(Money(), "Spent, in euros."),
                    "source": Field(Source(), "Where the figures are published."),
                },
            ),
            unique=("year", "source"),
        ),
        "Money per year and source.",
    )
}
PUBLISHED_STATUS = {
    "published_status": Field(
        Obj(
            "published_status",
            {
                "state": Field(
                    Choice(PublishedState, "state"),
                    "The state that the city has published.",
                    required=True,
                ),
                "text": Field(line(500), "The city's wording of it."),
                "date": Field(Date(), "The day, month or year it speaks of.", shown=True),
                **SOURCE,
            },
        ),
        "What the city itself has published about the progress.",
    )
}

TARGET = Obj(
    "target",
    {
        "at_least": Field(Number(), "The value to reach or exceed."),
        "at_most": Field(Number(), "The value not to exceed."),
        "exactly": Field(Number(), "The value to meet."),
        "between": Field(List(Number()), "The range to stay in: [lowest, highest]."),
        "per": Field(Choice(Target.Per, "per"), "The value counts for each of these."),
        "event": Field(line(200), "The event after which it is due, with per: event."),
        "units": Field(
            Count(), "How many organisations must keep it, with per: organisation; if known."
        ),
        "by": Field(Date(), "The day, month or year it is due; its last day counts."),
        "by_precision": Field(
            Choice(Target.Precision, "by_precision"), "How precisely that date is published."
        ),
        "text": Field(line(500), "The published wording; alone where only words are published."),
    },
    rules.says_something,
    rules.range_is_in_order,
    rules.precision_fits_the_date,
    rules.event_belongs_to_per_event,
    rules.units_belong_to_per_organisation,
)
OBSERVATION = Obj(
    "observation",
    {
        "period": Field(
            Period(), "A year, quarter (2024-Q3), month or day that has begun.", required=True
        ),
        "value": Field(Number(), "The measured value.", required=True),
        "source": Field(Source(), "Where the value is published."),
        "note": Field(prose(), "What one must know to read the value."),
        "provisional": Field(
            Flag(), "True while the value may still be corrected, and until its period is over."
        ),
    },
    rules.unfinished_is_provisional,
)
INDICATOR = Obj(
    "indicator",
    {
        "code": Field(Code(defines="indicator"), "Its code in the strategy.", required=True),
        "slug": Field(Slugs(space="indicator"), "Its part of the page address."),
        "name": Field(line(), "What is measured.", required=True),
        "kind": Field(Choice(Indicator.Kind, "kind"), "What sort of promise it is.", required=True),
        "unit": Field(line(80), "The unit of its values."),
        "target": Field(OneOrMany(TARGET, unique=("by",)), "A target, or a list of dated targets."),
        "direction": Field(
            Choice(Indicator.Direction, "direction"), "Which way is better; increase if not said."
        ),
        "accumulation": Field(
            Choice(filter(None, Indicator.Accumulation.values), "accumulation"),
            "Whether the latest value tells the whole or all add up; as usual if not said.",
        ),
        "availability": Field(
            Choice(Indicator.Availability, "availability"),
            "Whether it can be measured; measured if not said.",
        ),
        "availability_reason": Field(prose(), "Why it is not measured."),
        "baseline": Field(
            Obj(
                "baseline",
                {
                    "value": Field(Number(), "The value at the start.", required=True),
                    "date": Field(Date(), "When it was measured."),
                    "source": Field(Source(), "Where it is published."),
                },
            ),
            "The state from which the target counts.",
            shown=True,
        ),
        "observations": Field(
            List(OBSERVATION, unique=("period",)), "Measured values, one per period.", shown=True
        ),
        **OWNED,
        "note": Field(prose(), "What one must know to read the indicator."),
        **STATE,
    },
    rules.scheduled_has_a_time,
    rules.unmeasured_has_a_reason,
)
INDICATORS = {"indicators": Field(List(INDICATOR), "How one can tell whether it is reached.")}
