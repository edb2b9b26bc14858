"""The pages on which more months are asked for and decided on, their papers, and the desk."""

from datetime import date

import pytest

from participants import actions
from participants.models import Extension
from tests.factories import make_participant, make_programme
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db

# The main period lasts until 28 February 2027; today is 23 November 2026.
START = date(2026, 3, 1)
ASKED = {"origin": "participant", "months": "3", "reason": "Egzamin zawodowy w maju."}


@pytest.fixture
def programme(centre, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_letterhead(centre)
    return make_programme(make_participant(centre), start_on=START)


@pytest.fixture
def extension(programme, social_worker):
    asked = {"origin": "opinion", "months": 2, "reason": "Egzamin."}
    return actions.ask_extension(programme, **asked, by=social_worker, on=date(2026, 11, 20))


def asking(programme):
    return f"/uczestnicy/programy/{programme.pk}/przedluzenie/"


def page_of(extension):
    return f"/uczestnicy/przedluzenia/{extension.pk}/"


def html(client, url):
    return client.get(url).content.decode()


def test_the_social_worker_asks_by_clicks_and_the_director_finds_it_on_the_desk(
    as_user, programme, social_worker, director
):
    client = as_user(social_worker)
    assert asking(programme) in html(client, f"/uczestnicy/{programme.participant_id}/program/")
    answer = client.post(asking(programme), {"token": "a", **ASKED})
    extension = Extension.objects.get()
    assert answer.url == page_of(extension)
    client = as_user(director)
    assert page_of(extension) in html(client, "/")
    decision = {"token": "b", "months": "4", "note": "", "grant": "1"}
    assert client.post(f"{page_of(extension)}rozstrzygnij/", decision).url == page_of(extension)
    shown = html(client, page_of(extension))
    assert f"/dokumenty/{Extension.objects.get().document_id}/" in shown
    assert "Uczestnictwo jest przedłużone" in shown
    assert page_of(extension) not in html(client, "/")
    card = html(client, f"/uczestnicy/{programme.participant_id}/program/")
    assert "do 28.02.2027, z przedłużeniem do 30.06.2027" in card
    assert "o 4 miesiące, do 30.06.2027, rozstrzygnięcie RP/1/2026" in card
    assert "Rozstrzygnięto o przedłużeniu" in html(as_user(social_worker), "/")


@pytest.mark.parametrize(
    "over, field", [({"months": "7"}, "months"), ({"months": ""}, "months"), ({"origin": "x"}, "origin")]
)
def test_what_cannot_be_asked_is_told_beside_its_field(as_user, programme, social_worker, over, field):
    answer = as_user(social_worker).post(asking(programme), {"token": "a", **ASKED, **over})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_outside_the_main_period_the_page_leads_back_with_a_word(as_user, centre, social_worker):
    trial = make_programme(make_participant(centre), start_on=date(2026, 11, 2), main=False)
    answer = as_user(social_worker).get(asking(trial), follow=True)
    assert "Przedłuża się w okresie właściwym" in answer.content.decode()


def test_what_names_neither_deed_decides_nothing(as_user, extension, director):
    client = as_user(director)
    for button in ({}, {"grant": "1", "refuse": "1"}):
        answer = client.post(f"{page_of(extension)}rozstrzygnij/", {"token": "a", "months": "2", "note": "x", **button})
        assert answer.url == page_of(extension)
    assert Extension.objects.get().is_open


def test_a_refusal_without_a_reason_comes_back(as_user, extension, director):
    client = as_user(director)
    answer = client.post(f"{page_of(extension)}rozstrzygnij/", {"token": "a", "months": "", "refuse": "1"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["note"])
    refused = {"token": "b", "months": "", "note": "Cele osiągnięto.", "refuse": "1"}
    client.post(f"{page_of(extension)}rozstrzygnij/", refused)
    assert Extension.objects.get().granted is False


def test_the_asker_sees_no_decision_and_may_withdraw(as_user, extension, social_worker):
    client = as_user(social_worker)
    shown = html(client, page_of(extension))
    assert "rozstrzygnij/" not in shown
    client.post(f"{page_of(extension)}wycofaj/", {"token": "a"})
    assert Extension.objects.get().withdrawn_on == date(2026, 11, 23)
    assert "Bez rozstrzygnięcia" in html(client, page_of(extension))


def test_the_request_is_printed_filled_in_and_empty(as_user, extension, social_worker):
    client = as_user(social_worker)
    for url in (f"{page_of(extension)}wniosek/", "/uczestnicy/przedluzenia/wniosek/"):
        answer = client.get(url)
        assert answer["Content-Type"] == "application/pdf"
        assert extension.programme.participant.last_name not in answer["Content-Disposition"]


def test_the_list_shows_the_open_ones_first(as_user, extension, director, centre, social_worker):
    other = make_programme(make_participant(centre), start_on=START)
    asked = {"origin": "participant", "months": 1, "reason": "Kurs.", "by": social_worker, "on": date(2026, 11, 2)}
    actions.withdraw_extension(actions.ask_extension(other, **asked), by=social_worker, on=date(2026, 11, 3))
    answer = as_user(director).get("/uczestnicy/przedluzenia/")
    assert [row.is_open for row in answer.context["page"]] == [True, False]
