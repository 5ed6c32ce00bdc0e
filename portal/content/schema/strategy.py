"""The strategy itself, how it was made and changed, who keeps it, and the file as a whole."""

from portal.accounts.models import Organisation
from portal.content import rules
from portal.content.quantities import Date, Day
from portal.content.scalars import Choice, Code, Line, Url
from portal.content.schema.parts import SOURCE, STATE
from portal.content.schema.tree import GOAL, MEASURE_CHANGE, PROJECT
from portal.content.shapes import (
    Field,
    List,
    NameEitherWay,
    Obj,
    ShortOrFull,
    Slugs,
    line,
    prose,
)

FORMAT = "strategy/1"

COUNCIL = {
    "session": Field(Line(200), "The session of the council."),
    "document": Field(Url(), "The page of the adopted document."),
}
ADOPTED = Obj("adoption", {"date": Field(Day(), "The day of adoption.", required=True), **COUNCIL})
ITEM = Obj(
    "item",
    {
        "name": Field(line(), "Its name.", required=True),
        "text": Field(prose(), "What it means."),
        **SOURCE,
    },
)
EVENT = Obj(
    "event",
    {
        "date": Field(Date(), "The day, month or year.", required=True),
        "text": Field(prose(), "What happened.", required=True),
        **SOURCE,
    },
)
PREPARATION = Obj(
    "preparation",
    {
        "prepared_by": Field(List(line()), "Who wrote the strategy."),
        "stakeholders": Field(List(line()), "Who was asked."),
        "methods": Field(List(line()), "How they were asked."),
        "timeline": Field(List(EVENT), "The steps of the preparation."),
    },
)
CHANGE = Obj(
    "amendment_change",
    {
        "measure": Field(Code(refers_to="measure"), "Code of the measure.", required=True),
        **MEASURE_CHANGE,
    },
)
AMENDMENT = Obj(
    "amendment",
    {
        "code": Field(Code(defines="amendment"), "Its code, such as a year.", required=True),
        "date": Field(Day(), "The day of its adoption.", required=True),
        **COUNCIL,
        "title": Field(line(), "Its title.", required=True),
        "summary": Field(prose(), "What it changed."),
        "changes": Field(List(CHANGE), "Measures that it replaced, merged or discontinued."),
    },
)
STRATEGY = Obj(
    "strategy",
    {
        "code": Field(Code(max_length=60), "The key of the strategy.", required=True),
        "slug": Field(Slugs(), "Its address where several strategies are shown."),
        "title": Field(line(), "Its title.", required=True),
        "municipality": Field(line(200), "The city whose strategy it is.", required=True),
        "period": Field(
            Obj(
                "period",
                {
                    "start": Field(Date(), "The year, month or day it starts.", required=True),
                    "end": Field(Date(), "The year, month or day it ends.", required=True),
                },
                rules.starts_before_it_ends,
            ),
            "The time for which it is valid.",
            required=True,
        ),
        "vision": Field(prose(), "What the city wants to become."),
        "summary": Field(prose(), "What the strategy is, in a paragraph."),
        "adopted": Field(
            ShortOrFull("date", ADOPTED),
            "The day of adoption, or with session and document.",
            shown=True,
        ),
        "amendments": Field(List(AMENDMENT), "Later changes adopted by the council."),
        "values": Field(List(ITEM), "The values it rests on."),
        "principles": Field(List(ITEM), "The principles it follows."),
        "preparation": Field(PREPARATION, "Who made it, with whom, how and when."),
        "sources": Field(List(Url()), "The pages from which the file was made."),
        **STATE,
    },
    rules.scheduled_has_a_time,
)
ORGANISATION = Obj(
    "organisation",
    {
        "code": Field(Code(defines="organisation"), "Its code.", required=True),
        "slug": Field(Slugs(), "Its part of the page address."),
        "name": Field(line(200), "Its name.", required=True),
        "parent": Field(Code(refers_to="organisation"), "Code of what it is part of."),
        "kind": Field(Choice(Organisation.Kind, "kind"), "What sort of body it is."),
        "contact": Field(Line(300), "A public address, telephone or e-mail of the office."),
    },
)
DISTRICT = Obj(
    "district",
    {
        "code": Field(Code(defines="district"), "Its code.", required=True),
        "name": Field(NameEitherWay(Line(100)), "Its name.", required=True),
    },
)
FILE = Obj(
    "file",
    {
        "format": Field(Choice([FORMAT], "format"), "The version of this format.", required=True),
        "strategy": Field(STRATEGY, "The strategy itself.", required=True),
        "organisations": Field(List(ORGANISATION), "Who keeps the promises.", shown=True),
        "districts": Field(List(DISTRICT), "Parts of the city."),
        "goals": Field(List(GOAL), "The strategic goals.", required=True),
        "projects": Field(List(PROJECT), "Projects that carry the strategy out."),
    },
)
