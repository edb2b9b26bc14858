from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from cistor.accounts import actions
from cistor.accounts.models import User
from cistor.accounts.roles import Role
from cistor.errors import Refused
from tests.factories import make_user

TODAY = date(2026, 3, 11)


def at_once(*acts) -> list:
    """What each act answers, None or its refusal, when all begin together."""
    barrier, answers = Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait()
            answers.append(act() and None)
        except Refused as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_two_administrators_cannot_remove_each_other_at_one_time(centre, admin, turn):
    other = make_user(centre, Role.ADMIN)
    answers = at_once(
        lambda: actions.deactivate(admin, by=other),
        lambda: actions.change_user(other, by=admin, on=TODAY, roles=[Role.PAYROLL]),
    )
    assert len(answers) == 2
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert User.objects.of_centre(centre.pk).with_role(Role.ADMIN).count() == 1
