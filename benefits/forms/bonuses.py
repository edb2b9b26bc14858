"""What is asked for, thought and decided of bonuses, as typed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import forms

from benefits.reading.bonuses import Cap
from cistor.centres.forms.inputs import AmountField
from cistor.dates import month_text
from cistor.journal.once import OnceForm
from cistor.money import zloty

WHOLE = Decimal(100)
SAY_HOW_MUCH = "Podaj kwotę premii."


def _amount(label: str, help_text: str = "") -> AmountField:
    return AmountField(
        label=label, required=False, help_text=help_text, widget=forms.TextInput({"inputmode": "decimal"})
    )


def _text(label: str, help_text: str = "", *, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, required=False, max_length=4000, help_text=help_text, widget=widget)


class PercentField(AmountField):
    """12,5 as a person types it, up to 100."""

    def clean(self, value):
        percent = super().clean(value and value.replace("%", ""))
        if percent is not None and not 0 < percent <= WHOLE:
            raise forms.ValidationError("Procent musi być większy od zera i nie większy niż 100.")
        return percent


class AskBonusForm(OnceForm):
    """An amount or a percent, never both; the act says so where neither is there."""

    error_title = "Wniosku nie można przekazać"

    month = forms.TypedChoiceField(
        label="Za miesiąc", coerce=date.fromisoformat, error_messages={"invalid_choice": "Wybierz miesiąc z listy."}
    )
    amount = _amount("Kwota, zł")
    percent = PercentField(
        label="Albo procent",
        required=False,
        help_text="Procent tej samej kwoty, od której liczy się najwyższa premia.",
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    reason = _text("Postawa i postępy", "Przeczytają to osoby opiniujące i kierujący centrum; stanie na papierze.")

    def __init__(self, *args, months: Sequence[date], cap: Cap, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(str(month), month_text(month)) for month in months]
        self.fields["reason"].required = True
        self.fields["amount"].help_text = f"Najwyżej {zloty(cap.amount)}."


class OpinionForm(OnceForm):
    """Which of the two is meant says the button."""

    text = _text("Treść opinii", "Potrzebna przy opinii negatywnej. Stanie na papierze.")


class DecideBonusForm(OnceForm):
    """Which of the two is meant says the button; a refusal needs no amount."""

    amount = _amount("Kwota premii, zł")
    note = _text("Uzasadnienie", "Potrzebne przy odmowie i przy kwocie mniejszej niż we wniosku. Stanie na papierze.")

    def __init__(self, *args, cap: Cap, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = f"Najwyżej {zloty(cap.amount)} i nie więcej niż we wniosku."


class RowForm(forms.Form):
    """One line of the table of a month; nothing is decided of a line left for later."""

    LATER, GRANT, REFUSE = "", "grant", "refuse"

    verdict = forms.ChoiceField(
        label="Rozstrzygnięcie",
        required=False,
        choices=[(LATER, "nie teraz"), (GRANT, "przyznaję"), (REFUSE, "odmawiam")],
        error_messages={"invalid_choice": "Wybierz rozstrzygnięcie z listy."},
    )
    amount = _amount("Kwota, zł")
    note = forms.CharField(label="Uzasadnienie", required=False, max_length=4000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = f"{kind} {kind}-sm"

    def clean(self):
        typed = super().clean()
        if typed.get("verdict") == self.GRANT and "amount" in typed and typed["amount"] is None:
            self.add_error("amount", SAY_HOW_MUCH)
        return typed

    @property
    def is_chosen(self) -> bool:
        """Something is to be decided, or was typed wrong."""
        return bool(self.errors) or bool(self.cleaned_data["verdict"])

    @property
    def decision(self) -> dict:
        """As `decide_bonus` takes it."""
        typed = self.cleaned_data
        return {"granted": typed["verdict"] == self.GRANT, "amount": typed["amount"], "note": typed["note"]}
