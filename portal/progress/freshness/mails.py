"""How reminders and the monthly list of a head read, in the language of who gets them.

Everything comes from the data of the event, so that a mail sent twice says the same twice.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.common import ledger
from portal.common.addresses import absolute_in_mail
from portal.common.languages import other_languages
from portal.common.models import Event

from .records import SUBJECTS


def register() -> None:
    """Make the mails known to the ledger."""
    ledger.register("reminders", reminders)
    ledger.register("overdue", overdue)


def reminders(event: Event, recipient: User, language: str) -> ledger.Mail:
    """Ask one person for all updates that a day brought up, what is overdue first."""
    on = date.fromisoformat(event.data["on"])
    items = [_readable(item, language) for item in event.data["items"]]
    subject = ngettext(
        "%(count)s record needs your update", "%(count)s records need your update", len(items)
    ) % {"count": len(items)}
    groups = [
        (_("Overdue"), [item for item in items if item["due"] < on]),
        (_("Due soon"), [item for item in items if item["due"] >= on]),
    ]
    return ledger.mail_from("progress/reminders", subject, groups=groups)


def overdue(event: Event, recipient: User, language: str) -> ledger.Mail:
    """Tell a head what is overdue in the organisations that they lead."""
    organisations = [
        {
            "name": _in_language(part["names"], language),
            "overdue": [_readable(item, language) for item in part["overdue"]],
            "nobody": part["nobody"],
        }
        for part in event.data["organisations"]
    ]
    count = sum(len(part["overdue"]) for part in organisations)
    subject = ngettext("%(count)s update is overdue", "%(count)s updates are overdue", count) % {
        "count": count
    }
    return ledger.mail_from("progress/overdue", subject, organisations=organisations)


def _readable(item: dict, language: str) -> dict:
    kind, key = item["record"].split(":")
    page = f"admin:{SUBJECTS[kind]._meta.label_lower.replace('.', '_')}_change"
    return item | {
        "title": _in_language(item["titles"], language),
        "due": date.fromisoformat(item["due"]),
        "edit_url": absolute_in_mail(reverse(page, args=[key])),
        "confirm_url": absolute_in_mail(reverse("admin:confirm", args=[kind, key])),
    }


def _in_language(texts: dict[str, str], language: str) -> str:
    """Return the text as one line; in the other language where there is none in this one."""
    spoken = (texts.get(code) for code in (language, *other_languages(language)))
    return " ".join(next(filter(None, spoken), "").split())
