"""The admission as the director decides it, and the ways to it."""

import pytest
from django.urls import reverse

from cistor.journal.models import Reading
from participants.models import Programme
from tests.factories import login, make_participant, make_user
from tests.referrals.making import make_application
from tests.referrals.ready import TODAY, fill_file, make_qualified, make_ready


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
