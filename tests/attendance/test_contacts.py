"""Every talk with or about a person is written down, and stays."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from attendance.actions.contacts import record_contact
from attendance.documents.absences import absence_note
from attendance.models import Absence, Contact, Incident, Retraction
from attendance.reading.absences import open_absences, talks_left
from attendance.reading.contacts import talk_for
from cistor.accounts.models import StandIn
from cistor.errors import Refused
from participants.models import Participant
from tests.factories import make_group, make_participant, make_programme, make_user, mark

ON = date(2026, 3, 11)
MORNING = datetime(2026, 3, 11, 8, 15, tzinfo=UTC)
FAILED = {"way": "phone", "with_whom": "participant", "result": "failed"}


@pytest.fixture
def participant(centre, instructor):
    return make_participant(centre, group=make_group(centre, instructor))


@pytest.mark.parametrize(
    "what, words",
    [
        ({"result": "reached"}, "co ustalono"),
        ({"with_whom": "other"}, "z kim rozmawiano"),
        ({"at": datetime(2026, 3, 12, 8, 0, tzinfo=UTC)}, "która już była"),
        ({"at": datetime(1999, 1, 1, 8, 0, tzinfo=UTC)}, "Sprawdź datę"),
    ],
    ids=str,
)
def test_what_is_missing_or_has_not_been_yet_is_refused(participant, instructor, what, words):
    with pytest.raises(Refused, match=words):
        record_contact(participant, **{"at": MORNING, **FAILED, **what}, by=instructor, on=ON)


def test_a_talk_before_what_it_was_about_is_refused(participant, incident, instructor):
    absence, evening = Absence(programme=incident.programme, start_on=ON), datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
    absence.save()
    for about, field in (({"absence": absence}, "absence"), ({"incident": incident}, "day")):
        with pytest.raises(Refused) as refusal:
            record_contact(participant, at=evening, **FAILED, **about, by=instructor, on=ON)
        assert refusal.value.field == field
    assert record_contact(participant, at=evening, **FAILED, by=instructor, on=ON).pk


@pytest.mark.parametrize("day, is_slip", [(date(2025, 1, 3), True), (date(2025, 1, 4), False)])
def test_a_candidate_is_talked_with_at_most_a_year_before_the_programme(
    participant, incident, instructor, day, is_slip
):
    at = datetime.combine(day, time(9), tzinfo=UTC)
    if not is_slip:
        assert record_contact(participant, at=at, **FAILED, by=instructor, on=ON).pk
        return
    with pytest.raises(Refused, match="przed programem"):
        record_contact(participant, at=at, **FAILED, by=instructor, on=ON)


def test_only_who_works_with_the_person_writes(participant, centre, payroll, outsider):
    for user in (payroll, outsider, make_user(centre, "instructor")):
        with pytest.raises(Refused, match="kto z nią pracuje"):
            record_contact(participant, at=MORNING, **FAILED, by=user, on=ON)


def test_a_line_once_written_stays(participant, instructor):
    row = record_contact(participant, at=MORNING, **FAILED, by=instructor, on=ON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Contact.objects.filter(pk=row.pk).update(result="reached")


@pytest.fixture
def incident(participant, social_worker):
    facts = {"on": ON, "at": time(8), "substance": "alcohol", "suspicion": "Zapach.", "outcome": "refused"}
    programme = make_programme(participant, start_on=date(2026, 1, 5))
    return Incident.objects.create(
        programme=programme, **facts, sent_away=True, recorded_by=social_worker, recorded_on=ON
    )


def test_the_words_of_a_talk_about_an_incident_are_not_for_the_instructor(
    as_user, participant, incident, instructor, social_worker
):
    said = {"way": "talk", "with_whom": "participant", "result": "reached"}
    words = {"at": MORNING, **said, "text": "Skierowano do poradni.", "incident": incident, "whom": "terapeuta K."}
    record_contact(participant, **words, by=social_worker, on=ON)
    url = reverse("attendance:contacts", args=[participant.pk])
    pages = [as_user(user, ON).get(url).content.decode() for user in (instructor, social_worker)]
    for words in ("Skierowano do poradni.", "terapeuta K."):
        assert [words in page for page in pages] == [False, True]
    assert all("po incydencie" in page for page in pages)


def test_nothing_is_written_about_a_person_erased_meanwhile(participant, instructor):
    Participant.objects.update(erased_on=ON)
    with pytest.raises(Refused, match="usunięto"):
        record_contact(participant, at=MORNING, **FAILED, by=instructor, on=ON)


def test_a_talk_is_entered_on_the_page_with_its_hour(as_user, participant, instructor):
    url = reverse("attendance:new_contact", args=[participant.pk])
    data = {"token": "a", "day": "2026-03-11", "hour": "09:15", **FAILED}
    answer = as_user(instructor, ON).post(url, data, follow=True)
    assert "Rozmowa jest wpisana." in answer.content.decode()
    assert Contact.objects.get().at == MORNING


def test_nor_on_the_page_of_the_absence_that_it_was_also_about(
    as_user, participant, incident, instructor, social_worker
):
    absence = Absence.objects.create(programme=incident.programme, start_on=ON)
    said = {"way": "talk", "with_whom": "participant", "result": "reached", "text": "Skierowano do poradni."}
    about = {"absence": absence, "incident": incident, "whom": "terapeuta K.", "by": social_worker, "on": ON}
    record_contact(participant, at=MORNING, **said, **about)
    url = reverse("attendance:absence", args=[absence.pk])
    pages = [as_user(user, ON).get(url).content.decode() for user in (instructor, social_worker)]
    for words in ("Skierowano do poradni.", "terapeuta K."):
        assert [words in page for page in pages] == [False, True]
    (told,) = absence_note(absence, by=social_worker, on=ON)["contacts"]
    assert (told["whom"], told["text"]) == ("uczestnik", "")


def test_the_talk_about_an_incident_leads_back_to_it(as_user, participant, incident, social_worker):
    url = f"{reverse('attendance:new_contact', args=[participant.pk])}?incydent={incident.pk}"
    answer = as_user(social_worker, ON).post(url, {"token": "a", "day": "2026-03-11", "hour": "09:15", **FAILED})
    assert answer.url == reverse("attendance:incident", args=[incident.pk])


def test_the_only_open_absence_is_offered_first(as_user, participant, incident, instructor):
    absence = Absence.objects.create(programme=incident.programme, start_on=ON)
    url = reverse("attendance:new_contact", args=[participant.pk])
    client = as_user(instructor, ON)
    assert client.get(url).context["form"].initial["absence"] == absence
    assert client.get(f"{url}?incydent={incident.pk}").context["form"].initial["absence"] is None


def test_a_stand_in_writes_a_try_down_on_the_day_and_is_led_there(
    as_user, participant, incident, centre, instructor, director
):
    absence = Absence.objects.create(programme=incident.programme, start_on=ON)
    deputy, of_director = make_user(centre, "instructor"), make_user(centre, "payroll")
    instructor.stand_ins.create(deputy=deputy, start_on=ON, end_on=ON)
    director.stand_ins.create(deputy=of_director, start_on=ON, end_on=ON)
    record_contact(participant, at=MORNING, **FAILED, absence=absence, by=deputy, on=ON)
    url, log = reverse("attendance:absence", args=[absence.pk]), reverse("attendance:contacts", args=[participant.pk])
    pages = [as_user(user, ON).get(url).content.decode() for user in (deputy, of_director)]
    assert [log in page for page in pages] == [True, False]
    assert ["Wpisz rozmowę" in page for page in pages] == [True, False]


# Taken back ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def mistaken(incident, instructor):
    """A try at a talk about an absence, taken back by who wrote it."""
    absence = Absence.objects.create(programme=incident.programme, start_on=ON)
    mark(incident.programme, {ON: "unexcused"})
    said = {**FAILED, "text": "Nikt nie odbiera.", "absence": absence, "by": instructor, "on": ON}
    row = record_contact(incident.programme.participant, at=MORNING, **said)
    Retraction.objects.create(
        participant=row.participant, contact=row, why="Pomylona osoba.", by=instructor, retracted_on=ON
    )
    return row


def test_a_talk_taken_back_is_crossed_out_and_no_try(as_user, mistaken, instructor):
    (run,) = open_absences(instructor, ON)
    assert run.tries == 0
    client = as_user(instructor, ON)
    urls = [
        reverse("attendance:contacts", args=[mistaken.participant_id]),
        reverse("attendance:absence", args=[mistaken.absence_id]),
    ]
    for page in (client.get(url).content.decode() for url in urls):
        assert "<del>Nikt nie odbiera.</del>" in page
        assert "Pomylona osoba." in page
        assert "Wycofaj wpis" not in page


def test_a_talk_taken_back_stands_on_no_note(mistaken, instructor):
    assert absence_note(mistaken.absence, by=instructor, on=ON)["contacts"] == []


def test_a_talk_taken_back_was_not_held(mistaken, participant, social_worker):
    said = {"way": "talk", "with_whom": "participant", "result": "reached", "text": "Wróci.", "by": social_worker}
    row = record_contact(participant, at=MORNING, **said, absence=mistaken.absence, on=ON)
    ended = {"talk_on": ON, "closed_on": ON, "closed_by": social_worker, "end_on": ON, "arrangement": "talk"}
    Absence.objects.update(**ended)
    assert talks_left(social_worker, ON, ON) == []
    Retraction.objects.create(
        participant=participant, contact=row, why="Nie ta osoba.", by=social_worker, retracted_on=ON
    )
    assert [run.row for run in talks_left(social_worker, ON, ON)] == [mistaken.absence]


def test_nobody_is_led_to_take_back_what_they_may_not(as_user, participant, incident, centre, instructor, director):
    absence = Absence.objects.create(programme=incident.programme, start_on=ON)
    row = record_contact(participant, at=MORNING, **FAILED, absence=absence, by=instructor, on=ON)
    deputy = make_user(centre, "payroll")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=ON, end_on=ON)
    retract = reverse("attendance:retract", args=["contact", row.pk])
    page = reverse("attendance:absence", args=[absence.pk])
    users = (deputy, instructor, director)
    assert [retract in as_user(user, ON).get(page).content.decode() for user in users] == [False, True, True]
    Participant.objects.update(erased_on=ON)
    assert not talk_for(Contact.objects.get(pk=row.pk), director, ON).may_retract


def test_the_author_and_the_director_are_led_to_take_a_talk_back(
    as_user, participant, instructor, social_worker, director
):
    row = record_contact(participant, at=MORNING, **FAILED, by=instructor, on=ON)
    url = reverse("attendance:contacts", args=[participant.pk])
    retract = reverse("attendance:retract", args=["contact", row.pk])
    users = (instructor, social_worker, director)
    assert [retract in as_user(user, ON).get(url).content.decode() for user in users] == [True, False, True]
