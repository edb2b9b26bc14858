"""The whole way of one person: what happened, when, and for whose eyes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cistor.desk.way import Way
from cistor.documents.models import Document
from cistor.notices.models import Dispatch, IncomingLetter, Letter, LetterPerson
from participants.models import Delivery, Extension, QualificationReply, Termination
from tests.factories import end, login, make_group, make_participant, make_programme, make_user, mark
from tests.referrals.making import make_application, welfare_office

TODAY = date(2026, 3, 11)
STARTED = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def participant(centre, group):
    return make_participant(centre, group=group)


@pytest.fixture
def programme(participant, director):
    return make_programme(participant, start_on=STARTED, by=director)


def events(participant, user) -> list[tuple[str, str, str]]:
    way = Way(participant, list(participant.programmes.prefetch_related("stages")), user=user, today=TODAY)
    return [(event.lane, event.when, event.what) for event in way.events()]


def of_lane(lane, participant, user):
    return [(when, what) for name, when, what in events(participant, user) if name == lane]


def send(programme, kind, sent_on, by, **over):
    """A signed letter about the programme, on its way; without a day it was not sent."""
    centre, office = programme.participant.centre, welfare_office(programme.participant.centre)
    facts = {"kind": kind, "title": kind, "sha256": f"{kind:x<64}"[:64], "size": 1, "number": kind}
    document = Document.objects.create(centre=centre, issued_on=TODAY, issued_by=by, **facts)
    said = {"starts_on": STARTED, "prepared_on": STARTED, "office": office, "kind": kind}
    signed = {"status": "signed", "signed_on": TODAY, "signed_by": by, "document": document}
    letter = Letter.objects.create(centre=centre, **said, **signed)
    LetterPerson.objects.create(letter=letter, programme=programme, kind=kind, office=office)
    if sent_on:
        sent = {"way": "email", "sent_on": sent_on, "recorded_on": sent_on, "by": by}
        Dispatch.objects.create(document=document, office=office, **sent, **over)
    return letter


def test_the_stages_stand_one_after_the_other_and_an_end_cuts_them_off(participant, programme, director):
    end(programme, ended_on=date(2026, 3, 6), by=director)
    assert of_lane("Program", participant, director) == [
        ("05.01.2026 – 04.02.2026", "okres próbny"),
        ("05.02.2026 – 06.03.2026", "okres właściwy"),
    ]
    decided = of_lane("Rozstrzygnięcia", participant, director)
    assert decided[-1] == ("06.03.2026", "zakończenie z dniem 06.03.2026: oświadczenie uczestnika o odstąpieniu")


def test_days_of_one_kind_are_one_run_whatever_lies_between_them(participant, programme, director):
    """Friday and Monday are neighbours; a day of presence parts two runs."""
    friday, monday, tuesday, wednesday = (date(2026, 3, day) for day in (6, 9, 10, 11))
    mark(programme, {friday: "sick", monday: "sick", tuesday: "present", wednesday: "sick"}, by=director)
    assert of_lane("Nieobecności", participant, director) == [
        ("06.03.2026 – 09.03.2026", "choroba, zwolnienie lekarskie"),
        ("11.03.2026", "choroba, zwolnienie lekarskie"),
    ]


@pytest.mark.parametrize(
    "meaning, lane",
    [("unexcused", "Nieusprawiedliwione"), ("free_day", "Dni wolne"), ("care", "Nieobecności"), ("late", None)],
)
def test_absence_leave_and_what_nobody_excused_stand_apart(participant, programme, director, meaning, lane):
    mark(programme, {TODAY: meaning}, by=director)
    lanes = {name for name, when, _ in events(participant, director) if when == "11.03.2026"}
    assert lanes == ({lane} if lane else set())


def test_the_referral_comes_before_the_programme(centre, participant, programme, director):
    how = {"office_state": "referred", "recruitment_state": "qualified", "programme": programme}
    make_application(centre, participant=participant, status="admitted", on=date(2025, 12, 1), by=director, **how)
    whats = [what for _, what in of_lane("Skierowanie", participant, director)]
    assert whats[:2] == ["wniosek o skierowanie", "wniosek złożony"]
    assert whats[-2:] == ["opinia urzędu", "skierowanie"]


def test_what_was_taken_back_is_no_part_of_the_way(centre, participant, director):
    row = make_application(centre, participant=participant, office_state="opined", by=director)
    row.opinions.update(taken_back_on=TODAY, taken_back_by=director)
    assert "opinia urzędu" not in [what for _, what in of_lane("Skierowanie", participant, director)]


def test_letters_and_answers_stand_with_the_day_they_went_or_came(participant, programme, director):
    send(programme, "qualification_request", date(2026, 1, 30), director)
    send(programme, "admission_list", None, director)
    answer = {"is_qualified": True, "way": "email", "by": director, "recorded_on": TODAY}
    QualificationReply.objects.create(programme=programme, received_on=date(2026, 2, 3), **answer)
    office = welfare_office(participant.centre)
    assert of_lane("Pisma", participant, director) == [
        ("30.01.2026", f"wniosek o kwalifikację – {office} (e-mail)"),
        ("03.02.2026", "odpowiedź urzędu: kwalifikacja"),
        ("11.03.2026", "lista osób przyjętych – podpisane"),
    ]


def test_a_void_letter_is_no_part_of_the_way(participant, programme, director):
    said = {"starts_on": STARTED, "prepared_on": STARTED, "kind": "insurance_told", "status": "void"}
    letter = Letter.objects.create(centre=participant.centre, **said)
    LetterPerson.objects.create(letter=letter, programme=programme, kind="insurance_told")
    assert of_lane("Pisma", participant, director) == []


def test_more_time_and_the_delivery_of_an_end_are_decisions(participant, programme, director, social_worker):
    asked = {"asked_by": social_worker, "asked_on": date(2026, 3, 2)}
    decided = {"granted": False, "decided_on": date(2026, 3, 5), "decided_by": director}
    Extension.objects.create(programme=programme, origin="participant", months=3, **asked, **decided)
    facts = {"kind": "breach", "facts": "Ustalenia.", "last_on": TODAY, "through_fault": True}
    row = Termination.objects.create(programme=programme, **facts, **asked, **(decided | {"granted": True}))
    Delivery.objects.create(termination=row, delivered_on=TODAY, way="handed", by=director, recorded_on=TODAY)
    assert of_lane("Rozstrzygnięcia", participant, director)[-3:] == [
        ("02.03.2026", "wniosek o przedłużenie"),
        ("05.03.2026", "odmowa przedłużenia"),
        ("11.03.2026", "decyzja o rozwiązaniu doręczona (wręczono)"),
    ]


# Whose eyes -----------------------------------------------------------------------------------------------------------


def test_each_role_sees_as_much_as_its_rights_open(centre, participant, programme, director, instructor, payroll):
    mark(programme, {TODAY: "sick"}, by=director)
    make_application(centre, participant=participant, by=director)
    facts = {"centre": centre, "number": "P/1", "kind": "office", "received_on": TODAY, "way": "paper"}
    IncomingLetter.objects.create(participant=participant, by=director, recorded_on=TODAY, **facts)
    lanes = {
        user.roles[0]: {name for name, _, _ in events(participant, user)} - {"Program", "Rozstrzygnięcia"}
        for user in (director, instructor, payroll, make_user(centre, "psychologist"))
    }
    assert lanes == {
        "director": {"Skierowanie", "Nieobecności", "Pisma"},
        "instructor": {"Skierowanie", "Nieobecności"},
        "payroll": {"Nieobecności"},
        "psychologist": {"Skierowanie"},
    }


def test_no_reason_is_ever_shown(client, participant, programme, director):
    end(programme, ended_on=TODAY, kind="breach", by=director)
    programme.end_reason = "Słowa nie dla każdego."
    programme.save()
    login(client, director)
    assert "Słowa nie" not in client.get(reverse("desk:way", args=[participant.pk])).content.decode()


def test_a_link_leads_only_where_the_user_may_go(centre, participant, director, instructor):
    row = make_application(centre, participant=participant, by=director)
    case = reverse("referrals:case", args=[row.pk])
    for user, expected in ((director, {case}), (instructor, {""})):
        assert {event.url for event in Way(participant, [], user=user, today=TODAY).events()} == expected


# The page -------------------------------------------------------------------------------------------------------------


def test_the_page_asks_as_much_for_two_programmes_as_for_one(client, participant, programme, director):
    login(client, director)
    mark(programme, {TODAY: "sick"}, by=director)
    send(programme, "admission_list", TODAY, director)
    before = queries_of(client, participant)
    end(programme, ended_on=date(2026, 2, 20), by=director)
    second = make_programme(participant, start_on=date(2026, 3, 2), by=director)
    send(second, "insurance_told", TODAY, director)
    send(second, "early_end_info", TODAY, director)
    assert queries_of(client, participant) == before


def queries_of(client, participant) -> int:
    client.get(reverse("desk:way", args=[participant.pk]))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("desk:way", args=[participant.pk]))
    return len(queries)


def test_who_has_no_way_yet_gets_a_sentence(client, participant, director):
    login(client, director)
    assert "Nic się jeszcze nie zdarzyło" in client.get(reverse("desk:way", args=[participant.pk])).content.decode()
