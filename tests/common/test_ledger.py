"""Telling people: each once, in their language, whatever happens to the mail on its way."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import html5lib
import pytest
from django.core import mail as outgoing
from django.core.mail.backends.locmem import EmailBackend
from django.utils.translation import gettext as _

from portal.common import ledger
from portal.common.ledger import Mail, announce, mail_from, send_due
from portal.common.models import AuditEntry, Delivery, Event
from tests.factories import DeliveryFactory, GoalFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def after(**time):
    return NOON + timedelta(**time)


def news(event, recipient, language):
    subject = event.data.get("subject") or _("Indicators")
    return Mail(subject, f"{language}: {event.key}", f"<p>{event.key}</p>")


@pytest.fixture(autouse=True)
def only_news(monkeypatch):
    monkeypatch.setattr(ledger, "_renderers", {"news": news})


@pytest.fixture
def break_mail(monkeypatch):
    """Let sending fail as told; None mends it."""

    def set_fault(error, method="send_messages"):
        def fail(self, *args):
            raise error

        undone = getattr(EmailBackend, f"{method}_before", getattr(EmailBackend, method))
        monkeypatch.setattr(EmailBackend, f"{method}_before", undone, raising=False)
        monkeypatch.setattr(EmailBackend, method, fail if error else undone)

    return set_fault


def tell(*people, key="news:1", **values):
    return announce(kind="news", key=key, recipients=people, at=NOON, **values)


def test_tells_each_of_them_once(citizen, councillor):
    tell(citizen, councillor)

    assert send_due(now=NOON) == 2
    assert send_due(now=after(days=1)) == 0

    assert {to for message in outgoing.outbox for to in message.to} == {
        citizen.email,
        councillor.email,
    }
    assert Delivery.objects.get(recipient=citizen).sent_at == NOON


def test_announced_again_tells_only_who_was_not_told(citizen, councillor):
    first = tell(citizen, citizen, data={"subject": "First"})
    send_due(now=NOON)

    again = tell(citizen, councillor, data={"subject": "Second"})
    send_due(now=NOON)

    assert again == first
    assert Event.objects.get().data == {"subject": "First"}
    assert [message.to for message in outgoing.outbox] == [[citizen.email], [councillor.email]]


def test_remembers_what_the_event_is_about(citizen):
    goal = GoalFactory()

    event = tell(citizen, subject=goal)

    assert (event.subject_model, event.subject_id, event.at) == ("goals.goal", str(goal.pk), NOON)


@pytest.mark.parametrize(("language", "subject"), [("sl", "Kazalniki"), ("en", "Indicators")])
def test_writes_in_the_language_of_the_person(language, subject):
    tell(UserFactory(language=language))

    send_due(now=NOON)

    [message] = outgoing.outbox
    assert (message.subject, message.body) == (subject, f"{language}: news:1")


def test_says_that_a_machine_wrote_it(citizen, settings):
    settings.BASE_URL = "https://strategy.example"
    tell(citizen)

    send_due(now=NOON)

    sent = message_from_bytes(outgoing.outbox[0].message().as_bytes())
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Date"]
    assert re.fullmatch(r"<delivery-\d+-[0-9a-f]{16}@strategy\.example>", sent["Message-ID"])
    assert [part.get_content_type() for part in sent.get_payload()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x07", "\x0b", "\u2028", "\x85"])
def test_a_subject_never_begins_another_header(citizen, sign):
    tell(citizen, data={"subject": f"Water{sign}Bcc: everybody@example.org"})

    send_due(now=NOON)

    sent = message_from_bytes(outgoing.outbox[0].message().as_bytes())
    assert sent["Subject"] == "Water Bcc: everybody@example.org"
    assert sent["Bcc"] is None


def test_waits_for_its_time(citizen):
    tell(citizen)

    assert send_due(now=after(seconds=-1)) == 0
    assert send_due(now=NOON) == 1


def test_a_mail_that_fails_comes_back_and_says_why(citizen, break_mail):
    tell(citizen)
    break_mail(SMTPRecipientsRefused({}))

    assert send_due(now=NOON) == 0

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.next_at) == (
        *("pending", 1),
        after(minutes=1),
    )
    assert delivery.last_error.startswith("SMTPRecipientsRefused")


def test_a_mail_that_fails_does_not_hold_up_the_next(citizen, councillor, monkeypatch):
    def picky(event, recipient, language):
        if recipient == citizen:
            raise ValueError
        return news(event, recipient, language)

    ledger.register("news", picky)
    tell(citizen, councillor)

    assert send_due(now=NOON) == 1


def test_a_mail_is_given_up_after_ten_attempts(citizen, break_mail):
    tell(citizen)
    break_mail(SMTPRecipientsRefused({}))
    now, waits = NOON, []

    while Delivery.objects.get().state == Delivery.State.PENDING:
        send_due(now=now)
        waits.append(Delivery.objects.get().next_at - now)
        now = Delivery.objects.get().next_at

    assert [wait.total_seconds() / 60 for wait in waits] == [
        *(1, 2, 4, 8, 16, 32, 64, 128, 256, 360),
    ]
    assert Delivery.objects.dead().count() == 1


def test_a_server_that_is_away_costs_no_attempt(citizen, break_mail):
    tell(citizen)
    break_mail(ConnectionRefusedError(), "open")

    send_due(now=NOON)

    delivery = Delivery.objects.get()
    assert (delivery.attempts, delivery.next_at) == (0, NOON)


def test_a_mail_nobody_can_write_is_kept(citizen):
    announce(kind="unheard-of", key="1", recipients=[citizen], at=NOON)

    send_due(now=NOON)

    assert Delivery.objects.get().last_error == "KeyError: 'unheard-of'"


@pytest.mark.parametrize("values", [{"is_active": False}, {"email": ""}])
def test_does_not_write_to_a_closed_account(citizen, values):
    tell(citizen)
    type(citizen).objects.filter(pk=citizen.pk).update(**values)

    assert send_due(now=NOON) == 0

    assert Delivery.objects.get().state == Delivery.State.DEAD
    assert not outgoing.outbox


def test_who_was_killed_while_sending_repeats_the_same_mail_later(citizen, break_mail):
    tell(citizen)
    break_mail(KeyboardInterrupt())  # after the claim, before the note
    with pytest.raises(KeyboardInterrupt):
        send_due(now=NOON)
    first = ledger._message_id(Delivery.objects.get())
    break_mail(None)

    assert send_due(now=after(seconds=119)) == 0
    assert send_due(now=after(seconds=120)) == 1

    assert outgoing.outbox[0].extra_headers["Message-ID"] == first


def test_a_connection_lost_in_the_middle_is_opened_anew(citizen, councillor, break_mail):
    tell(citizen)
    break_mail(SMTPServerDisconnected())
    send_due(now=NOON)
    break_mail(None)

    assert send_due(now=after(minutes=1)) == 1


def test_tries_again_what_was_given_up(administrator):
    delivery = DeliveryFactory(state=Delivery.State.DEAD, attempts=10)

    ledger.try_again(delivery=delivery, by=administrator)

    assert send_due() == 1
    assert delivery.recipient.email not in str(AuditEntry.objects.get().__dict__)


@pytest.mark.parametrize("language", ["sl", "en"])
def test_the_frame_of_a_mail_loads_nothing_and_names_its_language(language, settings):
    settings.BASE_URL = "https://strategy.example"

    with ledger.override(language):
        mail = mail_from("base", "Voda & <zrak>")

    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(mail.html)
    assert page.get("lang") == language
    assert page.find("head/title").text == page.find("body/main/h1").text == "Voda & <zrak>"
    assert f"https://strategy.example/{language}/" in mail.text
    assert not re.search(r"\b(src|style)=|<link|<script", mail.html)
