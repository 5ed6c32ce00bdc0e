"""Forms of the administration as a browser would fill and send them."""

import html5lib
from django.urls import reverse

from portal.common.models import OutboxMessage


def url_of(record) -> str:
    """The form of a record."""
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


def waiting() -> set[str]:
    """What is going to be judged anew."""
    return set(OutboxMessage.objects.of("progress").values_list("key", flat=True))


def fields_of(response) -> dict[str, list[str]]:
    """What the main form of a page would send if nobody changed anything."""
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(f for f in page.iter("form") if f.get("id", "").endswith("_form"))
    data: dict[str, list[str]] = {}
    for element in form.iter():
        name = element.get("name")
        if name and (values := _values(element)) is not None:
            data.setdefault(name, []).extend(values)
    return data


def _values(element) -> list[str] | None:
    if element.tag == "textarea":
        return [(element.text or "").removeprefix("\n")]
    if element.tag == "select":
        options = [o for o in element.iter("option") if o.get("selected") is not None]
        first = [] if element.get("multiple") is not None else list(element.iter("option"))[:1]
        return [option.get("value", "") for option in options or first]
    if element.tag != "input" or element.get("type") in ("submit", "button", "file"):
        return None
    if element.get("type") in ("checkbox", "radio") and element.get("checked") is None:
        return None
    return [element.get("value", "")]


def send(client, url: str, **changes):
    """Open the form at ``url``, change some fields and send it."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return client.post(url, fields_of(response) | changes)


def add_row(client, url: str, prefix: str, row: dict, **changes):
    """The same with one more row in the inline ``prefix``."""
    data = fields_of(client.get(url))
    number = int(data[f"{prefix}-TOTAL_FORMS"][0])
    blank = {k.replace("__prefix__", str(number)): v for k, v in data.items() if "__prefix__" in k}
    filled = {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    total = {f"{prefix}-TOTAL_FORMS": str(number + 1)}
    return client.post(url, data | blank | total | filled | changes)
