"""What is asked for about sick notes."""

from django import forms

from attendance.models import SickCheck, SickNote
from attendance.reading.notes import attended
from cistor.dates import days_text
from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import Programme


class NoteForm(OnceForm):
    """What a paper says. Over days marked as attended it asks whether that is meant, naming them.

    Sent twice: the first time it shows what would change, the second time, unchanged, it is saved.
    """

    FIELDS = ("kind", "number", "start_on", "end_on", "issued_on", "delivered_on")

    kind = forms.ChoiceField(
        label="Czego dotyczy", choices=SickNote.Kind.choices, initial=SickNote.Kind.OWN, widget=forms.RadioSelect
    )
    start_on = DayField(label="Pierwszy dzień")
    end_on = DayField(label="Ostatni dzień", help_text="Zapowiedziany: spodziewany; poprawisz go przy doręczeniu.")
    issued_on = DayField(
        label="Wystawiono",
        required=False,
        help_text="Data wystawienia na zaświadczeniu. Bez niej termin doręczenia liczy się od pierwszego dnia.",
    )
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
    despite = forms.BooleanField(required=False)
    seen = forms.CharField(required=False, max_length=160, widget=forms.HiddenInput)

    def __init__(self, *args, programme: Programme, note: SickNote | None = None, reads_number: bool = True, **kwargs):
        """`note`: the one that is put right; its number is kept from whoever may not read it."""
        if note:
            known = {name: getattr(note, name) for name in self.FIELDS}
            kwargs["initial"] = known if reads_number else known | {"number": ""}
        super().__init__(*args, **kwargs)
        if note and note.delivered_on:
            self.fields["end_on"].help_text = ""
        self._programme, self._keeps_number = programme, bool(note and note.number and not reads_number)
        if self._keeps_number:
            self.fields["number"].help_text = "Numer jest już wpisany. Puste: bez zmian."
        if not self.is_bound:
            del self.fields["despite"]

    def clean(self):
        start, end = self.cleaned_data.get("start_on"), self.cleaned_data.get("end_on")
        days = attended(self._programme, start, end) if start and end else []
        if not days:
            del self.fields["despite"]
            return
        self["despite"].label = f"Wpisz mimo oznaczonej obecności: {days_text(days)}"
        if self.is_confirmed and not self.cleaned_data["despite"]:
            self.add_error("despite", "Zaznacz, jeżeli zwolnienie ma przesłonić obecność, albo popraw dni.")

    @property
    def given(self) -> dict:
        """What the act takes."""
        given = {name: self.cleaned_data[name] for name in self.FIELDS}
        if self._keeps_number and not given["number"]:
            del given["number"]
        return given

    @property
    def is_confirmed(self) -> bool:
        """Whether this is what was shown before."""
        return self.cleaned_data.get("seen") == self._shown

    @property
    def only_tick_missing(self) -> bool:
        """Whether all but the tick is as it was shown, so that ticking it is all that is left."""
        return set(self.errors) == {"despite"} and self.is_confirmed

    def confirm(self) -> None:
        """Remember what is shown now."""
        self.data = self.data.copy()
        self.data["seen"] = self._shown

    @property
    def _shown(self) -> str:
        return " ".join(str(self.cleaned_data.get(name)) for name in self.FIELDS)


class DeliveryForm(NoteForm):
    """The paper is here."""

    end_on = DayField(label="Ostatni dzień")
    delivered_on = DayField(label="Doręczono", help_text="Dzień, w którym centrum dostało zwolnienie.")
    issued_on = DayField(label="Wystawiono", help_text="Data wystawienia na zaświadczeniu.")


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
