"""The day of a person says which approved list has settled it."""

import pytest
from django.urls import reverse

from tests.benefits.people import COUNTED, SIXTH
from tests.factories import login


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: COUNTED)


def page_for(client, user, programme):
    login(client, user)
    address = reverse("attendance:day", args=[programme.participant_id])
    return client.get(address, {"dzien": SIXTH.isoformat()}).content.decode()


def test_a_day_under_an_approved_list_names_the_list(client, approved, programme, social_worker):
    page = page_for(client, social_worker, programme)
    assert f"na zatwierdzonej liście wypłat {approved.title}" in page
    assert "Dzień zamknięty:" in page


def test_who_may_see_lists_is_led_to_it(client, approved, programme, payroll):
    address = reverse("benefits:list", args=[approved.pk])
    assert f'<a href="{address}">{approved.title}</a>' in page_for(client, payroll, programme)


def test_a_draft_settles_nothing(client, july, programme, payroll):
    assert "zatwierdzonej liście" not in page_for(client, payroll, programme)
