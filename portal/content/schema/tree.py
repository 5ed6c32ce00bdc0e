"""The levels of the strategy: goals, objectives, measures, and the projects beside them."""

from measures.models import Measure, Project
from portal.common.states import ContentState
from portal.content import rules
from portal.content.quantities import Date, Day, Number
from portal.content.scalars import Choice, Code, Line
from portal.content.schema.parts import (
    BUDGET,
    INDICATORS,
    OWNED,
    PARTNERS,
    PUBLISHED_STATUS,
    SOURCE,
    STATE,
)
from portal.content.shapes import Field, List, Obj, Slugs, line, prose, shown

MEASURE_CHANGE = {
    "kind": Field(
        Choice([k for k in Measure.Lifecycle if k != Measure.Lifecycle.ACTIVE], "kind"),
        "What became of the measure.",
        required=True,
    ),
    "reason": Field(prose(), "Why.", required=True),
    "successors": Field(List(Code(refers_to="measure")), "Codes of the measures that continue it."),
}
MEASURE = Obj(
    "measure",
    {
        "code": Field(Code(defines="measure"), "Its code in the strategy.", required=True),
        "slug": Field(Slugs(), "Its part of the page address, unique in the objective."),
        "title": Field(line(), "Its title.", required=True),
        "description": Field(prose(), "What is done."),
        **SOURCE,
        **shown(OWNED, "responsible"),
        **PARTNERS,
        **PUBLISHED_STATUS,
        **BUDGET,
        **INDICATORS,
        "change": Field(
            Obj("measure_change", MEASURE_CHANGE),
            "What became of it, where no amendment of the strategy says so.",
        ),
        **STATE,
    },
    rules.scheduled_has_a_time,
)
FACT = Obj(
    "fact",
    {
        "text": Field(prose(), "What the figure says.", required=True),
        "value": Field(Number(), "The figure.", required=True),
        "unit": Field(Line(40), "Its unit, such as %."),
        "date": Field(Date(), "The day, month or year it speaks of."),
        **SOURCE,
    },
)
OBJECTIVE = Obj(
    "objective",
    {
        "code": Field(Code(defines="objective"), "Its code in the strategy.", required=True),
        "slug": Field(Slugs(), "Its part of the page address, unique in the goal."),
        "title": Field(line(), "Its title.", required=True),
        "summary": Field(prose(), "What it means."),
        **SOURCE,
        **shown(PUBLISHED_STATUS),
        "facts": Field(List(FACT), "Published figures that explain why it matters."),
        **INDICATORS,
        "measures": Field(List(MEASURE), "What is done to reach it."),
        **STATE,
    },
    rules.scheduled_has_a_time,
)
COMMITMENT = Obj(
    "commitment",
    {"text": Field(prose(), "What is promised in words.", required=True), **SOURCE},
)
GOAL = Obj(
    "goal",
    {
        "code": Field(Code(defines="goal"), "Its code in the strategy.", required=True),
        "slug": Field(Slugs(), "Its part of the page address, unique in the file."),
        "title": Field(line(), "Its title.", required=True),
        "summary": Field(prose(), "What it means."),
        **SOURCE,
        "published": Field(
            Choice(ContentState, "published"),
            "How much of the goal the city has published; complete if not said.",
        ),
        "published_note": Field(prose(), "What of it is not published."),
        **PUBLISHED_STATUS,
        "commitments": Field(
            List(COMMITMENT), "Promises in words, without an objective or a measure yet."
        ),
        **INDICATORS,
        "objectives": Field(List(OBJECTIVE), "The specific objectives of the goal.", shown=True),
        **STATE,
    },
    rules.scheduled_has_a_time,
)

MILESTONE = Obj(
    "milestone",
    {
        "title": Field(line(), "What is to be done; unique in the project.", required=True),
        "due": Field(Date(), "The day, month or year it is due."),
        "done": Field(Day(), "The day it was done."),
    },
    rules.done_is_not_in_the_future,
)
PROJECT = Obj(
    "project",
    {
        "slug": Field(Slugs(), "Its part of the page address; the Slovenian one is its key."),
        "title": Field(line(), "Its title.", required=True),
        "summary": Field(prose(), "What it is about."),
        "goals": Field(List(Code(refers_to="goal")), "Codes of the goals it serves."),
        "objectives": Field(
            List(Code(refers_to="objective")), "Codes of the objectives it serves."
        ),
        "measures": Field(List(Code(refers_to="measure")), "Codes of the measures it carries out."),
        **OWNED,
        **shown(PARTNERS),
        "published_on": Field(Day(), "The day the city published it.", shown=True),
        "status": Field(Choice(Project.Status, "status"), "How far it is.", shown=True),
        "start": Field(Date(), "The day, month or year it starts.", shown=True),
        "end": Field(Date(), "The day, month or year it ends.", shown=True),
        **BUDGET,
        "milestones": Field(List(MILESTONE), "Its steps, in order."),
        **SOURCE,
        **STATE,
    },
    rules.starts_before_it_ends,
    rules.scheduled_has_a_time,
)
