"""Two people who see the same thing write it down in the same instant: one of them is asked."""

from datetime import date, time

import pytest

from attendance.actions.incidents import MEANWHILE, record_incident
from attendance.models import Incident
from attendance.reading.order import doubts
from cistor.errors import Refused
from tests.factories import make_group, make_participant, make_programme
from tests.together import together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 3, 11)


def test_of_two_at_once_the_second_is_told_of_the_first(centre, instructor, social_worker):
    programme = make_programme(
        make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 1, 5)
    )
    about = {"on_day": TODAY, "at": time(7, 40), "substance": "alcohol", "suspicion": "Woń.", "outcome": "refused"}

    def write(user, despite):
        return record_incident(programme, **about, despite=despite, by=user, on=TODAY)

    results = together(lambda: write(instructor, ()), lambda: write(social_worker, ()))
    assert [str(one) for one in results if isinstance(one, Refused)] == [MEANWHILE]
    assert Incident.objects.count() == 1
    write(social_worker, doubts(programme, TODAY))
    assert Incident.objects.count() == 2
