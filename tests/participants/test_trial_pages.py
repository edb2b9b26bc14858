"""The pages on which a trial is assessed and decided on, what the tab tells of it, and the desk."""

from datetime import date

import pytest

from cistor.desk.programmes import to_assess
from cistor.journal.models import Reading
from participants import actions
from participants.models import TrialAssessment
from tests.factories import make_group, make_participant, make_programme, make_reply, make_user

pytestmark = pytest.mark.django_db

LATE = "Urząd zapowiedział odpowiedź na jutro."
# Decided on from 19 November; today is Monday the 23rd.
START = date(2026, 10, 26)
SAID = "Obecny, chętny do pracy."


@pytest.fixture
def trial(centre):
    return make_programme(make_participant(centre), start_on=START, main=False)


@pytest.fixture
def provisional(trial, director):
    actions.pass_to_main(trial, provisional_reason=LATE, by=director, on=date(2026, 11, 20))
    return trial


def deciding(programme):
    return f"/uczestnicy/programy/{programme.pk}/okres-wlasciwy/"


def assessing(programme):
    return f"/uczestnicy/programy/{programme.pk}/ocena/"


def tab(programme):
    return f"/uczestnicy/{programme.participant_id}/program/"


def html(client, url):
    return client.get(url).content.decode()


# Assessing -----------------------------------------------------------------------------------------------------------


def test_an_instructor_assesses_by_clicks_and_finds_the_own_words_again(as_user, trial, centre, instructor):
    make_group(centre, instructor).memberships.create(participant=trial.participant, start_on=START)
    client = as_user(instructor)
    assert assessing(trial) in html(client, tab(trial))
    answer = client.post(assessing(trial), {"token": "a", "outcome": "no", "text": SAID})
    assert answer.url == tab(trial)
    row = trial.assessments.get()
    assert (row.by, row.is_positive, row.text) == (instructor, False, SAID)
    assert SAID in html(client, assessing(trial))
    assert Reading.objects.filter(participant=trial.participant, what="trial").exists()


@pytest.mark.parametrize("data, field", [({"outcome": "maybe", "text": SAID}, "outcome"), ({"outcome": "yes"}, "text")])
def test_what_an_assessment_lacks_is_told_beside_its_field(as_user, trial, social_worker, data, field):
    answer = as_user(social_worker).post(assessing(trial), {"token": "a", **data})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_decided_trial_leads_back_to_the_tab(as_user, provisional, social_worker):
    client = as_user(social_worker)
    assert client.get(assessing(provisional)).url == tab(provisional)
    assert assessing(provisional) not in html(client, tab(provisional))


def test_payroll_reads_no_assessment(as_user, trial, social_worker, payroll):
    TrialAssessment.objects.create(programme=trial, is_positive=True, text=SAID, by=social_worker, assessed_on=START)
    assert SAID not in html(as_user(payroll), tab(trial))
    assert SAID in html(as_user(social_worker), tab(trial))


def test_of_what_others_wrote_an_instructor_sees_the_verdict_alone(as_user, trial, centre, instructor, director):
    make_group(centre, instructor).memberships.create(participant=trial.participant, start_on=START)
    own, health = "Chętny do pracy.", "W trakcie leczenia."
    for by, text in ((instructor, own), (make_user(centre, "therapist"), health)):
        TrialAssessment.objects.create(programme=trial, is_positive=True, text=text, by=by, assessed_on=START)
    shown = html(as_user(instructor), tab(trial))
    assert (own in shown, health in shown, shown.count("pozytywnie")) == (True, False, 2)
    assert health in html(as_user(director), tab(trial))


@pytest.mark.parametrize("role, is_told", [("social_worker", True), ("psychologist", False), ("payroll", False)])
def test_the_desk_asks_who_prepares_the_decision(as_user, trial, centre, role, is_told):
    user = make_user(centre, role)
    assert (assessing(trial) in html(as_user(user), "/")) is is_told


def test_the_desk_asks_who_stands_in_for_the_head_too(trial, social_worker, director):
    monday = date(2026, 11, 23)
    director.stand_ins.create(deputy=social_worker, start_on=monday, end_on=monday)
    assert [matter.url for matter in to_assess(social_worker, monday)] == [assessing(trial)]
    assert not list(to_assess(director, monday))


def test_the_desk_asks_an_instructor_of_the_own_group_once(as_user, trial, centre, instructor):
    client = as_user(instructor)
    assert assessing(trial) not in html(client, "/")
    make_group(centre, instructor).memberships.create(participant=trial.participant, start_on=START)
    assert assessing(trial) in html(client, "/")
    client.post(assessing(trial), {"token": "a", "outcome": "yes", "text": SAID})
    assert assessing(trial) not in html(client, "/")


# Deciding ------------------------------------------------------------------------------------------------------------


def test_the_decision_page_tells_what_the_team_and_the_office_say(as_user, trial, social_worker, director):
    client = as_user(director)
    shown = html(client, deciding(trial))
    assert "nikt jeszcze nie ocenił" in shown
    assert "wniosku jeszcze nie wysłano" in shown
    TrialAssessment.objects.create(programme=trial, is_positive=False, text=SAID, by=social_worker, assessed_on=START)
    make_reply(trial, received_on=date(2026, 11, 20))
    shown = html(client, deciding(trial))
    for words in (f"{social_worker}, negatywnie: {SAID}", "zakwalifikowano, odpowiedź z 20 listopada 2026 (e-mail)"):
        assert words in shown
    assert f"/uczestnicy/programy/{trial.pk}/koniec/" in shown
    assert "31 dni" in shown


def test_without_the_reply_the_page_asks_why_and_says_what_follows(as_user, trial, director):
    client = as_user(director)
    assert "Odmowa ośrodka kończy program" in html(client, deciding(trial))
    answer = client.post(deciding(trial), {"token": "a", "months": "11", "provisional_reason": "bo tak"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["provisional_reason"])
    answer = client.post(deciding(trial), {"token": "b", "months": "11", "provisional_reason": LATE})
    assert answer.url == tab(trial)
    assert trial.stages.get(kind="main").provisional_reason == LATE


def test_where_nobody_is_asked_the_page_asks_for_no_reason(as_user, other_centre, outsider):
    programme = make_programme(make_participant(other_centre), start_on=START, main=False)
    client = as_user(outsider)
    assert "nie jest potrzebna" in html(client, deciding(programme))
    assert client.post(deciding(programme), {"token": "a", "months": "11"}).url == tab(programme)


# The flag ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role, reads_why", [("director", True), ("social_worker", True), ("payroll", False)])
def test_the_tab_flags_a_provisional_period_every_day_until_the_reply(as_user, centre, provisional, role, reads_why):
    client = as_user(make_user(centre, role))
    shown = html(client, tab(provisional))
    assert "warunkowo" in shown
    assert (LATE in shown) is reads_why
    make_reply(provisional)
    assert "warunkowo" not in html(client, tab(provisional))


@pytest.mark.parametrize(
    "role, reads_why", [("director", True), ("social_worker", True), ("psychologist", True), ("payroll", False)]
)
def test_why_a_period_began_without_the_office_stays_after_the_reply(as_user, centre, provisional, role, reads_why):
    make_reply(provisional)
    shown = html(as_user(make_user(centre, role)), tab(provisional))
    assert (LATE in shown) is reads_why
    assert ("Przejście warunkowe rozstrzygnięto 20.11.2026" in shown) is reads_why


@pytest.mark.parametrize("role, is_told", [("director", True), ("social_worker", True), ("payroll", False)])
def test_the_desk_tells_of_it_in_red_until_the_reply(as_user, centre, provisional, role, is_told):
    client, words = as_user(make_user(centre, role)), "bez kwalifikacji ośrodka, wypłata wstrzymana"
    assert (words in html(client, "/")) is is_told
    make_reply(provisional)
    assert words not in html(client, "/")
