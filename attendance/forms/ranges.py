"""One mark on many days of many people."""

from collections.abc import Iterable
from datetime import date, timedelta

from django import forms

from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import Participant

# A trip, a break, a month on paper. What is longer is more likely a slip in the year.
LONGEST = timedelta(days=92)


class RangeForm(OnceForm):
    """Nothing is chosen beforehand: what is done to many is meant."""

    people = forms.ModelMultipleChoiceField(
        label="Osoby",
        queryset=Participant.objects.none(),
        widget=forms.CheckboxSelectMultiple({"data-tick-all": "wszystkich"}),
        error_messages={"required": "Zaznacz przynajmniej jedną osobę."},
    )
    start_on = DayField(label="Od dnia")
    end_on = DayField(label="Do dnia", help_text="Najpóźniej dzisiaj.")
    meaning = forms.ChoiceField(label="Oznaczenie", error_messages={"required": "Wybierz oznaczenie."})
    replace = forms.BooleanField(
        label="Zmień też dni już oznaczone",
        required=False,
        help_text="Bez tego oznaczone dni zostają bez zmian. Dni zamknięte i te z innego zapisu zostają zawsze.",
    )

    def __init__(self, *args, people, codes: Iterable, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["people"].queryset = people
        self.fields["meaning"].choices = [("", "wybierz"), *((c.meaning, f"{c.letters} – {c.name}") for c in codes)]
        for name in ("start_on", "end_on"):
            self.fields[name].widget.attrs["max"] = on.isoformat()

    def clean(self):
        data = super().clean()
        start, end = data.get("start_on"), data.get("end_on")
        if end and end > self.on:
            self.add_error("end_on", "Ten dzień jeszcze nie nadszedł.")
        if start and end and start > end:
            self.add_error("end_on", "Ostatni dzień jest wcześniejszy niż pierwszy.")
        elif start and end and end - start >= LONGEST:
            self.add_error("end_on", f"Naraz można oznaczyć najwyżej {LONGEST.days} dni.")
        return data
