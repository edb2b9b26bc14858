from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cistor.centres import actions, calendar
from cistor.centres.models import ClosedDay
from cistor.errors import Refused
from cistor.journal.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def close(centre, day, by):
    return actions.close_day(centre=centre, on_day=day, reason="wyjazd", by=by, on=TODAY)


def test_a_closed_day_belongs_to_one_centre_only(centre, other_centre, director):
    close(centre, date(2026, 12, 28), director)
    assert calendar.of(centre).closed == {date(2026, 12, 28)}
    assert calendar.of(other_centre).closed == frozenset()
    assert Entry.objects.get(verb="day_closed").centre == centre


@pytest.mark.parametrize(
    "day, why",
    [(date(2026, 11, 20), "od dziś"), (date(2026, 12, 26), "i tak nie ma"), (date(2026, 12, 24), "i tak nie ma")],
)
def test_a_day_past_or_without_classes_is_not_closed(centre, director, day, why):
    with pytest.raises(Refused, match=why):
        close(centre, day, director)


def test_a_day_is_closed_once(centre, director):
    close(centre, date(2026, 12, 28), director)
    with pytest.raises(ValidationError, match="już wpisany"):
        close(centre, date(2026, 12, 28), director)


def test_a_saturday_becomes_a_class_day_and_can_then_be_closed(centre, director):
    saturday = date(2026, 12, 5)
    actions.add_extra_class_day(centre=centre, on_day=saturday, reason="odpracowanie", by=director, on=TODAY)
    assert saturday in calendar.of(centre).extra
    close(centre, saturday, director)


def test_a_usual_class_day_is_no_extra_one(centre, director):
    with pytest.raises(Refused, match="zwykłym dniem"):
        actions.add_extra_class_day(centre=centre, on_day=date(2026, 12, 4), reason="x", by=director, on=TODAY)


def test_a_day_to_come_can_be_reopened_a_past_one_not(centre, director):
    day = close(centre, date(2026, 12, 28), director)
    with pytest.raises(Refused):
        actions.reopen_day(day, by=director, on=date(2026, 12, 29))
    actions.reopen_day(day, by=director, on=TODAY)
    assert not ClosedDay.objects.exists()
