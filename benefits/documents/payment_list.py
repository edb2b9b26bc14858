"""The paper of a list of payments: the statement that accounting keeps."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any

from benefits.models import Line, PaymentList, Settlement
from benefits.reading.departures import Below, below_statute
from benefits.reading.sources import gathered
from benefits.rules import Rulebook
from benefits.rules.cases import inputs_from
from benefits.rules.rulebook import rate_text
from cistor.accounts.models import User
from cistor.centres.models import DayCode, Regulations
from cistor.dates import day_text, month_text
from cistor.money import NOTHING, zloty

# Column by column, as a row adds up: code of the line → (meaning whose letters head it, what follows them, about).
REDUCTIONS = {
    "unexcused": ("unexcused", "", "nieuspr."),
    "sick": ("sick", "", "choroba"),
    "sick_over_limit": ("sick", " ponad limit", "choroba"),
    "excused": ("excused", "", "uspraw."),
    "care": ("care", "", "opieka"),
    "unexcused_over_limit": ("unexcused", " ponad limit", "utrata"),
    "not_taken": ("", "nie odjęto", "ponad świadczenie"),
}
AMOUNTS = ("benefit", "bonus", "tax", "deductions", "net", "overpayment", "payout")
STAGES = {"base_trial": "próbny", "base_main": "właściwy"}
WAYS = {"account": "przelewem", "cash_desk": "w kasie banku"}


def payment_list_context(payment_list: PaymentList, settlements: list[Settlement]) -> dict[str, Any]:
    """The paper of an approved list; settlements come with programme, participant and lines."""
    rows = sorted(settlements, key=lambda row: (row.programme.participant.order_key, row.programme_id, row.start_on))
    used = {line.code for row in rows for line in row.lines.all()}
    codes = [code for code in REDUCTIONS if code in used]
    sums = _sums(rows, codes)
    return {
        "period": _period(payment_list, rows),
        "payday": payment_list.payday,
        "reductions": _columns(payment_list, codes),
        "people": [_person(row, codes) for row in rows],
        "sums": sums,
        # Two columns more, where anything was paid too much before or is now.
        "overpaid": any(row.withheld or row.net < 0 for row in rows),
        "payments": _payments(rows),
        "sources": _sources(payment_list, rows),
        "signatures": _signatures(payment_list),
        "checksum": payment_list.checksum,
    }


def _period(payment_list: PaymentList, rows: list[Settlement]) -> str:
    if payment_list.month:
        return month_text(payment_list.month)
    return f"okresy próbne zakończone do {day_text(max(row.end_on for row in rows))}"


def _columns(payment_list: PaymentList, codes: list[str]) -> list[dict[str, str]]:
    version = Regulations.objects.version(payment_list.centre, payment_list.payday)
    letters = dict(DayCode.objects.filter(regulations=version).values_list("meaning", "letters"))
    columns = [REDUCTIONS[code] for code in codes]
    return [{"label": f"{letters.get(meaning, '')}{follows}", "about": about} for meaning, follows, about in columns]


def _person(row: Settlement, codes: list[str]) -> dict[str, Any]:
    lines = list(row.lines.all())
    return {
        # Not printed: by this an erasure finds the row again.
        "programme": row.programme_id,
        "name": row.name,
        "account": row.account,
        "note": "; ".join(_notes(row)),
        "stretches": [_of_difference(row)]
        if row.corrects_id
        else _stretches(row, [line for line in lines if line.code in STAGES]),
        "reductions": [_reduction(row, [line for line in lines if line.code == code]) for code in codes],
        **_amounts(row),
    }


def _amounts(row: Settlement) -> dict[str, Decimal]:
    """With their signs, so that a row adds up: to the net, and with what goes towards an overpayment to the payout.

    What the row itself asks back is added there: nobody pays it in, it waits for later lists.
    """
    return {
        "benefit": row.benefit,
        "bonus": row.bonus,
        "tax": -row.tax,
        "deductions": -row.deductions_taken,
        "net": row.net,
        "overpayment": row.payout - row.net,
        "payout": row.payout,
    }


def _notes(row: Settlement) -> Iterator[str]:
    if row.corrects_id:
        yield f"różnica za {row.period}"
    elif row.is_late:
        yield row.period
    if row.net < 0:
        yield "wypłacono za dużo, czeka na następne wypłaty"
    elif not row.payout:
        yield "nic do wypłaty"
    for one in row.taken.all():
        yield f"{one.deduction.kind.name} {zloty(one.amount)}"


def _stretches(row: Settlement, lines: list[Line]) -> list[dict[str, Any]]:
    book = inputs_from(row.inputs).rulebook
    return [
        {
            "stage": STAGES[line.code],
            "start_on": line.days[0],
            "end_on": line.days[-1],
            "base": book.statute.on("unemployment_benefit", line.days[0]).value,
            "rate": rate_text(_rate(book, line)),
            "amount": line.amount,
        }
        for line in lines
    ]


def _of_difference(row: Settlement) -> dict[str, Any]:
    """The days of the span; it has no rate of its own, its base is new − old."""
    days = {"start_on": row.start_on, "end_on": row.end_on}
    return {**days, "stage": "różnica", "base": "", "rate": "", "amount": row.base}


def _rate(book: Rulebook, line: Line) -> Fraction:
    settings = book.settings_on(line.days[0])
    return settings.trial_rate if line.code == "base_trial" else settings.main_rate


def _reduction(row: Settlement, lines: list[Line]) -> dict[str, Any] | None:
    """Of a difference the days are no number of days lost."""
    if not lines:
        return None
    return {
        "days": "" if row.corrects_id else sum(len(line.days) for line in lines),
        "amount": sum((line.amount for line in lines), NOTHING),
    }


def _sums(rows: list[Settlement], codes: list[str]) -> dict[str, Any]:
    lines = [line for row in rows for line in row.lines.all()]
    return {
        "amount": sum((row.base for row in rows), NOTHING),
        "reductions": [sum((line.amount for line in lines if line.code == code), NOTHING) for code in codes],
        **{name: sum((_amounts(row)[name] for row in rows), NOTHING) for name in AMOUNTS},
    }


def _payments(rows: list[Settlement]) -> list[dict[str, Any]]:
    """By the way of payment: how many people are paid, and how much; who is paid nothing is paid in no way."""
    paid = {way: [row for row in rows if row.method == way and row.payout] for way in WAYS}
    return [
        {
            "way": WAYS[way],
            "people": len({row.programme.participant_id for row in found}),
            "amount": sum((row.payout for row in found), NOTHING),
        }
        for way, found in paid.items()
        if found
    ]


def _sources(payment_list: PaymentList, rows: list[Settlement]) -> list[str]:
    """What the printed lines lean on, and why a version pays less than the statute."""
    lines = chain.from_iterable(row.lines.all() for row in rows)
    versions = list(payment_list.centre.regulations.adopted().values_list("title", "in_force_from"))
    sources = gathered((line.source for line in lines if not line.code.startswith("zus_")), versions)
    return [*sources, *(_reason(below) for below in below_statute(payment_list) if below.reason)]


def _reason(below: Below) -> str:
    reason, version = below.reason, below.version
    return (
        f"{version.title}, od {day_text(version.in_force_from)}, daje mniej niż ustawa. Uzasadnienie: {reason.text} "
        f"({reason.given_by}, {day_text(reason.given_on)})"
    )


def _signatures(payment_list: PaymentList) -> list[dict[str, Any]]:
    return [
        _signature("Sporządzenie", payment_list.prepared_by, payment_list.prepared_on),
        _signature("Sprawdzenie", payment_list.checked_by, payment_list.checked_on),
        _signature("Zatwierdzenie", payment_list.approved_by, payment_list.approved_on),
    ]


def _signature(act: str, user: User | None, on: date | None) -> dict[str, Any]:
    return {"act": act, "name": str(user) if user else "", "role": user.role_names if user else "", "on": on}
