"""Documents that prove something: an address, or a file that is kept here."""

from django import forms
from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.common.documents import ACCEPT

from .base import ServiceStackedInline
from .forms import StaffForm


class DocumentForm(StaffForm):
    """Takes a file in as soon as it is known what it is; a form that is refused stores nothing."""

    upload = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("Instead of an address: PDF, picture, text, table or document, up to 10 MB."),
    )

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload is not None:
            self.instance.take(upload)
        return upload

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("url") and cleaned.get("upload") is None and "upload" not in self.errors:
            self.instance.forget_file()
        return cleaned


class DocumentInline(ServiceStackedInline):
    form = DocumentForm
    fields = [("title_sl", "title_en"), "url", ("upload", "kept")]
    readonly_fields = ["kept"]

    @admin.display(description=_("kept file"))
    def kept(self, document):
        if not document.file or document.upload is not None:
            return "–"
        url, size = document.get_absolute_url(), filesizeformat(document.size)
        return format_html('<a href="{}">{}</a> ({})', url, document.file_name, size)
