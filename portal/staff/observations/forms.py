"""What one chooses before values are entered."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from goals.models import Goal
from indicators.models import Indicator
from portal.accounts.models import Organisation
from portal.accounts.permissions import edited_organisations, edits_everything
from portal.accounts.staff.exchange import check_spreadsheet
from portal.accounts.staff.formats import MAX_FILE_SIZE

from .files import KINDS
from .number import Convention
from .periods import MONTH, QUARTER, YEAR

EARLIEST = 1950
USUAL = "usual"
PRECISIONS = [
    (USUAL, pgettext_lazy("periods", "as each is measured")),
    (YEAR, pgettext_lazy("periods", "years")),
    (QUARTER, pgettext_lazy("periods", "quarters")),
    (MONTH, pgettext_lazy("periods", "months")),
]
ANY = gettext_lazy("all")


class ChoiceForm(forms.Form):
    """Which indicators, which periods, and how numbers are written; all have a default."""

    q = forms.CharField(label=gettext_lazy("Code or name"), max_length=100, required=False)
    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label=gettext_lazy("Goal"),
        to_field_name="code",
        required=False,
        empty_label=ANY,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Organisation"),
        to_field_name="code",
        required=False,
        empty_label=ANY,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", ANY), *Indicator.Kind.choices], required=False
    )
    by = forms.ChoiceField(label=gettext_lazy("Periods"), choices=PRECISIONS)
    first = forms.IntegerField(label=gettext_lazy("From the year"), min_value=EARLIEST)
    last = forms.IntegerField(label=gettext_lazy("To the year"), min_value=EARLIEST)
    numbers = forms.ChoiceField(label=gettext_lazy("Numbers"), choices=Convention.choices)

    def __init__(self, data, *, user):
        self.today = timezone.localdate()
        super().__init__({**self._defaults(self.today), **data.dict()}, auto_id="choose_%s")
        self.fields["goal"].queryset = Goal.objects.visible_to(user).filter(
            strategy__is_current=True
        )
        self.fields["organisation"].queryset = Organisation.objects.filter(_theirs(user))
        for name in ("first", "last"):
            self.fields[name].validators.append(self._not_to_come)
            self.fields[name].widget.attrs["max"] = self.today.year

    @staticmethod
    def _defaults(today: date) -> dict[str, object]:
        usual = {"first": today.year - 2, "last": today.year, "numbers": Convention.usual()}
        return usual | {"by": USUAL}

    def _not_to_come(self, year: int) -> None:
        if year > self.today.year:
            raise ValidationError(_("This year has not begun yet."))

    def clean(self):
        years = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if None not in years and years[0] > years[1]:
            raise ValidationError(_("The first year must not be after the last."))
        return self.cleaned_data

    @property
    def convention(self) -> Convention:
        return Convention(self.cleaned_data["numbers"])

    def chosen(self, user):
        """Return the indicators that were chosen, of those for which ``user`` may enter values."""
        indicators, choice = Indicator.objects.open_to(user), self.cleaned_data
        if choice["goal"]:
            indicators = indicators.below(choice["goal"])
        if choice["organisation"]:
            indicators = indicators.kept_by(choice["organisation"])
        if choice["kind"]:
            indicators = indicators.of_kind(choice["kind"])
        return indicators.matching(choice["q"]) if choice["q"] else indicators


class SpreadsheetForm(forms.Form):
    """A file, and how the numbers in it are written."""

    numbers = forms.ChoiceField(
        label=gettext_lazy("Numbers in the file"),
        widget=forms.RadioSelect,
        choices=lambda: [(one.value, one.meaning) for one in Convention],
    )
    file = forms.FileField(label=gettext_lazy("Spreadsheet"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"numbers": Convention.usual()}, **kwargs)
        field = self.fields["file"]
        field.widget.attrs["accept"] = ",".join(f".{kind}" for kind in KINDS)
        field.help_text = _("A file .csv (UTF-8) or .xlsx of at most %(size)s.") % {
            "size": filesizeformat(MAX_FILE_SIZE)
        }

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.kind = check_spreadsheet(file, KINDS)
        return file

    @property
    def convention(self) -> Convention:
        return Convention(self.cleaned_data["numbers"])


def _theirs(user) -> Q:
    """Editors find the organisations that they edit for, chief editors all."""
    return Q() if edits_everything(user) else Q(pk__in=edited_organisations(user))
