"""What is asked for about a talk."""

from datetime import datetime

from django import forms
from django.utils.timezone import make_aware

from attendance.forms.absences import choice, words
from attendance.forms.incidents import refuse_hour_to_come
from attendance.models import Absence, Contact
from cistor.journal.once import OnceForm
from participants import checks
from participants.forms.day import DayField


class ContactForm(OnceForm):
    """`given` is what the act takes."""

    day = DayField(label="Dzień")
    hour = forms.TimeField(label="Godzina", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    way = choice("Jak", Contact.Way.choices)
    with_whom = choice("Z kim", Contact.With.choices)
    whom = forms.CharField(
        label="Kto to", required=False, max_length=120, help_text="Na przykład: siostra, pracownik socjalny ośrodka."
    )
    result = choice("Wynik", Contact.Result.choices)
    text = words("Co ustalono", required=False)
    absence = forms.ModelChoiceField(
        Absence.objects.none(), label="Nieobecność", required=False, empty_label="nie dotyczy nieobecności"
    )

    def __init__(self, *args, absences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["absence"].queryset = absences
        self.fields["absence"].label_from_instance = lambda row: f"od {row.start_on:%d.%m.%Y}"
        if not absences:
            del self.fields["absence"]

    def clean_day(self):
        if problem := checks.day(self.cleaned_data["day"]):
            raise forms.ValidationError(problem)
        return self.cleaned_data["day"]

    def clean(self):
        given = super().clean() or self.cleaned_data
        refuse_hour_to_come(self, "day", "hour")
        return given

    @property
    def given(self) -> dict:
        names = ("way", "with_whom", "whom", "result", "text")
        at = make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))
        return {"at": at, "absence": self.cleaned_data.get("absence"), **{n: self.cleaned_data[n] for n in names}}
