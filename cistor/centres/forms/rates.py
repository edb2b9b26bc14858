from decimal import Decimal, InvalidOperation

from django import forms

from cistor.centres.forms.inputs import DayInput
from cistor.centres.models import StatutoryRate
from cistor.journal.once import OnceForm

UNITS = StatutoryRate.AMOUNTS | StatutoryRate.COUNTS


class RateForm(OnceForm, forms.ModelForm):
    kind = forms.ChoiceField(label="Rodzaj wartości", choices=[("", "wybierz"), *StatutoryRate.Kind.choices])
    value = forms.CharField(
        label="Wartość",
        max_length=20,
        help_text="Kwota, np. 1 783,90; stawka jako procent, np. 12%; limit jako liczba.",
    )

    class Meta:
        model = StatutoryRate
        fields = ["kind", "in_force_from", "value", "source", "certainty"]
        widgets = {"in_force_from": DayInput()}
        help_texts = {
            "source": "Ustawa, rozporządzenie albo obwieszczenie z numerem Dziennika Ustaw.",
            "in_force_from": "Wcześniejsze dni zachowują dotychczasową wartość.",
        }

    def clean_value(self) -> Decimal:
        text = "".join(self.cleaned_data["value"].split()).replace(",", ".")
        try:
            value = Decimal(text.removesuffix("%").removesuffix("zł"))
        except InvalidOperation:
            raise forms.ValidationError("Wpisz liczbę, na przykład 1 783,90 albo 12%.") from None
        if not value.is_finite() or not 0 <= value < 10**8:
            raise forms.ValidationError("Wartość musi być od zera do 99 999 999.")
        return value / 100 if text.endswith("%") else value

    def clean(self):
        data = super().clean()
        kind, value = data.get("kind"), data.get("value")
        if kind and kind not in UNITS and isinstance(value, Decimal) and value > 2:
            self.add_error("value", "To jest część świadczenia lub podstawy: wpisz procent, na przykład 12%.")
        return data
