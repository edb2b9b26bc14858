"""A settlement's inputs and result as plain mappings, fit for JSON: stored, checked again, and read from a file."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from benefits.rules.errors import ContradictoryInputs
from benefits.rules.inputs import EarlierPayment, Inputs, Line, Settlement
from benefits.rules.programme import Programme, Span
from benefits.rules.rulebook import Calendar, Rulebook, Version
from benefits.rules.settings import Settings, amount, signed_amount
from benefits.rules.statute import Parameter, Statute
from cistor.dates import NO_DAYS, Days
from cistor.money import NOTHING

WHO = {"name", "programme", "marks", "settlement", "expect"}
RULES = {"regulations", "regulations_from", "statute", "closed_days", "extra_class_days", "one_off_holidays"}
PAYMENT = {"approved_bonus", "pit_monthly_reduction", "consented_deductions", "earlier_payments", "payday"}
KEYS = WHO | RULES | PAYMENT


def inputs_from(case: Mapping[str, Any], statute: Statute | None = None, one_off: Days = NO_DAYS) -> Inputs:
    """The inputs that a case describes; its own `statute` and `one_off_holidays` go before the ones handed in.

    RuleError where something is missing, unreadable or contradicts the rest.
    """
    if not isinstance(case, Mapping):
        raise ContradictoryInputs("Przypadek musi być obiektem z nazwanymi polami.")
    _known(case, KEYS)
    return Inputs(
        rulebook=_rulebook(case, statute, one_off),
        programme=_programme(_field(case, "programme", dict)),
        settlement=_field(case, "settlement", str),
        marks={_day(day, "marks"): str(kind) for day, kind in _field(case, "marks", dict, {}).items()},
        approved_bonus=_amount(case, "approved_bonus"),
        pit_monthly_reduction=_amount(case, "pit_monthly_reduction"),
        consented_deductions=_amount(case, "consented_deductions"),
        earlier_payments=tuple(map(_earlier, _field(case, "earlier_payments", list, []))),
        payday=None if case.get("payday") is None else _day(case["payday"], "payday"),
    )


def case_of(inputs: Inputs) -> dict[str, Any]:
    """The inputs as a case that stands alone: versions with their sources and the statute's values go with it."""
    return {
        **_rulebook_case(inputs.rulebook),
        "programme": {
            "trial": inputs.programme.trial and _texts(inputs.programme.trial),
            "main": inputs.programme.main and _texts(inputs.programme.main),
            "ended_on": inputs.programme.ended_on and str(inputs.programme.ended_on),
        },
        "marks": {str(day): inputs.marks[day] for day in sorted(inputs.marks)},
        "settlement": inputs.settlement,
        "approved_bonus": str(inputs.approved_bonus),
        "pit_monthly_reduction": str(inputs.pit_monthly_reduction),
        "consented_deductions": str(inputs.consented_deductions),
        "earlier_payments": [
            {"taxable": str(payment.taxable), "advance": str(payment.advance)} for payment in inputs.earlier_payments
        ],
        "payday": inputs.payday and str(inputs.payday),
    }


@lru_cache(maxsize=64)
def _rulebook_case(book: Rulebook) -> dict[str, Any]:
    """The same for everybody in a run, so it is written out once."""
    return {
        "regulations_from": [
            [str(version.from_on), version.settings.as_mapping(), version.title, dict(version.sources)]
            for version in book.versions
        ],
        "statute": [
            {"kind": row.kind, "in_force_from": str(row.in_force_from), "value": str(row.value), "source": row.source}
            for row in book.statute.parameters
        ],
        "closed_days": _texts(book.calendar.closed),
        "extra_class_days": _texts(book.calendar.extra),
        "one_off_holidays": _texts(book.calendar.one_off),
    }


def result_of(settlement: Settlement) -> dict[str, Any]:
    """The figures and lines as plain values; `bonus_refused` only when it was."""
    refused = {"bonus_refused": True} if settlement.bonus_refused else {}
    amounts = (
        "base unexcused_over_limit not_taken benefit bonus_cap bonus tax deductions_taken deductions_carried net "
        "zus_pension zus_disability"
    )
    return {
        **{name: f"{getattr(settlement, name):.2f}" for name in amounts.split()},
        "counts": dict(settlement.counts),
        "reductions": {kind: f"{taken:.2f}" for kind, taken in settlement.reductions.items()},
        "payday": str(settlement.payday),
        **refused,
        "lines": plain_lines(settlement.lines),
    }


def plain_lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines as `lines_from` reads them."""
    return [
        {
            "code": line.code,
            "amount": f"{line.amount:.2f}",
            "because": line.because,
            "source": line.source,
            "days": [str(day) for day in line.days],
        }
        for line in lines
    ]


def lines_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The lines of a computation that was stored."""
    return tuple(
        Line(
            row["code"],
            Decimal(row["amount"]),
            row["because"],
            row["source"],
            tuple(date.fromisoformat(day) for day in row["days"]),
        )
        for row in rows
    )


def statute_from(rows: list[Mapping[str, Any]]) -> Statute:
    """Parameters from mappings of kind, in_force_from, value, source."""
    return Statute(map(_parameter, rows))


# Reading; every error names the field --------------------------------------------------------------------------------


def _rulebook(case: Mapping[str, Any], statute: Statute | None, one_off: Days) -> Rulebook:
    if "statute" in case:
        statute = statute_from(_field(case, "statute", list))
    calendar = Calendar(
        closed=_days(case, "closed_days"),
        extra=_days(case, "extra_class_days"),
        one_off=_days(case, "one_off_holidays") if "one_off_holidays" in case else one_off,
    )
    return Rulebook(_versions(case), statute or Statute(()), calendar)


def _parameter(row: Any) -> Parameter:
    if not isinstance(row, dict):
        raise ContradictoryInputs("statute: parametr to {kind, in_force_from, value, source}.")
    try:
        value = Decimal(_field(row, "value", str))
    except InvalidOperation:
        raise ContradictoryInputs(f"value: {row['value']!r} to nie liczba.") from None
    day = _day(_field(row, "in_force_from", str), "in_force_from")
    return Parameter(_field(row, "kind", str), day, value, _field(row, "source", str))


def _versions(case: Mapping[str, Any]) -> list[Version]:
    """`regulations` hold from the beginning, `regulations_from` follow; a version takes over what it does not name."""
    values: dict[str, Any] = dict(_field(case, "regulations", dict, {}))
    versions = [Version(Settings.from_mapping(values))] if "regulations" in case else []
    for row in sorted(_field(case, "regulations_from", list, []), key=_version_row):
        values |= row[1]
        title, sources = row[2:] if len(row) == 4 else ("regulamin", {})
        versions.append(Version(Settings.from_mapping(values), _day(row[0], "regulations_from"), sources, title))
    if not versions:
        raise ContradictoryInputs("Brak pola: regulations.")
    return versions


def _version_row(row: Any) -> date:
    if not isinstance(row, list) or len(row) not in (2, 4) or not isinstance(row[1], dict):
        raise ContradictoryInputs("regulations_from: wersja to [dzień, ustawienia].")
    return _day(row[0], "regulations_from")


def _programme(programme: Mapping[str, Any]) -> Programme:
    _known(programme, {"trial", "main", "ended_on"})
    ended_on = programme.get("ended_on")
    return Programme(
        trial=_span(programme, "trial"),
        main=_span(programme, "main"),
        ended_on=None if ended_on is None else _day(ended_on, "ended_on"),
    )


def _span(programme: Mapping[str, Any], name: str) -> Span | None:
    days = programme.get(name)
    if days is None:
        return None
    if not isinstance(days, list) or len(days) != 2:
        raise ContradictoryInputs(f"{name}: podaj pierwszy i ostatni dzień.")
    return Span(_day(days[0], name), _day(days[1], name))


def _earlier(payment: Any) -> EarlierPayment:
    if not isinstance(payment, dict):
        raise ContradictoryInputs("earlier_payments: wypłata to {taxable, advance}.")
    _known(payment, {"taxable", "advance"})
    return EarlierPayment(_amount(payment, "taxable", signed_amount), _amount(payment, "advance", signed_amount))


def _known(values: Mapping[str, Any], names: set[str]) -> None:
    """A misspelt name would be a fact left out."""
    if unknown := sorted(values.keys() - names):
        raise ContradictoryInputs(f"Nieznane pola: {', '.join(unknown)}.")


def _field(case: Mapping[str, Any], name: str, kind: type, default: Any = None) -> Any:
    value = default if case.get(name) is None else case[name]
    if value is None:
        raise ContradictoryInputs(f"Brak pola: {name}.")
    if not isinstance(value, kind):
        raise ContradictoryInputs(f"Pole {name} ma zły rodzaj wartości: {value!r}.")
    return value


def _amount(case: Mapping[str, Any], name: str, read: Callable[[Any], Decimal] = amount) -> Decimal:
    try:
        return NOTHING if case.get(name) is None else read(case[name])
    except ValueError as error:
        raise ContradictoryInputs(f"{name}: {case[name]!r} – {error}.") from None


def _day(value: Any, name: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ContradictoryInputs(f"{name}: {value!r} to nie dzień w postaci RRRR-MM-DD.") from None


def _days(case: Mapping[str, Any], name: str) -> Days:
    return frozenset(_day(day, name) for day in _field(case, name, list, []))


def _texts(days: Any) -> list[str]:
    return sorted(str(day) for day in days)
