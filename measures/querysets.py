from typing import Self

from django.db import models

from portal.accounts.querysets import VisibleQuerySet


class MeasureQuerySet(VisibleQuerySet):
    def for_lists(self) -> Self:
        return self.select_related("organisation")

    def listed_for(self, organisation: models.Model) -> Self:
        """What an organisation answers for, as its page lists it."""
        return self.with_place().filter(organisation=organisation)

    def with_place(self) -> Self:
        """Bring along the objective and goal that the address of a measure needs."""
        return self.select_related("objective__goal", "organisation", "amendment")


class ProjectQuerySet(VisibleQuerySet):
    def for_lists(self) -> Self:
        return self.select_related("organisation")

    def for_page(self) -> Self:
        """Bring along who answers for a project and its milestones."""
        return self.select_related("organisation").prefetch_related("milestones")

    def listed_for(self, organisation: models.Model) -> Self:
        """What an organisation answers for, as its page lists it."""
        return self.filter(organisation=organisation)


class ProgressReportQuerySet(VisibleQuerySet):
    def for_page(self) -> Self:
        """Bring along the documents of each report."""
        return self.prefetch_related("evidence")


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user=None) -> Self:
        """Documents of the reports that ``user`` may see."""
        reports = self.model._meta.get_field("report").related_model.objects
        return self.filter(report__in=reports.visible_to(user))
