"""What was written by mistake is taken back: by whom, once, and what it changes."""

from datetime import UTC, date, datetime, time

import pytest

from attendance.actions import close, record_check, record_note
from attendance.actions.accidents import record_accident
from attendance.actions.breaches import record_breach, take_measure
from attendance.actions.contacts import record_contact
from attendance.actions.excuses import ask_excuse, decide_excuse
from attendance.actions.incidents import record_incident
from attendance.actions.retractions import retract
from attendance.models import Correction, Day, Retraction
from attendance.reading.corrections import left_behind
from cistor.accounts.models import StandIn
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import make_group, make_participant, make_programme, make_user, mark

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, TODAY = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)
WHY = "Wpisano przy niewłaściwej osobie."


@pytest.fixture
def programme(centre, instructor):
    return make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 1, 5))


def contact(programme, by, **over):
    told = {"at": datetime(2026, 3, 10, 9, 0, tzinfo=UTC), "way": "phone", "with_whom": "participant"}
    told |= {"result": "reached", "text": "Przyjdzie jutro.", **over}
    return record_contact(programme.participant, **told, by=by, on=TODAY)


def accident(programme, by):
    told = {"on_day": TUESDAY, "at": time(9, 10), "place": "stolarnia", "what": "Skaleczenie dłutem."}
    return record_accident(programme, **told, by=by, on=TODAY)


def visit(programme, by):
    days = {"start_on": MONDAY, "end_on": TODAY, "issued_on": MONDAY, "delivered_on": MONDAY}
    note = record_note(programme, kind="own", number="ZN 1", **days, by=by, on=MONDAY).note
    return record_check(note, visited_on=TUESDAY, result="absent", by=by, on=TODAY)


def measure(programme, by):
    version = programme.participant.centre.regulations.first()
    told = {"breach": version.breachs.get(letter="e"), "on_day": TUESDAY, "text": "Krzyki."}
    return take_measure(record_breach(programme, **told, by=by, on=TODAY), kind="talk", by=by, on=TODAY)


def excuse(programme, asker, director):
    mark(programme, {TUESDAY: "unexcused"})
    asked = ask_excuse(programme, day=TUESDAY, reason="Pogrzeb.", by=asker, on=TODAY)
    return decide_excuse(asked, granted=True, note="", by=director, on=TODAY).excuse


def says(programme) -> tuple | None:
    return Day.objects.filter(programme=programme, on=TUESDAY).values_list("meaning", "source").first()


@pytest.mark.parametrize("is_author", [True, False])
@pytest.mark.parametrize("make", [contact, accident, visit])
def test_a_talk_a_visit_and_an_accident_are_taken_back_by_the_author_or_the_director_once(
    programme, centre, social_worker, director, make, is_author
):
    row, by = make(programme, social_worker), social_worker if is_author else director
    with pytest.raises(Refused):
        retract(row, why=WHY, by=make_user(centre, "social_worker"), on=TODAY)
    with pytest.raises(Refused) as refusal:
        retract(row, why="  ", by=by, on=TODAY)
    assert refusal.value.field == "why"
    found = retract(row, why=WHY, by=by, on=TODAY).retraction
    assert (found.participant, found.by, found.retracted_on, found.why) == (programme.participant, by, TODAY, WHY)
    with pytest.raises(Refused):
        retract(row, why=WHY, by=by, on=TODAY)
    assert Entry.objects.filter(verb="entry_retracted").exists()


def test_a_measure_is_taken_back_by_the_director_or_a_stand_in_and_not_by_whoever_took_it(
    programme, centre, social_worker, director
):
    first = measure(programme, social_worker)
    with pytest.raises(Refused):
        retract(first, why=WHY, by=social_worker, on=TODAY)
    deputy = make_user(centre, "psychologist")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=TODAY, end_on=TODAY)
    assert retract(first, why=WHY, by=deputy, on=TODAY).retraction.measure == first


def test_an_excuse_taken_back_leaves_the_mark_that_stood_below(programme, social_worker, director):
    row = excuse(programme, social_worker, director)
    assert says(programme) == ("excused", "excuse")
    with pytest.raises(Refused):
        retract(row, why=WHY, by=social_worker, on=TODAY)
    retract(row, why=WHY, by=director, on=TODAY)
    assert says(programme) == ("unexcused", "hand")


@pytest.mark.parametrize("stands_in", [True, False])
def test_an_excuse_taken_back_on_a_closed_day_asks_for_the_correction_or_lists_the_day_for_others(
    programme, centre, social_worker, director, stands_in
):
    row, by = excuse(programme, social_worker, director), director
    close(programme, start_on=TUESDAY, end_on=TUESDAY, by=social_worker, on=TODAY)
    if stands_in:
        by = make_user(centre, "payroll")
        StandIn.objects.create(absent=director, deputy=by, start_on=TODAY, end_on=TODAY)
    done = retract(row, why=WHY, by=by, on=TODAY)
    assert (done.followed.closed, says(programme)) == (1, ("excused", "excuse"))
    asked = [(row.on, row.meaning) for row in Correction.objects.all()]
    assert asked == ([(TUESDAY, "unexcused")] if stands_in else [])
    assert [day.on for day in left_behind(centre, on=TODAY).closed] == ([] if stands_in else [TUESDAY])


def test_an_excuse_nobody_has_granted_is_not_taken_back(programme, social_worker, director):
    mark(programme, {TUESDAY: "unexcused"})
    asked = ask_excuse(programme, day=TUESDAY, reason="Pogrzeb.", by=social_worker, on=TODAY)
    with pytest.raises(Refused):
        retract(asked, why=WHY, by=director, on=TODAY)


def test_the_page_takes_it_back_and_tells_others_why_they_may_not(
    as_user, programme, centre, instructor, social_worker, outsider
):
    row = contact(programme, instructor)
    url = f"/obecnosc/wycofaj/contact/{row.pk}/"
    assert as_user(outsider, TODAY).get(url).status_code == 404
    page = as_user(social_worker, TODAY).get(url).content.decode()
    assert "Rozmowę wycofuje ten, kto ją wpisał, albo kierujący centrum." in page
    client = as_user(instructor, TODAY)
    assert client.get(url.replace("contact", "unheard")).status_code == 404
    assert "Przyjdzie jutro." in client.get(url).content.decode()
    answer = client.post(url, {"token": "a", "why": WHY})
    assert answer.url == f"/obecnosc/uczestnik/{programme.participant_id}/rozmowy/"
    assert Retraction.objects.get().contact == row


def of_every_kind(programme, social_worker, director) -> dict:
    rows = {"contact": contact(programme, social_worker), "accident": accident(programme, social_worker)}
    rows["measure"] = measure(programme, social_worker)
    rows["excuse"] = excuse(programme, social_worker, director)
    return {**rows, "visit": visit(programme, social_worker)}


@pytest.mark.parametrize("role, read", [("instructor", {"contact", "accident"}), ("therapist", {"contact"})])
def test_who_reads_one_kind_finds_no_other(as_user, programme, centre, instructor, social_worker, director, role, read):
    user = instructor if role == "instructor" else make_user(centre, role)
    rows, client = of_every_kind(programme, social_worker, director), as_user(user, TODAY)
    found = {kind: client.get(f"/obecnosc/wycofaj/{kind}/{row.pk}/").status_code for kind, row in rows.items()}
    assert found == {kind: 200 if kind in read else 404 for kind in rows}


def test_every_kind_has_its_page(as_user, programme, social_worker, director):
    rows = of_every_kind(programme, social_worker, director)
    client = as_user(director, TODAY)
    for kind, row in rows.items():
        url = f"/obecnosc/wycofaj/{kind}/{row.pk}/"
        assert "Wycofać ten wpis?" in client.get(url).content.decode(), kind
        assert client.get(client.post(url, {"token": kind, "why": WHY}).url).status_code == 200, kind
    assert Retraction.objects.count() == 5


def test_a_talk_taken_back_leaves_the_talk_after_an_incident_to_be_had(programme, social_worker):
    from attendance.reading.order import talks_due

    told = {"on_day": TUESDAY, "at": time(7, 40), "substance": "alcohol", "suspicion": "Woń.", "outcome": "admitted"}
    row = record_incident(programme, **told, talk_on=TODAY, by=social_worker, on=TODAY).incident
    talk = contact(programme, social_worker, incident=row)
    assert not talks_due(social_worker, until=TODAY, on=TODAY)
    retract(talk, why=WHY, by=social_worker, on=TODAY)
    assert list(talks_due(social_worker, until=TODAY, on=TODAY)) == [row]
