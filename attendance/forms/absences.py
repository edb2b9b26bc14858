"""What is asked for while an absence is followed up."""

from django import forms

from attendance.models import Absence
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


def words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea({"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=2000, widget=widget)


def choice(label: str, choices, **kwargs) -> forms.ChoiceField:
    kwargs.setdefault(
        "error_messages", {"required": "Wybierz jedno z nich.", "invalid_choice": "Wybierz jedno z nich."}
    )
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


class NarrowAbsencesForm(forms.Form):
    """What stands in the address."""

    ENDED = "zakonczone"

    stan = forms.ChoiceField(
        label="Stan",
        required=False,
        choices=[("", "do wyjaśnienia"), (ENDED, "zakończone")],
        widget=forms.Select({"class": "form-select"}),
    )


class ReasonForm(OnceForm):
    kind = choice("Przyczyna", Absence.Reason.choices)
    reason = words("Co ustalono", "Od kogo i co. Bez rozpoznania choroby.", required=False)
    talk_on = DayField(
        label="Rozmowa wyznaczona na",
        required=False,
        help_text="Dzień rozmowy z pracownikiem reintegracji; może zostać puste. Usunięty dzień odwołuje rozmowę.",
    )


class CloseForm(OnceForm):
    arrangement = choice("Ustalenia", Absence.Arrangement.choices)
    arranged = words("Na czym stanęło", "Kto, co i do kiedy.", required=False)


class ReopenForm(OnceForm):
    reason = words("Dlaczego", "Na przykład: wpisano nie te ustalenia; osoba jednak się odezwała.")
