"""What is asked for about breaches of order and measures."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms

from attendance.forms.incidents import words
from attendance.reading.order import Choice, Kind
from cistor.centres.models import Breach
from cistor.journal.once import OnceForm
from participants.forms.day import DayField

BUTTON = "btn-secondary"


class BreachForm(OnceForm):
    """Under a letter of the regulations of the day written in, where they have a list."""

    on_day = DayField(label="Dzień")
    breach = forms.ModelChoiceField(
        Breach.objects.none(),
        label="Punkt regulaminu",
        help_text="Z regulaminu, który obowiązywał w dniu wpisanym wyżej.",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Wskaż punkt regulaminu obowiązującego tego dnia.",
            "invalid_choice": "Tego dnia obowiązywał inny regulamin. Wskaż punkt z jego listy.",
        },
    )
    text = words("Co się stało", "Kto był przy tym i skąd to wiadomo.", rows=4)

    def __init__(self, *args: Any, breaches: Callable[[date], Sequence[Breach]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = breaches(self._day())
        if not listed:
            del self.fields["breach"]
            return
        field = self.fields["breach"]
        field.queryset = Breach.objects.filter(pk__in=[row.pk for row in listed])
        field.label_from_instance = lambda row: f"lit. {row.letter}: {row.text}"

    def _day(self) -> date:
        """As it was sent; the one offered while it cannot be read."""
        try:
            return self.fields["on_day"].clean(self["on_day"].value())
        except forms.ValidationError:
            return self.initial["on_day"]


class MeasureForm(OnceForm):
    kind = forms.ChoiceField(label="Środek", widget=forms.RadioSelect)
    what = words(
        "Za co nagana",
        "Tak będzie w piśmie, które dostanie ta osoba. Opis z rejestru popraw: bez nazwisk innych osób.",
        required=False,
    )
    text = words("Uzasadnienie", required=False, rows=4)

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(row.kind, row.text) for row in choices]
        if Kind.REPRIMAND in {row.kind for row in choices}:
            self.fields["text"].help_text = "Przy naganie potrzebne: wejdzie do jej treści."
            self.helper = FormHelper()
            self.helper.form_tag = False
            sent = {"type": "submit", "name": "preview", "value": "1", "data_again": ""}
            preview = StrictButton("Wydruk roboczy nagany", css_class=BUTTON, **sent)
            self.helper.layout = Layout("token", "kind", "what", "text", Div(preview, css_class="form-end"))
        else:
            del self.fields["what"]

    def clean(self) -> dict[str, Any]:
        """A working copy is made of a reprimand, and needs its reasons as the letter does."""
        given = super().clean() or self.cleaned_data
        if "preview" in self.data and "kind" in given:
            if given["kind"] != Kind.REPRIMAND:
                self.add_error("kind", "Wydruk roboczy jest tylko z nagany.")
            elif not given.get("text", "").strip():
                self.add_error("text", "Nagana wymaga uzasadnienia.")
        return given

    @property
    def is_preview(self) -> bool:
        return "preview" in self.data and self.is_valid()


class WithdrawForm(OnceForm):
    pass


class WithdrawWithPapersForm(OnceForm):
    why = words(
        "Dlaczego wycofujesz", "Z tego wpisu jest już dokument: zostaje w dokumentach, z tym wyjaśnieniem obok."
    )
