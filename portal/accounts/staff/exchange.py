"""Import with a preview and export, in the same spreadsheet format."""

from collections.abc import Collection
from copy import copy

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from portal.accounts.permissions import may

from .base import ServiceAdmin
from .formats import MAX_FILE_SIZE, SafeCSV, SafeXLSX, UnreadableFile
from .storage import PersonalStorage


def check_spreadsheet(file: UploadedFile, kinds: Collection[str]) -> str:
    """Return of which of ``kinds`` a file is by its name. Raises ``ValidationError``."""
    if file.size > MAX_FILE_SIZE:
        sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(MAX_FILE_SIZE)}
        text = _("The file has %(size)s; at most %(limit)s can be imported.")
        raise forms.ValidationError(text % sizes, code="large")
    kind = file.name.rpartition(".")[2].lower()
    if kind not in kinds:
        raise forms.ValidationError(_("Only .csv and .xlsx can be imported."), code="format")
    return kind


class SpreadsheetForm(ImportForm):
    """A file; its format is told by its name."""

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.extensions = {f().get_extension(): str(i) for i, f in enumerate(formats)}
        self.fields["format"].required = False
        self.fields["format"].widget = forms.HiddenInput()
        field = self.fields["import_file"]
        field.label = gettext_lazy("Spreadsheet")
        field.help_text = _("A file .csv (UTF-8) or .xlsx of at most %(size)s.") % {
            "size": filesizeformat(MAX_FILE_SIZE)
        }
        field.widget.attrs["accept"] = ".csv,.xlsx"

    @property
    def media(self):
        return forms.Media()

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        check_spreadsheet(file, self.extensions)
        return file

    def clean(self):
        if file := self.cleaned_data.get("import_file"):
            extension = file.name.rpartition(".")[2].lower()
            self.cleaned_data["format"] = self.extensions[extension]
        return self.cleaned_data


class ConfirmForm(ConfirmImportForm):
    """The signed name of the file that was previewed."""

    format = forms.ChoiceField(choices=[("0", "csv"), ("1", "xlsx")], widget=forms.HiddenInput())

    def clean_import_file_name(self):
        return self.cleaned_data["import_file_name"]


class ExchangeAdmin(ImportExportMixin, ServiceAdmin):
    """A list that can be exported, worked on in a spreadsheet and imported again.

    All rows are imported or none; a person reaches no other rows than on the other pages.
    """

    formats = [SafeCSV, SafeXLSX]
    import_form_class = SpreadsheetForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    skip_admin_log = True

    def has_import_permission(self, request):
        return may(request.user, "change", self.model)

    def has_export_permission(self, request):
        return may(request.user, "view", self.model)

    def get_resource_kwargs(self, request, *args, **kwargs):
        return {"user": request.user}

    def get_tmp_storage_class(self):
        return PersonalStorage

    def get_tmp_storage_class_kwargs(self):
        return {"owner": self.owner}

    def _for(self, request):
        """A copy for this request: the storage must know whose file it keeps, threads share us."""
        own = copy(self)
        own.owner = f"{request.user.pk}:{self.model._meta.label_lower}"
        return own

    def import_action(self, request, **kwargs):
        return super(ExchangeAdmin, self._for(request)).import_action(request, **kwargs)

    def process_import(self, request, **kwargs):
        try:
            return super(ExchangeAdmin, self._for(request)).process_import(request, **kwargs)
        except UnreadableFile as error:
            self.message_user(request, str(error), messages.ERROR)
            return self._to_import()

    def add_data_read_fail_error_to_form(self, form, e):
        known = isinstance(e, UnreadableFile)
        form.add_error("import_file", str(e) if known else _("The file cannot be read."))

    def process_dataset(self, dataset, form, request, **kwargs):
        kwargs["rollback_on_validation_errors"] = True
        return super().process_dataset(dataset, form, request, **kwargs)

    def process_result(self, result, request):
        if result.has_errors() or result.has_validation_errors():
            text = _("Nothing was imported: the records have changed since the preview.")
            self.message_user(request, text, messages.ERROR)
            return self._to_import()
        return super().process_result(result, request)

    def add_success_message(self, result, request):
        text = _("Imported: %(new)d new, %(update)d changed, %(skip)d unchanged.")
        self.message_user(request, text % result.totals, messages.SUCCESS)

    def _to_import(self):
        info = self.opts.app_label, self.opts.model_name
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*info)))

    def export_action(self, request):
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(request.path)

    def get_valid_export_item_pks(self, request):
        return self.get_queryset(request).values_list("pk", flat=True)
