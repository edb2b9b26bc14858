"""What somebody wants to try for a month, as typed."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from benefits.forms.months import MONTHS_BACK
from benefits.rules import SETTINGS
from cistor.centres.forms.inputs import AmountField, ShareField
from cistor.centres.models import Regulations
from cistor.dates import day_text, month_start, month_text, months
from cistor.money import zloty

# Those that a centre asks about; every other one can be tried as a draft.
TRIED = (
    "trial_rate",
    "main_rate",
    "unexcused_fraction",
    "unexcused_days_limit",
    "sick_fraction",
    "sick_days_limit",
    "excused_fraction",
    "care_fraction",
)
HIGHEST_RATE, WHOLE = 5, 1


class OptionalAmountField(AmountField):
    def clean(self, value: Any) -> Decimal | None:
        return super().clean(value) if value and value.strip() else None


class VersionField(forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": "Tej wersji już nie ma. Wybierz inną."}

    def validate_no_null_characters(self, value: Any) -> None:
        if "\0" in str(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class WhatIfForm(forms.Form):
    """A month, a version, the unemployment benefit, and the settings of `TRIED` under their own names.

    Empty fields leave what is in force. It is sent by GET: what was tried has an address that can be kept.
    """

    error_title = "Tego nie można policzyć"

    miesiac = forms.TypedChoiceField(
        label="Miesiąc",
        coerce=date.fromisoformat,
        error_messages={"invalid_choice": "Wybierz miesiąc z listy."},
    )
    wersja = VersionField(
        Regulations.objects.none(), label="Wersja regulaminu", required=False, empty_label="obowiązująca w tym miesiącu"
    )
    zasilek = OptionalAmountField(label="Zasiłek dla bezrobotnych, zł", required=False)

    def __init__(self, data: Any = None, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        usual = month_start(month_start(on) - timedelta(days=1))
        super().__init__(data if data is None else _with_month(data, usual), *args, **kwargs)
        past = reversed(list(months(on - MONTHS_BACK, on)))
        self.fields["miesiac"].choices = [(str(month), month_text(month)) for month in past]
        self.fields["miesiac"].initial = str(usual)
        self.fields["wersja"].queryset = Regulations.objects.visible_to(user, on=on)
        self.fields["wersja"].label_from_instance = _version_text
        for name in TRIED:
            self.fields[name] = _setting_field(name)

    def tried(self) -> dict[str, Any]:
        """What `what_if` takes."""
        data = self.cleaned_data
        return {
            "version": data["wersja"],
            "settings": {name: data[name] for name in TRIED if data[name] is not None},
            "rates": {} if data["zasilek"] is None else {"unemployment_benefit": data["zasilek"]},
        }

    def said(self) -> list[tuple[str, str]]:
        """What is tried and how, in words."""
        given = [self[name] for name in ("wersja", "zasilek", *TRIED) if self.cleaned_data[name] is not None]
        return [(field.label, _text(field, self.cleaned_data[field.name])) for field in given]

    def others(self) -> Sequence[forms.BoundField]:
        return [self[name] for name in TRIED]

    def has_others(self) -> bool:
        return any(field.errors or field.data for field in self.others())


def _with_month(data: Any, usual: date) -> Any:
    """What was sent; an address without a month means the usual one, and the field has to say so."""
    return data if data.get("miesiac") else {**data.dict(), "miesiac": str(usual)}


def _setting_field(name: str) -> forms.Field:
    label = SETTINGS[name].label.capitalize()
    if name.endswith("_limit"):
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=366)
    return ShareField(label=label, required=False, most=HIGHEST_RATE if name.endswith("_rate") else WHOLE)


def _version_text(version: Regulations) -> str:
    draft = " (projekt)" if version.is_draft else ""
    return f"{version.title}, od {day_text(version.in_force_from)}{draft}"


def _text(field: forms.BoundField, value: Any) -> str:
    if isinstance(value, Regulations):
        return _version_text(value)
    return zloty(value) if isinstance(value, Decimal) else str(field.data)
