from django import forms

from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import PaymentMethod, TaxStatement


class PaymentForm(OnceForm):
    """The account stays a blank field: who may enter it may not always see the one before."""

    start_on = DayField(label="Od dnia", help_text="Dzień, od którego wypłaty idą tą drogą.")
    kind = forms.ChoiceField(label="Sposób wypłaty", widget=forms.RadioSelect, choices=PaymentMethod.Kind.choices)
    nrb = forms.CharField(
        label="Numer rachunku",
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        help_text="26 cyfr; odstępy i PL na początku nie przeszkadzają.",
    )
    holder = forms.CharField(
        label="Posiadacz rachunku", max_length=120, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args, cash_desk: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not cash_desk:
            self.fields["kind"].choices = [PaymentMethod.Kind.choices[0]]


class TaxStatementForm(OnceForm):
    start_on = DayField(label="Od dnia", help_text="Otwarte oświadczenie kończy się dzień wcześniej.")
    share = forms.TypedChoiceField(
        label="Kwota zmniejszająca zaliczkę", coerce=int, choices=TaxStatement.Share.choices, widget=forms.RadioSelect
    )
    end_on = DayField(label="Do dnia", required=False, help_text="Zostaw puste, jeżeli obowiązuje do odwołania.")


class EndTaxStatementForm(forms.Form):
    end_on = DayField(label="Ostatni dzień obowiązywania")
