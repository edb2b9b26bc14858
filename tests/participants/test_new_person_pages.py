from datetime import date

import pytest

from cistor.journal.models import Entry
from participants.models import Participant
from tests.factories import make_participant, pesel

pytestmark = pytest.mark.django_db

CHECK, NEW = "/uczestnicy/nowa-osoba/", "/uczestnicy/nowa-karta/"
BORN = date(1984, 5, 17)
ASKED = {"last_name": "Rzepa", "first_name": "Wera", "pesel": pesel(BORN)}
GIVEN = {**ASKED, "token": "a", "street": "ul. Wymyślona 3/4", "city": "Toruń"}


def test_a_new_card_begins_with_the_search(as_user, social_worker):
    client = as_user(social_worker)
    assert client.get(NEW).url == CHECK
    assert client.post(CHECK, ASKED).url == NEW
    form = client.get(NEW).context["form"]
    assert (form["last_name"].value(), form["pesel"].value()) == ("Rzepa", ASKED["pesel"])


def test_who_sounds_alike_is_shown_before_a_card_is_made(as_user, social_worker, centre):
    known = make_participant(centre, last_name="Żepa", first_name="Wera")
    client = as_user(social_worker)
    answer = client.post(CHECK, ASKED)
    assert answer.context["doubles"] == [known]
    assert "To ktoś inny" in answer.content.decode()
    assert client.post(CHECK, {**ASKED, "other": "1"}).url == NEW


def test_who_holds_the_pesel_has_a_card_and_gets_no_second(as_user, social_worker, centre):
    known = make_participant(centre, pesel=ASKED["pesel"], birth_on=BORN)
    answer = as_user(social_worker).post(CHECK, {**ASKED, "other": "1"})
    assert answer.context["doubles"] == [known]
    assert "To ktoś inny" not in answer.content.decode()


def test_another_centres_people_are_no_doubles(as_user, social_worker, other_centre):
    make_participant(other_centre, pesel=ASKED["pesel"], birth_on=BORN)
    assert as_user(social_worker).post(CHECK, ASKED).url == NEW


def test_birth_date_and_sex_may_be_left_to_the_pesel(as_user, social_worker):
    answer = as_user(social_worker).post(NEW, GIVEN)
    person = Participant.objects.get()
    assert answer.url == f"/uczestnicy/{person.pk}/"
    assert (person.birth_on, person.sex, person.centre) == (BORN, "woman", social_worker.centre)


def test_a_form_sent_twice_makes_one_card(as_user, social_worker):
    client = as_user(social_worker)
    client.post(NEW, GIVEN)
    assert client.post(NEW, GIVEN).url == "/uczestnicy/"
    assert Entry.objects.filter(verb="create_participant").count() == 1


def test_a_double_is_refused_with_a_link_to_the_card(as_user, social_worker, centre):
    known = make_participant(centre, pesel=ASKED["pesel"], birth_on=BORN)
    answer = as_user(social_worker).post(NEW, GIVEN)
    assert answer.status_code == 422
    assert answer.context["form"].errors["pesel"]
    assert f'href="/uczestnicy/{known.pk}/"' in answer.content.decode()


WRONG = [
    ({"pesel": "84051700000"}, {"pesel"}),
    ({"pesel": "1"}, {"pesel"}),
    ({"pesel": "8405\0170000"}, {"pesel"}),
    ({"pesel": "8" * 10_000}, {"pesel"}),
    ({"pesel": ""}, {"pesel", "birth_on", "sex"}),
    ({"pesel": "", "document_kind": "passport", "birth_on": "1984-05-17", "sex": "woman"}, {"document_number"}),
    ({"pesel": "", "document_kind": "99", "birth_on": "1984-05-17", "sex": "woman"}, {"document_kind", "pesel"}),
    ({"pesel": "84051700000", "pesel_faulty": "on"}, {"birth_on", "sex"}),
    ({"birth_on": "1984-05-18"}, {"birth_on"}),
    ({"birth_on": "31.02.1984"}, {"birth_on"}),
    ({"birth_on": "wczoraj"}, {"birth_on"}),
    ({"sex": "man"}, {"sex"}),
    ({"sex": "99"}, {"sex"}),
    ({"last_name": ""}, {"last_name"}),
    ({"last_name": "R\0zepa"}, {"last_name"}),
    ({"last_name": "ż" * 10_000}, {"last_name"}),
    ({"first_name": "<b>"}, {"first_name"}),
    ({"phone": "12", "email": "adres", "postal_code": "8"}, {"phone", "email", "postal_code"}),
    ({"phone": "6" * 10_000, "email": "a" * 10_000, "postal_code": "8" * 10_000}, {"phone", "email", "postal_code"}),
    ({"city": "T" * 10_000}, {"city"}),
    ({"city": "Tor\0uń"}, {"city"}),
    ({"token": ""}, {"token"}),
    ({"token": "a" * 10_000}, {"token"}),
    ({"token": "\0"}, {"token"}),
]


@pytest.mark.parametrize("over, fields", WRONG)
def test_wrong_data_are_told_beside_their_fields_and_nothing_typed_is_lost(as_user, social_worker, over, fields):
    answer = as_user(social_worker).post(NEW, {**GIVEN, **over})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == fields
    assert {name: form[name].value() for name in GIVEN if name not in over} == {
        name: value for name, value in GIVEN.items() if name not in over
    }
    assert not Participant.objects.exists()


def test_the_longest_name_that_fits_is_kept_with_its_keys(as_user, social_worker):
    as_user(social_worker).post(NEW, {**GIVEN, "last_name": "ż" * 80, "first_name": "ﬃ" * 60})
    person = Participant.objects.get()
    assert Participant.objects.named("ż" * 80).get() == person


@pytest.fixture
def person(centre):
    return make_participant(centre, pesel=pesel(BORN), birth_on=BORN, last_name="Rzepa")


def test_the_data_are_changed_on_their_page(as_user, social_worker, person):
    client, url = as_user(social_worker), f"/uczestnicy/{person.pk}/dane/"
    form = client.get(url).context["form"]
    answer = client.post(url, {**{name: form[name].value() or "" for name in form.fields}, "phone": "600 100 201"})
    assert answer.status_code == 302, answer.context["form"].errors
    person.refresh_from_db()
    assert person.phone == "600 100 201"


def test_a_wrong_change_leaves_the_heading_as_it_was(as_user, social_worker, person):
    answer = as_user(social_worker).post(f"/uczestnicy/{person.pk}/dane/", {"last_name": "Inna", "pesel": "1"})
    assert answer.status_code == 422
    assert answer.context["participant"].last_name == person.last_name
    assert 'value="Inna"' in answer.content.decode()


@pytest.mark.parametrize("pk", [0, 999_999_999, int("9" * 30)])
def test_nobody_by_a_strange_number_is_found(as_user, social_worker, pk):
    assert as_user(social_worker).get(f"/uczestnicy/{pk}/dane/").status_code == 404


def test_a_wrong_check_digit_is_said_before_the_search(as_user, social_worker):
    client = as_user(social_worker)
    wrong = {"last_name": "Nowa", "first_name": "Wera", "pesel": "90010112346"}
    answer = client.post(CHECK, wrong)
    assert answer.status_code == 422
    assert "cyfra kontrolna" in answer.context["form"].errors["pesel"][0]
    assert 'type="checkbox" name="pesel_faulty"' in answer.content.decode()
    assert client.post(CHECK, {**wrong, "pesel_faulty": "on"}).url == NEW
    assert client.get(NEW).context["form"].initial["pesel_faulty"] is True


def test_a_right_number_is_not_asked_about(as_user, social_worker):
    assert 'type="checkbox" name="pesel_faulty"' not in as_user(social_worker).get(CHECK).content.decode()
