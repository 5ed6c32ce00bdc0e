"""What a spreadsheet row becomes: checked by the same rules, written by the same service."""

from collections import Counter
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from import_export import resources, widgets
from import_export.fields import Field

from portal.accounts.permissions import editable_q, may, protected_fields
from portal.common.models import AuditEntry, Slugged
from portal.common.services import give_slugs, save_record

from .differences import mark_differences
from .fields import parse_number
from .formats import cell_text


class CodeWidget(widgets.ForeignKeyWidget):
    """Another record by its code; the resource says among which."""

    def __init__(self, model: type[Model]):
        super().__init__(model, field="code")
        self.resource: ServiceResource | None = None

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        target = self.resource.reachable(self.model).filter(code=value).first()
        if target is None:
            names = {"kind": self.model._meta.verbose_name, "code": value}
            raise ValueError(_("There is no %(kind)s with the code “%(code)s”.") % names)
        return target


class LinesWidget(widgets.Widget):
    """A list of texts, one in a line of the cell."""

    def clean(self, value, row=None, **kwargs):
        return [line.strip() for line in value.splitlines() if line.strip()]

    def render(self, value, obj=None, **kwargs):
        return "\n".join(map(str, value or []))


class NumberWidget(widgets.Widget):
    def clean(self, value, row=None, **kwargs):
        try:
            return parse_number(value) if value else None
        except ValidationError as error:
            raise ValueError(error.message) from None

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        plain = value.normalize()
        return plain if plain.as_tuple().exponent <= 0 else plain.quantize(Decimal(1))


class Differences:
    """The preview of a row, cell by cell, in markup that needs no inline style."""

    def __init__(self, resource, instance, new):
        self.before = (
            [""] * len(resource.get_import_fields()) if new else self._cells(resource, instance)
        )
        self.after: list[str] = []

    def compare_with(self, resource, instance, dry_run=False):
        self.after = self._cells(resource, instance) if instance else []

    def as_html(self):
        after = self.after or [""] * len(self.before)
        return [mark_differences(old, new) for old, new in zip(self.before, after, strict=True)]

    @staticmethod
    def _cells(resource, instance) -> list[str]:
        cells = (field.export(instance) for field in resource.get_import_fields())
        return ["" if cell is None else str(cell) for cell in cells]


class ServiceResource(resources.ModelResource):
    """Rows keyed on ``code`` among the records that the person may edit.

    A row with a code that is not among them is new, and only who may add records may bring it; it
    can never overwrite a record out of reach, for it is saved as an insertion. ``sample`` tells of
    invented data: the record's own, or the office that answers for it; it cannot be imported.
    """

    sample = Field(column_name="sample", readonly=True)

    WIDGETS_MAP = {
        **resources.ModelResource.WIDGETS_MAP,
        "DecimalField": NumberWidget,
        "JSONField": LinesWidget,
    }

    def __init__(self, user, **kwargs):
        super().__init__(**kwargs)
        self.user = user
        for field in self.fields.values():
            if isinstance(field.widget, CodeWidget):
                field.widget.resource = self

    @classmethod
    def get_diff_class(cls):
        return Differences

    def dehydrate_sample(self, record: Model) -> str:
        shown = record if hasattr(record, "is_sample") else record.organisation
        return "yes" if shown is not None and shown.is_sample else "no"

    def get_queryset(self):
        return self.in_scope(super().get_queryset()).filter(editable_q(self._meta.model, self.user))

    def reachable(self, model: type[Model]):
        """The records that a cell may refer to: those named already, those of other people too."""
        return self.in_scope(model._default_manager.all())

    def in_scope(self, queryset):
        """Narrow to what codes are unique in: the strategy that the site shows."""
        columns = {field.name for field in queryset.model._meta.fields}
        return queryset.filter(strategy__is_current=True) if "strategy" in columns else queryset

    def import_data(self, dataset, *args, **kwargs):
        """Deal only with the columns that the file has, so that the preview shows no others."""
        self.known = {field.column_name for field in self.fields.values()}
        self.fields = {
            name: field
            for name, field in self.fields.items()
            if name == "code" or field.column_name in dataset.headers
        }
        return super().import_data(dataset, *args, **kwargs)

    def before_import(self, dataset, **kwargs):
        unknown = [header for header in dataset.headers if header not in self.known]
        if unknown:
            raise ValueError(_("Unknown columns: %(names)s") % {"names": ", ".join(unknown)})
        if "code" not in dataset.headers:
            raise ValueError(_("The column “code” is missing."))
        twice = [code for code, count in Counter(dataset["code"]).items() if count > 1]
        if twice:
            raise ValueError(_("Codes that occur twice: %(codes)s") % {"codes": ", ".join(twice)})

    def before_import_row(self, row, **kwargs):
        row["code"] = row.get("code", "").strip()
        if not row["code"]:
            raise ValidationError({"code": _("This row has no code.")})

    def after_init_instance(self, instance, new, row, **kwargs):
        if new and not may(self.user, "add", self._meta.model):
            message = _("You cannot edit any record with the code “%(code)s”.") % {
                "code": row["code"]
            }
            raise ValidationError({"code": message})
        self.complete(instance, new)

    def complete(self, instance, new: bool) -> None:
        """Set what no column says, such as the strategy."""

    def import_instance(self, instance, row, **kwargs):
        self._keep_guarded(instance, row)
        super().import_instance(instance, row, **kwargs)

    def _keep_guarded(self, instance, row) -> None:
        """Refuse a change of what only chief editors may change, without looking it up."""
        guarded, changed = protected_fields(self.user), []
        for name in guarded & self.fields.keys() - {"code"}:
            field = self.fields[name]
            if field.column_name in row:
                stored = field.export(instance)
                if row.pop(field.column_name) != cell_text(stored):
                    changed.append(name)
        if changed:
            text = _("Only a chief editor may change this.")
            raise ValidationError({name: [text] for name in changed})

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if import_validation_errors or instance._state.adding:
            return False
        fields_ = self.get_import_fields()
        return all(field.export(instance) == field.export(original) for field in fields_)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def do_instance_save(self, instance, is_create):
        if is_create:
            instance.pk, instance._state.adding = None, True
        if isinstance(instance, Slugged):
            instance.clean()
            give_slugs(instance)
        save_record(record=instance, by=self.user, source=AuditEntry.Source.IMPORT)

    class Meta:
        import_id_fields = ("code",)
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        clean_model_instances = False
