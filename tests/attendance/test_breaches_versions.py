"""A breach stands under a letter of the regulations of its own day, whatever has come into force since."""

from datetime import date

import pytest

from cistor.centres.actions import start_draft
from cistor.centres.models import Regulations
from tests.factories import make_group, make_participant, make_programme

pytestmark = pytest.mark.django_db
BEFORE, SINCE, TODAY = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)
OTHER_LIST = "Tego dnia obowiązywał inny regulamin. Wskaż punkt z jego listy."


@pytest.fixture
def programme(centre, instructor):
    return make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 1, 5))


@pytest.fixture
def newer(centre, director):
    """In force from the tenth, with a list of one letter."""
    origin = centre.regulations.get()
    draft = start_draft(
        centre=centre, origin=origin, title="Nowy regulamin", in_force_from=SINCE, by=director, on=BEFORE
    )
    draft.breachs.exclude(letter="e").delete()
    draft.breachs.update(text="hałas w pracowni")
    Regulations.objects.filter(pk=draft.pk).update(is_draft=False)
    return draft


@pytest.fixture
def older(centre, newer):
    return centre.regulations.exclude(pk=newer.pk).get()


def new_breach(client, programme, day, letter=None, **over):
    told = {"token": "a", "on_day": day.isoformat(), "text": "Krzyki w stolarni.", **over}
    told |= {"breach": str(letter.pk)} if letter else {}
    return client.post(f"/obecnosc/naruszenia/nowe/{programme.pk}/", told)


def test_the_letters_offered_are_those_of_the_day_written_in(as_user, programme, older, newer, social_worker):
    client = as_user(social_worker, TODAY)
    page = client.get(f"/obecnosc/naruszenia/nowe/{programme.pk}/")
    assert list(page.context["form"].fields["breach"].queryset) == list(newer.breachs.all())
    answer = new_breach(client, programme, BEFORE, newer.breachs.get())
    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (422, {"breach": [OTHER_LIST]})
    assert set(form.fields["breach"].queryset) == set(older.breachs.all())
    letter = older.breachs.get(letter="a")
    assert new_breach(client, programme, BEFORE, letter).status_code == 302
    row = programme.breaches.get()
    assert (row.on, row.breach) == (BEFORE, letter)


def test_where_the_newer_regulations_have_no_list_a_day_before_them_still_takes_its_letter(
    as_user, programme, older, newer, social_worker
):
    newer.breachs.all().delete()
    client = as_user(social_worker, TODAY)
    assert "breach" not in client.get(f"/obecnosc/naruszenia/nowe/{programme.pk}/").context["form"].fields
    asked = new_breach(client, programme, BEFORE).context["form"]
    assert (list(asked.errors), set(asked.fields["breach"].queryset)) == (["breach"], set(older.breachs.all()))
    assert new_breach(client, programme, BEFORE, older.breachs.get(letter="e")).status_code == 302
    assert programme.breaches.get().breach.letter == "e"


def test_where_the_older_regulations_have_no_list_a_day_of_theirs_takes_none(
    as_user, programme, older, newer, social_worker
):
    older.breachs.all().delete()
    assert new_breach(as_user(social_worker, TODAY), programme, BEFORE, newer.breachs.get()).status_code == 302
    assert programme.breaches.get().breach is None


def test_a_day_that_nobody_can_read_is_told_and_the_letters_are_todays(as_user, programme, older, newer, social_worker):
    form = new_breach(as_user(social_worker, TODAY), programme, BEFORE, newer.breachs.get(), on_day="dziś").context[
        "form"
    ]
    assert list(form.errors) == ["on_day"]
    assert list(form.fields["breach"].queryset) == list(newer.breachs.all())
