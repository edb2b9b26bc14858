"""Two at once about one admission."""

from datetime import date

import pytest

from cistor.errors import Refused
from participants.models import Programme
from referrals.actions import admit, withdraw
from tests.factories import make_centre, make_user
from tests.referrals.ready import TODAY, make_ready
from tests.together import together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def directors():
    centre = make_centre()
    return [make_user(centre, "director"), make_user(centre, "director")]


def admitting(application, by):
    return lambda: admit(application, signed_on=TODAY, start_on=date(2026, 3, 16), by=by, on=TODAY)


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_directors_at_once_one_admits(directors, attempt):
    application = make_ready(directors[0].centre)
    results = together(*(admitting(application, user) for user in directors))
    assert {type(result) for result in results} == {Programme, Refused}
    application.refresh_from_db()
    assert application.programme == Programme.objects.get()


@pytest.mark.parametrize("attempt", range(3))
def test_an_application_withdrawn_while_it_is_admitted_has_one_end(directors, attempt):
    application = make_ready(directors[0].centre)
    one, other = directors
    results = together(admitting(application, one), lambda: withdraw(application, by=other, on=TODAY))
    assert sum(isinstance(result, Refused) for result in results) == 1
    application.refresh_from_db()
    assert application.status == ("admitted" if Programme.objects.exists() else "withdrawn")
