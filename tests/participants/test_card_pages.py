from datetime import date

import pytest

from cistor.journal.models import Reading
from participants.models import TaxStatement
from tests.factories import make_group, make_participant, make_programme, make_user, nrb

pytestmark = pytest.mark.django_db

STREET, PHONE, ACCOUNT = "ul. Wymyślona 7", "600 100 207", nrb(7777)
NUMBER = f"{ACCOUNT[:2]} {ACCOUNT[2:6]}"


@pytest.fixture
def person(centre, instructor):
    person = make_participant(
        centre, group=make_group(centre, instructor, name="Kuchnia"), street=STREET, phone=PHONE, account=False
    )
    person.payment_methods.create(kind="account", start_on=date(2026, 1, 1), nrb=ACCOUNT, holder="Wera Nowa")
    make_programme(person, start_on=date(2026, 11, 2), main=False)
    return person


def page(client, person, tab=""):
    return client.get(f"/uczestnicy/{person.pk}/{tab}").content.decode()


def test_the_head_says_phase_group_instructor_and_the_next_day(as_user, person, director, instructor):
    html = page(as_user(director), person)
    for said in (str(person), "okres próbny", "Kuchnia", str(instructor), "do 01.12.2026"):
        assert said in html


SEES = [
    ("director", {"pesel", "address", "phone"}),
    ("social_worker", {"pesel", "address", "phone"}),
    ("payroll", {"pesel", "address"}),
    ("instructor", {"phone"}),
    ("psychologist", set()),
]


@pytest.mark.parametrize("role, seen", SEES)
def test_the_rights_decide_what_is_rendered_at_all(as_user, person, centre, instructor, role, seen):
    user = instructor if role == "instructor" else make_user(centre, role)
    html = page(as_user(user), person)
    texts = {"pesel": person.pesel, "address": STREET, "phone": PHONE, "account": ACCOUNT, "account in fours": NUMBER}
    assert {name for name, text in texts.items() if text in html} == seen


TABS = [
    (
        "director",
        [
            "Dane",
            "Skierowania",
            "Teczka",
            "Program",
            "Przebieg",
            "Terminy",
            "Obecność",
            "Świadczenia",
            "Wypłata",
            "Grupa",
            "Ślady",
        ],
    ),
    ("payroll", ["Dane", "Program", "Przebieg", "Terminy", "Obecność", "Świadczenia", "Wypłata", "Grupa"]),
    ("social_worker", ["Dane", "Skierowania", "Teczka", "Program", "Przebieg", "Terminy", "Obecność", "Grupa"]),
    ("psychologist", ["Dane", "Program", "Przebieg", "Terminy", "Porządek", "Grupa"]),
]


@pytest.mark.parametrize("role, tabs", TABS)
def test_a_tab_is_there_when_its_right_and_its_page_are(as_user, person, centre, role, tabs):
    answer = as_user(make_user(centre, role)).get(f"/uczestnicy/{person.pk}/")
    assert [tab["label"] for tab in answer.context["tabs"]] == tabs


@pytest.mark.parametrize(
    "tab, what", [("", "card"), ("program/", "programme"), ("wyplata/", "account"), ("grupa/", "group")]
)
def test_opening_a_tab_is_written_down(as_user, person, director, tab, what):
    as_user(director).get(f"/uczestnicy/{person.pk}/{tab}")
    reading = Reading.objects.get()
    assert (reading.by, reading.participant, reading.what) == (director, person, what)


def test_the_account_is_shown_in_fours_with_its_bank(as_user, person, payroll):
    html = page(as_user(payroll), person, "wyplata/")
    assert NUMBER in html
    assert "Bank" in html


def test_a_reason_of_an_end_is_shown_to_who_may_see_the_file(as_user, person, director, payroll):
    programme = person.programmes.get()
    programme.ended_on, programme.end_kind, programme.end_reason = date(2026, 11, 20), "breach", "Trzy upomnienia."
    programme.end_decided_on, programme.end_decided_by = date(2026, 11, 20), director
    programme.save()
    assert "Trzy upomnienia." in page(as_user(director), person, "program/")
    assert "Trzy upomnienia." not in page(as_user(payroll), person, "program/")


def test_a_card_takes_the_same_queries_however_long_its_history(
    as_user, person, director, django_assert_max_num_queries
):
    for month in range(1, 6):
        TaxStatement.objects.create(participant=person, start_on=date(2026, month, 1), end_on=date(2026, month, 28))
    client = as_user(director)
    page(client, person)
    # A programme asks once more for each thing that it shows.
    for tab, most in (("", 15), ("program/", 20), ("wyplata/", 15), ("grupa/", 15)):
        with django_assert_max_num_queries(most):
            page(client, person, tab)


def test_the_account_is_entered_once_and_changed_afterwards(as_user, person, payroll):
    client = as_user(payroll)
    assert "Zmień rachunek" in page(client, person)
    person.payment_methods.all().delete()
    html = page(client, person)
    assert "Wpisz rachunek" in html
    assert "Zmień rachunek" not in html


def test_an_erased_persons_card_offers_no_deeds(as_user, person, director):
    person.erased_on = date(2026, 11, 1)
    person.save()
    answer = as_user(director).get(f"/uczestnicy/{person.pk}/")
    assert answer.context["deeds"] == []
    assert "Dane tej osoby usunięto 01.11.2026" in answer.content.decode()


# Accounts and statements ---------------------------------------------------------------------------------------------


def test_who_enters_an_account_without_seeing_it_gets_a_blank_field(as_user, person, social_worker):
    html = page(as_user(social_worker), person, "wyplata/sposob/")
    assert ACCOUNT not in html
    assert NUMBER not in html


def test_a_saved_account_is_answered_with_its_bank(as_user, person, social_worker):
    data = {"token": "a", "start_on": "2026-11-23", "kind": "account", "nrb": NRB, "holder": "Wera Nowa"}
    answer = as_user(social_worker).post(f"/uczestnicy/{person.pk}/wyplata/sposob/", data, follow=True)
    assert answer.redirect_chain == [(f"/uczestnicy/{person.pk}/", 302)]
    assert "Bank: " in answer.content.decode()
    assert person.payment_methods.first().nrb == NRB.replace(" ", "")


NRB = "61 1090 1014 0000 0712 1981 2874"
METHOD = {"token": "a", "start_on": "2026-11-23", "kind": "account", "nrb": NRB, "holder": "Wera Nowa"}
STATEMENT = {"token": "a", "start_on": "2026-11-23", "share": "1"}
WRONG = [
    ("sposob", METHOD, {"nrb": "61 1090"}, "nrb"),
    ("sposob", METHOD, {"nrb": "6\0"}, "nrb"),
    ("sposob", METHOD, {"nrb": "6" * 10_000}, "nrb"),
    ("sposob", METHOD, {"nrb": ""}, "nrb"),
    ("sposob", METHOD, {"holder": "a" * 10_000}, "holder"),
    ("sposob", METHOD, {"kind": "gotówka"}, "kind"),
    ("sposob", METHOD, {"start_on": "0001-01-01"}, "start_on"),
    ("sposob", METHOD, {"start_on": "31.02.2026"}, "start_on"),
    ("sposob", METHOD, {"token": ""}, "token"),
    ("oswiadczenie", STATEMENT, {"share": "4"}, "share"),
    ("oswiadczenie", STATEMENT, {"share": "pół"}, "share"),
    ("oswiadczenie", STATEMENT, {"end_on": "2026-11-22"}, "end_on"),
    ("oswiadczenie", STATEMENT, {"end_on": "9999-12-31"}, "end_on"),
    ("oswiadczenie", STATEMENT, {"start_on": ""}, "start_on"),
]


@pytest.mark.parametrize("form, given, over, field", WRONG)
def test_wrong_entries_are_told_beside_their_field(as_user, person, payroll, form, given, over, field):
    answer = as_user(payroll).post(f"/uczestnicy/{person.pk}/wyplata/{form}/", {**given, **over})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert person.payment_methods.count() == 1
    assert not person.tax_statements.exists()


def test_a_statement_is_entered_and_withdrawn(as_user, person, payroll):
    client = as_user(payroll)
    client.post(f"/uczestnicy/{person.pk}/wyplata/oswiadczenie/", STATEMENT)
    statement = person.tax_statements.get()
    client.post(f"/uczestnicy/oswiadczenia/{statement.pk}/koniec/", {"end_on": "2026-12-31"})
    statement.refresh_from_db()
    assert statement.end_on == date(2026, 12, 31)
