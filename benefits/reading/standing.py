"""How an open list stands beside what has happened since it was counted."""

from django.db.models import Exists, OuterRef, QuerySet

from attendance.models import Correction
from benefits.models import PaymentList
from cistor.centres.models import StatutoryRate
from cistor.journal.models import Entry

RULES_CHANGED = ("regulations_adopted", "regulations_taken_back")


def sent_back(payment_list: PaymentList) -> Entry | None:
    """Why the director wants it corrected, until it is checked again: `by`, `at` and `data["reason"]`."""
    if payment_list.status != PaymentList.Status.DRAFT:
        return None
    newest = _entries(payment_list, "list_checked", "list_sent_back").select_related("by").first()
    return newest if newest and newest.verb == "list_sent_back" else None


def outdated(payment_list: PaymentList) -> str:
    """Which rules have changed since it was counted, "" for none; what people did is seen only by counting anew."""
    counted = _entries(payment_list, "list_counted").first() if payment_list.is_open else None
    if counted is None:
        return ""
    changes = Entry.objects.filter(centre=payment_list.centre_id, verb__in=RULES_CHANGED, pk__gt=counted.pk)
    if changes.exists():
        return "Od policzenia zmieniły się wersje regulaminu. Policz listę ponownie."
    added = Entry.objects.filter(verb="rate_added", pk__gt=counted.pk).values("object_id")
    rates = StatutoryRate.objects.filter(pk__in=added, in_force_from__lte=payment_list.payday)
    return "Od policzenia dodano stawkę ustawową. Policz listę ponownie." if rates.exists() else ""


def waiting_corrections(payment_list: PaymentList) -> int:
    """How many days that the list settles somebody has asked to be corrected: granted later, each is a difference."""
    settled = payment_list.settlements.filter(
        programme=OuterRef("programme"), start_on__lte=OuterRef("on"), end_on__gte=OuterRef("on")
    )
    return Correction.objects.open().filter(Exists(settled)).count()


def _entries(payment_list: PaymentList, *verbs: str) -> QuerySet[Entry]:
    """Newest first."""
    about = Entry.objects.filter(object_kind=PaymentList._meta.label_lower, object_id=payment_list.pk)
    return about.filter(verb__in=verbs).order_by("-pk")
