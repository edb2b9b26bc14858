from typing import Any

from django import forms

from cistor.centres import presets
from cistor.centres.forms.inputs import DayInput
from cistor.centres.models import Regulations
from cistor.centres.statute import Kind
from cistor.dates import day_text
from cistor.journal.once import OnceForm

PRESETS = {
    "statute": "gotowy regulamin zgodny z ustawą",
    "cistor": "gotowy regulamin: CISTOR w Toruniu",
    "rzyszczewo": "gotowy regulamin: CIS w Rzyszczewie",
}


class NameForm(OnceForm):
    title = forms.CharField(label="Nazwa", max_length=200)
    in_force_from = forms.DateField(
        label="Obowiązuje od",
        widget=DayInput(),
        help_text="Wcześniejsze dni są liczone według wersji, która wtedy obowiązywała.",
    )


class StartForm(NameForm):
    """From what a draft is made: one of the centre's versions, or a preset."""

    origin = forms.ChoiceField(label="Na podstawie")
    raise_rights = forms.BooleanField(
        label="Podnieś do ustawy to, co daje mniej, niż się uczestnikom należy",
        required=False,
        help_text="Na przykład 120% zasiłku i 21 dni choroby; wartości z dnia, od którego regulamin obowiązuje.",
    )
    raise_maxima = forms.BooleanField(
        label="Podnieś też do ustawowego maksimum to, co wybiera centrum",
        required=False,
        help_text="Premia, dni wolne, przedłużenie: niższe są zgodne z prawem.",
    )

    field_order = ["token", "origin", "title", "in_force_from", "raise_rights", "raise_maxima"]

    def __init__(self, *args: Any, versions: list[Regulations], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.versions = {str(version.pk): version for version in versions}
        own = [(pk, _called(version)) for pk, version in self.versions.items()]
        self.fields["origin"].choices = [*own, *((name, PRESETS[name]) for name in presets.NAMES[::-1])]

    def clean_origin(self) -> Regulations | str:
        chosen = self.cleaned_data["origin"]
        return self.versions.get(chosen, chosen)

    def raised(self) -> list[Kind]:
        kinds = {"raise_rights": Kind.BELOW_RIGHT, "raise_maxima": Kind.BELOW_MAXIMUM}
        return [kind for name, kind in kinds.items() if self.cleaned_data[name]]


def _called(version: Regulations) -> str:
    what = "projekt, " if version.is_draft else ""
    return f"{version.title} ({what}od {day_text(version.in_force_from)})"
