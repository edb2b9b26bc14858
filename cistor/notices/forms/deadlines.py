from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from cistor.journal.once import OnceForm
from cistor.notices.actions.deadlines import BY_HAND
from cistor.notices.deadlines import LABELS, label
from participants.forms.day import DayField

SELECT = {"class": "form-select"}
OWN, ALL = "", "wszystkie"
DONE, WAIVED = "done", "waived"


def _named(kinds: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((kind, label(kind)) for kind in kinds), key=lambda pair: pair[1])


class DeadlineFilterForm(forms.Form):
    """What stands in the address of the list and of the calendar."""

    czyje = forms.ChoiceField(
        label="Czyje", choices=[(OWN, "moje"), (ALL, "całego zespołu")], required=False, widget=forms.Select(SELECT)
    )
    rodzaj = forms.ChoiceField(
        label="Rodzaj", choices=[("", "wszystkie"), *_named(LABELS)], required=False, widget=forms.Select(SELECT)
    )

    def offer(self, kinds: Iterable[str]) -> None:
        """No kind of which there is no deadline, but for the one that is chosen."""
        self.fields["rodzaj"].choices = [("", "wszystkie"), *_named({*kinds, self.kind} - {""})]

    @property
    def of_team(self) -> bool:
        return self.is_valid() and self.cleaned_data["czyje"] == ALL

    @property
    def kind(self) -> str:
        return self.cleaned_data["rodzaj"] if self.is_valid() else ""


class DischargeForm(OnceForm):
    """How a deadline was met outside the program, or why nobody insists on it."""

    how = forms.ChoiceField(
        label="Co zapisać", choices=[(DONE, "termin spełniono"), (WAIVED, "odstępuję")], widget=forms.RadioSelect
    )
    done_on = DayField(
        label="Dzień spełnienia", required=False, help_text="Puste: dziś. Przy odstąpieniu niepotrzebny."
    )
    reason = forms.CharField(
        label="Jak spełniono albo dlaczego nie trzeba",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Na przykład: zgłoszenie potwierdził telefonicznie MOPR; jest inny tytuł do ubezpieczenia.",
    )

    def __init__(self, *args, kind: str, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done_on"].widget.attrs["max"] = on.isoformat()
        if kind not in BY_HAND:
            self.fields["how"].choices = [(WAIVED, "odstępuję")]
            self.fields["how"].initial = WAIVED
            del self.fields["done_on"]

    @property
    def is_waiver(self) -> bool:
        return self.is_valid() and self.cleaned_data["how"] == WAIVED

    @property
    def told(self) -> dict[str, Any]:
        """Of a valid form, as the act takes it."""
        told = self.cleaned_data
        return {"is_waiver": self.is_waiver, "reason": told["reason"], "done_on": told.get("done_on")}
