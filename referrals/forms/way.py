from django import forms

from cistor.centres.models import Office
from participants.forms.day import DayField

SELECT = {"class": "form-select"}
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"})


class WayForm(forms.Form):
    """Whose way: applications submitted in a period, of one office or of all."""

    od = DayField(label="Złożone od", widget=DAY)
    do = DayField(label="Do", widget=DAY)
    urzad = forms.ModelChoiceField(
        Office.objects.none(), label="Urząd", required=False, empty_label="wszystkie", widget=forms.Select(SELECT)
    )

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["urzad"].queryset = offices

    def clean(self):
        values = super().clean()
        if "od" in values and "do" in values and values["od"] > values["do"]:
            self.add_error("do", "Ostatni dzień nie może być przed pierwszym.")
        return values
