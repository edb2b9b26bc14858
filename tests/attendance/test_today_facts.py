"""Days that a fact has taken: shown with what took them, not offered for change, not counted as unmarked."""

from datetime import date, time

import pytest
from django.urls import reverse

from attendance.actions import settle
from attendance.actions.excuses import ask_excuse, refuse_day
from attendance.models import Day, Incident, SickNote
from cistor.errors import Refused
from participants.models import Membership
from tests.factories import make_group, make_participant, make_programme, make_user, mark

WEDNESDAY, THURSDAY, FRIDAY = date(2026, 7, 8), date(2026, 7, 9), date(2026, 7, 10)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programmes(centre, group, instructor):
    people = [make_participant(centre, group=group, last_name=name) for name in ("Ądracka", "Bąkowska")]
    return [make_programme(person, start_on=date(2026, 5, 4), by=instructor) for person in people]


@pytest.fixture
def on_leave(programmes, director):
    """The first one is sick from Wednesday to Friday, with a certificate in time."""
    days = {"start_on": WEDNESDAY, "end_on": FRIDAY, "issued_on": WEDNESDAY, "delivered_on": WEDNESDAY}
    SickNote.objects.create(programme=programmes[0], entered_by=director, entered_on=WEDNESDAY, **days)
    settle([programmes[0].pk], WEDNESDAY, FRIDAY, centre=director.home_centre, by=director)
    return programmes[0]


def page(client, name, pk, **query):
    return client.get(reverse(f"attendance:{name}", args=[pk]), query).content.decode()


def test_a_day_of_a_note_stands_on_today_with_its_end_and_is_not_offered(as_user, group, on_leave, instructor):
    html = page(as_user(instructor, THURSDAY), "today", group.pk)
    assert "zwolnienie do 10.07" in html
    assert "Oznaczenie go nie zmieni." in html
    assert f'name="{on_leave.pk}-meaning"' not in html
    assert "Nieoznaczone: 1 z 2." in html


def test_who_saves_over_a_fact_that_came_meanwhile_is_told_and_the_rest_is_saved(
    as_user, group, programmes, on_leave, instructor
):
    data = {f"{row.pk}-seen": "" for row in programmes} | {f"{row.pk}-meaning": "present" for row in programmes}
    answer = as_user(instructor, THURSDAY).post(reverse("attendance:today", args=[group.pk]), data)
    assert answer.status_code == 409
    assert "zwolnienie do 10.07" in answer.content.decode()
    standing = Day.objects.filter(on=THURSDAY).values_list("programme", "meaning", "source")
    assert set(standing) == {(on_leave.pk, "sick", "note"), (programmes[1].pk, "present", "hand")}


def test_days_to_come_stand_in_the_month_and_have_their_page(as_user, group, on_leave, instructor):
    client = as_user(instructor, WEDNESDAY)
    html = page(client, "month", group.pk, miesiac="2026-07")
    assert html.count('data-fact="zwolnienie lekarskie"') == 3
    cell = html[html.index(f'id="c-{on_leave.pk}-2026-07-10"') :]
    assert "data-open" not in cell[: cell.index(">")]
    person = on_leave.participant_id
    assert "?dzien=2026-07-10" in page(client, "person", person, miesiac="2026-07")
    day = page(client, "day", person, dzien="2026-07-10")
    assert "zwolnienie do 10.07" in day
    assert "Dzień chorobowy 3 z" in day
    assert "Oznacz na stronie grupy" not in day


@pytest.fixture
def sent_away(programmes, director):
    """The first one was absent on Thursday by the list, and sent away by an incident."""
    mark(programmes[0], {THURSDAY: "unexcused"}, by=director)
    incident = {"on": THURSDAY, "at": time(8, 10), "substance": "alcohol", "suspicion": "woń", "outcome": "refused"}
    told = {"recorded_by": director, "recorded_on": THURSDAY}
    Incident.objects.create(programme=programmes[0], sent_away=True, **told, **incident)
    settle([programmes[0].pk], THURSDAY, THURSDAY, centre=director.home_centre, by=director)
    return programmes[0]


def test_a_mark_below_a_fact_is_told_on_the_page_of_the_day(as_user, sent_away, director):
    html = page(as_user(director, THURSDAY), "day", sent_away.participant_id, dzien=str(THURSDAY))
    assert "Skąd: " in html
    assert "pod spodem czeka oznaczenie NN" in html


def test_payroll_reads_that_the_day_is_settled_and_nothing_of_an_incident(as_user, group, sent_away, payroll):
    client, person = as_user(payroll, FRIDAY), sent_away.participant_id
    where = [("today", group.pk), ("month", group.pk), ("day", person), ("person", person)]
    pages = [page(client, name, pk, dzien=str(THURSDAY)) for name, pk in where]
    assert all("inny zapis" in html for html in pages)
    assert not any("incydent" in html.lower() for html in pages)


def test_what_nobody_chose_to_change_is_not_overwritten_after_a_conflict(
    as_user, group, programmes, instructor, social_worker
):
    ours, theirs = programmes
    for row in programmes:
        mark(row, {THURSDAY: "late"}, by=social_worker)
    data = {f"{ours.pk}-seen": "present", f"{ours.pk}-meaning": "unexcused"}
    data |= {f"{theirs.pk}-seen": "present", f"{theirs.pk}-meaning": "present"}
    answer = as_user(instructor, THURSDAY).post(reverse("attendance:today", args=[group.pk]), data)
    assert answer.status_code == 409
    rows = {row.programme.pk: row for row in answer.context["page"].form.rows}
    assert rows[ours.pk].chosen == "unexcused"
    assert (rows[theirs.pk].chosen, rows[theirs.pk].is_changed) == ("late", False)


def test_who_led_the_person_until_yesterday_reads_nothing_of_an_incident(as_user, centre, group, sent_away, instructor):
    sent_away.participant.memberships.update(end_on=THURSDAY)
    new_lead = make_user(centre, "instructor")
    moved = {"participant": sent_away.participant, "group": make_group(centre, new_lead), "start_on": FRIDAY}
    Membership.objects.create(**moved)
    client = as_user(instructor, FRIDAY)
    pages = [page(client, name, group.pk, dzien=str(THURSDAY), miesiac="2026-07") for name in ("today", "month")]
    assert all("inny zapis" in html for html in pages)
    told = ('"incydent"', ">incydent<", "zapisu: incydent")
    assert not any(word in html for word in told for html in pages)
    day = page(as_user(new_lead, FRIDAY), "day", sent_away.participant_id, dzien=str(THURSDAY))
    assert "incydent" in day


def test_a_day_of_an_incident_is_not_excused_and_only_who_may_know_is_told_why(sent_away, instructor, centre):
    with pytest.raises(Refused, match="po incydencie"):
        ask_excuse(sent_away, day=THURSDAY, reason="Pogrzeb.", by=instructor, on=FRIDAY)
    with pytest.raises(Refused, match="Ten dzień wynika z innego zapisu"):
        refuse_day(sent_away, THURSDAY, by=make_user(centre, "payroll"), on=FRIDAY)
