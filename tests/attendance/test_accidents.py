"""The register of accidents: who was there writes it, injuries are for few."""

from datetime import date, time

import pytest

from attendance.actions.accidents import record_accident
from attendance.actions.retractions import retract
from attendance.forms.accidents import AccidentForm
from cistor.errors import Refused
from participants.models import Participant
from tests.factories import make_group, make_participant, make_programme, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)
TOLD = {"at": time(9, 10), "place": "stolarnia", "what": "Osunęło się dłuto.", "injury": "Rana palca."}


@pytest.fixture
def programme(centre, instructor):
    return make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 1, 5))


def test_the_instructor_writes_it_and_only_those_who_may_read_about_health_see_the_injury(
    as_user, programme, instructor, social_worker
):
    record_accident(programme, on_day=TODAY, **TOLD, by=instructor, on=TODAY)
    for user, reads in ((instructor, False), (social_worker, True)):
        page = as_user(user, TODAY).get("/obecnosc/wypadki/").content.decode()
        assert "Osunęło się dłuto." in page
        assert ("Rana palca." in page) is reads


FORM = {"token": "a", "on_day": "2026-03-11", "at": "9:10", "place": "stolarnia", "what": "Osunęło się dłuto."}


@pytest.mark.parametrize(
    "given, field",
    [
        ({}, "hurt"),
        ({"hurt": "described"}, "injury"),
        ({"hurt": "bez urazu", "injury": "Rana palca."}, "injury"),
    ],
)
def test_whether_there_was_an_injury_is_chosen_and_agrees_with_the_words(given, field):
    assert list(AccidentForm(FORM | given).errors) == [field]


@pytest.mark.parametrize(
    "given, shown",
    [({"hurt": "bez urazu"}, "bez urazu"), ({"hurt": "described", "injury": "Rana palca."}, "Rana palca.")],
)
def test_the_register_tells_the_injury_as_it_was_chosen_and_the_help_on_a_line_of_its_own(
    as_user, programme, social_worker, given, shown
):
    client = as_user(social_worker, TODAY)
    client.post(f"/obecnosc/wypadki/nowy/{programme.pk}/", {**FORM, **given, "aid": "Zimny okład."})
    page = client.get("/obecnosc/wypadki/").content.decode()
    assert f"<span>{shown}<br>Pomoc: Zimny okład.</span>" in page


def test_where_nobody_has_said_it_the_register_does_not_either(as_user, programme, social_worker):
    record_accident(programme, on_day=TODAY, **{**TOLD, "injury": ""}, by=social_worker, on=TODAY)
    page = as_user(social_worker, TODAY).get("/obecnosc/wypadki/").content.decode()
    assert ("nie wpisano" in page, "bez urazu" in page) == (True, False)


def test_an_accident_is_of_a_day_in_the_programme_and_of_the_own_group(programme, centre, instructor):
    for day in (date(2026, 3, 12), date(2026, 1, 2)):
        with pytest.raises(Refused):
            record_accident(programme, on_day=day, **TOLD, by=instructor, on=TODAY)
    with pytest.raises(Refused):
        record_accident(programme, on_day=TODAY, **TOLD, by=make_user(centre, "instructor"), on=TODAY)


def test_of_an_erased_person_no_accident_is_offered_to_be_taken_back(as_user, programme, instructor, director):
    row = record_accident(programme, on_day=TODAY, **TOLD, by=instructor, on=TODAY)
    url = f"/obecnosc/wycofaj/accident/{row.pk}/"
    assert url in as_user(director, TODAY).get("/obecnosc/wypadki/").content.decode()
    Participant.objects.filter(pk=programme.participant_id).update(erased_on=TODAY)
    client = as_user(director, TODAY)
    assert url not in client.get("/obecnosc/wypadki/").content.decode()
    assert "Dane tej osoby usunięto" in client.get(url).content.decode()


def test_an_accident_taken_back_is_crossed_out_and_not_counted(as_user, programme, instructor, director):
    row = record_accident(programme, on_day=TODAY, **TOLD, by=instructor, on=TODAY)
    client = as_user(instructor, TODAY)
    assert f"/obecnosc/wycofaj/accident/{row.pk}/" in client.get("/obecnosc/wypadki/").content.decode()
    retract(row, why="Wpisano dwa razy.", by=instructor, on=TODAY)
    pages = ("/obecnosc/wypadki/", f"/obecnosc/porzadek/osoba/{programme.participant_id}/")
    for page in (client.get(url).content.decode() for url in pages):
        assert "<del>Osunęło się dłuto.</del>" in page
        assert "Wpisano dwa razy." in page
        assert f"/obecnosc/wycofaj/accident/{row.pk}/" not in page
    assert '<span class="count">0</span>' in client.get("/obecnosc/wypadki/").content.decode()
