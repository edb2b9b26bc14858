import re
from fractions import Fraction
from typing import Any

from django import forms

from cistor import money
from cistor.fields import parse_fraction

TYPED = re.compile(r"\d{1,6}([.,]\d{1,6})?(/\d{1,6})?%?", re.ASCII)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class ShareField(forms.CharField):
    """A part of something as people write it: 1/20, 50%, 0,5; cleaned to a Fraction, None where nothing was typed."""

    wrong = "Wpisz ułamek, na przykład 1/20, albo procent, na przykład 50%."

    def __init__(self, *, most: int, as_percent: bool = False, **kwargs: Any):
        super().__init__(max_length=20, **kwargs)
        self.most, self.as_percent = most, as_percent

    def clean(self, value: Any) -> Fraction | None:
        text = "".join(super().clean(value).split())
        if not text:
            return None
        if not TYPED.fullmatch(text):
            raise forms.ValidationError(self.wrong)
        try:
            share = parse_fraction(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if share > self.most:
            raise forms.ValidationError(f"To może być najwyżej {self.said(Fraction(self.most))}.")
        return share

    def said(self, share: Fraction) -> str:
        return money.percent(share)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Fraction):
            return value
        hundredths = value * 100
        return f"{hundredths}%" if self.as_percent and hundredths.denominator == 1 else str(value)


class WeightField(ShareField):
    """How much of a sum something makes, against the other weights: 1, 2, 1/2."""

    wrong = "Wpisz liczbę, na przykład 1, 2 albo 1/2."

    def said(self, share: Fraction) -> str:
        return str(share)


class AmountField(forms.CharField):
    """Złoty as people write them: 1 783,90, less than `limit`; None where nothing was typed and nothing need be."""

    def __init__(self, *, limit: int = 10**6, **kwargs: Any):
        self.limit = limit
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text.strip() and not self.required:
            return None
        try:
            amount = money.typed(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if not 0 <= amount < self.limit:
            raise forms.ValidationError(f"Kwota musi być od zera do {money.number(self.limit - money.GROSZ)}.")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else money.number(value)
