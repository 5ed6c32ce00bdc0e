from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from indicators.models import Confirmation
from portal.common.languages import LANGUAGES

SHORTEST, LONGEST = 10, Confirmation._meta.get_field("sentence").max_length


class Sentence(forms.CharField):
    """A sentence on one line: what cannot be seen does not count, and a null is refused."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            min_length=SHORTEST,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
            **kwargs,
        )

    def to_python(self, value):
        signs = super().to_python(value)
        seen = (sign if sign.isprintable() or sign == "\x00" else " " for sign in signs)
        return " ".join("".join(seen).split())


class ConfirmationForm(forms.Form):
    """The owner's word that nothing has changed, in one language or both."""

    sentence_sl = Sentence(label=_("In Slovenian"))
    sentence_en = Sentence(label=_("In English"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"sentence_{language}"].widget.attrs["lang"] = language

    def clean(self):
        if not self.errors and not any(self.sentences.values()):
            raise ValidationError(_("Say in a sentence what has been checked."))
        return self.cleaned_data

    @property
    def sentences(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"sentence_{code}", "") for code in LANGUAGES}
