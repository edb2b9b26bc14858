from collections.abc import Collection
from datetime import date, timedelta

from django import forms

from cistor.dates import month_start, month_text, months

# A year and a day back: whoever was forgotten longer ago comes along with any month.
MONTHS_BACK = timedelta(days=366)


class MonthForm(forms.Form):
    """Which month to count; `number` above 1 is the list for those whom the approved one missed, asked for on its page.

    A month that is approved is not offered.
    """

    month = forms.TypedChoiceField(
        label="Miesiąc", coerce=date.fromisoformat, error_messages={"invalid_choice": "Wybierz miesiąc z listy."}
    )
    number = forms.IntegerField(
        label="Kolejna lista", initial=1, min_value=1, max_value=99, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, on: date, approved: Collection[date], **kwargs):
        super().__init__(*args, **kwargs)
        past = list(reversed(list(months(on - MONTHS_BACK, on))))
        field = self.fields["month"]
        field.choices = [(str(month), month_text(month)) for month in past]
        field.widget.choices = [(str(month), month_text(month)) for month in past if month not in approved]
        # At the beginning of a month the one before it is due.
        field.initial = str(month_start(month_start(on) - timedelta(days=1)))

    def clean_number(self):
        return self.cleaned_data["number"] or 1
