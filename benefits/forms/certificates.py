from collections.abc import Sequence
from datetime import date

from django import forms

from cistor.dates import month_end, month_text
from cistor.journal.once import OnceForm

MONTHS = 12


class CertificateForm(OnceForm):
    """From which month to which; `months` are those on offer, the newest first."""

    start = forms.TypedChoiceField(label="Od miesiąca", coerce=date.fromisoformat)
    end = forms.TypedChoiceField(label="Do miesiąca", coerce=date.fromisoformat)

    def __init__(self, *args, months: Sequence[date], **kwargs):
        super().__init__(*args, **kwargs)
        for name, initial in (("start", months[:MONTHS][-1]), ("end", months[0])):
            field = self.fields[name]
            field.choices = [(str(month), month_text(month)) for month in months]
            field.initial = str(initial)
            field.error_messages["invalid_choice"] = "Wybierz miesiąc z listy."

    def clean(self):
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end < start:
            self.add_error("end", "Ten miesiąc jest przed pierwszym.")
        return self.cleaned_data

    @property
    def span(self) -> tuple[date, date]:
        return self.cleaned_data["start"], month_end(self.cleaned_data["end"])
