"""From the proposal by clicks to the decision, its delivery and what the desk says meanwhile."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from cistor.desk.erasure import personal_models
from cistor.desk.waiting import matters
from cistor.triggers import passing
from participants import actions
from participants.models import Certificate, Clearance, Delivery, FollowUp, Programme, Termination
from tests.factories import end, make_group, make_participant, make_programme, make_user, mark, mark_present
from tests.participants.conftest import TODAY
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db

LAST = date(2026, 11, 20)
CONFIRM = {"last_on": str(LAST), "note": "", "grant": "1"}


@pytest.fixture
def programme(centre):
    make_letterhead(centre)
    return make_programme(make_participant(centre, group=make_group(centre)), start_on=date(2026, 9, 1))


@pytest.fixture
def row(programme, social_worker):
    found = {"facts": "Od tygodnia nieobecność.", "reason": "Nie ma kontaktu.", "through_fault": True}
    given = {"kind": "left", "grounds": [], "days": [], "last_on": LAST, **found}
    return actions.propose_termination(programme, **given, by=social_worker, on=TODAY)


def url(row, deed="decyzja"):
    return f"/uczestnicy/rozwiazania/{row.pk}/{deed}/"


def told(user):
    return [matter.text for matter in matters(user, on=TODAY) if "rozwiązani" in matter.text]


def test_a_grant_is_asked_once_more_under_the_persons_name(as_user, director, row, programme):
    client = as_user(director)
    page = client.post(url(row), CONFIRM).content.decode()
    assert f"Rozwiązać IPZS: {programme.participant}?" in page
    assert Programme.objects.get().ended_on is None
    assert client.post(url(row), {**CONFIRM, "confirmed": "1"}).url == f"/uczestnicy/rozwiazania/{row.pk}/"
    assert Programme.objects.get().ended_on == LAST
    assert "DR/1/2026" in client.get(f"/uczestnicy/rozwiazania/{row.pk}/").content.decode()


def test_the_question_counts_the_days_that_were_attended_after_the_last_one(as_user, director, row, programme):
    mark_present(programme, date(2026, 11, 18), date(2026, 11, 20))
    mark(programme, {date(2026, 11, 23): "sick"})
    client = as_user(director)
    page = client.post(url(row), {**CONFIRM, "last_on": "2026-11-18"})
    shown = dict(page.context["facts"])["Dni obecności po tym dniu"]
    assert shown == f'<a href="/obecnosc/uczestnik/{programme.participant_id}/?miesiac=2026-11">2</a>'
    assert dict(client.post(url(row), CONFIRM).context["facts"])["Dni obecności po tym dniu"] == "brak"


def test_going_back_keeps_what_was_typed_and_decides_nothing(as_user, director, row):
    form = as_user(director).post(url(row), {**CONFIRM, "note": "Tak.", "back": "1"}).context["form"]
    assert (form["note"].value(), form.errors) == ("Tak.", {})
    assert Termination.objects.get().is_open


@pytest.mark.parametrize(
    "over, field",
    [({"refuse": "1", "grant": ""}, "note"), ({"last_on": "2026-08-31"}, "last_on"), ({"last_on": ""}, "last_on")],
)
def test_a_wrong_decision_is_told_beside_its_field(as_user, director, row, over, field):
    data = {name: value for name, value in {**CONFIRM, **over}.items() if name != "grant" or value}
    answer = as_user(director).post(url(row), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


@pytest.mark.parametrize("buttons", [{}, {"grant": "1", "refuse": "1", "confirmed": "1"}])
def test_a_decision_that_names_neither_or_both_decides_nothing(as_user, director, row, buttons):
    data = {"last_on": str(LAST), "note": "Tak.", **buttons}
    answer = as_user(director).post(url(row), data, follow=True)
    assert "Wybierz: rozwiązać IPZS albo odmówić." in answer.content.decode()
    assert Termination.objects.get().is_open


def test_a_stand_in_decides_and_is_shown_as_such(as_user, centre, director, row):
    deputy = make_user(centre, "director")
    deputy.roles = ["instructor"]
    deputy.save()
    director.stand_ins.create(deputy=deputy, start_on=TODAY, end_on=TODAY)
    client = as_user(type(deputy).objects.get(pk=deputy.pk))
    client.post(url(row), {**CONFIRM, "confirmed": "1"})
    page = client.get(f"/uczestnicy/rozwiazania/{row.pk}/").content.decode()
    assert f"{deputy}, w zastępstwie ({director})" in page


def test_the_proposer_may_not_decide_but_withdraw(as_user, social_worker, row):
    client = as_user(social_worker)
    page = client.get(f"/uczestnicy/rozwiazania/{row.pk}/").content.decode()
    assert "Wycofaj wniosek" in page
    assert url(row) not in page
    client.post(url(row, "wycofanie"))
    assert Termination.objects.get().withdrawn_on == TODAY


def test_the_desk_tells_the_director_to_decide_and_the_social_worker_to_deliver(
    as_user, director, social_worker, row, programme
):
    person = programme.participant
    assert told(director) == [f"Wniosek o rozwiązanie IPZS czeka na decyzję: {person}"]
    assert told(social_worker) == []
    actions.decide_termination(row, granted=True, note="", by=director, on=TODAY)
    assert "nie doręczono" in as_user(social_worker).get("/uczestnicy/rozwiazania/").content.decode()
    assert "nie doręczono" in tab(as_user(social_worker), programme)
    assert told(social_worker) == [f"{person}: niedoręczona decyzja o rozwiązaniu IPZS z 23 listopada 2026"]
    client = as_user(social_worker)
    answer = client.post(
        url(row, "doreczenie"),
        {"token": "b", "way": "handed", "delivered_on": str(TODAY), "proof": "Podpis na decyzji."},
    )
    assert answer.status_code == 302
    page = client.get(f"/uczestnicy/rozwiazania/{row.pk}/").content.decode()
    assert "Skargę można wnieść do 23.12.2026" in page
    assert "decyzji.<" in page
    assert told(social_worker) == told(director) == []


# The card ------------------------------------------------------------------------------------------------------------


def tab(client, programme):
    return client.get(f"/uczestnicy/{programme.participant_id}/program/").content.decode()


def test_the_card_leads_to_what_follows_the_end(as_user, director, programme):
    end(programme, ended_on=LAST, kind="job", by=director)
    client = as_user(director)
    for deed in ("zaswiadczenie", "zwrot", "kontakt"):
        assert f"/uczestnicy/programy/{programme.pk}/{deed}/" in tab(client, programme)
    client.post(f"/uczestnicy/programy/{programme.pk}/zaswiadczenie/", {"token": "a", "skills": "Murowanie."})
    clearance = {"token": "b", "cleared_on": str(TODAY), "is_complete": "no", "note": "Klucz."}
    client.post(f"/uczestnicy/programy/{programme.pk}/zwrot/", clearance)
    contact = {"token": "c", "contacted_on": str(TODAY), "situation": "learning", "note": "Kurs."}
    client.post(f"/uczestnicy/programy/{programme.pk}/kontakt/", contact)
    page = tab(client, programme)
    for words in ("ZU/1/2026", "brakuje: Klucz.", "nauka albo kurs (Kurs.)"):
        assert words in page


def test_who_only_sees_the_overview_sees_nothing_of_a_proposal(as_user, centre, row, programme):
    page = tab(as_user(make_user(centre, "payroll")), programme)
    assert "rozwiązanie IPZS" not in page


def test_an_erasure_may_empty_every_word_and_nothing_else_may(row, programme, director, social_worker):
    actions.decide_termination(row, granted=True, note="Zgoda.", by=director, on=TODAY)
    delivery = {"way": "post", "delivered_on": TODAY, "proof": "Odebrała siostra."}
    actions.record_delivery(row, **delivery, by=social_worker, on=TODAY)
    actions.issue_certificate(programme, skills="Murowanie.", by=director, on=TODAY)
    actions.record_clearance(programme, cleared_on=TODAY, is_complete=False, note="Klucz.", by=director, on=TODAY)
    actions.record_follow_up(programme, contacted_on=TODAY, situation="job", note="Piekarnia.", by=director, on=TODAY)
    for model in (Termination, Delivery, Certificate, Clearance, FollowUp):
        assert model in personal_models()
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            model.objects.update(**model.without_person)
        with passing("erasure"):
            assert model.objects.update(**model.without_person) == 1


def test_the_page_of_the_threshold_is_offered_only_where_there_is_one(as_user, centre, other_centre):
    shown = {
        one: "Kto jest blisko progu"
        in as_user(make_user(one, "social_worker")).get("/uczestnicy/rozwiazania/").content.decode()
        for one in (centre, other_centre)
    }
    assert shown == {centre: True, other_centre: False}
