"""An absence is closed: after the programme has ended too, with a request where one is promised; and opened again."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from attendance.actions.absences import close_absence, issue_note, record_reason, report_absence
from attendance.models import Absence
from attendance.reading.absences import days_of, open_absences
from cistor.desk import absences as desk
from cistor.errors import Refused
from tests.factories import end, make_group, make_participant, make_programme, mark
from tests.referrals.papers import make_letterhead

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in range(2, 7))
NEXT_MONDAY = date(2026, 3, 9)
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=director)


@pytest.fixture
def absence(programme, social_worker):
    """From Monday to Friday, reported on Monday."""
    mark(programme, dict.fromkeys((MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY), "unexcused"))
    return report_absence(programme, start_on=MONDAY, by=social_worker, on=MONDAY, at=NINE)


@pytest.fixture
def ended(absence):
    """The programme has ended on the last day of the absence."""
    end(absence.programme, ended_on=FRIDAY)
    return Absence.objects.get()


def close(row, by, arrangement="termination", on=NEXT_MONDAY):
    return close_absence(row, arrangement=arrangement, arranged="", by=by, on=on)


# After the programme -------------------------------------------------------------------------------------------------


def test_after_the_programme_an_absence_waits_on_the_list_and_the_desk_until_it_is_closed(ended, social_worker):
    (run,) = open_absences(social_worker, NEXT_MONDAY)
    assert (run.row, len(run.days)) == (ended, 5)
    texts = [matter.text for matter in desk.to_follow_up(social_worker, NEXT_MONDAY)]
    assert texts == ["Nieobecności do wyjaśnienia: 1, najstarsza: 7 dni"]
    record_reason(ended, kind="addiction", reason="", by=social_worker, on=NEXT_MONDAY)
    close(ended, social_worker)
    assert open_absences(social_worker, NEXT_MONDAY) == []


def test_after_the_programme_what_nobody_began_is_nobodys_duty(ended, social_worker):
    Absence.objects.all().delete()
    assert open_absences(social_worker, NEXT_MONDAY) == []


def test_after_the_programme_the_reason_is_asked_and_all_its_days_stand_on_page_and_paper(ended, centre, social_worker):
    make_letterhead(centre)
    with pytest.raises(Refused, match="Najpierw wpisz przyczynę"):
        close(ended, social_worker)
    record_reason(ended, kind="addiction", reason="", by=social_worker, on=NEXT_MONDAY)
    row = close(ended, social_worker)
    assert row.end_on == FRIDAY
    assert [day.on.day for day in days_of(row, NEXT_MONDAY)] == [2, 3, 4, 5, 6]
    assert len(issue_note(row, by=social_worker, on=NEXT_MONDAY).context["days"]) == 5


# The table on the card -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["contacts", "absences"])
def test_open_absences_stand_under_the_heads_of_their_columns(as_user, absence, social_worker, name):
    args = [absence.programme.participant_id] if name == "contacts" else []
    page = as_user(social_worker, FRIDAY).get(reverse(f"attendance:{name}", args=args)).content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
    cells = re.findall(r'<td data-label="([^"]+)"', page)
    assert heads[1:] == cells
    assert cells[0] == "Co dalej"
