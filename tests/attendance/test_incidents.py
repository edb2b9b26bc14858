"""Sobriety: what an incident makes of its day, who writes the register, and who is told what."""

from datetime import date, datetime, time
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from pypdf import PdfReader

from attendance.actions import close
from attendance.actions.breaches import take_measure
from attendance.actions.incidents import (
    RegisterLine,
    add_test,
    issue_protocol,
    plan_talk,
    record_incident,
    withdraw_incident,
)
from attendance.actions.retractions import retract
from attendance.documents.order import protocol
from attendance.models import Contact, Correction, Day, Incident
from attendance.reading.order import doubts, register
from cistor.desk import order as desk
from cistor.errors import Refused
from cistor.journal.models import Reading
from tests.factories import login, make_group, make_participant, make_programme, make_user, mark
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
TUESDAY, TODAY, TALK = date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 13)


@pytest.fixture
def programme(centre, instructor):
    return make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 1, 5))


@pytest.fixture
def incident(programme, social_worker):
    """`incident(outcome=…, …)` → as recorded by the social worker."""

    def recorded(**over):
        given = {"on_day": TODAY, "at": time(7, 40), "substance": "alcohol", "suspicion": "Woń alkoholu."}
        given |= {"outcome": "admitted", "talk_on": TALK, "by": social_worker, "on": TODAY}
        given |= over
        return record_incident(programme, **given, despite=doubts(programme, given["on_day"]))

    return recorded


def line(*, positive=True, **over) -> RegisterLine:
    given = {"at": datetime(2026, 3, 11, 7, 55, tzinfo=WARSAW), "device": "alkomat", "result": "0,42 mg/l"}
    return RegisterLine(**{**given, "is_positive": positive, "is_signed": True, **over})


def standing(programme, day=TODAY) -> tuple | None:
    return Day.objects.filter(programme=programme, on=day).values_list("meaning", "source").first()


@pytest.mark.parametrize(
    "outcome, word, test, is_sent_away",
    [
        ("admitted", False, None, True),
        ("tested", False, line(), True),
        ("tested", True, line(positive=False), False),
        ("tested", True, None, True),
        ("refused", False, None, False),
        ("refused", True, None, True),
    ],
)
def test_who_admits_or_tests_positive_is_sent_away_and_the_day_is_unexcused(
    incident, programme, outcome, word, test, is_sent_away
):
    mark(programme, {TODAY: "present"})
    row = incident(outcome=outcome, sent_away=word, test=test).incident
    assert row.sent_away is is_sent_away
    assert standing(programme) == (("unexcused", "sobriety") if is_sent_away else ("present", "hand"))


def test_withdrawn_it_leaves_the_mark_that_stood_below(incident, programme, social_worker):
    mark(programme, {TODAY: "present"})
    withdraw_incident(incident().incident, by=social_worker, on=TODAY)
    assert standing(programme) == ("present", "hand")


def test_a_positive_test_written_later_sends_away_and_asks_for_a_talk(incident, programme, social_worker):
    row = incident(outcome="tested", talk_on=None).incident
    add_test(row, test=line(positive=False), by=social_worker, on=TODAY)
    with pytest.raises(Refused) as refusal:
        add_test(row, test=line(), by=social_worker, on=TODAY)
    assert refusal.value.field == "talk_on"
    add_test(row, test=line(), talk_on=TALK, by=social_worker, on=TODAY)
    assert standing(programme) == ("unexcused", "sobriety")
    assert [test.is_positive for test in row.tests.order_by("pk")] == [False, True]


def test_a_negative_test_written_later_takes_back_the_word_of_whoever_was_there(
    incident, programme, instructor, social_worker
):
    mark(programme, {TODAY: "present"})
    row = incident(outcome="tested", sent_away=True, by=instructor).incident
    assert standing(programme) == ("unexcused", "sobriety")
    assert add_test(row, test=line(positive=False), by=social_worker, on=TODAY).incident.sent_away is False
    assert standing(programme) == ("present", "hand")


def test_a_line_of_the_register_is_withdrawn_by_whoever_keeps_it_and_stays(incident, instructor, social_worker):
    row = incident(outcome="tested", test=line()).incident
    with pytest.raises(Refused):
        withdraw_incident(row, by=instructor, on=TODAY)
    withdraw_incident(row, by=social_worker, on=TODAY)
    assert [test.incident for test in register(social_worker, on=TODAY)] == [row]


WRONG = [
    ({"talk_on": None}, "talk_on"),
    ({"talk_on": TUESDAY}, "talk_on"),
    ({"on_day": date(2026, 3, 12), "talk_on": TALK}, "on_day"),
    ({"on_day": date(2026, 1, 2)}, "on_day"),
    ({"suspicion": " "}, "suspicion"),
    ({"outcome": "refused", "test": line()}, "outcome"),
    ({"outcome": "tested", "test": line(is_signed=False)}, "unsigned_why"),
    ({"outcome": "tested", "test": line(at=datetime(2026, 3, 12, 8, 0, tzinfo=WARSAW))}, "test_at"),
]


@pytest.mark.parametrize("over, field", WRONG)
def test_what_cannot_be_is_refused_beside_its_field(incident, over, field):
    with pytest.raises(Refused) as refusal:
        incident(**over)
    assert refusal.value.field == field
    assert not Incident.objects.exists()


def test_of_a_closed_day_a_correction_is_asked_for(incident, programme, director):
    close(programme, start_on=TUESDAY, end_on=TUESDAY, by=director, on=TODAY)
    outcome = incident(on_day=TUESDAY)
    assert (outcome.followed.closed, outcome.followed.asked) == (1, 1)
    correction = Correction.objects.get()
    assert (correction.on, correction.meaning) == (TUESDAY, "unexcused")


def test_an_instructor_records_the_incident_of_the_own_group_with_the_line_of_whoever_tested_and_no_later_one(
    incident, instructor, centre
):
    assert incident(outcome="tested", by=instructor).incident.sent_away is False
    row = incident(outcome="tested", test=line(), by=instructor).incident
    assert (row.sent_away, row.tests.get().tested_by) == (True, instructor)
    with pytest.raises(Refused):
        add_test(row, test=line(), by=instructor, on=TODAY)
    with pytest.raises(Refused):
        incident(by=make_user(centre, "instructor"))


def test_who_tested_does_not_read_the_line_afterwards(as_user, programme, instructor):
    client, url = as_user(instructor, TODAY), f"/obecnosc/incydenty/nowy/{programme.pk}/"
    page = client.get(client.post(url, {"token": "a", **FORM, **TESTED, "talk_on": "2026-03-13"}).url)
    assert page.status_code == 200
    assert "0,42 mg/l" not in page.content.decode()
    assert client.get("/obecnosc/badania/").status_code == 403


@pytest.mark.parametrize("outcome, asked", [("refused", True), ("tested", True), ("admitted", False)])
def test_who_neither_admitted_nor_has_a_result_was_sent_away_or_not_and_it_is_said(
    as_user, programme, instructor, outcome, asked
):
    client, url = as_user(instructor, TODAY), f"/obecnosc/incydenty/nowy/{programme.pk}/"
    answer = client.post(url, {"token": "a", **FORM, "outcome": outcome, "talk_on": "2026-03-13"})
    assert (answer.status_code == 422) is asked
    if asked:
        assert list(answer.context["form"].errors) == ["sent_away"]
        told = {"token": "b", **FORM, "outcome": outcome, "talk_on": "2026-03-13", "sent_away": "no"}
        assert client.post(url, told).status_code == 302


def test_the_protocol_is_the_same_paper_until_the_register_has_a_further_line(incident, social_worker, centre):
    make_letterhead(centre)
    row = incident(outcome="tested", test=line(positive=False)).incident
    first = issue_protocol(row, by=social_worker, on=TODAY)
    assert issue_protocol(row, by=social_worker, on=TODAY) == first
    add_test(row, test=line(), talk_on=TALK, by=social_worker, on=TODAY)
    second = issue_protocol(row, by=social_worker, on=TODAY)
    assert (second.replaces, len(second.context["tests"])) == (first, 2)
    with pytest.raises(Refused):
        withdraw_incident(row, why="Inna osoba.", by=social_worker, on=TODAY)


def test_hours_stand_on_the_page_the_register_and_the_protocol_in_one_way(as_user, incident, social_worker):
    row = incident(outcome="tested", test=line()).incident
    told = protocol(row, on=TODAY)
    assert (told["at"], told["tests"][0]["at"]) == ("7:40", "7:55")
    client = as_user(social_worker, TODAY)
    for page in ("/obecnosc/badania/", f"/obecnosc/incydenty/{row.pk}/"):
        assert "11.03.2026, 7:55" in client.get(page).content.decode()


def test_a_step_of_an_incident_leads_back_to_it_by_its_name(as_user, incident, social_worker):
    row = incident().incident
    for step in ("wycofanie", "rozmowa", "srodek"):
        page = as_user(social_worker, TODAY).get(f"/obecnosc/incydenty/{row.pk}/{step}/").content.decode()
        assert f'<a href="/obecnosc/incydenty/{row.pk}/">Incydent</a>' in page


def test_a_wrong_incident_with_papers_is_withdrawn_by_the_director_with_a_reason_once_no_measure_stands(
    as_user, incident, programme, centre, social_worker, director
):
    make_letterhead(centre)
    mark(programme, {TODAY: "present"})
    row = incident().incident
    paper = issue_protocol(row, by=social_worker, on=TODAY)
    measure = take_measure(row, kind="reprimand", text="Po alkoholu.", by=director, on=TODAY)
    with pytest.raises(Refused):
        withdraw_incident(row, why="Inna osoba.", by=director, on=TODAY)
    retract(measure, why="Inna osoba.", by=director, on=TODAY)
    with pytest.raises(Refused):
        withdraw_incident(row, why="Inna osoba.", by=social_worker, on=TODAY)
    with pytest.raises(Refused) as refusal:
        withdraw_incident(row, by=director, on=TODAY)
    assert refusal.value.field == "why"
    client, page = as_user(director, TODAY), f"/obecnosc/incydenty/{row.pk}/"
    assert f"{page}wycofanie/" in client.get(page).content.decode()
    client.post(f"{page}wycofanie/", {"token": "a", "why": "Wpisano przy innej osobie."})
    assert standing(programme) == ("present", "hand")
    said = client.get(page).content.decode()
    assert "Wpisano przy innej osobie." in said
    assert measure.document.number in said
    assert paper.__class__.objects.filter(pk=paper.pk).exists()


def test_after_a_negative_test_the_talk_is_no_longer_due(incident, programme, social_worker):
    row = incident(outcome="tested", sent_away=True).incident
    assert list(desk.talks(social_worker, TALK))
    add_test(row, test=line(positive=False), by=social_worker, on=TODAY)
    assert not list(desk.talks(social_worker, TALK))


def test_the_talk_waits_on_the_desk_until_somebody_has_talked(incident, programme, social_worker):
    row = incident(talk_on=TODAY).incident
    (matter,) = desk.talks(social_worker, TALK)
    assert (matter.kind, matter.due) == ("late", TODAY)
    plan_talk(row, talk_on=TALK, by=social_worker, on=TALK)
    assert [matter.kind for matter in desk.talks(social_worker, TALK)] == ["soon"]
    contact = {"participant": programme.participant, "incident": row, "at": "2026-03-13T09:00:00Z", "way": "talk"}
    contact |= {"with_whom": "participant", "by": social_worker, "recorded_on": TALK}
    Contact.objects.create(**contact, result="failed")
    Contact.objects.create(**contact | {"with_whom": "office"}, result="reached")
    assert len(list(desk.talks(social_worker, TALK))) == 1
    Contact.objects.create(**contact, result="reached")
    assert not list(desk.talks(social_worker, TALK))


def test_reintegration_staff_the_instructor_and_the_therapist_are_told_until_each_has_opened_it_and_payroll_never(
    as_user, incident, centre, instructor, payroll, social_worker
):
    therapist, stranger = make_user(centre, "therapist"), make_user(centre, "instructor")
    row = incident(outcome="tested", test=line()).incident
    told = {user: [matter.text for matter in desk.told(user, TODAY)] for user in (instructor, therapist)}
    assert all("odsunięto od zajęć" in texts[0] and "0,42" not in texts[0] for texts in told.values())
    assert not [*desk.told(stranger, TODAY), *desk.told(payroll, TODAY), *desk.told(social_worker, TODAY)]
    assert list(desk.told(therapist, date(2026, 5, 18)))
    as_user(therapist, TALK).get(f"/obecnosc/incydenty/{row.pk}/")
    assert not list(desk.told(therapist, TALK))
    assert list(desk.told(instructor, TALK))
    incident(on_day=TUESDAY)
    assert len(list(desk.told(therapist, TALK))) == 1


def test_a_test_that_an_instructor_could_not_write_down_waits_for_the_register(incident, instructor, social_worker):
    row = incident(outcome="tested", by=instructor).incident
    assert [matter.url for matter in desk.tests(social_worker, TODAY)] == [f"/obecnosc/incydenty/{row.pk}/badanie/"]
    assert not list(desk.tests(instructor, TODAY))
    add_test(row, test=line(positive=False), by=social_worker, on=TODAY)
    assert not list(desk.tests(social_worker, TODAY))


FORM = {"on_day": "2026-03-11", "at": "07:40", "substance": "alcohol", "suspicion": "Woń.", "outcome": "tested"}
TESTED = {"test_at": "07:55", "device": "alkomat", "result": "0,42 mg/l", "is_positive": "yes", "is_signed": "yes"}


def test_the_form_asks_for_the_whole_line_of_the_register_and_who_opens_it_is_written_down(
    as_user, programme, social_worker
):
    client, url = as_user(social_worker, TODAY), f"/obecnosc/incydenty/nowy/{programme.pk}/"
    answer = client.post(url, {"token": "a", **FORM, "talk_on": "2026-03-13", "device": "alkomat"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, set(TESTED) - {"device"})
    answer = client.post(url, {"token": "b", **FORM, **TESTED, "talk_on": "2026-03-13"})
    assert answer.url == f"/obecnosc/incydenty/{Incident.objects.get().pk}/"
    assert "0,42 mg/l" in client.get("/obecnosc/badania/").content.decode()
    assert Reading.objects.filter(what="sobriety_tests", participant=programme.participant, by=social_worker).exists()


def test_the_register_is_printed_whole_for_the_days_chosen_with_room_for_signatures(
    as_user, incident, programme, social_worker, centre
):
    make_letterhead(centre)
    for minute in range(52):
        at = datetime(2026, 3, 11, 7, minute, tzinfo=WARSAW)
        incident(outcome="tested", test=line(at=at, device=f"alkomat nr {minute}-"))
    client = as_user(social_worker, TODAY)
    answer = client.get("/obecnosc/badania/wydruk/?od=2026-03-11&do=2026-03-11")
    pages = PdfReader(BytesIO(answer.getvalue())).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert [f"nr {minute}-" in words for minute in range(52)] == [True] * 52
    assert "Podpis osoby badanej" in words
    assert "Woń" not in words
    assert Reading.objects.filter(what="sobriety_register", by=social_worker).count() == 1
    earlier = client.get("/obecnosc/badania/wydruk/?do=2026-03-10").getvalue()
    assert "alkomat" not in PdfReader(BytesIO(earlier)).pages[0].extract_text()
    assert "Nikogo wtedy nie badano" in client.get("/obecnosc/badania/?do=2026-03-10").content.decode()
    assert (
        "Ten dzień jest przed pierwszym."
        in client.get("/obecnosc/badania/?od=2026-03-11&do=2026-03-10").content.decode()
    )


def test_a_withdrawn_incident_asks_for_nothing_more(client, incident, social_worker, director):
    row = incident(outcome="tested", sent_away=None, test=line()).incident
    page = reverse("attendance:incident", args=[row.pk])
    login(client, director)
    assert "Koszt badania jako potrącenie" in client.get(page).content.decode()
    take_measure(row, kind="talk", text="", by=social_worker, on=TODAY)
    held = client.get(page).content.decode()
    assert "Incydent można wycofać, gdy wycofane są środki" in held
    retract(row.measures.get(), why="Pomyłka.", by=director, on=TODAY)
    withdraw_incident(row, why="Nie ta osoba.", by=director, on=TODAY)
    gone = client.get(page).content.decode()
    assert "Rozmowa nie jest już potrzebna" in gone
    for part in ("Koszt badania", "Spotkanie z pracownikami", "można wycofać, gdy"):
        assert part not in gone
