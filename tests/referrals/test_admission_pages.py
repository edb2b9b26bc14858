"""The admission as the director decides it, and the ways to it."""

from datetime import date

import pytest
from django.urls import reverse

from cistor.errors import Refused
from cistor.journal.models import Reading
from participants.actions import sign_from_paper
from participants.models import FilePaper, Programme
from referrals.actions.intake import OPEN
from tests.factories import login, make_participant, make_user
from tests.referrals.making import make_application
from tests.referrals.ready import TODAY, declare, fill_file, make_qualified, make_ready


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


def admission(client, application):
    return client.get(reverse("referrals:admit", args=[application.pk]))


def sign(client, application, **fields):
    given = {"signed_on": "2026-03-11", "start_on": "2026-03-16", "despite": "", "token": "raz", **fields}
    return client.post(reverse("referrals:admit", args=[application.pk]), given)


def test_the_director_signs_and_lands_on_the_programme(client, centre, director):
    application = make_ready(centre)
    login(client, director)
    answer = sign(client, application)
    assert answer.url == reverse("participants:programme", args=[application.participant_id])
    application.refresh_from_db()
    assert application.programme == Programme.objects.get()


def test_classes_begin_as_the_round_has_said(client, centre, director):
    login(client, director)
    assert admission(client, make_ready(centre)).context["form"]["start_on"].value().isoformat() == "2026-03-16"


def test_what_cannot_be_passed_over_stands_instead_of_the_form_with_the_way_to_it(client, centre, director):
    application = make_application(centre)
    login(client, director)
    text = admission(client, application).content.decode()
    assert "nie można jeszcze przyjąć" in text
    assert f'href="{reverse("referrals:exclusions", args=[application.pk])}"' in text
    assert f'href="{reverse("referrals:case", args=[application.pk])}#office"' in text
    assert 'name="signed_on"' not in text
    assert sign(client, application).status_code == 422
    assert not Programme.objects.exists()


def test_a_missing_paper_needs_a_reason(client, centre, director):
    application = make_qualified(centre)
    fill_file(application, but="safety_card")
    login(client, director)
    assert "W teczce brakuje dziś" in admission(client, application).content.decode()
    refused = sign(client, application)
    assert refused.status_code == 422
    assert "despite" in refused.context["form"].errors
    assert sign(client, application, despite="Szkolenie pierwszego dnia zajęć.").status_code == 302


def test_a_paper_that_runs_out_before_the_first_day_is_named_beforehand(client, centre, director):
    application = make_ready(centre)
    FilePaper.objects.filter(code="medical_certificate").update(valid_until=date(2026, 3, 13))
    login(client, director)
    text = admission(client, application).content.decode()
    assert "już nie w pierwszym dniu zajęć, 16.03.2026" in text
    refused = sign(client, application, start_on="9999-12-31", signed_on="2026-03-20")
    assert refused.status_code == 422
    refused = sign(client, application, start_on="2026-03-13", signed_on="2026-03-20")
    assert refused.status_code == 422
    assert "już nie w pierwszym dniu zajęć" not in refused.content.decode()


def test_a_form_sent_twice_admits_once(client, centre, director):
    application = make_ready(centre)
    login(client, director)
    assert [sign(client, application).status_code for _ in range(2)] == [302, 302]
    assert Programme.objects.count() == 1


def test_opening_it_is_a_reading(client, centre, director):
    application = make_ready(centre)
    login(client, director)
    admission(client, application)
    assert Reading.objects.get().what == "admission"


def test_whoever_stands_in_for_the_director_finds_no_way_into_the_case(client, centre, director):
    deputy = make_user(centre, "payroll")
    director.stand_ins.create(deputy=deputy, start_on=TODAY, end_on=TODAY)
    application = make_application(centre)
    login(client, deputy)
    text = admission(client, application).content.decode()
    assert "nie można jeszcze przyjąć" in text
    assert f'"{reverse("referrals:case", args=[application.pk])}' not in text


def test_the_file_is_open_to_the_director_and_closed_to_the_stand_in(client, centre, director):
    application = make_qualified(centre)
    fill_file(application, but="safety_card")
    FilePaper.objects.filter(code="medical_certificate").update(valid_until=date(2026, 3, 10))
    login(client, director)
    assert "ważny do 10.03.2026" in admission(client, application).content.decode()
    deputy = make_user(centre, "payroll")
    director.stand_ins.create(deputy=deputy, start_on=TODAY, end_on=TODAY)
    login(client, deputy)
    answer = admission(client, application)
    text = answer.content.decode()
    assert answer.context["file"] is None
    assert "zaświadczenie lekarskie" in text
    assert "karta szkolenia BHP" in text
    for detail in ("ważny do", "po terminie", "10.03.2026"):
        assert detail not in text
    assert text.count("karta szkolenia BHP") == 1
    declare(application, on=TODAY, rights=["old_age_pension"])
    text = admission(client, application).content.decode()
    assert "nie można jeszcze przyjąć" in text
    assert text.count("karta szkolenia BHP") == 1


def test_the_page_says_the_first_day_on_which_it_can_be_signed(client, centre, director):
    login(client, director)
    assert "Najwcześniej 9 marca 2026." in admission(client, make_ready(centre)).content.decode()


def test_the_social_worker_sees_on_the_case_what_is_missing_and_signs_nothing(client, centre, social_worker):
    application = make_qualified(centre)
    login(client, social_worker)
    text = client.get(reverse("referrals:case", args=[application.pk])).content.decode()
    assert "Teczka: brakuje 9 dokumentów." in text
    assert reverse("referrals:admit", args=[application.pk]) not in text
    assert reverse("referrals:tell", args=[application.candidacies.get().pk]) in text
    assert sign(client, application).status_code == 403


# From the card -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["draft", "open"])
def test_an_application_under_way_leads_to_its_admission(client, centre, director, status):
    application = make_application(centre, status=status)
    login(client, director)
    answer = client.get(reverse("referrals:sign", args=[application.participant_id]))
    assert answer.url == reverse("referrals:admit", args=[application.pk])


def test_without_one_both_ways_are_open(client, centre, director):
    person = make_participant(centre)
    make_application(centre, participant=person, status="withdrawn")
    login(client, director)
    text = client.get(reverse("referrals:sign", args=[person.pk])).content.decode()
    assert reverse("referrals:begin", args=[person.pk]) in text
    assert reverse("participants:sign", args=[person.pk]) in text


SIGNED = {"signed_on": "2026-03-11", "start_on": "2026-03-11", "despite": "Teczka jest na papierze.", "token": "raz"}


@pytest.mark.parametrize("status", ["draft", "open"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_of_the_paper_leads_to_the_application_that_goes_on(client, centre, director, status, method):
    person = make_application(centre, status=status).participant
    login(client, director)
    answer = getattr(client, method)(reverse("participants:sign", args=[person.pk]), SIGNED)
    assert answer.url == reverse("referrals:sign", args=[person.pk])
    assert not Programme.objects.exists()


@pytest.mark.parametrize("status", OPEN)
def test_the_act_refuses_the_paper_while_an_application_goes_on(centre, director, status):
    person = make_application(centre, status=status).participant
    with pytest.raises(Refused, match="wniosek"):
        sign_from_paper(person, signed_on=TODAY, start_on=TODAY, despite="Jest na papierze.", by=director, on=TODAY)
    assert not Programme.objects.exists()


@pytest.mark.parametrize("status", ["withdrawn", "refused"])
def test_after_it_the_paper_is_signed(client, centre, director, status):
    person = make_application(centre, status=status).participant
    login(client, director)
    assert "dotąd na papierze" in client.get(reverse("participants:sign", args=[person.pk])).content.decode()
    client.post(reverse("participants:sign", args=[person.pk]), SIGNED)
    assert Programme.objects.get().participant == person


@pytest.mark.parametrize(
    "closed_on, rights, is_told",
    [
        (TODAY, ["old_age_pension"], True),
        (date(2025, 3, 11), ["old_age_pension"], True),
        (date(2025, 3, 10), ["old_age_pension"], False),
        (TODAY, [], False),
    ],
)
def test_who_was_refused_for_an_exclusion_is_not_offered_the_paper_in_silence(
    client, centre, director, closed_on, rights, is_told
):
    application = make_application(centre, status="refused", on=date(2025, 3, 3), closed_on=closed_on)
    declare(application, on=date(2025, 3, 3), rights=rights)
    login(client, director)
    text = client.get(reverse("referrals:sign", args=[application.participant_id])).content.decode()
    assert ("prawo, które wyklucza udział" in text) is is_told
    assert "emerytur" not in text


@pytest.mark.parametrize("role, is_told", [("director", True), ("payroll", False)])
def test_the_page_of_the_paper_says_of_the_file_what_its_reader_may_see(client, centre, director, role, is_told):
    application = make_application(centre, status="withdrawn")
    fill_file(application)
    FilePaper.objects.filter(code="medical_certificate").update(valid_until=date(2026, 3, 10))
    deputy = make_user(centre, "payroll")
    director.stand_ins.create(deputy=deputy, start_on=TODAY, end_on=TODAY)
    login(client, director if role == "director" else deputy)
    text = client.get(reverse("participants:sign", args=[application.participant_id])).content.decode()
    assert "zaświadczenie lekarskie" in text
    assert ("(po terminie)" in text) is is_told
