"""What is asked for about the duties of a payer."""

from django import forms

from benefits.models import Insurance
from cistor.centres.forms.inputs import AmountField
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


class DutyForm(OnceForm):
    """`pays`: whether the duty moves money."""

    done_on = DayField(label="Dzień wykonania", help_text="Dzień wysłania deklaracji albo przelewu.")
    amount = AmountField(label="Zapłacona kwota", required=False, help_text="Podpowiedziana z zatwierdzonych list.")
    note = forms.CharField(
        label="Uwagi", max_length=300, required=False, help_text="Na przykład numer potwierdzenia; bez nazwisk."
    )

    def __init__(self, *args, pays: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not pays:
            del self.fields["amount"]


class InsuranceForm(OnceForm):
    """`ended`: whether the programme is over, so that the person may be taken off."""

    title_code = forms.CharField(
        label="Kod tytułu ubezpieczenia",
        max_length=6,
        validators=Insurance._meta.get_field("title_code").validators,
        help_text="0910 i dwie cyfry: prawo do emerytury lub renty, stopień niepełnosprawności.",
    )
    registered_on = DayField(label="Zgłoszono do ZUS")
    deregistered_on = DayField(label="Wyrejestrowano z ZUS", required=False)

    def __init__(self, *args, ended: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not ended:
            del self.fields["deregistered_on"]
