"""What is asked for about an accident."""

from typing import Any

from django import forms

from attendance.forms.incidents import TimeField, refuse_hour_to_come, words
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


class AccidentForm(OnceForm):
    on_day = DayField(label="Dzień")
    at = TimeField(label="Godzina")
    place = forms.CharField(label="Miejsce", max_length=120)
    what = words("Co się stało", "Przebieg: co osoba robiła, czym, w jakich warunkach.", rows=4)
    injury = words("Uraz", "Przeczytają go tylko osoby uprawnione do danych o zdrowiu.", required=False, rows=2)
    aid = words("Udzielona pomoc", required=False, rows=2)
    witnesses = words("Świadkowie", required=False, rows=2)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        refuse_hour_to_come(self, "on_day", "at")
        return given

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}
