"""A save of the page of a day that a script sends: named by a token, obeyed once, under the login it was made for."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from attendance.models import Day
from tests.factories import make_group, make_participant, make_programme

FRIDAY = date(2026, 7, 10)
TOKEN = str(uuid.UUID(int=1))


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group, instructor):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor)


@pytest.fixture
def send(as_user, group, programme, instructor):
    client = as_user(instructor, FRIDAY)

    def post(meaning, *, seen="", **more):
        data = {f"{programme.pk}-seen": seen, f"{programme.pk}-meaning": meaning, "by": instructor.pk, **more}
        return client.post(reverse("attendance:today", args=[group.pk]), data, headers={"HX-Request": "true"})

    return post


def test_what_is_saved_is_named_back(send):
    answer = send("present", token=TOKEN)
    assert (answer.status_code, answer.headers["X-Saved"], answer.content) == (204, TOKEN, b"")
    assert Day.objects.get().meaning == "present"


def test_a_second_delivery_writes_nothing_and_tells_what_stands_otherwise(send):
    send("present", token=TOKEN)
    assert send("present", token=TOKEN).status_code == 204
    Day.objects.all().delete()
    assert send("present", token=TOKEN).status_code == 409
    assert not Day.objects.exists()
    assert send("present", token=str(uuid.UUID(int=2))).status_code == 204


def test_a_faulty_save_may_come_again_under_its_token(send):
    assert send("nonsense", token=TOKEN).status_code == 422
    assert send("present", token=TOKEN).status_code == 204


def test_what_one_chose_is_not_saved_under_the_name_of_the_next(send, social_worker):
    assert send("present", token=TOKEN, by=social_worker.pk).status_code == 403
    assert not Day.objects.exists()


def test_a_token_of_nonsense_is_not_found(send):
    assert send("present", token="x" * 50).status_code == 404
    assert not Day.objects.exists()
