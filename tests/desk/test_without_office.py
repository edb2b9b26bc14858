"""Of a programme that names none of several offices no letter is prepared: the desk says so."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cistor.desk import programmes
from tests.factories import end
from tests.notices.making import make_signed, mopr

SIGNED, ON = date(2026, 2, 16), date(2026, 3, 11)


@pytest.fixture
def second(centre):
    return centre.offices.create(kind="welfare", name="Drugi ośrodek", short_name="OPS 2")


@pytest.fixture
def programme(centre):
    return make_signed(centre, SIGNED, last_name="Zmyślona")


def told(user, on=ON) -> list[str]:
    return [matter.text for matter in programmes.without_office(user, on)]


def test_who_prepares_programmes_is_asked_for_the_office(programme, second, director, social_worker, payroll, outsider):
    (matter,) = programmes.without_office(social_worker, ON)
    assert matter.text == "Zmyślona Kalina: nie wiadomo, do którego ośrodka wysyłać pisma, więc żadne nie powstaje"
    assert (matter.kind, matter.url) == ("late", f"/uczestnicy/programy/{programme.pk}/osrodek/")
    assert [len(told(user)) for user in (director, payroll, outsider)] == [1, 0, 0]


def test_where_there_is_one_office_or_one_was_chosen_nobody_is_asked(centre, programme, social_worker):
    assert told(social_worker) == []
    centre.offices.create(kind="cus", name="Centrum usług", short_name="CUS")
    programme.office = mopr(centre)
    programme.save()
    assert told(social_worker) == []


def test_one_that_ended_long_ago_needs_none(programme, second, social_worker):
    end(programme, ended_on=date(2026, 3, 2))
    assert len(told(social_worker)) == 1
    assert told(social_worker, date(2026, 6, 1)) == []


def test_where_no_term_asks_for_letters_nobody_is_asked(other_centre, outsider):
    make_signed(other_centre, SIGNED)
    for number in (1, 2):
        other_centre.offices.create(kind="welfare", name=f"Ośrodek {number}", short_name=f"OPS {number}")
    assert told(outsider) == []


def test_it_asks_no_more_for_many_than_for_one(centre, programme, second, social_worker):
    told(social_worker)
    with CaptureQueriesContext(connection) as one:
        told(social_worker)
    for _ in range(3):
        make_signed(centre, SIGNED)
    with CaptureQueriesContext(connection) as many:
        assert len(told(social_worker)) == 4
    assert len(many) == len(one)
