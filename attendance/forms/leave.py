"""What is asked for about free days."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from django import forms

from attendance.forms.corrections import DecisionForm
from cistor.dates import day_text
from cistor.journal.once import OnceForm
from participants.forms.day import DayField

# More is a slip of the keyboard.
LONGEST = timedelta(days=92)


class AskForm(OnceForm):
    error_title = ""

    start_on = DayField(label="Pierwszy dzień")
    end_on = DayField(
        label="Ostatni dzień", required=False, help_text="Puste: jeden dzień. Dni bez zajęć pomija się same."
    )
    others = forms.CharField(
        label="Także pojedyncze dni",
        required=False,
        max_length=300,
        help_text="Po przecinku, na przykład: 16.07, 21.07. Bez roku: ten sam co pierwszego dnia.",
    )
    filed_on = DayField(label="Wniosek złożono", help_text="Dzień z wniosku; od niego liczy się, ile dni naprzód.")
    reason = forms.CharField(
        label="Powód",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Czytają go osoby prowadzące uczestnika i ten, kto rozstrzyga; kadry nie.",
    )
    near = forms.BooleanField(
        label="Wpisz mimo za krótkiego terminu",
        required=False,
        widget=forms.HiddenInput,
        help_text="Odstąpić od terminu może tylko kierujący centrum, podając powód.",
    )

    def clean_others(self) -> list[date]:
        """Each day as it is written on paper: "16.07", "16.07.2026"."""
        written = [text.strip(" .") for text in self.cleaned_data["others"].split(",")]
        return [self._day(text) for text in written if text]

    def _day(self, text: str) -> date:
        start = self.cleaned_data.get("start_on")
        usual = start.year if start else date.max.year
        match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?", text)
        try:
            found = date(int(match[3] or usual), int(match[2]), int(match[1])) if match else None
        except ValueError:
            found = None
        if found is None:
            raise forms.ValidationError(f"To nie jest dzień: „{text}”. Pisz tak: 16.07, 21.07.")
        if start and abs(found - start) > LONGEST:
            raise forms.ValidationError(f"To za daleko od pierwszego dnia: „{text}”. Sprawdź daty.")
        return found

    def clean(self):
        data = super().clean()
        start, end = data.get("start_on"), data.get("end_on") or data.get("start_on")
        if start and end < start:
            self.add_error("end_on", "Ostatni dzień nie może być wcześniejszy niż pierwszy.")
        elif start and end - start > LONGEST:
            self.add_error("end_on", "To za długo na dni wolne. Sprawdź daty.")
        return data

    def ask_back(self) -> None:
        """The question stands on the page only once it has come up."""
        if "near" in self.errors:
            self.fields["near"].widget = forms.CheckboxInput()
            self.error_title = "Termin jest za krótki"


class OpinionForm(OnceForm):
    """Which of the two is meant says the button."""

    text = forms.CharField(
        label="Opinia",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Uzasadnienie jest potrzebne przy opinii negatywnej.",
    )


class GiveUpForm(OnceForm):
    reason = forms.CharField(
        label="Co się stało",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Na przykład: przyszła na zajęcia, wyjazd odwołany. Bez rozpoznania choroby.",
    )


class LeaveDecisionForm(DecisionForm):
    """The waiver is asked for only where days are nearer than the regulations allow, the days where they are many."""

    waiver = forms.CharField(
        label="Dlaczego mimo terminu",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Wniosek wpłynął później, niż przewiduje regulamin. Potrzebne przy zgodzie.",
    )

    days = forms.MultipleChoiceField(
        label="Które dni",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Zaznacz przynajmniej jeden dzień albo odmów.",
            "invalid_choice": "Jednego z tych dni nie ma już we wniosku. Odśwież stronę.",
        },
        help_text="Dni bez zaznaczenia nie będą przyznane i wrócą do puli; potrzebne jest wtedy uzasadnienie.",
    )

    # Of a page on which nothing is ticked a browser sends no days.
    ticks = forms.CharField(required=False, initial="1", widget=forms.HiddenInput)

    field_order = ("days", "waiver", "note")

    def __init__(self, *args, late: bool, days: Sequence[date], **kwargs):
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["waiver"]
        # Ticks on a page of many days are read, however few of those days are left by now.
        if len(days) < 2 and not {"days", "ticks"} & set(self.data):
            del self.fields["days"], self.fields["ticks"]
        else:
            self.fields["days"].choices = [(day.isoformat(), day_text(day)) for day in days]
            self.fields["days"].initial = [day.isoformat() for day in days]
            self.fields["days"].required = "refuse" not in self.data

    @property
    def chosen(self) -> list[date] | None:
        """The days to be granted; None for all, where nothing was to be chosen."""
        given = self.cleaned_data.get("days")
        return None if given is None else [date.fromisoformat(day) for day in given]
