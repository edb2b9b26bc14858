"""What is asked for where a list is decided on and paid."""

from datetime import date

from django import forms

from cistor.centres.forms.inputs import AmountField
from cistor.journal.once import OnceForm


class CheckForm(forms.Form):
    """`seen` is the checksum of what the page showed: nobody decides on a list counted anew in the meantime."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ApprovalForm(CheckForm):
    """Asks for the reason only where a version that gives less than the statute has none yet."""

    departure_reason = forms.CharField(
        label="Dlaczego centrum płaci mniej, niż daje ustawa",
        help_text="Podaje się raz: przy następnych listach według tej samej wersji regulaminu będzie tu widoczne.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    def __init__(self, *args, asks: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["departure_reason"]


class SendBackForm(OnceForm):
    reason = forms.CharField(
        label="Co poprawić",
        help_text="Przeczytają to kadry, na stronie listy. Wpis zostaje w dzienniku czynności; nazwisk nie trzeba.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


def _day(label: str, help_text: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class ReturnForm(OnceForm):
    returned_on = _day("Dzień zwrotu", "Dzień, w którym pieniądze wróciły na rachunek centrum.")
    reason = forms.CharField(
        label="Powód podany przez bank", required=False, max_length=200, help_text="Na przykład: rachunek zamknięty."
    )


class PayAgainForm(OnceForm):
    paid_on = _day("Dzień ponownej wypłaty", "Dzień, w którym przelew znowu wyszedł z banku.")


class PaymentForm(forms.Form):
    paid_on = _day("Dzień wypłaty", "Dzień, w którym przelewy wyszły z banku.")

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_paid_on(self):
        paid_on = self.cleaned_data["paid_on"]
        if paid_on > self.on:
            raise forms.ValidationError("Tego dnia jeszcze nie było.")
        return paid_on


class InstalmentsForm(OnceForm):
    instalment = AmountField(
        label="Najwyżej z jednej listy, zł", widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    )
    reason = forms.CharField(
        label="Uzasadnienie", widget=forms.Textarea({"rows": 4}), max_length=2000, help_text="Na przykład prośba osoby."
    )
