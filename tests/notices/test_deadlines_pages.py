"""The list by urgency, one person's tab, and the page where a deadline is met by hand."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cistor.deadlines import Deadline
from cistor.journal.models import Reading
from cistor.notices import agenda
from cistor.notices.models import Discharge
from tests.factories import login, make_group, make_participant, make_programme, make_user
from tests.notices.letters import make_letter, make_signed
from tests.notices.test_deadlines import sent

ON = date(2026, 3, 11)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ON)


@pytest.fixture
def office(centre):
    return centre.offices.get(kind="welfare")


@pytest.fixture
def programme(centre):
    """To be insured from 5 March."""
    return make_programme(make_participant(centre, last_name="Zmyślona"), start_on=date(2026, 2, 2))


def headings(answer):
    return [name for name, _ in answer.context["groups"]]


def labels(answer):
    return [line.label for _, lines in answer.context["groups"] for line in lines]


def test_what_is_overdue_stands_on_top_and_each_row_leads_to_the_deed(client, centre, programme, social_worker):
    login(client, social_worker)
    make_programme(make_participant(centre), start_on=date(2026, 2, 8))
    answer = client.get("/terminy/")
    assert headings(answer)[:2] == ["Po terminie", "Na dziś"]
    assert f'href="/terminy/insurance_duty/{programme.pk}/odnotuj/"' in answer.content.decode()


def test_the_week_says_which_days_it_means(client, centre, social_worker):
    make_programme(make_participant(centre), start_on=date(2026, 2, 11))
    login(client, social_worker)
    assert "W tym tygodniu (najbliższe 7 dni)" in headings(client.get("/terminy/"))


def test_narrowed_to_a_kind(client, programme, social_worker):
    login(client, social_worker)
    assert set(labels(client.get("/terminy/", {"rodzaj": "insurance_duty"}))) == {
        "Zgłoszenie do ubezpieczenia zdrowotnego"
    }
    assert labels(client.get("/terminy/", {"rodzaj": "follow_up"})) == []


def test_payroll_has_its_own_and_may_see_those_of_the_team(client, programme, payroll):
    login(client, payroll)
    assert set(labels(client.get("/terminy/"))) == {
        "Wypłata za okres próbny",
        "Wypłata za miesiąc",
        "Zgłoszenie do ZUS",
    }
    team = client.get("/terminy/", {"czyje": "wszystkie"})
    assert "Zgłoszenie do ubezpieczenia zdrowotnego" in labels(team)
    # Whoever may not record it is shown the person.
    assert f'href="/terminy/osoba/{programme.participant_id}/"' in team.content.decode()


def test_what_was_met_lately_stands_behind_a_link_with_its_proof(client, centre, programme, office, social_worker):
    letter = make_signed(make_letter(centre, "admission_list", programme, office=office, due_on=date(2026, 3, 9)))
    sent(letter, date(2026, 3, 9))
    login(client, social_worker)
    assert "Lista osób przyjętych" not in labels(client.get("/terminy/"))
    met = client.get("/terminy/", {"spelnione": "1"})
    assert labels(met) == ["Lista osób przyjętych"]
    assert letter.document.number in met.content.decode()


def test_what_was_met_late_says_by_how_many_days(client, centre, programme, office, social_worker):
    letter = make_signed(make_letter(centre, "admission_list", programme, office=office, due_on=date(2026, 3, 9)))
    sent(letter, ON)
    login(client, social_worker)
    for path in ("/terminy/?spelnione=1", f"/terminy/osoba/{programme.participant_id}/"):
        assert "spełniony 2 dni po terminie (11.03.2026)" in client.get(path).content.decode()
    assert "spełniony po terminie" in client.get("/terminy/2026/3/").content.decode()


@pytest.mark.parametrize(
    "days, badge",
    [
        (19, ("info", "uprzedzenie: zostało 19 dni")),
        (4, ("info", "uprzedzenie: zostały 4 dni")),
        (3, ("soon", "zostały 3 dni")),
    ],
)
def test_what_is_told_of_long_before_presses_no_sooner_than_the_rest(days, badge):
    facts = {"kind": "programme_end", "centre": 1, "role": "director", "starts_on": ON, "soon": 30}
    assert agenda.line(Deadline(**facts, due_on=ON + timedelta(days=days)), ON).badge == badge


def test_the_filter_offers_the_kinds_that_are_there_and_the_chosen_one(client, programme, payroll):
    login(client, payroll)
    page = client.get("/terminy/", {"rodzaj": "follow_up"}).context["filters"]
    offered = ["", "follow_up", "monthly_benefit", "trial_benefit", "zus_registration"]
    assert [kind for kind, _ in page.fields["rodzaj"].choices] == offered


def test_with_nothing_to_meet_the_page_says_so(client, centre, social_worker):
    login(client, social_worker)
    assert "Żaden termin teraz nie biegnie" in client.get("/terminy/").content.decode()


def test_staff_of_an_office_see_their_own_cases_without_a_team(client, centre, programme, office):
    login(client, make_user(None, "welfare_head", office=office))
    answer = client.get("/terminy/", {"czyje": "wszystkie"})
    assert labels(answer) == ["Zgłoszenie do ubezpieczenia zdrowotnego"]
    assert "całego zespołu" not in answer.content.decode()
    assert "Każdy wiersz prowadzi" not in answer.content.decode()


@pytest.fixture
def noted(centre, programme, instructor, social_worker):
    """`noted(is_waiver)` → the duty to insure somebody of the instructor's group, seen to with words."""
    make_group(centre, instructor).memberships.create(participant=programme.participant, start_on=programme.signed_on)

    def made(is_waiver):
        facts = {"due_on": date(2026, 3, 5), "discharged_on": ON, "by": social_worker, "is_waiver": is_waiver}
        return Discharge.objects.create(kind="insurance_duty", programme=programme, reason="Inny tytuł.", **facts)

    return made


def read_about(user):
    return Reading.objects.filter(by=user, what="deadlines").count()


def test_the_tab_of_the_card_shows_what_is_to_come_and_how_the_rest_ended(
    client, programme, noted, instructor, social_worker
):
    noted(True)
    url = f"/terminy/osoba/{programme.participant_id}/"
    login(client, instructor)
    page = client.get(url).content.decode()
    assert "Zbliżający się koniec programu" in page
    assert "odnotuj/" not in page
    # The reasons are for those who write the letters.
    assert ("odstąpiono" in page, "Inny tytuł" in page) == (True, False)
    login(client, social_worker)
    assert "odstąpiono: Inny tytuł." in client.get(url).content.decode()


def test_whoever_is_shown_the_words_of_a_note_has_read_about_the_person(
    client, noted, office, director, instructor, payroll
):
    noted(False)
    met = {"spelnione": "1", "czyje": "wszystkie"}
    for user in (instructor, payroll, make_user(None, "welfare_head", office=office)):
        login(client, user)
        page = client.get("/terminy/", met).content.decode()
        assert ("odnotowano" in page, "Inny tytuł" in page, read_about(user)) == (True, False, 0)
    login(client, director)
    assert "odnotowano: Inny tytuł." in client.get("/terminy/", met).content.decode()
    assert read_about(director) == 1


def test_a_deadline_is_met_by_hand_on_its_page(client, programme, social_worker):
    login(client, social_worker)
    url = f"/terminy/insurance_duty/{programme.pk}/odnotuj/"
    assert "5 marca 2026" in client.get(url).content.decode()
    told = {"how": "done", "done_on": "2026-03-10", "reason": "Potwierdził MOPR.", "token": "t1"}
    assert client.post(url, {**told, "reason": ""}).status_code == 422
    assert client.post(url, told).url == f"/terminy/osoba/{programme.participant_id}/"
    assert Discharge.objects.get().discharged_on == date(2026, 3, 10)
    assert "już spełniony" in client.get(url).content.decode()


def test_a_waiver_asks_once_more_under_the_name_of_the_person(client, programme, social_worker):
    login(client, social_worker)
    url = f"/terminy/insurance_duty/{programme.pk}/odnotuj/"
    told = {"how": "waived", "done_on": "", "reason": "Jest inny tytuł.", "token": "t1"}
    asked = client.post(url, told).content.decode()
    assert "Odstąpić od terminu: Zmyślona Kalina?" in asked
    assert ("Jest inny tytuł." in asked, Discharge.objects.exists()) == (True, False)
    assert "Jest inny tytuł." in client.post(url, {**told, "back": "1"}).content.decode()
    assert client.post(url, {**told, "confirmed": "1"}).status_code == 302
    assert Discharge.objects.get().is_waiver


def test_what_a_letter_meets_has_no_such_page(client, programme, social_worker):
    login(client, social_worker)
    assert client.get(f"/terminy/admission_list/{programme.pk}/odnotuj/").status_code == 404


def test_the_list_asks_no_more_for_many_people_than_for_one(client, centre, programme, social_worker):
    login(client, social_worker)
    client.get("/terminy/")
    with CaptureQueriesContext(connection) as few:
        client.get("/terminy/")
    for day in range(1, 11):
        make_programme(make_participant(centre), start_on=date(2026, 2, day))
    with CaptureQueriesContext(connection) as many:
        client.get("/terminy/")
    assert len(many) <= len(few)
