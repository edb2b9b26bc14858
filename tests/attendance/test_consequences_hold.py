"""What holds for the cost of any mark, whatever the regulations, the programme and the other marks."""

from dataclasses import replace
from types import SimpleNamespace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from attendance.consequences import Case
from attendance.inputs import Facts
from attendance.sentences import Words
from benefits.rules import settle, spans
from cistor.centres.models import Meaning
from cistor.money import zloty
from participants.models import Stage
from tests.factories import LETTERS
from tests.rules.book import days_of
from tests.rules.test_properties import inputs

CODES = {meaning: SimpleNamespace(letters=letters) for meaning, letters in LETTERS.items()}
COSTLY = ("unexcused", "sick", "excused", "care")
WORDS = Words(CODES, free_days=4)


@st.composite
def cases(draw):
    """A settlement's inputs with a class day of it, as the engine and as attendance have them."""
    given_inputs = draw(inputs())
    programme = given_inputs.programme
    stages = (Stage(kind=kind, start_on=span.start_on, end_on=span.end_on) for kind, span in programme.periods)
    facts = Facts(
        given_inputs.rulebook, tuple(stages), programme.ended_on, frozenset(), given_inputs.marks, frozenset()
    )
    covered = settle(given_inputs).span.covered
    days = sorted(given_inputs.rulebook.calendar.class_days(*covered)) or days_of(*covered)
    return given_inputs, Case(facts, draw(st.sampled_from(days)))


def benefit(given_inputs, marks):
    return settle(replace(given_inputs, marks=marks)).benefit


@given(cases(), st.sampled_from(Meaning.values))
def test_the_amount_is_the_benefit_with_the_mark_less_the_benefit_without(both, meaning):
    given_inputs, case = both
    without = {day: kind for day, kind in given_inputs.marks.items() if day != case.day}
    with_mark = without if meaning == Meaning.PRESENT else {**without, case.day: meaning}
    expected = benefit(given_inputs, with_mark) - benefit(given_inputs, without)
    assert case.span.key == given_inputs.settlement
    assert case.marked(meaning).amount == expected


@given(cases(), st.sampled_from(COSTLY))
@settings(max_examples=30)  # each settles whole programmes
def test_amount_and_later_amounts_are_what_the_whole_programme_loses(both, meaning):
    given_inputs, case = both
    programme, book = given_inputs.programme, given_inputs.rulebook

    def whole(facts):
        paid = spans(programme, book, programme.last_on)
        return sum(settle(replace(given_inputs, settlement=span.key, marks=facts.marks)).benefit for span in paid)

    marked = case.marked(meaning)
    assert marked.amount + marked.later == whole(marked.facts) - whole(case.facts)


@given(cases())
def test_being_present_costs_nothing_and_no_mark_pays(both):
    _, case = both
    assert case.marked(Meaning.PRESENT).amount == 0
    assert all(case.marked(meaning).amount <= 0 for meaning in Meaning.values)


@given(cases(), st.sampled_from(COSTLY))
def test_every_sentence_ends_and_names_its_amount(both, meaning):
    _, case = both
    assume(case.facts.is_class_day(case.day))
    marked = case.marked(meaning)
    sentence = WORDS.of(marked)
    assert sentence.endswith(".")
    assert not marked.amount or zloty(marked.amount) in sentence


@given(cases(), st.sampled_from(("unexcused", "sick")))
def test_the_number_said_is_the_place_that_the_engine_gives(both, meaning):
    given_inputs, case = both
    assume(case.facts.is_class_day(case.day))
    marked = case.marked(meaning)
    over = any(
        case.day in line.days
        for line in settle(replace(given_inputs, marks={**given_inputs.marks, case.day: meaning})).lines
        if line.code in {"sick_over_limit", "unexcused_over_limit"}
    )
    assert bool(marked.place and marked.place.is_over) == over
    if marked.place:
        assert str(marked.place.number) in WORDS.of(marked)
