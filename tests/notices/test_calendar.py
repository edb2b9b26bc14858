"""The month of deadlines: what falls due on which day, days off marked, counts for a phone."""

import re
from datetime import date

import pytest

from cistor.centres.models import PublicHoliday
from cistor.deadlines import Deadline
from cistor.notices import agenda, deadlines
from tests.factories import login, make_participant, make_programme

ON = date(2026, 3, 11)
MARCH = date(2026, 3, 1)


@pytest.fixture
def programme(centre):
    """To be insured from 19 March."""
    return make_programme(make_participant(centre, last_name="Zmyślona"), start_on=date(2026, 2, 16))


def days(user, month=MARCH):
    weeks = agenda.weeks(deadlines.of_user(user, ON), month, ON)
    return {day.day: day for week in weeks for day in week if day.is_inside}


def test_a_deadline_stands_in_the_day_on_which_it_is_due(programme, social_worker):
    found = days(social_worker)
    assert len(found) == 31
    assert [line.label for line in found[date(2026, 3, 19)].lines] == ["Zgłoszenie do ubezpieczenia zdrowotnego"]
    assert found[date(2026, 3, 18)].lines == []


def test_one_that_has_not_begun_stands_in_its_month_and_not_in_the_list(programme, social_worker):
    end = date(2027, 2, 15)
    assert "Zbliżający się koniec programu" in [line.label for line in days(social_worker, date(2027, 2, 1))[end].lines]
    pressing = agenda.pressing(deadlines.of_user(social_worker, ON), ON)
    assert "Zbliżający się koniec programu" not in [line.label for line in pressing]


def test_weeks_begin_on_monday_and_the_days_of_other_months_are_empty(programme, social_worker):
    weeks = agenda.weeks(deadlines.of_user(social_worker, ON), MARCH, ON)
    assert all(len(week) == 7 and week[0].day.weekday() == 0 for week in weeks)
    assert not any(day.lines for week in weeks for day in week if not day.is_inside)


def test_days_off_are_marked_and_a_holiday_says_its_name(centre, social_worker):
    PublicHoliday.objects.create(on=date(2026, 3, 12), name="Święto jednorazowe", source="ustawa")
    found = days(social_worker)
    assert (found[date(2026, 3, 12)].is_off, found[date(2026, 3, 12)].holiday) == (True, "Święto jednorazowe")
    assert [found[date(2026, 3, day)].is_off for day in (13, 14, 15, 16)] == [False, True, True, False]


def test_the_map_counts_what_is_due_and_an_empty_month_has_none(programme, social_worker):
    weeks = agenda.weeks(deadlines.of_user(social_worker, ON), MARCH, ON)
    assert "Zgłoszenie do ubezpieczenia zdrowotnego" in [row.head for row in agenda.chart(weeks).rows]
    assert agenda.chart(agenda.weeks([], MARCH, ON)) is None


@pytest.mark.parametrize(
    "states, look, text",
    [
        (["met"], "whole", "1✓"),
        (["met", "open"], "open", "2"),
        (["open", "overdue"], "late", "2!"),
    ],
)
def test_the_map_tells_what_is_met_from_what_is_open(states, look, text):
    facts = {"met": {"met_on": ON}, "open": {"due_on": date(2026, 3, 19)}, "overdue": {"due_on": date(2026, 3, 10)}}
    day = {"kind": "insurance_duty", "centre": 1, "role": "director", "starts_on": MARCH}
    lines = [agenda.line(Deadline(**day, **facts[state]), ON) for state in states]
    [[cell]] = [row.cells for row in agenda.chart([[agenda.Day(ON, True, False, "", lines)]]).rows]
    assert (cell.kind, cell.text) == (look, text)


def test_on_paper_the_month_is_unfolded_and_says_whose_and_of_which_day_it_is(client, centre, social_worker):
    for number in range(5):
        make_programme(make_participant(centre, last_name=f"Zmyślona-{'ABCDE'[number]}"), start_on=date(2026, 2, 16))
    login(client, social_worker)
    page = client.get("/terminy/2026/3/").content.decode()
    assert f"Terminy: {social_worker}. Stan na " in page
    [unfolded] = re.findall(r'<div class="print-only">(.*?)</div>', page, re.DOTALL)
    assert unfolded.count("<li") == 2
    team = client.get("/terminy/2026/3/", {"czyje": "wszystkie"}).content.decode()
    assert "Terminy całego zespołu. Stan na " in team


def test_the_page_names_the_person_and_leads_to_the_months_beside(client, programme, social_worker):
    login(client, social_worker)
    page = client.get("/terminy/2026/3/").content.decode()
    assert "Zmyślona Kalina" in page
    assert 'href="/terminy/2026/2/"' in page
    assert 'href="/terminy/2026/4/"' in page


@pytest.mark.parametrize("path", ["2026/13", "2026/0", "1999/1", "999999999999/1"])
def test_there_are_no_other_months(client, social_worker, path):
    login(client, social_worker)
    assert client.get(f"/terminy/{path}/").status_code == 404
