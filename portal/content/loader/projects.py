"""Projects: found by their address or title, since the format gives them no code."""

from __future__ import annotations

from goals.models import Strategy
from measures.models import BudgetLine, Milestone, Project, ProjectSlug
from portal.content.context import Record
from portal.content.loader import columns
from portal.content.loader.levels import Levels, put_budget, rows_by
from portal.content.loader.loading import Loading
from portal.content.wording import tidy

LINKS = ("goals", "objectives", "measures")


def put_projects(loading: Loading, levels: Levels, entries: list[Record]) -> None:
    projects = list(levels.strategy.projects.prefetch_related("old_slugs", *LINKS))
    milestones = Milestone.objects.filter(project__in=projects)
    budget = BudgetLine.objects.filter(project__in=projects)
    milestones_of, budget_of = rows_by(milestones, "project_id"), rows_by(budget, "project_id")
    for project in projects:
        loading.reserve_row(Project, project)
    for entry in entries:
        loading.reserve(Project, entry.get("slug"))
    for entry, project in _found(levels.strategy, projects, entries):
        project = _put_project(loading, levels, entry, project or Project())
        put_budget(loading, entry, {"project": project}, budget_of[project.pk])
        stored = {milestone.title_sl: milestone for milestone in milestones_of[project.pk]}
        for step in entry.get("milestones", []):
            values = {"project": project, **columns.milestone(step)}
            loading.put(stored.get(values.get("title_sl")) or Milestone(), values, step)
    loading.count_left(Project, projects)
    loading.count_left(Milestone, milestones)
    loading.count_left(BudgetLine, budget)


def _put_project(loading: Loading, levels: Levels, entry: Record, project: Project) -> Project:
    code = entry.get("responsible")
    values = {
        "strategy": levels.strategy,
        **columns.project(entry),
        **columns.merged(entry, "partners", project.partners),
        **({"organisation": levels.organisations[code]} if code else {}),
        **loading.slugs(project, entry, "title", Project),
    }
    project = loading.put(project, values, entry)
    for name in LINKS:
        known = getattr(levels, name)
        loading.link(project, name, [known[code] for code in entry.get(name, [])])
    return project


def _found(
    strategy: Strategy, projects: list[Project], entries: list[Record]
) -> list[tuple[Record, Project | None]]:
    """For each entry its row: by its Slovenian address, present or former, else by its title."""
    former = ProjectSlug.objects.filter(project__strategy=strategy, language="sl")
    by_former = {old.slug: old.project_id for old in former}
    free = {project.pk: project for project in projects}
    by_slug = {project.slug_sl: project.pk for project in projects}
    found: dict[int, Project | None] = {}

    def take(index: int, key: int | None) -> None:
        if index not in found and key in free:
            found[index] = free.pop(key)

    slugs = [entry.get("slug", {}).get("sl", "") for entry in entries]
    for known in (by_slug, by_former):
        for index, slug in enumerate(slugs):
            take(index, known.get(slug))
    for index, entry in enumerate(entries):
        title = entry["title"].get("sl", "")
        alike = (pk for pk, project in free.items() if tidy(project.title_sl or "") == title)
        take(index, next(alike, None))
    return [(entry, found.get(index)) for index, entry in enumerate(entries)]
