"""What a participant reads about their settlement, on the page and on the slip."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.actions import run_month
from benefits.reading import explanation
from benefits.reading.letters import Letters
from benefits.reading.numbers import numbers
from tests.benefits.months import AUGUST, correct, count_month, pay_month
from tests.benefits.people import COUNTED, JULY, SIXTH, check_and_approve, make_settled_in
from tests.factories import login


def sentences(row):
    centre = row.programme.participant.centre_id
    return explanation.sentences(row, Letters(centre).on(row.end_on))


def test_a_sentence_names_the_days_by_the_letters_of_the_centre(july):
    row = july.settlements.get()
    assert sentences(row)[1] == ("Za 1 dzień NN (6 lipca) odjęto 1 × 1/20 × 1\u00a0783,90\u00a0zł = 89,20\u00a0zł.")


def test_the_stored_sentence_stays_as_it_was_issued(july):
    row = july.settlements.get()
    sentences(row)
    assert row.lines.get(code="unexcused").because.startswith("Za 1 dzień nieobecności nieusprawiedliwionej (6 lipca)")


def test_letters_may_be_handed_in_and_a_missing_one_leaves_the_words(july):
    row = july.settlements.get()
    assert "Za 1 dzień N- (6 lipca)" in explanation.sentences(row, {"unexcused": "N-"})[1]
    assert "nieobecności nieusprawiedliwionej" in explanation.sentences(row, {})[1]


def test_days_over_a_limit_are_named_by_their_letters_too(centre, letterhead, payroll):
    days = [date(2026, 7, day) for day in (6, 7, 8, 9)]
    make_settled_in(centre, but=dict.fromkeys(days, "unexcused"))
    row = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED).settlements.get()
    lost = next(text for text in sentences(row) if "przepada" in text)
    assert lost.startswith("9 lipca 2026 to 4. dzień NN w tym rozliczeniu")
    assert SIXTH in days


def test_every_number_says_where_it_is_written(july):
    row = july.settlements.get()
    found = {number.label: number for number in numbers(row, explanation.versions_used(row))}
    assert found["zasiłek dla bezrobotnych"].value == "1\u00a0783,90\u00a0zł"
    assert found["zasiłek dla bezrobotnych"].source.startswith("od 1 czerwca 2026, ")
    assert found["ułamek za dzień nieusprawiedliwiony"][1:] == ("1/20", "regulamin, §3 ust. 1 lit. d")
    assert found["stawka zaliczki na podatek"].value == "12%"
    assert found["składka emerytalna"].value == "19,52%"
    # Nobody was sick, and the month is whole.
    assert "ułamek za dzień choroby" not in found
    assert "część miesiąca" not in found


def test_a_part_of_a_month_says_how_it_is_counted(centre, letterhead, payroll):
    make_settled_in(centre, since=date(2026, 7, 13))
    row = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED).settlements.get()
    found = {number.label: number.value for number in numbers(row, explanation.versions_used(row))}
    assert found["część miesiąca"] == "dni kalendarzowe"


@pytest.fixture
def overpaid(centre, letterhead, payroll, director):
    """August's list: July had one unexcused day more than was paid for."""
    programme = make_settled_in(centre, until=date(2026, 8, 31))
    pay_month(centre, JULY, by=payroll, director=director)
    correct(programme, {SIXTH: "unexcused"})
    return count_month(centre, AUGUST, by=payroll)


def test_what_was_paid_too_much_and_what_is_kept_back_for_it_say_so(overpaid):
    difference, regular = overpaid.settlements.order_by("net")
    assert explanation.outcome(difference, {}) == (
        "Według nowych danych wypłacono o 89,20\u00a0zł za dużo. Ta kwota zmniejszy następne wypłaty."
    )
    assert explanation.outcome(regular, {}) == (
        "Z 1\u00a0580,90\u00a0zł zaliczono 89,20\u00a0zł na to, co wcześniej wypłacono za dużo; "
        "do wypłaty zostaje 1\u00a0491,70\u00a0zł."
    )


def test_the_drawing_ends_with_what_is_transferred_or_overpaid(overpaid):
    difference, regular = overpaid.settlements.order_by("net")
    drawn = {row: explanation.steps_of(row, explanation.lines_by_part(row)).svg for row in (difference, regular)}
    assert "Nadpłata" in drawn[difference]
    assert "Do wypłaty" not in drawn[difference]
    assert "Zaliczono na nadpłatę" in drawn[regular]
    assert "1\u00a0491,70\u00a0zł" in drawn[regular]


def test_the_settlements_of_a_person_lead_to_each_other(overpaid):
    difference, regular = overpaid.settlements.order_by("net")
    first = difference.corrects
    assert explanation.neighbours(first) == (None, difference)
    assert explanation.neighbours(difference) == (first, regular)
    assert explanation.neighbours(regular) == (difference, None)


def test_the_tab_of_a_person_says_what_is_overpaid_and_still_waits(overpaid, client, payroll, director):
    check_and_approve(overpaid, by=director, on=date(2026, 9, 3))
    login(client, payroll)
    participant = overpaid.settlements.first().programme.participant_id
    page = client.get(reverse("benefits:person", args=[participant])).content.decode().replace("\u00a0", " ")
    assert "różnica za lipiec 2026" in page
    assert "za dużo: −89,20 zł" in page
    assert "na nadpłatę: 89,20 zł" in page
    # All of it was taken at once.
    assert "czeka jeszcze" not in page
