"""What is asked for when the end of a programme is proposed."""

from django import forms

from attendance.models import Day
from attendance.reading.termination import Case
from cistor.dates import WEEKDAYS
from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import Termination


class ProposalForm(OnceForm):
    kind = forms.ChoiceField(label="Powód", widget=forms.RadioSelect, choices=Termination.Kind.choices)
    grounds = forms.MultipleChoiceField(
        label="Podstawy z regulaminu",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Przy trwałym opuszczeniu zajęć nie są potrzebne.",
    )
    days = forms.MultipleChoiceField(
        label="Dni, na których opiera się wniosek",
        required=False,
        widget=forms.CheckboxSelectMultiple({"data-tick-all": "wszystkie"}),
        help_text="Wejdą do decyzji tak, jak dziś stoją w obecności.",
    )
    events = forms.MultipleChoiceField(
        label="Incydenty, naruszenia i środki",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Wybrane zdania dopiszą się do ustaleń.",
    )
    facts = forms.CharField(
        label="Ustalenia",
        max_length=8000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Co się stało, kiedy i skąd to wiadomo: rozmowy, notatki, próby kontaktu.",
    )
    reason = forms.CharField(
        label="Uzasadnienie",
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Dlaczego program nie może być dalej realizowany. Wejdzie do decyzji.",
    )
    last_on = DayField(label="Proponowany ostatni dzień w programie", help_text="Ten dzień jest jeszcze płatny.")
    through_fault = forms.TypedChoiceField(
        label="Z winy uczestnika",
        widget=forms.RadioSelect,
        choices=[("yes", "tak"), ("no", "nie")],
        coerce=lambda value: value == "yes",
    )

    def __init__(self, *args, case: Case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["grounds"].choices = [(row.letter, f"lit. {row.letter}: {row.text}") for row in case.grounds]
        self.fields["days"].choices = [(str(row.on), _label(row, case)) for row in case.days]
        self.fields["events"].choices = case.events
        for name, rows in (("grounds", case.grounds), ("days", case.days), ("events", case.events)):
            if not rows:
                del self.fields[name]
        if case.is_over:
            self.initial |= {"days": [str(row.on) for row in case.days], "grounds": case.of_threshold}

    def clean_grounds(self) -> list[str]:
        """The threshold is no ground before it is passed; how many days have to be named, the act asks."""
        chosen, case = self.cleaned_data["grounds"], self.case
        early = [letter for letter in case.of_threshold if letter in chosen]
        if early and case.threshold is not None and not case.is_over:
            raise forms.ValidationError(
                f"Dni zajęć bez udziału jest {case.counted}; lit. {early[0]} jest podstawą od {case.threshold + 1}."
            )
        return chosen

    @property
    def findings(self) -> str:
        """What was written, and below it the sentences that were chosen."""
        known = dict(self.fields["events"].choices) if "events" in self.fields else {}
        chosen = [known[key] for key in self.cleaned_data.get("events", [])]
        return "\n".join([self.cleaned_data["facts"], *chosen])


def _label(row: Day, case: Case) -> str:
    day = f"{row.on:%d.%m.%Y}, {WEEKDAYS[row.on.weekday()]}"
    return f"{day}: {row.code} – {case.terms.name(row.on, row.meaning)}"
