from datetime import date

from django import forms

from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import Programme


class CertificateForm(OnceForm):
    """From which day to which, and whether the paper tells what an absence was for."""

    start = DayField(label="Od dnia")
    end = DayField(label="Do dnia")
    with_kinds = forms.BooleanField(
        label="Podaj rodzaje nieobecności",
        required=False,
        help_text="Zdradza choroby i opiekę. Bez tego zaświadczenie podaje samą liczbę dni nieobecności.",
    )

    def __init__(self, *args, programme: Programme, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "start": programme.start_on, "end": _last_known(programme, today)}

    def clean(self):
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end < start:
            self.add_error("end", "Ten dzień jest przed pierwszym.")
        return self.cleaned_data


def _last_known(programme: Programme, today: date) -> date:
    """The last day of a programme that is over, else the last one marked for sure: of today nobody knows much yet."""
    if programme.last_on < today:
        return programme.last_on
    marked = programme.days.filter(on__lte=today, provisional=False).order_by("on").last()
    return marked.on if marked else today
