"""What is asked for about a part of a day."""

from datetime import date

from django import forms

from attendance.forms.absences import choice, words
from attendance.models import PartDay
from attendance.reading.part_days import not_late
from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import Programme

YES, NO = "yes", "no"
MARK, KEEP = "mark", "keep"
MARKS = [(MARK, "oznacz spóźnienie"), (KEEP, "zostaw tak, jak jest")]
MINUTES = dict.fromkeys(("min_value", "max_value"), "Podaj liczbę od 1 do 720.")
HOURS = {"invalid": "Podaj godzinę, na przykład 12:30."}
ANSWERS = [("", "jeszcze nie odpowiedziano"), (YES, "zgoda"), (NO, "odmowa")]


def hour(label: str) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label, required=False, widget=widget, help_text="Przy zwolnieniu z części zajęć.", error_messages=HOURS
    )


class PartDayForm(OnceForm):
    """`given` is what the act takes. Minutes of a day that the list does not call late ask what the list is to say."""

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
    mark = choice("Oznaczenie dnia", MARKS, required=False)

    def __init__(self, *args, programme: Programme, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self._programme, self._on = programme, on
        if not self.is_bound:
            del self.fields["mark"]

    def clean(self):
        stands = self._stands()
        if not stands:
            del self.fields["mark"]
            self.errors.pop("mark", None)
        elif not self.cleaned_data.get("mark"):
            self.add_error("mark", f"Na liście tego dnia stoi: {stands}. Wybierz, co ma na niej stać.")

    def _stands(self) -> str:
        """What the list says of the day of a lateness, where that is something else."""
        day, kind = self.cleaned_data.get("day"), self.cleaned_data.get("kind")
        is_late = kind == PartDay.Kind.LATE and day is not None and day <= self._on
        return not_late(self._programme, day) if is_late else ""

    @property
    def given(self) -> dict:
        names = ("kind", "day", "minutes", "from_at", "to_at", "reason")
        agreed = {YES: True, NO: False}.get(self.cleaned_data["agreed"])
        marks_late = "mark" in self.fields and self.cleaned_data["mark"] == MARK
        return {"agreed": agreed, "marks_late": marks_late, **{name: self.cleaned_data[name] for name in names}}
