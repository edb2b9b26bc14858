"""Accounts, roles, first passwords, stand-ins: what the administrator does and what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cistor.accounts import actions, second_step
from cistor.accounts.models import StandIn, User
from cistor.centres.models import Office
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import PASSWORD, login, make_user

TODAY = date(2026, 3, 11)
DAY = timedelta(days=1)
NEW = {
    "username": "lena.nowiutka",
    "first_name": "Lena",
    "last_name": "Nowiutka",
    "email": "",
    "office": "",
    "roles": ["instructor"],
    "superior": "",
    "token": "raz",
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def office(centre):
    return centre.offices.create(kind=Office.Kind.WELFARE, name="Ośrodek Pomocy", short_name="OPS")


def create(centre, by=None, **over) -> User:
    fields = {"username": "lena", "first_name": "Lena", "last_name": "Nowiutka", "roles": ["payroll"]}
    return actions.create_user(**{**fields, "password": PASSWORD, "centre": centre, **over}, by=by, on=TODAY)


# Acts --------------------------------------------------------------------------------------------------------------


def test_a_new_account_is_journalled_without_its_password(centre, admin):
    user = create(centre, by=admin)
    entry = Entry.objects.get(verb="create_user")
    assert (entry.by, entry.centre, entry.object_id) == (admin, centre, user.pk)
    assert PASSWORD not in str(entry.data)
    assert user.check_password(PASSWORD)


def test_the_act_of_an_offices_account_belongs_to_the_centre_of_the_register(centre, admin, office):
    create(None, by=admin, office=office, roles=["welfare_worker"])
    assert Entry.objects.get(verb="create_user").centre == centre


def test_roles_stand_once_and_in_the_order_of_the_list(centre):
    assert create(centre, roles=["director", "instructor", "director"]).roles == ["instructor", "director"]


@pytest.mark.parametrize(
    "over",
    [
        {"username": ""},
        {"username": "Ż" * 61},
        {"first_name": ""},
        {"email": "nie-adres"},
        {"roles": ["welfare_head"]},
        {"centre": None},
    ],
)
def test_an_account_that_contradicts_itself_is_refused(centre, over):
    with pytest.raises(ValidationError):
        create(**{"centre": centre, **over})
    assert not User.objects.filter(last_name="Nowiutka").exists()


def test_a_login_is_taken_whatever_the_letters(centre):
    create(centre)
    with pytest.raises(ValidationError, match="zajęty"):
        create(centre, username="LENA")


def test_the_database_keeps_roles_and_places_together(centre, office):
    for place, role in ((centre, "welfare_head"), (None, "director")):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_user(place, role, office=None if place else office)


def test_a_superior_of_another_centre_is_refused(centre, outsider):
    with pytest.raises(Refused, match="innego centrum"):
        create(centre, superior=outsider)


def test_the_last_administrator_keeps_the_role_and_the_account(centre, admin, director):
    with pytest.raises(Refused, match="jedyny administrator"):
        actions.change_user(admin, by=admin, on=TODAY, roles=["payroll"])
    with pytest.raises(Refused, match="Własnego konta"):
        actions.deactivate(admin, by=admin)
    with pytest.raises(Refused, match="jedyny administrator"):
        actions.deactivate(admin, by=director)


def test_with_a_second_administrator_the_first_may_go(centre, admin, outsider):
    second = make_user(centre, "admin")
    actions.deactivate(admin, by=second)
    with pytest.raises(Refused, match="jedyny administrator"):
        actions.change_user(second, by=second, on=TODAY, roles=["payroll"])


def test_nobody_changes_their_own_roles_but_may_change_their_own_name(centre, admin):
    other = make_user(centre, "admin")
    with pytest.raises(Refused, match="Własnych ról"):
        actions.change_user(admin, by=admin, on=TODAY, roles=["admin", "director"])
    with pytest.raises(Refused, match="Własnych ról"):
        actions.change_user(admin, by=admin, on=TODAY, roles=["payroll"])
    assert actions.change_user(admin, by=admin, on=TODAY, roles=["admin"], last_name="Inna").last_name == "Inna"
    assert actions.change_user(admin, by=other, on=TODAY, roles=["payroll"]).roles == ["payroll"]


def test_only_what_changed_is_written_and_journalled(centre, admin, instructor):
    actions.change_user(instructor, by=admin, on=TODAY, first_name=instructor.first_name, email="iga@example.org")
    assert Entry.objects.get(verb="change_user").data["changed"] == ["email"]
    actions.change_user(instructor, by=admin, on=TODAY, email="iga@example.org")
    assert Entry.objects.filter(verb="change_user").count() == 1


def test_a_password_set_by_somebody_else_must_be_changed_and_ones_own_not(admin, instructor):
    assert actions.set_password(instructor, "zupełnie-inne-1", by=admin).must_change_password
    assert not actions.set_password(instructor, "zupełnie-inne-2", by=instructor).must_change_password


# Stand-ins ---------------------------------------------------------------------------------------------------------


def add(absent, deputy, by, start_on=TODAY, end_on=TODAY + DAY) -> StandIn:
    return actions.add_stand_in(absent=absent, deputy=deputy, start_on=start_on, end_on=end_on, by=by, on=TODAY)


def test_a_stand_in_never_begins_in_the_past(director, payroll, admin):
    with pytest.raises(Refused, match="wstecz"):
        add(director, payroll, admin, start_on=TODAY - DAY)


def test_nobody_stands_in_for_themselves_nor_backwards_nor_across_centres(director, payroll, outsider, admin):
    with pytest.raises(ValidationError, match="samego siebie"):
        add(director, director, admin)
    with pytest.raises(ValidationError, match="wcześniejszy"):
        add(director, payroll, admin, start_on=TODAY + DAY, end_on=TODAY)
    with pytest.raises(Refused, match="tego samego centrum"):
        add(director, outsider, admin)


def test_nobody_makes_themselves_a_deputy(director, payroll, admin):
    with pytest.raises(Refused, match="siebie"):
        add(director, admin, admin)
    assert add(admin, payroll, admin).absent == admin


def test_staff_of_an_office_do_not_stand_in(director, office, admin):
    clerk = make_user(None, "welfare_worker", office=office)
    for absent, deputy in ((director, clerk), (clerk, director)):
        with pytest.raises(Refused):
            add(absent, deputy, admin)


def test_a_stand_in_is_shortened_to_yesterday_at_the_earliest(director, payroll, admin):
    row = StandIn.objects.create(absent=director, deputy=payroll, start_on=TODAY - 5 * DAY, end_on=TODAY + 5 * DAY)
    with pytest.raises(Refused, match="wstecz"):
        actions.end_stand_in(row, end_on=TODAY - 2 * DAY, by=admin, on=TODAY)
    with pytest.raises(Refused, match="tylko skrócić"):
        actions.end_stand_in(row, end_on=TODAY + 6 * DAY, by=admin, on=TODAY)
    actions.end_stand_in(row, end_on=TODAY - DAY, by=admin, on=TODAY)
    assert not User.objects.get(pk=payroll.pk).may("approve_list", on=TODAY)


def test_a_stand_in_that_has_not_begun_can_be_called_off(director, payroll, admin):
    row = add(director, payroll, admin, start_on=TODAY + DAY)
    assert actions.end_stand_in(row, end_on=TODAY, by=admin, on=TODAY) is None
    assert not StandIn.objects.exists()


# Pages -------------------------------------------------------------------------------------------------------------


def test_the_first_password_is_shown_once_and_a_second_sending_makes_no_second_account(client, admin):
    login(client, admin)
    first = client.post("/konto/osoby/nowa/", NEW)
    person = User.objects.get(username="lena.nowiutka")
    shown = first.content.decode()
    password = shown[shown.index("<dt>Hasło") :].split("<code>")[1].split("</code>")[0]
    assert person.check_password(password)
    assert person.must_change_password
    assert client.post("/konto/osoby/nowa/", {**NEW, "username": "inna"}).url == "/konto/osoby/"
    assert not User.objects.filter(username="inna").exists()


@pytest.mark.parametrize(
    "field, value, says",
    [
        ("username", "\0", "Znaki null"),
        ("username", "x" * 10_000, "60"),
        ("username", "żółw", "bez ogonków"),
        ("username", "a b", "bez ogonków"),
        ("first_name", "", "wymagane"),
        ("last_name", "y" * 10_000, "60"),
        ("email", "to nie adres", "email"),
        ("email", "e" * 10_000, "254"),
        ("roles", [], "wymagane"),
        ("roles", "cesarz", "cesarz"),
        ("roles", "welfare_head", "role centrum"),
        ("roles", "\0", "roles"),
        ("superior", "abc", "superior"),
        ("superior", "999999999999999999999999", "superior"),
        ("office", "abc", "office"),
        ("token", "", "niekompletny"),
        ("token", "t" * 10_000, "niekompletny"),
    ],
)
def test_nonsense_in_a_new_account_stands_beside_its_field_and_nothing_typed_is_lost(client, admin, field, value, says):
    login(client, admin)
    answer = client.post("/konto/osoby/nowa/", {**NEW, field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert says in str(answer.context["form"].errors)
    kept = "Nowiutka" if field != "last_name" else "Lena"
    assert f'value="{kept}"' in answer.content.decode()
    assert not User.objects.filter(first_name="Lena").exists()


def test_an_account_of_an_office_takes_the_offices_roles(client, admin, office):
    login(client, admin)
    assert client.post("/konto/osoby/nowa/", {**NEW, "office": office.pk}).status_code == 422
    answer = client.post("/konto/osoby/nowa/", {**NEW, "office": office.pk, "roles": ["welfare_head"]})
    assert answer.status_code == 200
    assert User.objects.get(username="lena.nowiutka").office == office


def test_roles_and_superior_are_changed(client, admin, instructor, director):
    login(client, admin)
    fields = {"first_name": "Iga", "last_name": "Inna", "email": "", "roles": ["payroll"], "superior": director.pk}
    assert client.post(f"/konto/osoby/{instructor.pk}/", fields).status_code == 302
    instructor.refresh_from_db()
    assert (instructor.last_name, instructor.roles, instructor.superior) == ("Inna", ["payroll"], director)


def test_nobody_becomes_their_own_superior(client, admin, instructor):
    login(client, admin)
    fields = {"first_name": "Iga", "last_name": "Inna", "email": "", "roles": ["payroll"], "superior": instructor.pk}
    answer = client.post(f"/konto/osoby/{instructor.pk}/", fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors["superior"]
    instructor.refresh_from_db()
    assert instructor.superior is None


def test_a_superior_is_somebody_else_of_the_centre(client, admin, instructor, director, office):
    make_user(None, "welfare_worker", office=office)
    colleague = make_user(instructor.centre, "social_worker")
    login(client, admin)
    for person in (instructor, director):
        offered = client.get(f"/konto/osoby/{person.pk}/").context["form"].fields["superior"].queryset
        assert set(offered) == {director, colleague} - {person}


def test_accounts_stand_in_polish_order_and_are_sorted_by_their_heads(client, centre, admin):
    for surname, login_name in (("Łoś", "a"), ("Lis", "c"), ("Lutek", "b"), ("Ącki", "d")):
        make_user(centre, "instructor", last_name=surname, username=login_name)
    login(client, admin)

    def listed(order=""):
        page = client.get("/konto/osoby/", {"porzadek": order} if order else {}).context["page"]
        return [person.last_name for person in page if person != admin]

    assert listed() == ["Ącki", "Lis", "Lutek", "Łoś"]
    assert listed("-osoba") == ["Łoś", "Lutek", "Lis", "Ącki"]
    assert listed("login") == ["Łoś", "Lutek", "Lis", "Ącki"]


def test_the_last_administrator_is_told_beside_the_roles(client, admin):
    login(client, admin)
    fields = {"first_name": "Iga", "last_name": "Inna", "email": "", "roles": ["payroll"], "superior": ""}
    answer = client.post(f"/konto/osoby/{admin.pk}/", fields)
    assert "jedyny administrator" in str(answer.context["form"].errors["roles"])


def test_the_own_account_is_not_switched_off(client, admin):
    make_user(admin.centre, "admin")
    login(client, admin)
    answer = client.post(f"/konto/osoby/{admin.pk}/wylacz/", follow=True)
    assert "Własnego konta nie można wyłączyć" in answer.content.decode()


def test_an_account_is_switched_off_and_on(client, admin, instructor):
    login(client, admin)
    client.post(f"/konto/osoby/{instructor.pk}/wylacz/")
    assert not User.objects.get(pk=instructor.pk).is_active
    client.post(f"/konto/osoby/{instructor.pk}/wlacz/")
    assert User.objects.get(pk=instructor.pk).is_active


def test_a_lost_telephone_is_forgotten_and_set_up_anew(client, admin, director):
    login(client, admin)
    client.post(f"/konto/osoby/{director.pk}/drugi-krok/")
    assert second_step.telephone(director) is None
    assert Entry.objects.filter(verb="reset_second_step", object_id=director.pk, by=admin).exists()


def test_a_new_password_is_shown_to_the_administrator_once(client, admin, instructor):
    login(client, admin)
    answer = client.post(f"/konto/osoby/{instructor.pk}/haslo/")
    instructor.refresh_from_db()
    assert not instructor.check_password(PASSWORD)
    assert instructor.must_change_password
    assert instructor.username in answer.content.decode()
    assert client.post(f"/konto/osoby/{admin.pk}/haslo/").url == "/konto/haslo/"


@pytest.mark.parametrize(
    "over",
    [
        {"absent": "x"},
        {"deputy": "10000000000000000000000000"},
        {"start_on": "2026-13-45"},
        {"start_on": "\0"},
        {"end_on": "1" * 10_000},
        {"start_on": "2026-03-10"},
        {"end_on": "2026-03-11"},
        {"start_on": "", "end_on": ""},
    ],
)
def test_nonsense_in_a_stand_in_stands_beside_its_field(client, admin, director, payroll, over):
    login(client, admin)
    good = {"absent": director.pk, "deputy": payroll.pk, "start_on": "2026-03-12", "end_on": "2026-03-20", "token": "z"}
    assert client.post("/konto/osoby/zastepstwa/", {**good, **over}).status_code == 422
    assert not StandIn.objects.exists()
    assert client.post("/konto/osoby/zastepstwa/", good).status_code == 302
    assert StandIn.objects.count() == 1


def test_the_list_of_accounts_asks_the_same_number_of_questions_however_long_it_is(
    client, admin, centre, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    login(client, admin)
    client.get("/konto/osoby/")
    with CaptureQueriesContext(connection) as few:
        client.get("/konto/osoby/")
    for _ in range(20):
        make_user(centre, "payroll", superior=admin)
    with django_assert_num_queries(len(few)):
        client.get("/konto/osoby/")


@pytest.mark.parametrize("page", ["abc", "-1", "0", "9" * 30, "\0"])
def test_a_page_that_is_none_shows_one_that_is(client, admin, page):
    login(client, admin)
    assert client.get("/konto/osoby/", {"strona": page}).status_code == 200


def test_my_account_names_the_stand_ins_of_today_and_to_come(client, director, payroll, admin, monkeypatch):
    add(director, payroll, admin)
    StandIn.objects.create(absent=director, deputy=payroll, start_on=TODAY - 9 * DAY, end_on=TODAY - DAY)
    login(client, payroll)
    shown = client.get("/konto/").content.decode()
    assert "11.03.2026–12.03.2026: ja zastępuję osobę" in shown
    assert "02.03.2026" not in shown
