"""Days marked by hand that no paper explains: shown before the month is closed, a click from where they are mended."""

from datetime import date, time

import pytest
from django.urls import reverse
from django.utils.timezone import now

from attendance.actions import close, record_note
from attendance.actions.absences import report_absence
from attendance.actions.excuses import ask_excuse, decide_excuse
from attendance.actions.incidents import record_incident
from attendance.actions.leave import ask_leave
from attendance.actions.notes import decide_note
from attendance.models import Closing, Day
from attendance.reading.papers import gaps
from cistor.desk import waiting
from cistor.journal.models import Entry
from tests.factories import make_group, make_participant, make_programme, mark, mark_present

JULY, JULY_END, AUGUST = date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 3)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 7, day) for day in (13, 14, 15, 16))


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor, name="Stolarnia")


@pytest.fixture
def programme(centre, group, social_worker):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=social_worker)


@pytest.fixture
def july(programme):
    """`july({day: meaning})`: present on every other day of the month."""

    def marked(but):
        mark_present(programme, JULY, JULY_END, but=but)
        return programme

    return marked


def found(centre) -> list[tuple]:
    return [(gap.on, gap.kind) for gap in gaps(centre, JULY, JULY_END)]


def address(name="closing"):
    return f"{reverse(f'attendance:{name}')}?miesiac=2026-07"


def links(client) -> list:
    rows = client.get(address()).context["unpapered"]
    return [link for _, own in rows for link in own]


# Which days -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("meaning", ["sick", "care", "excused", "unexcused"])
def test_a_mark_by_hand_that_costs_money_has_no_paper(july, centre, meaning):
    july({MONDAY: meaning})
    assert found(centre) == [(MONDAY, meaning)]


@pytest.mark.parametrize("meaning", ["present", "late", "suspended"])
def test_other_marks_need_none(july, centre, meaning):
    july({MONDAY: meaning})
    assert found(centre) == []


def test_a_free_day_by_hand_has_no_paper_until_somebody_asks_for_it(as_user, july, centre, social_worker):
    programme = july({MONDAY: "free_day", TUESDAY: "free_day"})
    ask_leave(programme, days=[MONDAY], filed_on=JULY, reason="Urząd.", by=social_worker, on=WEDNESDAY)
    assert found(centre) == [(TUESDAY, "free_day")]
    client = as_user(social_worker, AUGUST)
    (link,) = links(client)
    assert link.words == "UW: brak wniosku o dzień wolny"
    assert link.url == f"{reverse('attendance:ask_leave', args=[programme.pk])}?od={TUESDAY}"
    assert client.get(link.url).status_code == 200


def test_a_note_explains_the_days_of_sickness(july, centre, social_worker):
    days = {"start_on": MONDAY, "end_on": MONDAY, "issued_on": MONDAY, "delivered_on": MONDAY}
    record_note(july({MONDAY: "sick", TUESDAY: "sick"}), kind="own", **days, by=social_worker, on=WEDNESDAY)
    assert found(centre) == [(TUESDAY, "sick")]


def test_a_note_that_was_refused_explains_no_excused_day(july, centre, social_worker, director):
    days = {"start_on": MONDAY, "end_on": TUESDAY, "issued_on": MONDAY, "delivered_on": THURSDAY}
    programme = july({MONDAY: "excused", TUESDAY: "unexcused"})
    note = record_note(programme, kind="own", **days, by=social_worker, on=THURSDAY).note
    decide_note(note, accepted=False, note_text="Za późno.", by=director, on=THURSDAY)
    assert found(centre) == [(MONDAY, "excused")]


def test_an_absence_begun_explains_its_days_until_the_person_was_there_again(july, centre, instructor):
    programme = july({MONDAY: "unexcused", TUESDAY: "unexcused", date(2026, 7, 20): "unexcused"})
    report_absence(programme, start_on=MONDAY, by=instructor, on=WEDNESDAY, at=now())
    assert found(centre) == [(date(2026, 7, 20), "unexcused")]


def test_an_excuse_that_waits_is_what_is_missing_and_a_granted_one_nothing(july, centre, instructor, director):
    row = ask_excuse(july({MONDAY: "unexcused"}), day=MONDAY, reason="Sąd.", by=instructor, on=WEDNESDAY)
    assert found(centre) == [(MONDAY, "excuse")]
    decide_excuse(row, granted=True, note="", by=director, on=WEDNESDAY)
    assert found(centre) == []


def test_a_day_excused_by_hand_is_excused_by_a_decision_too(july, centre, instructor, director):
    row = ask_excuse(july({MONDAY: "excused"}), day=MONDAY, reason="Sąd.", by=instructor, on=WEDNESDAY)
    decide_excuse(row, granted=True, note="", by=director, on=WEDNESDAY)
    assert found(centre) == []
    assert Day.objects.get(on=MONDAY).source == "excuse"


def test_a_test_that_the_register_lacks_is_missing(july, centre, instructor):
    told = {"on_day": MONDAY, "at": time(7, 40), "substance": "alcohol", "suspicion": "Woń.", "talk_on": TUESDAY}
    record_incident(july({}), **told, outcome="tested", by=instructor, on=WEDNESDAY)
    assert found(centre) == [(MONDAY, "test")]


def test_what_is_closed_corrected_or_not_sure_is_nobodys_gap(july, centre, social_worker):
    programme = july({MONDAY: "sick", TUESDAY: "sick", WEDNESDAY: "sick"})
    Day.objects.filter(on=TUESDAY).update(source="correction")
    Day.objects.filter(on=WEDNESDAY).update(provisional=True)
    assert found(centre) == [(MONDAY, "sick")]
    close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    assert found(centre) == []


# On the page ----------------------------------------------------------------------------------------------------------


def test_each_day_leads_to_the_page_that_mends_it(as_user, july, social_worker):
    days = {MONDAY: "sick", TUESDAY: "excused", WEDNESDAY: "unexcused"}
    programme = july(days)
    client = as_user(social_worker, AUGUST)
    pages = [("new_note", "od", MONDAY), ("ask_excuse", "dzien", TUESDAY), ("report_absence", "dzien", WEDNESDAY)]
    urls = [f"{reverse(f'attendance:{name}', args=[programme.pk])}?{key}={day}" for name, key, day in pages]
    assert [link.url for link in links(client)] == urls
    assert all(client.get(url).status_code == 200 for url in urls)
    page = client.get(address()).content.decode()
    assert "L4: brak zwolnienia lekarskiego" in page
    assert '<a href="#bez-dokumentu">3</a>' in page


def test_payroll_is_led_to_what_it_may_open_and_reads_of_no_incident(as_user, july, instructor, payroll):
    told = {"on_day": MONDAY, "at": time(7, 40), "substance": "alcohol", "suspicion": "Woń.", "talk_on": TUESDAY}
    programme = july({TUESDAY: "unexcused"})
    record_incident(programme, **told, outcome="tested", by=instructor, on=WEDNESDAY)
    client = as_user(payroll, AUGUST)
    first, second = links(client)
    assert first.words == "inny zapis czeka na uzupełnienie"
    for link, day in ((first, MONDAY), (second, TUESDAY)):
        assert link.url == f"{reverse('attendance:day', args=[programme.participant_id])}?dzien={day}"
        assert client.get(link.url).status_code == 200


def test_they_are_no_obstacle_but_who_closes_the_month_says_so_and_the_journal_keeps_it(as_user, july, social_worker):
    july({MONDAY: "sick", TUESDAY: "unexcused"})
    client = as_user(social_worker, AUGUST)
    page = client.post(address("close_month"), {"token": "a", "seen": "2"})
    assert list(page.context["form"].errors) == ["despite"]
    assert not Closing.objects.exists()
    client.post(address("close_month"), {"token": "a", "despite": "on", "seen": "2"})
    assert Closing.objects.exists()
    assert Entry.objects.get(verb="attendance_closed").data["without_papers"] == 2


def test_days_that_have_come_since_the_page_was_opened_are_seen_before_they_are_closed(as_user, july, social_worker):
    july({MONDAY: "sick", TUESDAY: "unexcused"})
    client = as_user(social_worker, AUGUST)
    page = client.post(address("close_month"), {"token": "a", "despite": "on", "seen": "1"})
    assert "zmieniła się w międzyczasie: jest ich 2" in page.content.decode()
    assert not Closing.objects.exists()
    form = page.context["form"]
    assert (form["seen"].value(), form["despite"].value()) == ("2", False)


def test_where_nothing_is_missing_nothing_is_asked(as_user, july, social_worker):
    july({})
    page = as_user(social_worker, AUGUST).get(address("close_month"))
    assert "despite" not in page.context["form"].fields
    assert "bez-dokumentu" not in as_user(social_worker, AUGUST).get(address()).content.decode()


def test_a_group_counts_its_own(as_user, centre, july, social_worker):
    july({MONDAY: "sick"})
    other = make_group(centre)
    mark(make_programme(make_participant(centre, group=other), start_on=JULY), {MONDAY: "sick", TUESDAY: "sick"})
    client = as_user(social_worker, AUGUST)
    assert len(links(client)) == 3
    page = client.get(f"{address()}&grupa={other.pk}")
    assert page.context["without_papers"] == 2


@pytest.mark.parametrize("people", [2, 12])
def test_it_takes_the_same_queries_for_any_number(centre, instructor, people, django_assert_max_num_queries):
    group = make_group(centre, instructor)
    for _ in range(people):
        programme = make_programme(make_participant(centre, group=group), start_on=JULY)
        mark(programme, {MONDAY: "unexcused", TUESDAY: "sick", WEDNESDAY: "excused", THURSDAY: "free_day"})
        ask_excuse(programme, day=MONDAY, reason="Sąd.", by=instructor, on=AUGUST)
    with django_assert_max_num_queries(6):
        assert len(found(centre)) == 4 * people


# On the desk ----------------------------------------------------------------------------------------------------------


def test_the_social_worker_and_payroll_have_one_line_of_it(july, social_worker, payroll, director, instructor):
    july({MONDAY: "sick", TUESDAY: "unexcused"})
    for user in (social_worker, payroll):
        (matter,) = [row for row in waiting.matters(user, on=AUGUST) if "bez dokumentu" in row.text]
        assert matter.text == "Lipiec 2026: 2 dni bez dokumentu"
        assert matter.url == f"{address()}#bez-dokumentu"
    for user in (director, instructor):
        assert not [row for row in waiting.matters(user, on=AUGUST) if "bez dokumentu" in row.text]
