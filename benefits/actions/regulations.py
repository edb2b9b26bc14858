from datetime import date

from django.db import transaction

from benefits import rules
from benefits.actions.locks import one_at_a_time
from benefits.models import PaymentList, Settlement
from cistor.accounts.models import User
from cistor.centres.actions import make_binding, what_is_missing
from cistor.centres.models import Centre, Regulations
from cistor.dates import day_text
from cistor.errors import Refused


@transaction.atomic
def adopt(version: Regulations, *, by: User, on: date) -> Regulations:
    """The draft becomes a version of the centre from its day on; refused where that day has been paid for already."""
    one_at_a_time(version.centre)
    draft = Regulations.objects.select_for_update().get(pk=version.pk)
    if found := obstacle(draft):
        raise Refused(found)
    return make_binding(draft, by=by, on=on)


def obstacle(draft: Regulations) -> str:
    """Why the draft cannot be adopted as it is, "" where it may be."""
    paid = paid_until(draft.centre)
    if paid and draft.in_force_from <= paid:
        return f"Do {day_text(paid)} świadczenia są już rozliczone. Wersja może obowiązywać od następnego dnia."
    return _wrong_setting(draft) or what_is_missing(draft)


def paid_until(centre: Centre) -> date | None:
    """The last day that an approved list pays anybody of the centre for."""
    approved = Settlement.objects.filter(payment_list__centre=centre, payment_list__status=PaymentList.Status.APPROVED)
    return approved.order_by("-end_on").values_list("end_on", flat=True).first()


def _wrong_setting(draft: Regulations) -> str:
    try:
        rules.Settings.from_mapping({name: getattr(draft, name) for name in rules.SETTINGS})
    except rules.WrongSetting as error:
        return str(error)
    return ""
