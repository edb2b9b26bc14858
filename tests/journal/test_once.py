"""A form that does something is obeyed once."""

from threading import Barrier, Thread

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cistor.errors import Refused
from cistor.journal.models import UsedToken
from cistor.journal.once import OnceForm, carry_out, claim, new_token, said


class NameForm(OnceForm):
    name = forms.CharField(max_length=10)


def sent(**over) -> NameForm:
    return NameForm({"token": "raz", "name": "Kalina", **over})


def test_the_first_who_asks_is_told_to_act_and_nobody_after(director):
    assert claim("raz", by=director)
    assert not claim("raz", by=director)
    assert claim("dwa", by=director)


def test_a_token_of_somebody_else_silences_nobody(director, payroll):
    assert claim("raz", by=director)
    assert claim("raz", by=payroll)


def test_every_blank_form_has_a_token_of_its_own():
    first, second = (NameForm()["token"].value() for _ in range(2))
    assert first != second
    assert len(new_token()) <= 40


def test_what_is_given_to_the_act_is_without_the_token():
    form = sent()
    assert form.is_valid()
    assert form.given == {"name": "Kalina"}


def test_the_act_is_done_once_and_the_second_sending_is_calmed(director):
    done, told = [], []
    for number in (1, 2):
        form = sent()
        assert carry_out(form, lambda number=number: done.append(number), by=director)
        told.append(said(form, "Zrobione."))
    assert done == [1]
    assert told == ["Zrobione.", "Ten formularz już zapisano."]


def test_a_refused_act_gives_the_token_back(director):
    def refuse():
        raise Refused("Nie dziś.", field="name")

    form = sent()
    assert not carry_out(form, refuse, by=director)
    assert form.errors["name"] == ["Nie dziś."]
    assert not UsedToken.objects.exists()
    assert carry_out(sent(), lambda: None, by=director)


@pytest.mark.parametrize(
    "error, field",
    [
        (Refused("Nie."), "__all__"),
        (Refused("Nie.", field="unknown"), "__all__"),
        (ValidationError("Nie."), "__all__"),
        (ValidationError({"name": ["Nie."]}), "name"),
        (ValidationError({"unknown": ["Nie."], "name": ["Ani tak."]}), "__all__"),
    ],
)
def test_what_an_act_refuses_stands_beside_its_field_or_above_the_form(director, error, field):
    form = sent()

    def act():
        raise error

    assert not carry_out(form, act, by=director)
    assert form.errors[field] == ["Nie."]


def test_an_invalid_form_does_not_reach_the_act(director):
    form = sent(name="x" * 11)
    assert not carry_out(form, lambda: pytest.fail("acted"), by=director)
    assert not UsedToken.objects.exists()


@pytest.mark.parametrize("token", ["", "t" * 41, "\0"])
def test_a_form_without_a_good_token_is_refused(db, token):
    assert "token" in sent(token=token).errors


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_of_two_sendings_at_one_time_one_acts(director):
    barrier, answers = Barrier(2), []

    def send():
        try:
            barrier.wait()
            with transaction.atomic():
                answers.append(claim("raz", by=director))
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, True]
