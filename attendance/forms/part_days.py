"""What is asked for about a part of a day."""

from django import forms

from attendance.forms.absences import choice, words
from attendance.models import PartDay
from cistor.journal.once import OnceForm
from participants.forms.day import DayField

YES, NO = "yes", "no"
MINUTES = dict.fromkeys(("min_value", "max_value"), "Podaj liczbę od 1 do 720.")
ANSWERS = [("", "jeszcze nie odpowiedziano"), (YES, "zgoda"), (NO, "odmowa")]


class PartDayForm(OnceForm):
    """`given` is what the act takes."""

    kind = choice("Co", PartDay.Kind.choices)
    day = DayField(label="Dzień")
    minutes = forms.IntegerField(label="Ile minut", min_value=1, max_value=720, error_messages=MINUTES)
    reason = words("Powód", "Przy zwolnieniu z części zajęć: dlaczego osoba o nie prosi.", required=False)
    agreed = choice("Zgoda prowadzącego", ANSWERS, required=False, help_text="Dotyczy tylko zwolnienia.")

    @property
    def given(self) -> dict:
        names = ("kind", "day", "minutes", "reason")
        agreed = {YES: True, NO: False}.get(self.cleaned_data["agreed"])
        return {"agreed": agreed, **{name: self.cleaned_data[name] for name in names}}
