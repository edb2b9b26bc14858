"""What is asked for about a part of a day."""

from django import forms

from attendance.forms.absences import choice, words
from attendance.models import PartDay
from cistor.journal.once import OnceForm
from participants.forms.day import DayField

YES, NO = "yes", "no"
MINUTES = dict.fromkeys(("min_value", "max_value"), "Podaj liczbę od 1 do 720.")
HOURS = {"invalid": "Podaj godzinę, na przykład 12:30."}
ANSWERS = [("", "jeszcze nie odpowiedziano"), (YES, "zgoda"), (NO, "odmowa")]


def hour(label: str) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label, required=False, widget=widget, help_text="Przy zwolnieniu z części zajęć.", error_messages=HOURS
    )


class PartDayForm(OnceForm):
    """`given` is what the act takes."""

    kind = choice("Co", PartDay.Kind.choices)
    day = DayField(label="Dzień")
    minutes = forms.IntegerField(
        label="Ile minut",
        required=False,
        min_value=1,
        max_value=720,
        error_messages=MINUTES,
        help_text="Przy spóźnieniu. Przy zwolnieniu liczą się z godzin.",
    )
    from_at = hour("Od godziny")
    to_at = hour("Do godziny")
    reason = words("Powód", "Przy zwolnieniu z części zajęć: dlaczego osoba o nie prosi.", required=False)
    agreed = choice("Zgoda prowadzącego", ANSWERS, required=False, help_text="Dotyczy tylko zwolnienia.")

    @property
    def given(self) -> dict:
        names = ("kind", "day", "minutes", "from_at", "to_at", "reason")
        agreed = {YES: True, NO: False}.get(self.cleaned_data["agreed"])
        return {"agreed": agreed, **{name: self.cleaned_data[name] for name in names}}
