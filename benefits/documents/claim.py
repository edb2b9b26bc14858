"""The participant's application for the benefit (S1 § 3 ust. 1 lit. g, S2 § 8 ust. 1 lit. h)."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre, Regulations
from participants import nrb
from participants.documents.common import person_facts
from participants.documents.decisions import house
from participants.models import PaymentMethod, Programme

ACCOUNT, CASH_DESK = PaymentMethod.Kind.ACCOUNT, PaymentMethod.Kind.CASH_DESK


def benefit_application(centre: Centre, programme: Programme | None, *, with_account: bool, on: date) -> dict[str, Any]:
    """Filled in from what is known, to be signed; without a programme an empty form.

    It offers the ways of payment of the regulations of the day. The way in force, and its account, stand there only
    for a reader who may see it (`with_account`).
    """
    participant = programme.participant if programme else None
    method = _method(programme, on) if programme and with_account else None
    return {
        **house(centre, on),
        "basis": regulations_of(centre, on, "benefit_needs_application"),
        "blank": programme is None,
        "person": person_facts(participant),
        "signed_on": programme.signed_on if programme else "",
        "ways": _ways(centre, method, on),
        "account": method.nrb if method else "",
        "bank": nrb.bank_name(method.nrb) if method and method.nrb else "",
        "holder": method.holder if method else "",
    }


def _method(programme: Programme, on: date) -> PaymentMethod | None:
    return programme.participant.payment_methods.filter(start_on__lte=on).order_by("-start_on").first()


def _ways(centre: Centre, method: PaymentMethod | None, on: date) -> list[dict[str, Any]]:
    regulations = Regulations.objects.version(centre, on)
    allowed = regulations.payment_methods if regulations else [ACCOUNT]
    labels = {ACCOUNT: "na rachunek bankowy", CASH_DESK: "w kasie banku"}
    return [
        {"code": code, "label": label, "ticked": method is not None and method.kind == code}
        for code, label in labels.items()
        if code in allowed
    ]


def regulations_of(centre: Centre, on: date, setting: str = "") -> str:
    """For the foot of the page, after the statute: the regulations of the day, and their § on the setting."""
    regulations = Regulations.objects.version(centre, on)
    if regulations is None:
        return ""
    return ", ".join(filter(None, [regulations.title, regulations.sources.get(setting)]))
