from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cistor.accounts.models import StandIn
from cistor.journal.models import Reading
from participants.actions import annex as annexes
from participants.actions import plan as plans
from participants.models import Plan
from tests.factories import make_participant, make_user
from tests.participants.plans import make_annex, make_goal, make_signed
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db

START = date(2026, 11, 2)


@pytest.fixture
def person(centre):
    return make_participant(centre)


@pytest.fixture
def programme(person, social_worker):
    return make_signed(person, by=social_worker, on=START)


def page(client, url) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_plan_is_begun_filled_and_printed(as_user, centre, person, social_worker):
    make_letterhead(centre)
    client, url = as_user(social_worker), f"/uczestnicy/{person.pk}/ipzs/"
    assert "Zacznij IPZS" in page(client, url)
    for _ in range(2):
        assert client.post(f"{url}nowy/", {"token": "a"}).url == url
    plan = Plan.objects.get()
    assert "Do podpisu brakuje: cele" in page(client, url)
    goal = {"token": "b", "area": "housing", "what": "Własny pokój.", "who": "", "until": ""}
    assert client.post(f"/uczestnicy/ipzs/{plan.pk}/cel/", goal).url == url
    html = page(client, url)
    assert "Własny pokój." in html
    assert "brakuje" not in html
    paper = client.get(f"/uczestnicy/ipzs/{plan.pk}/wydruk/?od=2026-12-01")
    assert paper.content.startswith(b"%PDF")
    assert str(person.last_name) not in paper["Content-Disposition"]
    assert {row.what for row in Reading.objects.filter(participant=person)} == {"plan", "ipzs"}


def test_a_day_beyond_the_calendar_is_refused_and_no_day_leaves_room_for_ink(as_user, centre, person, social_worker):
    make_letterhead(centre)
    plan, client = plans.start_plan(person, by=social_worker, on=START), as_user(social_worker)
    url = f"/uczestnicy/ipzs/{plan.pk}/wydruk/"
    assert client.get(f"{url}?od=9999-12-31").status_code == 302
    assert "nie jest dniem z kalendarza" in client.get(f"{url}?od=2026-02-31", follow=True).content.decode()
    assert client.get(f"{url}?od=").content.startswith(b"%PDF")


def test_the_tab_shows_goals_outcomes_and_annexes_to_who_sees_the_file(as_user, centre, programme, social_worker):
    goal = programme.plan.goals.get()
    plans.record_outcome(goal, is_done=True, seen_on=START, note="Ma uprawnienia.", by=social_worker, on=START)
    make_annex(programme, by=social_worker, on=START)
    url = f"/uczestnicy/{programme.participant_id}/program/"
    html = page(as_user(social_worker), url)
    for said in (goal.what, "osiągnięty", "Ma uprawnienia.", "Aneks 1"):
        assert said in html
    assert goal.what not in page(as_user(make_user(centre, "payroll")), url)


def test_more_goals_ask_the_database_no_more_often(as_user, programme, social_worker, director, centre):
    make_letterhead(centre)
    client, url = as_user(social_worker), f"/uczestnicy/{programme.participant_id}/program/"

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, url)
        return len(captured)

    plans.record_outcome(programme.plan.goals.get(), is_done=False, seen_on=START, by=social_worker, on=START)
    asked()
    few = asked()
    annex = make_annex(programme, by=social_worker, on=START)
    for number in range(5):
        make_goal(annex, by=social_worker, on=START, what=f"Cel {number}.")
    annexes.sign_annex(annex, signed_on=START, by=director, on=START)
    for goal in annex.goals.all():
        plans.record_outcome(goal, is_done=True, seen_on=START, by=social_worker, on=START)
    assert asked() <= few


def test_the_directors_stand_in_reads_and_signs_an_annex_alone(as_user, centre, programme, director, payroll):
    make_letterhead(centre)
    annex = make_annex(programme, by=director, on=date(2026, 11, 23))
    dates = {"start_on": date(2026, 11, 20), "end_on": date(2026, 11, 27)}
    StandIn.objects.create(absent=director, deputy=payroll, **dates)
    client, url = as_user(payroll), f"/uczestnicy/aneksy/{annex.pk}/"
    assert "Zajęcia w kuchni." in page(client, url)
    refused = client.post(f"{url}podpis/", {"token": "a", "signed_on": "2026-11-24"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["signed_on"])
    assert client.post(f"{url}podpis/", {"token": "b", "signed_on": "2026-11-23"}).url == url
    assert client.get(f"/uczestnicy/{programme.participant_id}/ipzs/").status_code == 403


def test_a_goal_and_an_annex_opened_to_be_changed_are_readings(as_user, person, programme, social_worker):
    client, seen = as_user(social_worker), programme.plan.goals.get()
    annex = make_annex(programme, by=social_worker, on=START)
    goal = make_goal(annex, by=social_worker, on=START)
    urls = [reverse(f"participants:{name}", args=[goal.pk]) for name in ("edit_goal", "remove_goal")]
    for url in (*urls, reverse("participants:edit_annex", args=[annex.pk])):
        page(client, url)
    page(client, reverse("participants:goal_outcome", args=[seen.pk]))
    assert sorted(row.what for row in Reading.objects.filter(participant=person)) == ["annex"] * 3 + ["plan"]
