"""The paper of an approved list: every row adds up, differences and overpayments among them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from benefits.documents import payment_list_context
from cistor.documents import files
from tests.benefits.months import AUGUST, JULY, SIXTH, correct, count_month, pay_month
from tests.benefits.people import REASON, make_settled_in

LAST_OF_AUGUST = date(2026, 8, 31)


def paper_of(payment_list):
    rows = payment_list.settlements.select_related("programme__participant").prefetch_related("lines")
    return payment_list_context(payment_list, list(rows))


def adds_up(row, base):
    reductions = [found["amount"] if isinstance(found, dict) else found for found in row["reductions"] if found]
    assert base + sum(reductions) == row["benefit"]
    assert row["benefit"] + row["bonus"] + row["tax"] + row["deductions"] == row["net"]
    assert row["net"] + row["overpayment"] == row["payout"] >= 0


def bases(row):
    return sum((stretch["amount"] for stretch in row["stretches"]), Decimal(0))


@pytest.fixture
def august(centre, letterhead, payroll, director):
    """July was paid; then one present day of one person turned out unexcused, and one unexcused of another present."""
    worse = make_settled_in(centre, until=LAST_OF_AUGUST, last_name="Gorsza")
    better = make_settled_in(centre, until=LAST_OF_AUGUST, but={SIXTH: "unexcused"}, last_name="Lepsza")
    pay_month(centre, JULY, by=payroll, director=director)
    correct(worse, {SIXTH: "unexcused"})
    correct(better, {SIXTH: "present"})
    return count_month(centre, AUGUST, by=payroll)


def test_every_row_and_the_sums_add_up(august):
    paper = paper_of(august)
    for row in paper["people"]:
        adds_up(row, bases(row))
    adds_up(paper["sums"], paper["sums"]["amount"])
    assert paper["sums"]["payout"] == sum(payment["amount"] for payment in paper["payments"])


def test_a_difference_has_a_row_that_says_for_which_month(august):
    notes = [row["note"] for row in paper_of(august)["people"]]
    assert sorted(notes) == [
        "",
        "",
        "różnica za lipiec 2026",
        "różnica za lipiec 2026; wypłacono za dużo, czeka na następne wypłaty",
    ]


def test_what_is_overpaid_is_taken_from_the_same_list(august):
    paper = paper_of(august)
    assert paper["overpaid"] is True
    worse = [row for row in paper["people"] if row["name"].startswith("Gorsza")]
    assert sum(row["overpayment"] for row in worse) == 0
    assert min(row["overpayment"] for row in worse) == Decimal("-89.20")


def test_a_list_without_overpayments_has_no_columns_for_them(july):
    assert paper_of(july)["overpaid"] is False


def test_three_sign_it(approved, payroll, director):
    acts = [(row["act"], row["name"]) for row in approved.document.context["signatures"]]
    assert [act for act, _ in acts] == ["Sporządzenie", "Sprawdzenie", "Zatwierdzenie"]
    assert (acts[0][1], acts[2][1]) == (str(payroll), str(director))
    assert acts[1][1]


def test_a_reason_to_pay_less_than_the_statute_stands_on_the_paper(approved):
    [said] = [text for text in approved.document.context["sources"] if "daje mniej niż ustawa" in text]
    assert "Uzasadnienie: " in said


def test_it_is_printed_too(approved):
    pages = PdfReader(BytesIO(files.read(approved.document.sha256))).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert f"daje mniej niż ustawa. Uzasadnienie: {REASON}" in words
