"""Where letters to an office go: the director keeps it right, and the journal knows."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cistor.centres import actions
from cistor.journal.models import Entry
from tests.factories import login

ON = date(2026, 3, 11)
PAGE = "centres:office"


@pytest.fixture
def office(centre):
    return centre.offices.get(kind="welfare")


def filled_in(**over):
    return {"name": "Ośrodek", "short_name": "MOPR", "email": "pisma@mopr.example", "token": "o1", **over}


def test_a_change_is_journalled_by_the_names_of_its_columns(office, director):
    changed = actions.change_office(office, email="pisma@mopr.example", city=office.city, by=director, on=ON)
    assert changed.email == "pisma@mopr.example"
    entry = Entry.objects.get(verb="office_changed")
    assert (entry.by, entry.centre, entry.data) == (director, office.centre, {"fields": ["email"]})


def test_an_office_takes_the_name_of_no_other(office, director):
    office.centre.offices.create(kind="pup", name="Powiatowy Urząd Pracy", short_name="PUP")
    with pytest.raises(ValidationError, match="już jest w spisie"):
        actions.change_office(office, name="Powiatowy Urząd Pracy", by=director, on=ON)


def test_the_director_gives_the_address_once_however_often_the_form_comes(client, office, director):
    login(client, director)
    for _ in range(2):
        answer = client.post(reverse(PAGE, args=[office.pk]), filled_in(postal_code="87-100"), follow=True)
        assert "pisma@mopr.example" in answer.content.decode()
    assert Entry.objects.filter(verb="office_changed").count() == 1


@pytest.mark.parametrize("wrong", [{"email": "mopr"}, {"postal_code": "87100"}, {"name": ""}], ids=str)
def test_what_is_no_address_is_told_at_its_field(client, office, director, wrong):
    login(client, director)
    answer = client.post(reverse(PAGE, args=[office.pk]), filled_in(**wrong))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)


def test_others_of_the_staff_read_and_change_nothing(client, office, social_worker):
    login(client, social_worker)
    page = client.get(reverse("centres:offices")).content.decode()
    assert office.name in page
    assert reverse(PAGE, args=[office.pk]) not in page
