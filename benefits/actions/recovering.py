"""By which instalments an overpayment is taken back."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from benefits.actions.locks import one_at_a_time
from benefits.models import RecoveryTerms, Settlement
from benefits.reading.recoveries import left_of
from cistor.accounts.models import User
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.money import NOTHING, zloty

NOTHING_LEFT = "Z tego rozliczenia nie zostało nic do odzyskania."
NOT_THE_HEAD = "O ratach decyduje kierujący centrum albo osoba, która go tego dnia zastępuje."


@transaction.atomic
def decide_instalments(overpaid: Settlement, *, instalment: Decimal, reason: str, by: User, on: date) -> RecoveryTerms:
    """From now on at most `instalment` złoty of this overpayment is taken from one list; the newest decision counts.

    `overpaid` is a settlement of differences with a negative net on an approved list. Drafts are counted anew before
    they can be approved. Lists wait meanwhile: nobody approves what this changes.
    """
    centre = overpaid.payment_list.centre
    if by.home_centre_id != centre.pk or not by.may("decide_recovery", on=on):
        raise Refused(NOT_THE_HEAD)
    one_at_a_time(centre)
    left = left_of(overpaid)
    if left <= NOTHING or overpaid.payment_list.is_open:
        raise Refused(NOTHING_LEFT)
    if not NOTHING < instalment <= left:
        raise Refused(f"Rata jest większa od zera i nie większa niż to, co zostało: {zloty(left)}.", field="instalment")
    if not reason.strip():
        raise Refused("Napisz, dlaczego w ratach.", field="reason")
    terms = RecoveryTerms.objects.create(
        overpaid=overpaid,
        instalment=instalment,
        reason=reason.strip(),
        decided_by=by,
        decided_for=by.acts_for("decide_recovery", on=on),
        decided_on=on,
    )
    record(terms, "instalments_decided", by=by, on=on, instalment=instalment)
    return terms
