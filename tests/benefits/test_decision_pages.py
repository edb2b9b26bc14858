"""The pages on which a list is handed over, sent back, approved and paid."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.actions import ask_correction, close, decide_correction
from benefits.actions import record_payments, record_return, recount
from cistor.centres.models import DepartureReason
from tests.benefits.people import (
    COUNTED,
    JULY,
    LAST_OF_JULY,
    PAYDAY,
    REASON,
    SIXTH,
    check_and_approve,
    checked,
    make_settled_in,
)
from tests.factories import login, make_user


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: PAYDAY)


def get(user, name, *args):
    client = Client()
    login(client, user)
    return client.get(reverse(f"benefits:{name}", args=args))


def post(user, name, *args, **data):
    client = Client()
    login(client, user)
    return client.post(reverse(f"benefits:{name}", args=args), data, follow=True)


def text(answer) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def seen_on(answer) -> str:
    return answer.context["form"].initial["seen"]


# Handed over and sent back --------------------------------------------------------------------------------------------


def test_payroll_hands_over_what_the_page_showed(july, payroll, director):
    assert "Przekaż do zatwierdzenia" in text(get(payroll, "list", july.pk))
    page = get(payroll, "check", july.pk)
    assert "1 491,70 zł" in text(page)
    answer = post(payroll, "check", july.pk, seen=seen_on(page))
    assert "Lista czeka na zatwierdzenie." in text(answer)
    assert "Sprawdzona, czeka na dyrektora" in text(answer)
    assert "Cofnij do projektu" in text(answer)
    assert "Zatwierdź listę" not in text(answer)


@pytest.mark.parametrize("page", ["check", "approve"])
def test_the_page_of_a_decision_reads_no_inputs(july, payroll, director, page):
    user = {"check": payroll, "approve": director}[page]
    with CaptureQueriesContext(connection) as queries:
        assert get(user, page, july.pk).status_code == 200
    columns = ('"benefits_settlement"."inputs"', '"benefits_settlement"."computed"')
    assert not [query["sql"] for query in queries if any(column in query["sql"] for column in columns)]


@pytest.mark.parametrize("page", ["check", "approve"])
def test_a_correction_that_waits_for_a_day_of_the_list_is_told_before_the_decision(
    centre, july, programme, payroll, director, page
):
    checked(july, on=COUNTED)
    user = {"check": payroll, "approve": director}[page]
    assert "Korekty dni z tej listy" not in text(get(user, page, july.pk))
    close(programme, start_on=JULY, end_on=LAST_OF_JULY, by=director, on=COUNTED)
    asked = ask_correction(programme, on_day=SIXTH, meaning="sick", reason="Druk.", by=payroll, on=COUNTED)
    shown = dict(get(user, page, july.pk).context["facts"])
    assert "1 prośba czeka na decyzję" in shown["Korekty dni z tej listy"]
    decide_correction(asked, granted=False, note="Za późno.", by=director, on=COUNTED)
    assert "Korekty dni z tej listy" not in text(get(user, page, july.pk))


def test_what_was_counted_anew_while_the_page_was_open_is_not_handed_over(july, programme, payroll):
    seen = seen_on(get(payroll, "check", july.pk))
    programme.days.filter(on=date(2026, 7, 7)).update(meaning="sick")
    recount(july, by=payroll, on=COUNTED)
    assert "Dane zmieniły się" in text(post(payroll, "check", july.pk, seen=seen))
    july.refresh_from_db()
    assert july.status == "draft"


@pytest.mark.parametrize("seen", ["", "x" * 10_000, "\0"])
def test_nobody_hands_over_what_they_have_not_seen(july, payroll, seen):
    assert post(payroll, "check", july.pk, seen=seen).status_code == 422
    july.refresh_from_db()
    assert july.status == "draft"


def test_a_list_with_problems_is_not_handed_over(july, payroll):
    july.problems.create(programme=july.settlements.get().programme, kind="failed", text="-")
    assert "Przekaż do zatwierdzenia" not in text(get(payroll, "list", july.pk))
    assert "Na liście jest 1 sprawa do wyjaśnienia." in text(get(payroll, "check", july.pk))


def test_the_director_reads_that_a_draft_is_still_with_payroll(july, director):
    assert "Zatwierdź listę" not in text(get(director, "list", july.pk))
    assert "Najpierw sprawdzają ją kadry." in text(get(director, "approve", july.pk))


def test_payroll_reads_on_the_list_why_it_was_sent_back(july, payroll, director):
    checked(july, on=COUNTED)
    assert "Zwróć do poprawy" in text(get(director, "list", july.pk))
    assert post(director, "send_back", july.pk, token="a", reason=" ").status_code == 422
    assert "Lista wróciła do kadr." in text(post(director, "send_back", july.pk, token="b", reason="Brak L4."))
    page = text(get(payroll, "list", july.pk))
    assert "Brak L4." in page
    assert str(director) in page
    post(payroll, "check", july.pk, seen=seen_on(get(payroll, "check", july.pk)))
    assert "Brak L4." not in text(get(payroll, "list", july.pk))


def test_payroll_takes_the_list_back(july, payroll):
    checked(july, on=COUNTED)
    assert "Lista jest znowu projektem." in text(post(payroll, "take_back", july.pk))
    assert "Obecny stan: projekt" in text(post(payroll, "take_back", july.pk))


def test_who_checked_it_reads_that_somebody_else_approves(july, centre):
    both = make_user(centre, "payroll", "director")
    post(both, "check", july.pk, seen=seen_on(get(both, "check", july.pk)))
    assert "ktoś inny niż osoba, która ją sporządziła lub sprawdziła" in text(get(both, "approve", july.pk))


# The reason for less than the statute gives ---------------------------------------------------------------------------


def test_the_director_reads_what_departs_and_says_why(july, director):
    page = get(director, "approve", checked(july, on=COUNTED).pk)
    assert "Mniej, niż daje ustawa" in text(page)
    assert "departure_reason" in page.context["form"].fields
    answer = post(director, "approve", july.pk, seen=seen_on(page), departure_reason="")
    assert answer.status_code == 422
    assert answer.context["form"].errors["departure_reason"]
    post(director, "approve", july.pk, seen=seen_on(page), departure_reason=REASON)
    assert DepartureReason.objects.get().text == REASON


def test_the_next_list_shows_the_reason_and_does_not_ask(july, centre, payroll, director):
    from benefits.actions import run_month

    check_and_approve(july, by=director, on=COUNTED)
    make_settled_in(centre)
    second = run_month(centre=centre, month=JULY, number=2, by=payroll, on=COUNTED)
    page = get(director, "approve", checked(second, on=COUNTED).pk)
    assert REASON in text(page)
    assert "departure_reason" not in page.context["form"].fields
    assert "Lista jest zatwierdzona." in text(post(director, "approve", second.pk, seen=seen_on(page)))


# Payments -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def paid(approved, payroll):
    record_payments(approved, paid_on=PAYDAY, by=payroll, on=PAYDAY)
    return approved.settlements.get()


def test_everybody_stands_on_the_page_of_payments_with_their_state(approved, payroll, director):
    page = text(get(payroll, "payments", approved.pk))
    assert "1 491,70 zł" in page
    assert "Do wypłaty" in page
    assert "Zapisz wypłatę wszystkich" in page
    post(payroll, "record_payments", approved.pk, paid_on="2026-08-05")
    page = text(get(payroll, "payments", approved.pk))
    assert "Wypłacono" in page
    assert "05.08.2026" in page
    assert "Czynność" in page
    assert "Zapisz zwrot" in page
    assert "Zapisz wypłatę wszystkich" not in page
    assert "Zapisz zwrot" not in text(get(director, "payments", approved.pk))


def test_a_returned_transfer_is_written_down_and_paid_again(paid, payroll):
    page = get(payroll, "record_return", paid.pk)
    assert page.context["form"]["returned_on"].value() is None
    answer = post(payroll, "record_return", paid.pk, token="a", returned_on="2026-08-05", reason="rachunek zamknięty")
    assert "Zwrot jest zapisany." in text(answer)
    assert "Częściowo zwrócona" in text(answer)
    assert "rachunek zamknięty" in text(answer)
    answer = post(payroll, "pay_again", paid.pk, token="b", paid_on="2026-08-05")
    assert answer.status_code == 422
    assert "Tego dnia zapisano już: wypłacono." in text(answer)


def test_the_head_says_what_was_paid_and_what_waits(approved, payroll):
    def head():
        return text(get(payroll, "payments", approved.pk))

    assert "Do wypłaty razem 1 491,70 zł: wypłacono 0,00 zł, czeka 1 491,70 zł." in head()
    record_payments(approved, paid_on=PAYDAY, by=payroll, on=PAYDAY)
    assert "wypłacono 1 491,70 zł, czeka 0,00 zł." in head()
    record_return(approved.settlements.get(), returned_on=PAYDAY, by=payroll, on=PAYDAY)
    assert "wypłacono 0,00 zł, czeka 1 491,70 zł." in head()
    assert "Zapisz ponowną wypłatę" in head()


def test_a_return_sent_twice_is_written_down_once(paid, payroll):
    for said in ("Zwrot jest zapisany.", "Ten formularz już zapisano."):
        assert said in text(post(payroll, "record_return", paid.pk, token="a", returned_on="2026-08-05"))
    assert paid.payments.filter(kind="returned").count() == 1


@pytest.mark.parametrize("day", ["2026-08-06", "2026-08-04", "2026-13-01", "wczoraj", "", "\0", "0001-01-01"])
def test_a_wrong_day_of_return_is_answered_beside_the_field(paid, payroll, day):
    answer = post(payroll, "record_return", paid.pk, token="a", returned_on=day)
    assert answer.status_code == 422
    assert answer.context["form"].errors["returned_on"]
    assert paid.payments.count() == 1


def test_what_was_not_sent_offers_no_return_and_what_did_not_come_back_no_second_payment(approved, paid, payroll):
    assert "Ta wypłata nie wróciła." in text(get(payroll, "pay_again", paid.pk))
    record_return(paid, returned_on=PAYDAY, by=payroll, on=PAYDAY)
    assert "Nie ma wypłaty, która mogłaby wrócić." in text(get(payroll, "record_return", paid.pk))
