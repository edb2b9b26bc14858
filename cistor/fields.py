"""Columns and constraints that Django does not bring."""

from fractions import Fraction

from django import forms
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Value


def parse_fraction(text: str) -> Fraction:
    """ "1/20", "0,5", "50 %" → Fraction; ValueError with a Polish sentence."""
    cleaned = str(text).strip().replace(",", ".").replace(" ", "")
    try:
        if cleaned.endswith("%"):
            return Fraction(cleaned[:-1]) / 100
        return Fraction(cleaned)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("Wpisz ułamek, na przykład 1/20, albo procent, na przykład 50%.") from error


class FractionField(models.CharField):
    """A Fraction stored as "n/d": a thirtieth as a decimal column would misprice half the lines."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if value is None or isinstance(value, Fraction):
            return value
        if value == "":
            return None
        try:
            return parse_fraction(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def from_db_value(self, value, expression, connection):
        return Fraction(value) if value is not None else None

    def get_prep_value(self, value):
        value = self.to_python(value)
        return None if value is None else str(value)

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs):
        return super().formfield(**{"widget": forms.TextInput, **kwargs})

    def run_validators(self, value):
        """The length limit is the text's, and the text is made by us."""


def no_overlap(name: str, *, per: str, message: str, condition=None) -> ExclusionConstraint:
    """Periods `start_on`–`end_on` (both days included, an empty end is open) of one `per` never share a day.

    An integer range stands in for equality, so that no extension of PostgreSQL is needed. `per` is the name of the
    foreign key without `_id`: with `_id`, `full_clean()` would reject every row.
    """
    return ExclusionConstraint(
        name=name,
        expressions=[
            (
                Func(F(per), F(per), Value("[]"), function="int8range", output_field=BigIntegerRangeField()),
                "&&",
            ),
            (
                Func(F("start_on"), F("end_on"), Value("[]"), function="daterange", output_field=DateRangeField()),
                "&&",
            ),
        ],
        condition=condition,
        violation_error_message=message,
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=models.Q(end_on__isnull=True) | models.Q(end_on__gte=F("start_on")),
        violation_error_message="Ostatni dzień nie może być wcześniejszy niż pierwszy.",
    )


def together(name: str, *fields: str) -> models.CheckConstraint:
    """All of the fields are filled, or none: what was done, by whom and when stand together."""
    none, every = ({f"{field}__isnull": empty for field in fields} for empty in (True, False))
    return models.CheckConstraint(name=name, condition=models.Q(**none) | models.Q(**every))
