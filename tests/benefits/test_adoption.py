from datetime import date

import pytest
from django.urls import reverse

from benefits.actions.regulations import adopt, paid_until
from cistor.centres.actions import start_draft
from cistor.centres.models import Regulations
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.benefits.people import COUNTED
from tests.factories import login

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 1)


def make_draft(centre, director, in_force_from=AUGUST, **settings) -> Regulations:
    draft = start_draft(
        centre=centre,
        origin=centre.regulations.adopted().earliest("in_force_from"),
        title="Nowy",
        in_force_from=in_force_from,
        by=director,
        on=COUNTED,
    )
    Regulations.objects.filter(pk=draft.pk).update(**settings)
    return Regulations.objects.get(pk=draft.pk)


@pytest.mark.parametrize("day", [date(2026, 7, 1), date(2026, 7, 31), date(2020, 1, 1)])
def test_days_that_an_approved_list_has_paid_take_no_new_version(centre, approved, director, day):
    with pytest.raises(Refused, match=r"Do 31 lipca 2026"):
        adopt(make_draft(centre, director, day), by=director, on=COUNTED)


def test_the_day_after_what_was_paid_takes_one(centre, approved, director):
    assert paid_until(centre) == date(2026, 7, 31)
    adopted = adopt(make_draft(centre, director), by=director, on=COUNTED)
    assert Regulations.objects.version(centre, AUGUST) == adopted
    assert Entry.objects.get(verb="regulations_adopted").object_id == adopted.pk


def test_a_list_that_is_only_a_draft_stands_in_no_ones_way(centre, july, director):
    assert paid_until(centre) is None
    assert not adopt(make_draft(centre, director, date(2026, 7, 10)), by=director, on=COUNTED).is_draft


def test_what_another_centre_has_paid_does_not_matter(other_centre, approved, director):
    assert paid_until(other_centre) is None


def test_the_page_shows_the_differences_and_the_law_before_it_asks(client, centre, director):
    draft = make_draft(centre, director, free_days=5)
    login(client, director)
    page = client.get(reverse("adoption:adopt", args=[draft.pk])).content.decode()
    assert "dni wolne w programie" in page
    assert "premia liczona od" not in page
    assert "mniej, niż daje ustawa" in page


def test_the_page_says_why_it_refuses(client, centre, approved, director):
    draft = make_draft(centre, director, date(2026, 7, 1))
    login(client, director)
    answer = client.post(reverse("adoption:adopt", args=[draft.pk]), {"token": "1"})
    assert answer.status_code == 422
    assert "Do 31 lipca 2026" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.is_draft


def test_where_it_would_refuse_the_page_offers_no_button(client, centre, approved, director):
    draft = make_draft(centre, director, date(2026, 7, 1))
    login(client, director)
    answer = client.get(reverse("adoption:adopt", args=[draft.pk]))
    assert "Do 31 lipca 2026" in answer.content.decode()
    assert "Przyjmij regulamin" not in answer.content.decode()


def test_a_draft_is_adopted_once_however_often_the_form_is_sent(client, centre, director):
    draft = make_draft(centre, director)
    login(client, director)
    address = reverse("adoption:adopt", args=[draft.pk])
    assert [client.post(address, {"token": "1"}).status_code for _ in range(2)] == [302, 404]
    assert Entry.objects.filter(verb="regulations_adopted").count() == 1


def test_a_draft_without_the_letters_of_a_day_says_so_before_it_is_adopted(client, centre, director):
    draft = make_draft(centre, director)
    draft.daycodes.all().delete()
    login(client, director)
    page = client.get(reverse("adoption:adopt", args=[draft.pk])).content.decode()
    assert "Brakuje oznaczeń dni" in page
    assert "Przyjmij regulamin" not in page
