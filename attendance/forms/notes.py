"""What is asked for about sick notes."""

from django import forms

from attendance.models import SickCheck, SickNote
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


class NoteForm(OnceForm):
    """Sent twice: the first time it shows what the note would change, the second time, unchanged, it is saved."""

    FIELDS = ("kind", "number", "start_on", "end_on", "issued_on", "delivered_on")

    kind = forms.ChoiceField(
        label="Czego dotyczy", choices=SickNote.Kind.choices, initial=SickNote.Kind.OWN, widget=forms.RadioSelect
    )
    start_on = DayField(label="Pierwszy dzień")
    end_on = DayField(label="Ostatni dzień")
    issued_on = DayField(label="Wystawiono", help_text="Data wystawienia na zaświadczeniu.")
    delivered_on = DayField(
        label="Doręczono",
        required=False,
        help_text="Dzień, w którym centrum dostało zwolnienie. Puste: dopiero zapowiedziane, dni będą tymczasowe.",
    )
    number = forms.CharField(
        label="Seria i numer",
        required=False,
        max_length=40,
        help_text="Może go nie być. Kodu choroby nigdzie się nie wpisuje.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    @property
    def given(self) -> dict:
        """What the act takes."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    @property
    def is_confirmed(self) -> bool:
        """Whether this is what was shown before."""
        return self.cleaned_data["seen"] == self._shown

    def confirm(self) -> None:
        """Remember what is shown now."""
        self.data = self.data.copy()
        self.data["seen"] = self._shown

    @property
    def _shown(self) -> str:
        return " ".join(str(self.cleaned_data[name]) for name in self.FIELDS if name != "number")


class DeliveryForm(OnceForm):
    delivered_on = DayField(label="Doręczono", help_text="Dzień, w którym centrum dostało zwolnienie.")


class CheckForm(OnceForm):
    visited_on = DayField(label="Dzień wizyty")
    result = forms.ChoiceField(label="Wynik", choices=SickCheck.Result.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Opis",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Kto był, o której, co zastano.",
    )
