"""Records for tests: complete, published and in both languages unless the test says otherwise.

``MeasureFactory()`` brings its objective, goal and strategy along. What a model derives in
``clean`` (the strategy of a measure, the days of a period) is derived here too; the rules are left
to the database, so that a test can break one on purpose. Long because every model has one.
"""

import datetime
from decimal import Decimal

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from goals import models as goals
from indicators import models as indicators
from measures import models as measures
from portal.accounts import models as accounts
from portal.common import models as common
from portal.common.states import ProgressState, Publication
from portal.progress.models import Chart

PASSWORD = "correct horse battery staple"


class RecordFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        record = model_class(*args, **kwargs)
        record.clean()
        record.save()
        return record


class PublicFactory(RecordFactory):
    class Meta:
        abstract = True

    publication = Publication.PUBLISHED

    class Params:
        draft = factory.Trait(publication=Publication.DRAFT)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    email = factory.Sequence("person{}@example.org".format)
    display_name = factory.Sequence("Person {}".format)
    language = "en"
    password = PASSWORD

    class Params:
        staff = factory.Trait(is_staff=True)
        administrator = factory.Trait(is_staff=True, is_superuser=True)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)


class OrganisationFactory(RecordFactory):
    class Meta:
        model = accounts.Organisation

    code = factory.Sequence("org-{}".format)
    name_sl = factory.Sequence("Oddelek {}".format)
    name_en = factory.Sequence("Department {}".format)
    slug_sl = factory.Sequence("oddelek-{}".format)
    slug_en = factory.Sequence("department-{}".format)
    kind = accounts.Organisation.Kind.DEPARTMENT


class DistrictFactory(RecordFactory):
    class Meta:
        model = accounts.District

    code = factory.Sequence("district-{}".format)
    name_sl = factory.Sequence("Četrt {}".format)
    name_en = factory.Sequence("District {}".format)


class MembershipFactory(RecordFactory):
    class Meta:
        model = accounts.Membership

    user = factory.SubFactory(UserFactory, staff=True)
    role = accounts.Role.EDITOR
    organisation = factory.SubFactory(OrganisationFactory)


class StrategyFactory(PublicFactory):
    """The one strategy that the site shows; every record of a test belongs to it."""

    class Meta:
        model = goals.Strategy
        django_get_or_create = ("code",)

    code = "city-2030"
    title_sl = "Strategija mesta"
    title_en = "Strategy of the city"
    municipality_sl = "Mesto"
    municipality_en = "The City"
    slug_sl = "strategija-mesta"
    slug_en = "strategy-of-the-city"
    vision_sl = "Mesto, ki drži besedo."
    vision_en = "A city that keeps its word."
    summary_sl = "Kaj je mesto obljubilo."
    summary_en = "What the city has promised."
    period_start = "2023"
    period_end = "2030"
    is_current = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        known = model_class.objects.filter(code=kwargs["code"]).first()
        return known or super()._create(model_class, *args, **kwargs)


class AmendmentFactory(RecordFactory):
    class Meta:
        model = goals.Amendment

    strategy = factory.SubFactory(StrategyFactory)
    code = factory.Sequence("A{}".format)
    title_sl = factory.Sequence("Sprememba {}".format)
    title_en = factory.Sequence("Amendment {}".format)
    adopted_on = datetime.date(2025, 6, 30)


class StrategyItemFactory(RecordFactory):
    class Meta:
        model = goals.StrategyItem

    strategy = factory.SubFactory(StrategyFactory)
    kind = goals.StrategyItem.Kind.VALUE
    name_sl = factory.Sequence("Vrednota {}".format)
    name_en = factory.Sequence("Value {}".format)
    text_sl = "Kaj nam pomeni."
    text_en = "What it means to us."


class PreparationEventFactory(RecordFactory):
    class Meta:
        model = goals.PreparationEvent

    strategy = factory.SubFactory(StrategyFactory)
    date = "2022-04"
    text_sl = factory.Sequence("Korak {}".format)
    text_en = factory.Sequence("Step {}".format)


class GoalFactory(PublicFactory):
    class Meta:
        model = goals.Goal

    strategy = factory.SubFactory(StrategyFactory)
    code = factory.Sequence(lambda number: str(number + 1))
    title_sl = factory.Sequence("Strateški cilj {}".format)
    title_en = factory.Sequence("Strategic goal {}".format)
    slug_sl = factory.Sequence("strateski-cilj-{}".format)
    slug_en = factory.Sequence("strategic-goal-{}".format)
    summary_sl = "Zakaj ta cilj."
    summary_en = "Why this goal."
    source = "https://city.example/goal"


class CommitmentFactory(RecordFactory):
    class Meta:
        model = goals.Commitment

    goal = factory.SubFactory(GoalFactory)
    text_sl = factory.Sequence("Zaveza {}".format)
    text_en = factory.Sequence("Commitment {}".format)


class ObjectiveFactory(PublicFactory):
    class Meta:
        model = goals.Objective

    goal = factory.SubFactory(GoalFactory)
    code = factory.LazyAttributeSequence(lambda record, number: f"{record.goal.code}.{number + 1}")
    title_sl = factory.Sequence("Specifični cilj {}".format)
    title_en = factory.Sequence("Specific objective {}".format)
    slug_sl = factory.Sequence("specificni-cilj-{}".format)
    slug_en = factory.Sequence("specific-objective-{}".format)
    summary_sl = "Zakaj ta specifični cilj."
    summary_en = "Why this objective."
    source = "https://city.example/objective"


class FactFactory(RecordFactory):
    class Meta:
        model = goals.Fact

    objective = factory.SubFactory(ObjectiveFactory)
    text_sl = factory.Sequence("Dejstvo {}".format)
    text_en = factory.Sequence("Fact {}".format)
    value = Decimal("12.5")
    unit = "%"
    date = "2022"


class MeasureFactory(PublicFactory):
    class Meta:
        model = measures.Measure

    objective = factory.SubFactory(ObjectiveFactory)
    code = factory.LazyAttributeSequence(
        lambda record, number: f"{record.objective.code}.{number + 1}"
    )
    title_sl = factory.Sequence("Ukrep {}".format)
    title_en = factory.Sequence("Measure {}".format)
    slug_sl = factory.Sequence("ukrep-{}".format)
    slug_en = factory.Sequence("measure-{}".format)
    description_sl = "Kaj mesto naredi."
    description_en = "What the city does."
    source = "https://city.example/measure"
    organisation = factory.SubFactory(OrganisationFactory)


class ProjectFactory(PublicFactory):
    class Meta:
        model = measures.Project
        skip_postgeneration_save = True

    strategy = factory.SubFactory(StrategyFactory)
    title_sl = factory.Sequence("Projekt {}".format)
    title_en = factory.Sequence("Project {}".format)
    slug_sl = factory.Sequence("projekt-{}".format)
    slug_en = factory.Sequence("project-{}".format)
    summary_sl = "Kaj projekt prinese."
    summary_en = "What the project brings."
    status = measures.Project.Status.IN_PROGRESS
    start = "2024"
    end = "2027-06"
    source = "https://city.example/project"
    organisation = factory.SubFactory(OrganisationFactory)

    @factory.post_generation
    def measures(record, create, extracted, **kwargs):
        if create and extracted:
            record.measures.set(extracted)


class MilestoneFactory(RecordFactory):
    class Meta:
        model = measures.Milestone

    project = factory.SubFactory(ProjectFactory)
    title_sl = factory.Sequence("Mejnik {}".format)
    title_en = factory.Sequence("Milestone {}".format)
    due = "2026-12"


class BudgetLineFactory(RecordFactory):
    """Money of a project unless ``measure=`` and ``project=None`` say otherwise; whole cents."""

    class Meta:
        model = measures.BudgetLine

    project = factory.SubFactory(ProjectFactory)
    year = factory.Sequence(lambda number: 2020 + number % 80)
    planned = 123_456
    source = "Proračun 2026"


class ProgressReportFactory(PublicFactory):
    """A report on a measure unless ``project=`` and ``measure=None`` say otherwise."""

    class Meta:
        model = measures.ProgressReport

    measure = factory.SubFactory(MeasureFactory)
    date = datetime.date(2026, 6, 30)
    text_sl = factory.Sequence("Poročilo {}".format)
    text_en = factory.Sequence("Report {}".format)


class EvidenceFactory(RecordFactory):
    class Meta:
        model = measures.Evidence

    report = factory.SubFactory(ProgressReportFactory)
    title_sl = factory.Sequence("Dokazilo {}".format)
    title_en = factory.Sequence("Evidence {}".format)
    url = "https://city.example/evidence.pdf"


class IndicatorFactory(PublicFactory):
    """An indicator of a measure unless ``measure=None`` and another parent are given."""

    class Meta:
        model = indicators.Indicator

    measure = factory.SubFactory(MeasureFactory)
    code = factory.Sequence("K{}".format)
    name_sl = factory.Sequence("Kazalnik {}".format)
    name_en = factory.Sequence("Indicator {}".format)
    slug_sl = factory.Sequence("kazalnik-{}".format)
    slug_en = factory.Sequence("indicator-{}".format)
    kind = indicators.Indicator.Kind.COUNT
    unit_sl = "število"
    unit_en = "number"


class TargetFactory(RecordFactory):
    class Meta:
        model = indicators.Target

    indicator = factory.SubFactory(IndicatorFactory)
    operator = indicators.Target.Operator.AT_LEAST
    value = Decimal(100)
    by = factory.Sequence(lambda number: str(2027 + number % 70))
    text_sl = "vsaj 100"
    text_en = "at least 100"


class ObservationFactory(RecordFactory):
    class Meta:
        model = indicators.Observation

    indicator = factory.SubFactory(IndicatorFactory)
    period = factory.Sequence(lambda number: str(1950 + number % 76))
    value = Decimal(42)
    source = "Letno poročilo"


class ObservationEvidenceFactory(RecordFactory):
    class Meta:
        model = indicators.ObservationEvidence

    observation = factory.SubFactory(ObservationFactory)
    title_sl = factory.Sequence("Dokazilo {}".format)
    title_en = factory.Sequence("Evidence {}".format)
    url = "https://city.example/evidence.pdf"


class FormerObservationFactory(DjangoModelFactory):
    """A value that was known for a day before it was corrected."""

    class Meta:
        model = indicators.FormerObservation

    indicator = factory.SubFactory(IndicatorFactory)
    period = "2025"
    period_start = datetime.date(2025, 1, 1)
    period_end = datetime.date(2025, 12, 31)
    value = Decimal(41)
    recorded_at = datetime.datetime(2026, 2, 1, 12, tzinfo=datetime.UTC)
    replaced_at = datetime.datetime(2026, 2, 2, 12, tzinfo=datetime.UTC)
    outcome = indicators.FormerObservation.Outcome.CORRECTED


class CriteriaVersionFactory(RecordFactory):
    class Meta:
        model = indicators.CriteriaVersion

    indicator = factory.SubFactory(IndicatorFactory)
    valid_from = datetime.date(2025, 1, 1)
    text_sl = "Zamuja pod polovico pričakovanega."
    text_en = "Behind below half of what is expected."


class ExternalEventFactory(RecordFactory):
    class Meta:
        model = indicators.ExternalEvent

    indicator = factory.SubFactory(IndicatorFactory)
    happened_on = factory.Sequence(
        lambda number: datetime.date(2024, 1, 1) + datetime.timedelta(days=number % 700)
    )
    title_sl = "Javni razpis"
    title_en = "Public call"


class OverrideFactory(RecordFactory):
    """A state of an indicator unless ``indicator=None`` and another subject are given."""

    class Meta:
        model = indicators.Override

    indicator = factory.SubFactory(IndicatorFactory)
    state = ProgressState.AT_RISK
    reason_sl = "Izvajalec je odstopil od pogodbe."
    reason_en = "The contractor has withdrawn."
    name = "Ana Novak, Oddelek"
    starts_on = datetime.date(2026, 6, 1)
    expires_on = datetime.date(2026, 12, 31)


class ConfirmationFactory(RecordFactory):
    """A confirmation of an indicator unless ``indicator=None`` and another subject are given."""

    class Meta:
        model = indicators.Confirmation

    indicator = factory.SubFactory(IndicatorFactory)
    on = datetime.date(2026, 6, 30)
    sentence_sl = "Preverjeno, ni sprememb."
    sentence_en = "Checked, nothing has changed."


class AssessmentFactory(DjangoModelFactory):
    """What is shown of ``subject``, of any level: an indicator unless another is given."""

    class Meta:
        model = indicators.Assessment

    subject = factory.SubFactory(IndicatorFactory)
    state = ProgressState.ON_TRACK
    computed_state = factory.SelfAttribute("state")
    valid_from = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)

    @classmethod
    def _create(cls, model_class, *args, subject, **kwargs):
        level = subject._meta.model_name
        place = {"strategy": getattr(subject, "strategy", subject), level: subject, "level": level}
        return model_class.objects.create(**{**place, **kwargs})


class ChartFactory(DjangoModelFactory):
    class Meta:
        model = Chart

    subject = factory.Sequence("indicator:{}".format)
    kind = "line"
    language = "sl"
    size = Chart.Size.WIDE
    digest = "0" * 64
    svg = "<svg/>"
    rendered_at = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)


class OutboxMessageFactory(RecordFactory):
    class Meta:
        model = common.OutboxMessage

    topic = "progress"
    key = factory.Sequence("indicator:{}".format)


class EventFactory(RecordFactory):
    class Meta:
        model = common.Event

    key = factory.Sequence("event:{}".format)
    kind = "news"
    at = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)


class DeliveryFactory(RecordFactory):
    class Meta:
        model = common.Delivery

    event = factory.SubFactory(EventFactory)
    recipient = factory.SubFactory(UserFactory)
    next_at = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
