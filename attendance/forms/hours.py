from decimal import Decimal

from django import forms

from attendance.models import ClassHours
from attendance.reading.hours import DAYS
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


class HoursForm(OnceForm):
    start_on = DayField(label="Od dnia", help_text="Wcześniejsze dni zostają z dotychczasowym planem.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for day in DAYS:
            label = ClassHours._meta.get_field(day).verbose_name.capitalize()
            self.fields[day] = forms.DecimalField(
                label=f"{label}, godz.",
                localize=True,
                required=False,
                min_value=0,
                max_value=12,
                max_digits=4,
                decimal_places=2,
                widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
            )

    @property
    def hours(self) -> dict[str, Decimal]:
        return {day: self.cleaned_data[day] or Decimal(0) for day in DAYS}
