"""What is asked for where a list goes to the bank."""

from typing import Any

from django import forms

from benefits.models import BankProfile
from cistor.journal.once import OnceForm
from participants.forms.day import DayField

LINES = 4


class OrderForm(OnceForm):
    pay_on = DayField(label="Dzień przelewu", help_text="Dzień roboczy, w którym bank ma wykonać przelewy.")


class ProfileForm(OnceForm):
    """A version of the bank's profile; it begins as the one in force."""

    in_force_from = DayField(
        label="Obowiązuje od", help_text="Polecenia sporządzone wcześniej zachowują dotychczasowy profil."
    )
    bank = forms.CharField(label="Bank", max_length=80)
    nrb = forms.CharField(
        label="Numer rachunku centrum",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        help_text="26 cyfr; odstępy i PL na początku nie przeszkadzają. Z tego rachunku wychodzą świadczenia.",
    )
    sender = forms.CharField(
        label="Nazwa i adres płatnika",
        max_length=400,
        widget=forms.Textarea({"rows": LINES}),
        help_text="Do czterech wierszy, jak w umowie rachunku.",
    )
    title = forms.CharField(
        label="Początek tytułu przelewu",
        max_length=100,
        help_text="Po nim program dopisuje okres. Słowa „Świadczenie integracyjne” chronią przelew przed zajęciem.",
    )
    encoding = forms.ChoiceField(label="Kodowanie polskich liter", choices=BankProfile.Encoding.choices)
    line_end = forms.ChoiceField(label="Koniec wiersza", choices=BankProfile.LineEnd.choices)
    forbidden = forms.CharField(
        label="Znaki, których bank nie przyjmuje",
        max_length=40,
        required=False,
        help_text="Obok siebie. W pliku zastąpi je odstęp; cudzysłów, przecinek i | zastępuje zawsze.",
    )
    width = forms.IntegerField(label="Znaków w wierszu pola", min_value=20, max_value=80)
    lines = forms.IntegerField(label="Wierszy w polu", min_value=1, max_value=LINES)

    def clean_sender(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["sender"].splitlines() if line.strip()]
        if len(lines) > LINES or any(len(line) > 80 for line in lines):
            raise forms.ValidationError("Wpisz najwyżej cztery wiersze po 80 znaków.")
        return lines

    @classmethod
    def as_now(cls, profile: BankProfile | None) -> dict[str, Any]:
        """What the form begins with, but for the day."""
        row = profile or BankProfile(sender=[])
        names = [name for name in cls.base_fields if name not in {"token", "in_force_from", "sender"}]
        return {**{name: getattr(row, name) for name in names}, "sender": "\n".join(row.sender)}
