"""What the machinery could not do: administrators see it and let it be tried again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.common.models import Delivery
from tests.factories import DeliveryFactory, OutboxMessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(administrator, sign_in):
    return sign_in(administrator)


def try_again(browser, record):
    url = reverse(f"admin:common_{record._meta.model_name}_changelist")
    return browser.post(url, {"action": "try_again", "_selected_action": [record.pk]})


def test_lists_failed_work_with_its_reason(browser):
    OutboxMessageFactory(key="goal:7", attempts=3, last_error="ValueError: no such thing")

    page = browser.get(reverse("admin:common_outboxmessage_changelist")).content.decode()

    assert "goal:7" in page
    assert "ValueError: no such thing" in page


def test_tries_failed_work_again(browser):
    tomorrow = timezone.now() + timedelta(days=1)
    message = OutboxMessageFactory(attempts=3, due_at=tomorrow)

    try_again(browser, message)

    message.refresh_from_db()
    assert message.due_at < tomorrow


def test_tries_a_given_up_mail_again(browser):
    delivery = DeliveryFactory(state=Delivery.State.DEAD, attempts=10)

    try_again(browser, delivery)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("pending", 0)


def test_does_not_send_again_what_was_sent(browser):
    delivery = DeliveryFactory(state=Delivery.State.SENT, sent_at=timezone.now())

    try_again(browser, delivery)

    delivery.refresh_from_db()
    assert delivery.state == "sent"


@pytest.mark.parametrize("factory", [OutboxMessageFactory, DeliveryFactory])
def test_is_no_business_of_chief_editors(chief_editor, sign_in, factory):
    response = try_again(sign_in(chief_editor), factory())

    assert response.status_code == 403
