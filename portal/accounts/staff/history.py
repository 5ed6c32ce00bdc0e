"""The history of a record for staff: who changed what, before and after."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Field, Model, Q, QuerySet
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.common.fields import MeasurementField, MoneyField
from portal.common.models import AuditEntry
from portal.common.wording import euros, number

from .differences import mark_differences

PER_PAGE = 50


@dataclass(frozen=True)
class Change:
    label: str
    difference: SafeString


@dataclass(frozen=True)
class Entry:
    """One line of the history, ready to be read."""

    entry: AuditEntry
    kind: str  # what kind of record, where it is not the record of the page itself
    changes: list[Change]


class HistoryPage:
    """Replaces the stock history, which knows only that something was changed."""

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        page = Paginator(self.audit_entries(record), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % record,
            "subtitle": None,
            "entries": readable(list(page.object_list), record),
            "page": page,
            "opts": self.opts,
            "object": record,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/object_history.html", context)

    def audit_entries(self, record: Model) -> QuerySet[AuditEntry]:
        """What happened to ``record`` and to the rows that are edited on its page."""
        wanted = Q(model=record._meta.label_lower, object_id=str(record.pk))
        for inline in (inline for inline in self.inlines if inline.edited_here):
            for field in inline.model._meta.concrete_fields:
                if field.is_relation and field.related_model is self.model:
                    wanted |= entries_of_rows(inline.model, field, record)
        return AuditEntry.objects.filter(wanted).select_related("by")


def entries_of_rows(model: type[Model], link: Field, record: Model) -> Q:
    """Entries of rows that belong or belonged to ``record``, deleted ones included."""
    label, key = model._meta.label_lower, str(record.pk)
    linked = Q(**{f"changes__{link.attname}__0": key}) | Q(**{f"changes__{link.attname}__1": key})
    ids = AuditEntry.objects.filter(linked, model=label).values("object_id")
    return Q(model=label, object_id__in=ids)


def readable(entries: list[AuditEntry], record: Model | None = None) -> list[Entry]:
    """Turn columns and keys into words; one query for each kind of record that is referred to."""
    names = _names_of_targets(entries)
    own = record._meta.label_lower if record else ""
    return [
        Entry(entry, "" if entry.model == own else kind_of(entry), _changes(entry, names))
        for entry in entries
    ]


def change_list(entry: AuditEntry) -> SafeString:
    """Return the changes of one entry as a list of terms."""
    changes = ((change.label, change.difference) for change in readable([entry])[0].changes)
    return format_html(
        '<dl class="changes">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", changes)
    )


def kind_of(entry: AuditEntry) -> str:
    model = _model(entry)
    return str(model._meta.verbose_name) if model else ""


def _model(entry: AuditEntry) -> type[Model] | None:
    try:
        return apps.get_model(entry.model)
    except LookupError:
        return None


def _field(model: type[Model] | None, column: str) -> Field | None:
    for field in model._meta.get_fields() if model else ():
        if column in (field.name, getattr(field, "attname", "")) and hasattr(field, "verbose_name"):
            return field
    return None


def _changes(entry: AuditEntry, names: dict[tuple, str]) -> list[Change]:
    model, changes = _model(entry), []
    fields = [(_field(model, column), values) for column, values in entry.changes.items()]
    for field, values in sorted(fields, key=lambda pair: _position(pair[0])):
        if field is not None and not field.editable:
            continue  # derived from others, or a mark of the loader's own
        before, after = (_in_words(field, value, names) for value in values)
        label = capfirst(field.verbose_name) if field else "–"
        changes.append(Change(label, mark_differences(before, after)))
    return changes


def _position(field: Field | None) -> int:
    """Columns in the order of the model, the original language first."""
    return field.creation_counter if field is not None else 10**9


def _in_words(field: Field | None, value: str | None, names: dict[tuple, str]) -> str:
    if value is None or field is None:
        return value or ""
    if field.many_to_one:
        return names.get((field.related_model, value), f"#{value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, MoneyField):
        return euros(int(value))
    if isinstance(field, MeasurementField):
        return number(Decimal(value))
    if field.get_internal_type() == "BooleanField":
        return _("yes") if value == "True" else _("no")
    if field.get_internal_type() == "DateTimeField" and (moment := parse_datetime(value)):
        return localize(localtime(moment))
    return value


def _names_of_targets(entries: list[AuditEntry]) -> dict[tuple, str]:
    wanted = defaultdict(set)
    for entry in entries:
        model = _model(entry)
        for column, values in entry.changes.items():
            field = _field(model, column)
            if field is not None and field.many_to_one:
                wanted[field.related_model] |= {value for value in values if value}
    return {
        (model, str(target.pk)): str(target)
        for model, keys in wanted.items()
        for target in model._base_manager.filter(pk__in=keys)
    }
