"""To whom the staff report absences: only to somebody who follows those of the whole centre, else to the director."""

from datetime import date

import pytest

from cistor.accounts import actions
from cistor.errors import Refused
from tests.factories import login, make_user

TODAY = date(2026, 3, 11)
UNFIT = ["psychologist", "career_adviser", "therapist", "payroll", "admin", "instructor"]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


def led_by(instructor, superior):
    """As rows were written when anybody could be chosen."""
    instructor.superior = superior
    instructor.save()
    return instructor


def test_offered_are_those_who_follow_the_absences_of_the_whole_centre(client, centre, admin, director, instructor):
    worker = make_user(centre, "social_worker")
    both = make_user(centre, "instructor", "social_worker")
    make_user(centre, "social_worker", is_active=False)
    for role in UNFIT:
        make_user(centre, role)
    login(client, admin)
    for url in (f"/konto/osoby/{instructor.pk}/", "/konto/osoby/nowa/"):
        assert set(client.get(url).context["form"].fields["superior"].queryset) == {director, worker, both}


@pytest.mark.parametrize("role", UNFIT)
def test_who_could_not_open_the_report_is_refused(centre, admin, instructor, role):
    unfit = make_user(centre, role)
    with pytest.raises(Refused, match="pracownik socjalny albo dyrektor") as refused:
        actions.change_user(instructor, superior=unfit, by=admin, on=TODAY)
    assert refused.value.field == "superior"
    fields = {"username": "lena", "first_name": "Lena", "last_name": "Nowiutka", "roles": ["instructor"]}
    with pytest.raises(Refused, match="pracownik socjalny albo dyrektor"):
        actions.create_user(**fields, password=None, centre=centre, superior=unfit, by=admin, on=TODAY)


def test_an_account_switched_off_is_nobodys_superior(centre, admin, instructor):
    gone = make_user(centre, "social_worker", is_active=False)
    with pytest.raises(Refused, match="czynnym kontem"):
        actions.change_user(instructor, superior=gone, by=admin, on=TODAY)


def test_an_unfit_superior_of_old_hinders_no_other_change(centre, admin, instructor):
    led_by(instructor, make_user(centre, "payroll"))
    actions.change_user(instructor, last_name="Inna", by=admin, on=TODAY)
    instructor.refresh_from_db()
    assert instructor.last_name == "Inna"


def test_the_director_is_named_where_the_superior_cannot_follow_absences(centre, instructor, social_worker):
    assert led_by(instructor, social_worker).superior_name == str(social_worker)
    for unfit in (make_user(centre, "payroll"), make_user(centre, "social_worker", is_active=False)):
        assert led_by(instructor, unfit).superior_name == "kierujący centrum"


def test_the_form_shows_to_whom_the_report_really_goes(client, centre, admin, instructor):
    led_by(instructor, make_user(centre, "therapist"))
    login(client, admin)
    assert "kierujący centrum" in client.get("/konto/osoby/").content.decode()
    fields = {"first_name": "Iga", "last_name": "Inna", "email": "", "roles": ["instructor"], "superior": ""}
    assert client.post(f"/konto/osoby/{instructor.pk}/", fields).status_code == 302
    instructor.refresh_from_db()
    assert instructor.superior is None
