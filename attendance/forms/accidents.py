"""What is asked for about an accident."""

from typing import Any

from django import forms

from attendance.forms.incidents import TimeField, refuse_hour_to_come, words
from cistor.journal.once import OnceForm
from participants.forms.day import DayField

UNHURT, DESCRIBED = "bez urazu", "described"
HURT = [(UNHURT, UNHURT), (DESCRIBED, "uraz opisany niżej, także gdy dopiero możliwy")]


class AccidentForm(OnceForm):
    on_day = DayField(label="Dzień")
    at = TimeField(label="Godzina")
    place = forms.CharField(label="Miejsce", max_length=120)
    what = words("Co się stało", "Przebieg: co osoba robiła, czym, w jakich warunkach.", rows=4)
    hurt = forms.ChoiceField(label="Uraz", choices=HURT, widget=forms.RadioSelect)
    injury = words("Jaki uraz", "Przeczytają go tylko osoby uprawnione do danych o zdrowiu.", required=False, rows=2)
    aid = words("Udzielona pomoc", required=False, rows=2)
    witnesses = words("Świadkowie", required=False, rows=2)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        refuse_hour_to_come(self, "on_day", "at")
        if given.get("hurt") == DESCRIBED and not given.get("injury"):
            self.add_error("injury", "Opisz uraz.")
        elif given.get("hurt") == UNHURT and given.get("injury"):
            self.add_error("injury", "Wybrano „bez urazu”, a uraz jest opisany.")
        return given

    @property
    def given(self) -> dict[str, Any]:
        """Somebody has said that there was none: that is written down as it was said."""
        given = super().given
        return given | ({"injury": UNHURT} if given.pop("hurt") == UNHURT else {})
