"""Every named rule of the database is broken here once, past all checks in Python.

A rule without a line in one of the tables makes the last test fail.
"""

import datetime
from collections.abc import Callable

import pytest
from django.db import IntegrityError

from indicators.models import Indicator
from measures.models import BudgetLine, Measure
from portal.accounts.models import Organisation, Role
from portal.common.states import Publication
from tests import factories as make

from .rules import is_about, our_constraints
from .test_both_languages import EMPTY, IN_BOTH_LANGUAGES

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)


def twice(factory, *same: str) -> Callable:
    """Make two records that agree in the fields ``same``."""

    def breaks():
        first = factory()
        factory(**{name: getattr(first, name) for name in same})

    return breaks


def changed(factory, **values) -> Callable:
    """Change a record that is in order, in the database itself."""

    def breaks():
        record = factory()
        type(record).objects.filter(pk=record.pk).update(**values)

    return breaks


def scheduled(factory) -> Callable:
    return changed(factory, publication=Publication.SCHEDULED, publish_at=None)


def its_own_parent():
    organisation = make.OrganisationFactory()
    Organisation.objects.filter(pk=organisation.pk).update(parent=organisation)


def role_in_the_city_twice():
    first = make.MembershipFactory(role=Role.MODERATOR, organisation=None)
    make.MembershipFactory(user=first.user, role=Role.MODERATOR, organisation=None)


def same_address_in_capitals():
    make.UserFactory(email="one@example.org")
    other = make.UserFactory(email="other@example.org")
    type(other).objects.filter(pk=other.pk).update(email="ONE@example.org")


def two_strategies_shown():
    make.StrategyFactory(code="one", is_current=True)
    make.StrategyFactory(code="two", slug_sl="druga", slug_en="second", is_current=True)


def money_of_a_measure():
    return make.BudgetLineFactory(project=None, measure=make.MeasureFactory())


def same_money_of_a_measure():
    line = money_of_a_measure()
    again = BudgetLine(measure=line.measure, year=line.year, source=line.source)
    BudgetLine.objects.bulk_create([again])


def with_two_parents():
    indicator = make.IndicatorFactory()
    goal = indicator.measure.objective.goal
    Indicator.objects.filter(pk=indicator.pk).update(goal=goal)


def two_open_assessments(of) -> Callable:
    def breaks():
        subject = of()
        for _ in range(2):
            make.AssessmentFactory(subject=subject)

    return breaks


def assessed_twice_at_once():
    indicator = make.IndicatorFactory()
    make.AssessmentFactory(subject=indicator, goal=indicator.measure.objective.goal)


BROKEN_BY: dict[str, Callable] = {
    "outbox_message_has_topic_and_key": changed(make.OutboxMessageFactory, topic=""),
    "event_key_unique": twice(make.EventFactory, "key"),
    "delivery_once_per_recipient": twice(make.DeliveryFactory, "event", "recipient"),
    "delivery_sent_has_time": changed(make.DeliveryFactory, state="sent"),
    "organisation_not_its_own_parent": its_own_parent,
    "organisation_named_in_both_languages": changed(make.OrganisationFactory, name_en=""),
    "organisation_slug_sl": twice(make.OrganisationFactory, "slug_sl"),
    "organisation_slug_en": twice(make.OrganisationFactory, "slug_en"),
    "membership_editor_has_organisation": changed(make.MembershipFactory, organisation=None),
    "membership_once_per_organisation": twice(
        make.MembershipFactory, "user", "role", "organisation"
    ),
    "membership_once_for_the_city": role_in_the_city_twice,
    "user_email_unique": same_address_in_capitals,
    "strategy_scheduled_has_time": scheduled(make.StrategyFactory),
    "strategy_one_current": two_strategies_shown,
    "amendment_code_unique": twice(make.AmendmentFactory, "strategy", "code"),
    "goal_code_unique": twice(make.GoalFactory, "strategy", "code"),
    "goal_slug_sl_unique": twice(make.GoalFactory, "strategy", "slug_sl"),
    "goal_slug_en_unique": twice(make.GoalFactory, "strategy", "slug_en"),
    "goal_scheduled_has_time": scheduled(make.GoalFactory),
    "objective_code_unique": twice(make.ObjectiveFactory, "goal", "code"),
    "objective_slug_sl_unique": twice(make.ObjectiveFactory, "goal", "slug_sl"),
    "objective_slug_en_unique": twice(make.ObjectiveFactory, "goal", "slug_en"),
    "objective_scheduled_has_time": scheduled(make.ObjectiveFactory),
    "measure_code_unique": twice(make.MeasureFactory, "objective", "code"),
    "measure_slug_sl_unique": twice(make.MeasureFactory, "objective", "slug_sl"),
    "measure_slug_en_unique": twice(make.MeasureFactory, "objective", "slug_en"),
    "measure_scheduled_has_time": scheduled(make.MeasureFactory),
    "measure_ended_with_reason": changed(make.MeasureFactory, lifecycle=Measure.Lifecycle.REPLACED),
    "project_slug_sl_unique": twice(make.ProjectFactory, "strategy", "slug_sl"),
    "project_slug_en_unique": twice(make.ProjectFactory, "strategy", "slug_en"),
    "project_scheduled_has_time": scheduled(make.ProjectFactory),
    "milestone_title_unique_in_project": twice(make.MilestoneFactory, "project", "title_sl"),
    "budget_line_has_one_subject": changed(make.BudgetLineFactory, project=None),
    "budget_line_measure_year_source": same_money_of_a_measure,
    "budget_line_project_year_source": twice(make.BudgetLineFactory, "project", "year", "source"),
    "progress_report_has_one_subject": changed(make.ProgressReportFactory, measure=None),
    "progress_report_has_text": changed(make.ProgressReportFactory, text_sl="", text_en=None),
    "progress_report_scheduled_has_time": scheduled(make.ProgressReportFactory),
    "evidence_is_one_document": changed(make.EvidenceFactory, url=""),
    "observation_evidence_is_one_document": changed(
        make.ObservationEvidenceFactory, file="evidence/too.pdf"
    ),
    "indicator_code_unique": twice(make.IndicatorFactory, "measure", "code"),
    "indicator_slug_sl_unique": twice(make.IndicatorFactory, "measure", "slug_sl"),
    "indicator_slug_en_unique": twice(make.IndicatorFactory, "measure", "slug_en"),
    "indicator_has_one_parent": with_two_parents,
    "indicator_scheduled_has_time": scheduled(make.IndicatorFactory),
    "indicator_not_measured_with_reason": changed(
        make.IndicatorFactory, availability=Indicator.Availability.DISCONTINUED
    ),
    "target_value_fits_operator": changed(make.TargetFactory, value=None),
    "target_once_per_date": twice(make.TargetFactory, "indicator", "by"),
    "target_units_for_organisations_only": changed(make.TargetFactory, units=12),
    "observation_once_per_period": twice(make.ObservationFactory, "indicator", "period"),
    "observation_period_in_order": changed(
        make.ObservationFactory, period_end=datetime.date(1900, 1, 1)
    ),
    "former_observation_known_for_a_time": changed(
        make.FormerObservationFactory, replaced_at=LONG_AGO
    ),
    "criteria_version_once_per_day": twice(make.CriteriaVersionFactory, "indicator", "valid_from"),
    "criteria_version_shares_in_order": changed(make.CriteriaVersionFactory, behind_below="0.9"),
    "external_event_once_per_day": twice(make.ExternalEventFactory, "indicator", "happened_on"),
    "override_has_one_subject": changed(make.OverrideFactory, indicator=None),
    "override_ends_after_it_starts": changed(make.OverrideFactory, expires_on=LONG_AGO.date()),
    "override_explained_in_both_languages": changed(make.OverrideFactory, reason_en=""),
    "confirmation_has_one_subject": changed(make.ConfirmationFactory, indicator=None),
    "confirmation_has_a_sentence": changed(
        make.ConfirmationFactory, sentence_sl="", sentence_en=None
    ),
    "assessment_has_one_subject": assessed_twice_at_once,
    "assessment_level_fits_subject": changed(make.AssessmentFactory, level="measure"),
    "assessment_valid_for_a_time": changed(make.AssessmentFactory, valid_to=LONG_AGO),
    "assessment_one_open_of_strategy": two_open_assessments(make.StrategyFactory),
    "assessment_one_open_of_goal": two_open_assessments(make.GoalFactory),
    "assessment_one_open_of_objective": two_open_assessments(make.ObjectiveFactory),
    "assessment_one_open_of_measure": two_open_assessments(make.MeasureFactory),
    "assessment_one_open_of_indicator": two_open_assessments(make.IndicatorFactory),
    "chart_once_per_subject": twice(make.ChartFactory, "subject", "kind", "language", "size"),
}


@pytest.mark.parametrize("name", BROKEN_BY)
def test_database_refuses_what_breaks_the_rule(name):
    with pytest.raises(IntegrityError) as refusal:
        BROKEN_BY[name]()

    assert is_about(refusal.value, name)


@pytest.mark.parametrize("column", ["name_sl", "name_en", "slug_sl", "slug_en"])
@pytest.mark.parametrize("nothing", EMPTY)
def test_an_organisation_is_named_in_both_languages(column, nothing):
    with pytest.raises(IntegrityError) as refusal:
        changed(make.OrganisationFactory, **{column: nothing})()

    assert is_about(refusal.value, "organisation_named_in_both_languages")


@pytest.mark.parametrize(
    "values",
    [
        {"operator": "words"},
        {"operator": "between"},
        {"operator": "between", "value_high": 99},
        {"operator": "at_most", "value_high": 200},
        {"operator": "exactly", "value": None},
    ],
)
def test_a_target_has_the_values_of_its_operator(values):
    with pytest.raises(IntegrityError) as refusal:
        changed(make.TargetFactory, **values)()

    assert is_about(refusal.value, "target_value_fits_operator")


@pytest.mark.parametrize(
    "values",
    [
        *({"at_risk_below": "1.1"}, {"behind_below": "-0.1"}, {"unmoved_until": "1.1"}),
        *({"unmoved_until": "-0.1"}, {"at_risk_below": "0.4"}),
    ],
)
def test_shares_of_criteria_lie_between_nothing_and_all(values):
    with pytest.raises(IntegrityError) as refusal:
        changed(make.CriteriaVersionFactory, **values)()

    assert is_about(refusal.value, "criteria_version_shares_in_order")


@pytest.mark.parametrize("column", ["reason_sl", "reason_en", "name"])
def test_a_state_set_by_a_person_is_explained(column):
    with pytest.raises(IntegrityError) as refusal:
        changed(make.OverrideFactory, **{column: ""})()

    assert is_about(refusal.value, "override_explained_in_both_languages")


@pytest.mark.parametrize("factory", [make.EvidenceFactory, make.ObservationEvidenceFactory])
@pytest.mark.parametrize("values", [{"url": ""}, {"file": "evidence/too.pdf"}])
def test_a_document_is_an_address_or_a_file(factory, values):
    with pytest.raises(IntegrityError) as refusal:
        changed(factory, **values)()

    assert "is_one_document" in str(refusal.value)


@pytest.mark.parametrize(
    "values", [{"per": "year", "units": 3}, {"per": "organisation", "units": 0}]
)
def test_units_are_organisations_and_at_least_one(values):
    with pytest.raises(IntegrityError) as refusal:
        changed(make.TargetFactory, **values)()

    assert is_about(refusal.value, "target_units_for_organisations_only")


@pytest.mark.parametrize(
    "factory",
    [
        make.GoalFactory,
        make.ObjectiveFactory,
        make.MeasureFactory,
        make.ProjectFactory,
        make.IndicatorFactory,
    ],
)
@pytest.mark.parametrize("nothing", EMPTY)
def test_two_drafts_may_lack_an_address(factory, nothing):
    for _ in range(2):
        record = factory(draft=True, slug_sl=nothing, slug_en=nothing)

    assert type(record).objects.filter(publication=Publication.DRAFT).count() == 2


@pytest.mark.parametrize(
    "factory", [make.ObservationFactory, make.TargetFactory, make.BudgetLineFactory]
)
def test_rules_hold_in_bulk_writes_too(factory):
    record = factory()
    record.pk = None

    with pytest.raises(IntegrityError):
        type(record).objects.bulk_create([record])


def test_every_rule_is_broken_in_a_test():
    tested = BROKEN_BY.keys() | IN_BOTH_LANGUAGES.keys()

    assert our_constraints().keys() == tested
