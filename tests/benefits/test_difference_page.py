"""The page of a settlement of differences: both computations side by side, and the chain they stand in."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.models import Day
from benefits.actions import record_payments
from benefits.models import PaymentList
from benefits.reading.checksums import verify
from benefits.reading.differences import comparison, overpaid
from benefits.reading.explanation import weeks
from benefits.views.fetch import sums_of
from cistor.desk import waiting
from cistor.desk.erasure import erase
from cistor.errors import Refused
from tests.benefits.months import AUGUST, JULY, SEPTEMBER, SIXTH, correct, count_month, pay_month
from tests.benefits.people import check_and_approve, make_settled_in
from tests.factories import end, login


@pytest.fixture
def programme(centre, letterhead, payroll, director):
    made = make_settled_in(centre, until=date(2026, 9, 30), but={SIXTH: "unexcused"})
    pay_month(centre, JULY, by=payroll, director=director)
    return made


@pytest.fixture
def page(client, payroll):
    login(client, payroll)

    def read(row) -> str:
        url = reverse("benefits:settlement", args=[row.pk])
        return " ".join(client.get(url).content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split())

    return read


def test_both_computations_stand_side_by_side(centre, programme, payroll, page):
    correct(programme, {SIXTH: "sick", date(2026, 7, 9): "sick"})
    row = count_month(centre, AUGUST, by=payroll).settlements.get(span="2026-07")
    shown = comparison(row)
    lines = [
        (line.label, str(line.before.amount), line.before.days, str(line.after.amount), line.after.days)
        for line in shown.rows
    ]
    assert lines == [
        ("Podstawa w okresie właściwym", "1783.90", "31 dni: 1–31 lipca", "1783.90", "31 dni: 1–31 lipca"),
        ("Nieobecność nieusprawiedliwiona", "-89.20", "1 dzień: 6 lipca", "0.00", ""),
        ("Choroba ze zwolnieniem", "0.00", "", "-89.20", "2 dni: 6 i 9 lipca"),
    ]
    assert (shown.total.before.amount, shown.total.after.amount) == (row.corrects.benefit, row.corrects.benefit)
    assert shown.total.difference == row.benefit == 0
    assert [line.label for line in shown.contributions] == ["Składka emerytalna", "Składka rentowa"]
    text = page(row)
    assert "Co było i co jest" in text
    assert "2 dni: 6 i 9 lipca" in text


def test_any_other_settlement_compares_nothing(centre, programme, payroll, page):
    row = programme.settlements.get()
    assert comparison(row) is None
    assert "Co było i co jest" not in page(row)


def test_the_chain_leads_from_the_first_settlement_to_the_last(centre, programme, payroll, director, page):
    correct(programme, {SIXTH: "sick"})
    pay_month(centre, AUGUST, by=payroll, director=director)
    correct(programme, {SIXTH: "present"})
    row = count_month(centre, SEPTEMBER, by=payroll).settlements.get(span="2026-07")
    links = comparison(row).chain
    assert [link.corrects_id for link in links] == [None, links[0].pk, links[1].pk]
    assert links[-1] == row
    text = page(row)
    assert reverse("benefits:settlement", args=[links[0].pk]) in text
    assert "(projekt)" in text


def test_a_month_that_is_owed_no_more_can_be_read(centre, programme, payroll, director, page):
    pay_month(centre, AUGUST, by=payroll, director=director)
    end(programme, ended_on=date(2026, 7, 31))
    row = count_month(centre, SEPTEMBER, by=payroll).settlements.get(span="2026-08")
    shown = comparison(row)
    assert (str(shown.total.before.amount), str(shown.total.after.amount)) == ("1783.90", "0.00")
    assert "−1 783,90" in page(row)


def test_days_after_the_end_are_not_days_of_the_calendar(centre, programme, payroll):
    end(programme, ended_on=date(2026, 7, 15))
    row = count_month(centre, AUGUST, by=payroll).settlements.get(span="2026-07")
    shown = [cell.day for week in weeks(row, {}) for cell in week if cell.inside]
    assert (shown[0], shown[-1]) == (date(2026, 7, 1), date(2026, 7, 15))


def test_unmarked_days_of_another_month_are_not_told_here(centre, programme, payroll, page):
    correct(programme, {SIXTH: "present"})
    programme.days.filter(on=date(2026, 8, 20)).delete()
    counted = count_month(centre, AUGUST, by=payroll)
    assert "Brak oznaczenia" in page(counted.settlements.get(span="2026-08"))
    assert "Brak oznaczenia" not in page(counted.settlements.get(span="2026-07"))


def test_the_figures_of_a_list_add_up_where_something_is_overpaid(centre, programme, payroll):
    end(programme, ended_on=date(2026, 7, 15))
    sums = sums_of(count_month(centre, AUGUST, by=payroll))
    assert sums["overpaid"] > 0
    assert sums["benefit"] - sums["tax"] - sums["withheld"] + sums["overpaid"] == sums["payout"]


def test_what_is_overpaid_waits_with_its_person(centre, programme, payroll, director, other_centre):
    end(programme, ended_on=date(2026, 7, 15))
    assert not overpaid(centre)
    row = pay_month(centre, AUGUST, by=payroll, director=director).settlements.get()
    (waits,) = overpaid(centre)
    assert (waits, waits.left, waits.programme.participant) == (row, -row.net, programme.participant)
    assert not overpaid(other_centre)


def test_days_paid_past_the_end_wait_until_an_approved_difference_asks_for_them(centre, programme, payroll, director):
    end(programme, ended_on=date(2026, 7, 15))
    assert told(payroll, "zapłacono po dniu zakończenia")
    august = count_month(centre, AUGUST, by=payroll)
    assert told(payroll, "zapłacono po dniu zakończenia")
    check_and_approve(august, by=director, on=date(2026, 9, 3))
    assert not told(payroll, "zapłacono po dniu zakończenia")


def test_payroll_reads_on_the_desk_what_is_still_overpaid(centre, programme, payroll, director, social_worker):
    end(programme, ended_on=date(2026, 7, 15))
    pay_month(centre, AUGUST, by=payroll, director=director)
    (text,) = told(payroll, "nadpłata")
    assert text.replace("\xa0", " ") == (
        f"{programme.participant}: nadpłata 920,72 zł za lipiec 2026 czeka na następną wypłatę"
    )
    assert not told(social_worker, "nadpłata")


def told(user, words: str) -> list[str]:
    return [matter.text for matter in waiting.matters(user, on=date(2026, 9, 3)) if words in matter.text]


def test_who_was_transferred_nothing_has_no_payment_to_record_before_an_erasure(centre, programme, payroll, director):
    """August went as a whole towards July, which was asked back."""
    record_payments(PaymentList.objects.get(), paid_on=date(2026, 8, 5), by=payroll, on=date(2026, 8, 5))
    Day.objects.filter(programme=programme, on=date(2026, 8, 10)).update(meaning="unexcused", code="NN")
    correct(programme, {date(2026, 7, day): "unexcused" for day in (7, 8, 9)})
    end(programme, ended_on=date(2026, 8, 31))
    august = count_month(centre, AUGUST, by=payroll)
    with pytest.raises(Refused, match="niezatwierdzonej"):
        erase(programme.participant, by=director, on=date(2026, 9, 3))
    check_and_approve(august, by=director, on=date(2026, 9, 3))
    erase(programme.participant, by=director, on=date(2026, 9, 4))
    assert verify(august) == []
