"""Letters of bailiffs: kept, answered once with the standard paper, and sent like any other paper."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.actions.claims import answer_enforcement, record_enforcement
from benefits.models import Enforcement
from cistor.desk import claims as desk
from cistor.errors import Refused
from cistor.journal.models import Reading
from cistor.notices import register
from cistor.notices.actions.sending import dispatch
from tests.factories import end, login, make_participant, make_programme, make_user

CAME, TODAY = date(2026, 7, 10), date(2026, 7, 15)
LETTER = {"bailiff": "Komornik Sądowy Bez Nazwiska", "signature": "Km 12/26", "street": "ul. Zmyślona 7"}
TOWN = {"postal_code": "87-100", "city": "Toruń"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def programme(centre, letterhead):
    return make_programme(make_participant(centre), start_on=date(2026, 7, 1))


@pytest.fixture
def letter(programme, payroll):
    return record_enforcement(programme.participant, **LETTER, **TOWN, received_on=CAME, by=payroll, on=TODAY)


@pytest.fixture
def answered(letter, payroll):
    return answer_enforcement(letter, by=payroll, on=TODAY)


def test_the_answer_is_numbered_addressed_to_the_bailiff_and_says_the_benefit_is_exempt(answered):
    said = answered.answer.context
    assert answered.answer.number == "KM/1/2026"
    assert said["addressee"] == ["Komornik Sądowy Bez Nazwiska", "ul. Zmyślona 7", "87-100 Toruń"]
    assert (said["signature"], said["received_on"], said["stands"]) == ("Km 12/26", "2026-07-10", "now")
    assert answered.answer.participant == answered.participant


def test_of_somebody_who_left_it_says_until_when_they_took_part(programme, letter, payroll):
    end(programme, ended_on=date(2026, 7, 8))
    said = answer_enforcement(letter, by=payroll, on=TODAY).answer.context
    assert (said["stands"], said["ended_on"]) == ("past", "2026-07-08")


def test_a_letter_is_answered_once(answered, director):
    with pytest.raises(Refused, match="już odpowiedziano: KM/1/2026"):
        answer_enforcement(answered, by=director, on=TODAY)


def test_nobody_without_the_right_or_of_another_centre_keeps_or_answers_it(letter, social_worker, other_centre):
    for by in (social_worker, make_user(other_centre, "payroll")):
        with pytest.raises(Refused):
            record_enforcement(letter.participant, **LETTER, received_on=CAME, by=by, on=TODAY)
        with pytest.raises(Refused):
            answer_enforcement(letter, by=by, on=TODAY)
    assert Enforcement.objects.get().answer is None


def test_a_letter_of_tomorrow_has_not_come(programme, payroll):
    with pytest.raises(Refused, match="jeszcze nie było"):
        record_enforcement(programme.participant, **LETTER, received_on=date(2026, 7, 16), by=payroll, on=TODAY)


def test_the_answer_stands_among_the_papers_to_send_with_the_bailiff_as_addressee(answered, social_worker, payroll):
    [entry] = register.entries(register.in_full(register.others_unsent(social_worker, TODAY)))
    assert (entry.addressee, entry.about) == ("Komornik Sądowy Bez Nazwiska", str(answered.participant))
    dispatch(answered.answer, way="paper", sent_on=TODAY, by=payroll, on=TODAY)
    assert not register.others_unsent(social_worker, TODAY).exists()


def test_the_page_of_its_sending_names_the_bailiff_and_not_the_participant(client, answered, payroll):
    login(client, payroll)
    url = reverse("notices:dispatch", args=[answered.answer_id])
    assert "Wysłanie: Komornik Sądowy Bez Nazwiska" in client.get(url).content.decode()
    client.post(url, {"token": "s", "way": "paper", "sent_on": str(TODAY), "proof": ""})
    assert "15 lipca 2026, poczta, Komornik Sądowy Bez Nazwiska" in client.get(url).content.decode()


def test_the_desk_asks_for_the_answer_and_then_for_its_sending(letter, payroll, director, social_worker):
    asked = f"Odpowiedz komornikowi: {letter.participant}, pismo z 10 lipca 2026"
    assert [matter.text for matter in desk.bailiffs(payroll, TODAY)] == [asked]
    assert [matter.text for matter in desk.bailiffs(director, TODAY)] == [asked]
    assert list(desk.bailiffs(social_worker, TODAY)) == []
    answer_enforcement(letter, by=payroll, on=TODAY)
    send = f"Odpowiedź dla komornika do wysłania: {letter.participant}"
    assert [matter.text for matter in desk.bailiffs(payroll, TODAY)] == [send]
    assert list(desk.bailiffs(director, TODAY)) == []


def test_payroll_enters_a_letter_answers_it_and_finds_both_on_the_persons_tab(client, programme, payroll):
    login(client, payroll)
    sent = {**LETTER, **TOWN, "token": "k", "received_on": str(CAME)}
    page = client.post(reverse("benefits:new_enforcement", args=[programme.participant_id]), sent, follow=True)
    row = Enforcement.objects.get()
    assert reverse("benefits:answer_enforcement", args=[row.pk]) in page.content.decode()
    url = reverse("benefits:answer_enforcement", args=[row.pk])
    for _ in range(2):  # sent twice, issued once
        page = client.post(url, {"token": "o"}, follow=True)
    row.refresh_from_db()
    assert reverse("documents:download", args=[row.answer_id]) in page.content.decode()
    tab = client.get(reverse("benefits:person", args=[programme.participant_id])).content.decode()
    assert "Km 12/26" in tab
    assert "KM/1/2026" in tab


def test_the_register_is_searched_by_person_and_narrowed_to_those_without_an_answer(client, centre, answered, payroll):
    other = make_participant(centre, last_name="Inna")
    record_enforcement(other, **LETTER, received_on=CAME, by=payroll, on=TODAY)
    login(client, payroll)
    url = reverse("benefits:enforcements")
    people = [row.participant_id for row in client.get(url).context["page"]]
    assert people == [other.pk, answered.participant_id]
    assert [row.participant_id for row in client.get(url, {"stan": "otwarte"}).context["page"]] == [other.pk]
    read = Reading.objects.filter(what="enforcements", by=payroll)
    assert set(read.values_list("participant", flat=True)) == set(people)
    found = client.post(url, {"text": answered.participant.last_name}, follow=True).context["page"]
    assert [row.participant_id for row in found] == [answered.participant_id]


def test_the_register_asks_as_often_for_many_letters_as_for_one(
    client, centre, letter, payroll, django_assert_max_num_queries
):
    login(client, payroll)
    url = reverse("benefits:enforcements")
    client.get(url)
    with django_assert_max_num_queries(100) as one:
        client.get(url)
    for _ in range(4):
        row = record_enforcement(make_participant(centre), **LETTER, received_on=CAME, by=payroll, on=TODAY)
    answer_enforcement(row, by=payroll, on=TODAY)
    with django_assert_max_num_queries(len(one) + 1):
        client.get(url)
