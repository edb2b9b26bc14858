"""What becomes of closed days when the director decides on a fact: no question is left that nobody can answer."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.actions import close, corrections_for
from attendance.actions.excuses import ask_excuse, decide_excuse, excuse
from attendance.actions.settling import ClosedDay, Settled
from attendance.actions.suspensions import suspend_classes
from attendance.models import Correction, Day
from cistor.accounts.models import StandIn, User
from cistor.dates import days_between
from cistor.journal.models import Entry
from participants.models import Programme
from tests.factories import make_group, make_participant, make_programme, make_user, mark

MONDAY, TUESDAY, FRIDAY = (date(2026, 3, day) for day in (9, 10, 13))
NEXT_FRIDAY = date(2026, 3, 20)


@pytest.fixture
def programme(centre, instructor, social_worker):
    """Unexcused on a Monday that is closed."""
    programme = make_programme(
        make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 1, 5), by=social_worker
    )
    mark(programme, {MONDAY: "unexcused"}, by=instructor)
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=FRIDAY)
    return programme


def meaning(programme, day=MONDAY):
    return Day.objects.get(programme=programme, on=day).meaning


def only(programme, *days, meaning="sick"):
    row = Programme.objects.select_related("participant__centre").prefetch_related("stages", "closings")
    return Settled(0, [ClosedDay(row.get(pk=programme.pk), day, meaning) for day in days])


def asked(programme, *days, by, asker=None, to="sick"):
    told = {"reason": "Zwolnienie.", "by": by, "on": NEXT_FRIDAY, "asker": asker}
    return corrections_for(only(programme, *days, meaning=to), **told)


def test_what_another_stated_and_the_director_decides_changes_the_closed_day_at_once(
    programme, social_worker, director
):
    found = asked(programme, MONDAY, by=director, asker=social_worker)
    assert (found.asked, found.granted, meaning(programme)) == (1, 1, "sick")
    row = Correction.objects.get()
    assert (row.asked_by, row.granted, row.decided_by) == (social_worker, True, director)
    assert Day.objects.get(on=MONDAY).marked_by == social_worker
    entries = Entry.objects.filter(object_kind="attendance.correction").order_by("pk")
    assert [(entry.verb, entry.by) for entry in entries] == [
        ("correction_asked", director),
        ("correction_granted", director),
    ]
    assert entries[0].data["asker"] == social_worker.pk


def test_of_what_an_instructor_stated_nobody_asks(programme, instructor, director):
    assert asked(programme, MONDAY, by=director, asker=instructor).asked == 0
    assert (Correction.objects.count(), meaning(programme)) == (0, "unexcused")


def test_the_director_alone_asks_for_nothing_unless_the_centre_is_led_by_one_person(centre, programme, director):
    assert asked(programme, MONDAY, by=director).asked == 0
    assert asked(programme, MONDAY, by=director, asker=director).asked == 0
    centre.single_handed = True
    centre.save()
    found = asked(programme, MONDAY, by=User.objects.get(pk=director.pk))
    assert (found.asked, found.granted, Correction.objects.get().asked_by) == (1, 0, director)


def test_a_stand_in_asks_and_the_director_decides_later(centre, programme, payroll, director):
    StandIn.objects.create(absent=director, deputy=payroll, start_on=NEXT_FRIDAY, end_on=NEXT_FRIDAY)
    assert asked(programme, MONDAY, by=User.objects.get(pk=payroll.pk)).asked == 1
    assert Correction.objects.get().is_open


def test_who_does_not_decide_asks_in_the_own_name(programme, social_worker, payroll):
    assert asked(programme, MONDAY, by=payroll, asker=social_worker).asked == 1
    assert Correction.objects.get().asked_by == payroll


def test_an_excuse_that_payroll_cannot_ask_for_is_granted_with_its_closed_day(programme, social_worker, director):
    row = ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=social_worker, on=NEXT_FRIDAY)
    decide_excuse(row, granted=True, note="", by=director, on=NEXT_FRIDAY)
    assert meaning(programme) == "excused"
    assert not Correction.objects.open().exists()


def test_an_excuse_of_the_directors_own_leaves_the_closed_day_to_who_asks(programme, director):
    assert excuse(programme, day=MONDAY, reason="Pogrzeb.", by=director, on=NEXT_FRIDAY).followed.asked == 0
    assert (meaning(programme), Correction.objects.count()) == ("unexcused", 0)


def test_a_suspension_asks_for_nothing_that_nobody_can_grant(programme, director):
    days = {"start_on": MONDAY, "end_on": TUESDAY, "reason": "Awaria."}
    outcome = suspend_classes(director.home_centre, **days, by=director, on=NEXT_FRIDAY)
    assert (outcome.followed.closed, outcome.followed.asked) == (1, 0)


def test_what_cannot_be_granted_at_once_waits_as_any_other(programme, social_worker, director):
    # March is the trial's: no free days, so the grant is refused and the question stays.
    trial = make_programme(make_participant(programme.participant.centre), start_on=MONDAY, by=social_worker)
    close(trial, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=FRIDAY)
    found = asked(trial, MONDAY, by=director, asker=social_worker, to="free_day")
    assert (found.asked, found.granted) == (1, 0)
    assert Correction.objects.get().is_open
    assert not Day.objects.filter(programme=trial).exists()


def test_many_closed_days_take_few_queries_each(centre, social_worker, director):
    programmes = [make_programme(make_participant(centre), start_on=date(2026, 1, 5)) for _ in range(3)]
    for row in programmes:
        close(row, start_on=date(2026, 2, 2), end_on=date(2026, 2, 27), by=social_worker, on=FRIDAY)

    def taken(first, last):
        days = [day for row in programmes for day in only(row, *_class_days(first, last)).closed]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = corrections_for(Settled(0, days), reason="Z.", by=director, on=NEXT_FRIDAY, asker=social_worker)
        assert found.granted == len(days)
        return len(queries), len(days)

    few, many = taken(date(2026, 2, 2), date(2026, 2, 3)), taken(date(2026, 2, 9), date(2026, 2, 27))
    each = (many[0] - few[0]) / (many[1] - few[1])
    assert each <= 3
    assert few[0] <= 25 + 3 * few[1]


def _class_days(first, last):
    return [day for day in days_between(first, last) if day.weekday() < 5]


def test_everybody_who_may_ask_still_asks_as_before(programme, centre):
    assert asked(programme, MONDAY, by=make_user(centre, "payroll")).asked == 1
