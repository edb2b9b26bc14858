"""What the pages of corrections ask for and show."""

from datetime import date

from django import forms
from django.urls import reverse

from attendance.actions.marks import is_closed
from attendance.models import Correction, Day
from attendance.terms import Terms
from cistor.centres.models import Meaning
from cistor.dates import span_text
from cistor.journal.once import OnceForm
from participants.models import Membership, Participant, Programme

UNMARKED = "unmarked"
NOT_MARKED = "nieoznaczone"


class AskForm(OnceForm):
    meaning = forms.ChoiceField(
        label="Ma być",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Wybierz jedno z oznaczeń."},
    )
    reason = forms.CharField(
        label="Powód",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Co się stało i skąd to wiadomo. Przeczyta to osoba, która rozstrzyga.",
    )

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meaning"].choices = choices

    def clean_meaning(self) -> str | None:
        meaning = self.cleaned_data["meaning"]
        return None if meaning == UNMARKED else meaning


class DecisionForm(OnceForm):
    """Which of the two is meant says the button."""

    note = forms.CharField(
        label="Uzasadnienie",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Potrzebne przy odmowie.",
    )


class AskedDay:
    """A day of a person, before a correction is asked for."""

    def __init__(self, participant: Participant, on_day: date, *, today: date) -> None:
        self.participant, self.day, self.today = participant, on_day, today
        self.terms = Terms(participant.centre)
        programmes = participant.programmes.prefetch_related("stages", "closings")
        self.programme = next((row for row in programmes if row.stage_on(on_day)), None)
        self.mark = Day.objects.filter(programme=self.programme, on=on_day).select_related("marked_by").first()
        self.open = self.programme and self.programme.corrections.open().filter(on=on_day).first()

    @property
    def obstacle(self) -> str:
        """Why there is nothing to ask for; "" when there is."""
        if self.day > self.today:
            return "Tego dnia jeszcze nie było"
        if not self.programme:
            return "Tego dnia ta osoba nie była w programie"
        if not is_closed(self.programme, self.day):
            return "Ten dzień jest otwarty"
        return "" if self.choices else "Tego dnia nie ma zajęć"

    @property
    def marked_at(self) -> str:
        """Where an open day is marked: on the page of the group of that day; "" without one."""
        row = Membership.objects.in_force(self.day).filter(participant=self.participant).first()
        if not row or self.day > self.today or not self.programme:
            return ""
        return f"{reverse('attendance:today', args=[row.group_id])}?dzien={self.day}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the day may say instead of what it says."""
        codes = [(code.meaning, f"{code.letters} – {code.name}") for code in self.terms.markable(self.day).values()]
        unmarked = [(UNMARKED, NOT_MARKED)] if self.mark else []
        stands = self.mark.meaning if self.mark and not self.mark.provisional else None
        return [choice for choice in (*codes, *unmarked) if choice[0] != stands]

    @property
    def stands(self) -> str:
        if self.mark is None:
            return NOT_MARKED
        return wording(self.terms, self.day, self.mark.meaning, provisional=self.mark.provisional)


def wording(terms: Terms, day: date, meaning: str, *, provisional: bool = False) -> str:
    """A mark in words: "NN – nieobecność nieusprawiedliwiona, tymczasowo", "nieoznaczone"."""
    if not meaning:
        return NOT_MARKED
    code = terms.codes(day).get(meaning)
    name = f"{code.letters} – {code.name}" if code else Meaning(meaning).label
    return f"{name}, tymczasowo" if provisional else name


def before_and_after(terms: Terms, correction: Correction) -> tuple[str, str]:
    seen = wording(terms, correction.on, correction.seen, provisional=correction.seen_provisional)
    return seen, wording(terms, correction.on, correction.meaning)


def paid_by(programme: Programme, day: date) -> list[tuple[str, int, str]]:
    """(title, id, days) of the approved payment lists that cover the day; benefits are known by the relation only."""
    rows = programme.settlements.filter(start_on__lte=day, end_on__gte=day, payment_list__status="approved")
    rows = rows.select_related("payment_list").only("start_on", "end_on", "payment_list")
    return [(row.payment_list.title, row.payment_list_id, span_text(row.start_on, row.end_on)) for row in rows]
