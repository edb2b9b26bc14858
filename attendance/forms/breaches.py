"""What is asked for about breaches of order and measures."""

from collections.abc import Sequence
from typing import Any

from django import forms

from attendance.forms.incidents import words
from attendance.reading.order import Choice, Kind
from cistor.centres.models import Breach
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


class BreachForm(OnceForm):
    """Under a letter of the regulations, where they have a list."""

    on_day = DayField(label="Dzień")
    breach = forms.ModelChoiceField(
        Breach.objects.none(), label="Punkt regulaminu", widget=forms.RadioSelect, empty_label=None
    )
    text = words("Co się stało", "Kto był przy tym i skąd to wiadomo.", rows=4)

    def __init__(self, *args: Any, breaches: Sequence[Breach], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not breaches:
            del self.fields["breach"]
            return
        field = self.fields["breach"]
        field.queryset = Breach.objects.filter(pk__in=[row.pk for row in breaches])
        field.label_from_instance = lambda row: f"lit. {row.letter}: {row.text}"

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class MeasureForm(OnceForm):
    kind = forms.ChoiceField(label="Środek", widget=forms.RadioSelect)
    text = words("Uzasadnienie", required=False, rows=4)

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(row.kind, row.text) for row in choices]
        if Kind.REPRIMAND in {row.kind for row in choices}:
            self.fields["text"].help_text = "Przy naganie potrzebne: wejdzie do jej treści."


class WithdrawForm(OnceForm):
    pass
