"""What a participant reads about their settlement, on the page and on the slip."""

from datetime import date

from benefits import explanation
from benefits.actions import run_month
from tests.benefits.people import COUNTED, JULY, SIXTH, make_settled_in


def test_a_sentence_names_the_days_by_the_letters_of_the_centre(july):
    row = july.settlements.get()
    assert explanation.sentences(row)[1] == (
        "Za 1 dzień NN (6 lipca) odjęto 1 × 1/20 × 1\u00a0783,90\u00a0zł = 89,20\u00a0zł."
    )


def test_the_stored_sentence_stays_as_it_was_issued(july):
    row = july.settlements.get()
    explanation.sentences(row)
    assert row.lines.get(code="unexcused").because.startswith("Za 1 dzień nieobecności nieusprawiedliwionej (6 lipca)")


def test_letters_may_be_handed_in_and_a_missing_one_leaves_the_words(july):
    row = july.settlements.get()
    assert "Za 1 dzień N- (6 lipca)" in explanation.sentences(row, {"unexcused": "N-"})[1]
    assert "nieobecności nieusprawiedliwionej" in explanation.sentences(row, {})[1]


def test_days_over_a_limit_are_named_by_their_letters_too(centre, letterhead, payroll):
    days = [date(2026, 7, day) for day in (6, 7, 8, 9)]
    make_settled_in(centre, but=dict.fromkeys(days, "unexcused"))
    row = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED).settlements.get()
    lost = next(text for text in explanation.sentences(row) if "przepada" in text)
    assert lost.startswith("9 lipca 2026 to 4. dzień NN w tym rozliczeniu")
    assert SIXTH in days
