from .measure import Measure, MeasureSlug
from .money import BudgetLine
from .project import Milestone, Project, ProjectSlug
from .report import Evidence, ProgressReport

__all__ = [
    "BudgetLine",
    "Evidence",
    "Measure",
    "MeasureSlug",
    "Milestone",
    "ProgressReport",
    "Project",
    "ProjectSlug",
]
