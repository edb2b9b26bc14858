"""What is asked for about sobriety."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localtime

from attendance.actions.incidents import RegisterLine
from attendance.models import Incident
from cistor.journal.once import OnceForm
from participants.forms.day import DayField

ABOUT = ("token", "on_day", "at", "substance", "suspicion", "outcome")
TEST = ("test_at", "device", "result", "is_positive", "is_signed", "unsigned_why")
# What alone does not say whether the person was sent away.
UNSURE = (Incident.Outcome.TESTED, Incident.Outcome.REFUSED)
YES_NO = [("yes", "tak"), ("no", "nie")]


class TimeField(forms.TimeField):
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def words(label: str, help_text: str = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=4000, widget=widget)


def refuse_hour_to_come(form: forms.Form, day: str, hour: str) -> None:
    """By the names of the two fields. Here, since the acts are handed the day and read no clock."""
    on, at, now = form.cleaned_data.get(day), form.cleaned_data.get(hour), localtime()
    if on and on > now.date():
        form.add_error(day, "Tego dnia jeszcze nie było.")
    elif on and at and datetime.combine(on, at, tzinfo=get_current_timezone()) > now:
        form.add_error(hour, "Ta godzina jeszcze nie nadeszła.")


def _yes_no(label: str, *, required: bool = True, help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        required=required,
        help_text=help_text,
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
    )


class RegisterFields(forms.Form):
    """A line of the register; the day of the test is that of the incident."""

    test_at = TimeField(label="Godzina badania")
    device = forms.CharField(label="Czym zbadano", max_length=80, help_text="Na przykład: alkomat i jego numer.")
    result = forms.CharField(label="Wynik", max_length=200, help_text="Tak, jak wskazało urządzenie.")
    is_positive = _yes_no("Pozytywny")
    is_signed = _yes_no("Osoba badana podpisała się pod wynikiem")
    unsigned_why = forms.CharField(label="Dlaczego bez podpisu", max_length=500, required=False)

    def line(self, day: date) -> RegisterLine:
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in TEST}
        at = datetime.combine(day, given.pop("test_at"), tzinfo=get_current_timezone())
        return RegisterLine(at=at, **given)


class TicksField(forms.MultipleChoiceField):
    """What there is to tick is known once the day is read; a tick at something else says nothing."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return True


class IncidentForm(OnceForm, RegisterFields):
    """With the line of the register, from whoever tested; its fields are filled in when somebody was tested."""

    on_day = DayField(label="Dzień")
    at = TimeField(label="Godzina")
    substance = forms.ChoiceField(label="Podejrzenie", choices=Incident.Substance, widget=forms.RadioSelect)
    suspicion = words("Na czym polegało podejrzenie", "Co zauważono i kto to zauważył.")
    outcome = forms.ChoiceField(label="Co z tego wyszło", choices=Incident.Outcome, widget=forms.RadioSelect)
    sent_away = _yes_no(
        "Odsunięto od zajęć",
        required=False,
        help_text="Kto potwierdził albo ma wynik pozytywny, tego odsuwa się zawsze; po wyniku negatywnym zostaje.",
    )
    talk_on = DayField(
        label="Dzień rozmowy", required=False, help_text="Potrzebny, gdy odsunięto: osoba ma go poznać od razu."
    )
    despite = TicksField(label="Wpisz mimo to", required=False)
    field_order = [*ABOUT, *TEST, "sent_away", "talk_on", "despite"]

    def __init__(self, *args: Any, doubts: Callable[[date], Mapping[str, str]], **kwargs: Any) -> None:
        """`doubts`: about another incident of a day, by name a sentence; each needs a tick."""
        super().__init__(*args, **kwargs)
        self._doubts = doubts
        for name in TEST:
            self.fields[name].required = False
        self.fields["test_at"].help_text = "To i dalsze pola badania: tylko wtedy, gdy osobę zbadano."
        if not self.is_bound:
            del self.fields["despite"]

    def clean(self) -> dict[str, Any]:
        """Of a test everything or nothing; who neither admitted nor has a result is sent away or not: it is said."""
        given = super().clean() or self.cleaned_data
        for hour in ("at", "test_at"):
            refuse_hour_to_come(self, "on_day", hour)
        if self._is_tested(given):
            for name in ("test_at", "device", "result", "is_positive", "is_signed"):
                if name not in self.errors and given.get(name) in (None, ""):
                    self.add_error(name, "Uzupełnij wpis do ewidencji badań.")
        elif given.get("outcome") in UNSURE and given.get("sent_away") is None and "sent_away" not in self.errors:
            self.add_error("sent_away", "Napisz, czy osobę odsunięto od zajęć.")
        self._refuse_contrary(given)
        self._ask_despite()
        return given

    def _refuse_contrary(self, given: dict[str, Any]) -> None:
        """What follows from the outcome needs no answer; another answer is a slip in one of the two."""
        outcome, word = given.get("outcome"), given.get("sent_away")
        result = given.get("is_positive") if outcome == Incident.Outcome.TESTED else None
        if outcome == Incident.Outcome.ADMITTED and word is False:
            self.add_error("sent_away", "Kto potwierdził, tego odsuwa się od zajęć zawsze.")
        elif result and word is False:
            self.add_error("sent_away", "Kto ma wynik pozytywny, tego odsuwa się od zajęć zawsze.")
        elif result is False and word:
            self.add_error("sent_away", "Po wyniku negatywnym osoba zostaje na zajęciach.")
        if result is False and given.get("talk_on"):
            self.add_error("talk_on", "Po wyniku negatywnym rozmowa nie jest potrzebna: zostaw puste.")

    def _ask_despite(self) -> None:
        """Once nothing else is wrong; what came since the page was read is asked about too."""
        ticked = self.cleaned_data.get("despite", [])
        doubts = self._doubts(self.cleaned_data["on_day"]) if "on_day" in self.cleaned_data else {}
        self.fields["despite"].choices = list(doubts.items())
        self.fields["despite"].required = True
        if not doubts or (self.errors and not ticked):
            del self.fields["despite"]
        elif not self.errors and doubts.keys() - set(ticked):
            self.add_error("despite", "Przeczytaj i zaznacz, mimo czego wpisujesz, albo popraw dzień.")

    def _is_tested(self, given: dict[str, Any]) -> bool:
        return any(given.get(name) not in (None, "") for name in TEST)

    @property
    def given(self) -> dict[str, Any]:
        """What the act takes."""
        names = ("on_day", "at", "substance", "suspicion", "outcome", "talk_on")
        given = {name: self.cleaned_data[name] for name in names}
        test = self.line(given["on_day"]) if self._is_tested(self.cleaned_data) else None
        sent_away = bool(self.cleaned_data["sent_away"])
        return {**given, "sent_away": sent_away, "test": test, "despite": self.cleaned_data["despite"]}


class AddTestForm(OnceForm, RegisterFields):
    test_on = DayField(label="Dzień badania")
    talk_on = DayField(
        label="Dzień rozmowy",
        required=False,
        help_text="Potrzebny przy wyniku pozytywnym, gdy go nie ma.",
    )
    field_order = ["token", "test_on", *TEST, "talk_on"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        refuse_hour_to_come(self, "test_on", "test_at")
        return given

    @property
    def given(self) -> dict[str, Any]:
        return {"test": self.line(self.cleaned_data["test_on"]), "talk_on": self.cleaned_data["talk_on"]}


class PeriodForm(forms.Form):
    """From which day to which; both may be left open."""

    od = DayField(label="Od dnia", required=False)
    do = DayField(label="Do dnia", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("od") and given.get("do") and given["do"] < given["od"]:
            self.add_error("do", "Ten dzień jest przed pierwszym.")
        return given

    @property
    def span(self) -> tuple[date | None, date | None]:
        return (self.cleaned_data["od"], self.cleaned_data["do"]) if self.is_valid() else (None, None)


class TalkForm(OnceForm):
    talk_on = DayField(label="Dzień rozmowy")
