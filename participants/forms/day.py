from django import forms


class DayField(forms.DateField):
    """A day picked from the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
