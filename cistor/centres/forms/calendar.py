from django import forms

from cistor.centres.forms.inputs import DayInput
from cistor.centres.models import ClosedDay, ExtraClassDay
from cistor.journal.once import OnceForm


class ClosedDayForm(OnceForm, forms.ModelForm):
    class Meta:
        model = ClosedDay
        fields = ["on", "reason"]
        widgets = {"on": DayInput()}
        help_texts = {"reason": "Na przykład: wyjazd integracyjny, remont pracowni."}


class ExtraClassDayForm(OnceForm, forms.ModelForm):
    class Meta:
        model = ExtraClassDay
        fields = ["on", "reason"]
        widgets = {"on": DayInput()}
        help_texts = {"reason": "Na przykład: odpracowanie dnia, zajęcia w sobotę."}
