"""What is asked for where a refund is prepared, sent and paid."""

from collections.abc import Sequence
from datetime import date

from django import forms

from cistor.centres.forms.inputs import AmountField
from cistor.centres.models import Office
from cistor.dates import month_text
from cistor.journal.once import OnceForm


class NewRefundForm(OnceForm):
    """`months` are those in which something was paid that stands in no application."""

    month = forms.TypedChoiceField(
        label="Wypłaty z miesiąca",
        coerce=date.fromisoformat,
        error_messages={"invalid_choice": "Wybierz miesiąc z listy."},
    )
    office = forms.ModelChoiceField(label="Do kogo", queryset=Office.objects.none(), empty_label=None)

    def __init__(self, *args, months: Sequence[date], offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(str(month), month_text(month)) for month in months]
        self.fields["office"].queryset = offices


class SignForm(forms.Form):
    """`seen` is the checksum of what the page showed: nobody signs what was counted anew in the meantime."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class StepForm(OnceForm):
    on = forms.DateField(label="Dzień", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label="Uwagi", required=False, max_length=300)


class SentForm(StepForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label, self.fields["note"].help_text = "Dzień wysłania", "Na przykład: ePUAP, poczta."


class PaidForm(StepForm):
    amount = AmountField(label="Ile wpłynęło, zł")
    field_order = ("on", "amount", "note", "token")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "Dzień wpływu na rachunek centrum"


class RefusedForm(StepForm):
    amount = AmountField(label="Ilu złotych urząd odmówił")
    note = forms.CharField(label="Dlaczego urząd odmówił", max_length=300)
    field_order = ("on", "amount", "note", "token")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "Dzień odmowy"
