"""What stands beside the benefit, straight into the tables: granted bonuses, deductions with consent, instalments."""

from datetime import date
from decimal import Decimal

from benefits.models import Bonus, Deduction, PaymentList, RecoveryTerms, Settlement
from cistor.accounts.models import User
from cistor.centres.models import Centre, DeductionKind
from participants.models import Programme
from tests.benefits.months import approved_unprinted, count_month, third_after
from tests.factories import make_user


def make_bonus(programme: Programme, month: date, amount: str, *, by: User, on: date, granted: bool = True) -> Bonus:
    """Asked for by an instructor and decided on the day."""
    asked_by = make_user(programme.participant.centre, "instructor")
    return Bonus.objects.create(
        programme=programme,
        month=month,
        asked_amount=Decimal(amount),
        amount=Decimal(amount) if granted else None,
        asked_by=asked_by,
        asked_on=on,
        reason="Wzorowa obecność.",
        granted=granted,
        decided_by=by,
        decided_on=on,
        note="" if granted else "Nie tym razem.",
    )


def make_deduction(
    programme: Programme, amount: str, *, by: User, kind: str = "damage", on: date = date(2026, 7, 1), **over
) -> Deduction:
    """Consented to on the day, unless `consented_on` says otherwise."""
    kind = DeductionKind.objects.filter(regulations__centre=programme.participant.centre).get(code=kind)
    return Deduction.objects.create(
        programme=programme,
        kind=kind,
        what="Zniszczone narzędzia",
        amount=Decimal(amount),
        **{"consented_on": on, "entered_by": by, "entered_on": on, **over},
    )


def take_back(deduction: Deduction, *, on: date) -> None:
    """The consent is withdrawn."""
    Deduction.objects.filter(pk=deduction.pk).update(withdrawn_on=on)


def by_instalments(overpaid: Settlement, instalment: str, *, by: User, on: date) -> RecoveryTerms:
    return RecoveryTerms.objects.create(
        overpaid=overpaid, instalment=Decimal(instalment), reason="Trudna sytuacja.", decided_by=by, decided_on=on
    )


def pay_unprinted(centre: Centre, month: date, *, by: User, director: User) -> PaymentList:
    """Counted and approved without its paper, on the third of the next month."""
    return approved_unprinted(count_month(centre, month, by=by), by=director, on=third_after(month))
