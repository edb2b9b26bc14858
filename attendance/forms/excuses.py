"""What is asked for about a day to be excused."""

from django import forms

from attendance.forms.absences import words
from cistor.journal.once import OnceForm


class ExcuseForm(OnceForm):
    reason = words("Co się stało", "Z prośby osoby albo z notatki prowadzącego. Bez rozpoznania choroby.")


class DecideExcuseForm(OnceForm):
    """Which of the two is meant says the button."""

    note = forms.CharField(
        label="Uzasadnienie",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Potrzebne przy odmowie.",
    )
