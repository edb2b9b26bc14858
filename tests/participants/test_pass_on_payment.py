"""What the director reads about the payment before letting somebody on without the office's answer."""

from datetime import date

import pytest

from cistor.centres.models import Regulations
from tests.factories import make_participant, make_programme

pytestmark = pytest.mark.django_db

WAITS = "Wypłata za okres właściwy poczeka na odpowiedź, choćby program się skończył"
APART = f"{WAITS}; okres próbny wypłaca się zwyczajnie."
TOGETHER = f"{WAITS}, a z nią świadczenie za dni okresu próbnego w tym samym miesiącu."


def told(client, centre, start_on):
    programme = make_programme(make_participant(centre), start_on=start_on, main=False)
    return client.get(f"/uczestnicy/programy/{programme.pk}/okres-wlasciwy/").context["consequences"]


def test_a_trial_settled_apart_is_paid_as_ever(as_user, centre, director):
    assert APART in told(as_user(director), centre, date(2026, 10, 26))


def test_a_month_of_trial_and_main_period_together_waits_whole(as_user, centre, director):
    Regulations.objects.filter(centre=centre).update(trial_settlement="calendar_month", trial_payday=None)
    client = as_user(director)
    assert TOGETHER in told(client, centre, date(2026, 10, 26))
    # Up to the last day of November: they share no month.
    assert APART in told(client, centre, date(2026, 11, 1))
