"""Jobs whose result stands in rows and not in a file: they end in the transaction that writes it."""

import pytest
from django.db import transaction

from cistor.jobs import actions
from cistor.jobs.models import Job

pytestmark = pytest.mark.django_db


def test_a_result_that_stands_in_rows_is_over_with_them_or_not_at_all(ask, centre):
    job, taken_back = ask(), ask(filled=False)

    def write(begun):
        with transaction.atomic():
            actions.complete(begun)

    def too_late(begun):
        actions.take_back(centre=centre, person=7)
        write(begun)

    actions.carry_out(job.pk, write)
    actions.carry_out(taken_back.pk, too_late)
    job.refresh_from_db()
    taken_back.refresh_from_db()
    assert (job.status[1], job.done, job.result_sha256) == ("gotowe", 3, "")
    assert taken_back.failure == actions.CHANGED


def test_a_result_in_rows_that_is_asked_for_meanwhile_stays_open_until_it_is_made_once_more(ask):
    job = ask()
    actions.renew(job, on=job.asked_on)

    def write(begun):
        actions.complete(begun)
        assert Job.objects.get().is_over
        Job.objects.update(finished_at=None)
        actions.renew(begun, on=job.asked_on)
        actions.complete(begun)
        assert not Job.objects.get().is_over
        actions.complete(begun)

    actions.carry_out(job.pk, write)
    assert Job.objects.get().status[1] == "gotowe"
