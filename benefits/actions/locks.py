"""What the acts over lists wait for."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from benefits.models import PaymentList
from cistor.centres.models import Centre
from cistor.errors import Refused
from cistor.jobs.locks import held


def one_at_a_time(centre: Centre) -> None:
    """Until the transaction ends, runs of one centre wait for each other: else a span could land on two lists."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"benefits.lists.{centre.pk}"])


@contextmanager
def alone_at(payment_list: PaymentList) -> Iterator[None]:
    """Counts of one list wait for each other. A lock of the session: computing needs no transaction."""
    with held(f"benefits.list.{payment_list.pk}", wait=True):
        yield


def locked(payment_list: PaymentList) -> PaymentList:
    return PaymentList.objects.select_for_update(of=("self",)).select_related("centre").get(pk=payment_list.pk)


def still_open(payment_list: PaymentList) -> None:
    if not payment_list.is_open:
        raise Refused(f"{payment_list.title} jest już zatwierdzona i nie zmieni się. Kogo nie objęła, rozlicz kolejną.")
