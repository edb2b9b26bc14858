"""The worked cases: every figure of every one of them."""

import json
from datetime import date

import pytest

from benefits.rules import settle
from benefits.rules.cases import case_of, inputs_from, result_of
from cistor.deadlines import due
from tests.rules.book import BENEFIT_CODES, NET_CODES, STATUTE, cases

BENEFIT = [
    case
    for name in ("benefit-cistor", "benefit-rzyszczewo", "benefit-statute", "benefit-settings")
    for case in cases(name)
]
every_case = pytest.mark.parametrize("case", BENEFIT, ids=[case["name"] for case in BENEFIT])


@every_case
def test_every_figure_of_a_worked_case_comes_out(case):
    result = result_of(settle(inputs_from(case, STATUTE)))
    del result["lines"]
    assert result == case["expect"]


@every_case
def test_the_lines_add_up_to_the_benefit_and_to_net(case):
    settlement = settle(inputs_from(case, STATUTE))
    assert sum(line.amount for line in settlement.lines if line.code in BENEFIT_CODES) == settlement.benefit
    assert sum(line.amount for line in settlement.lines if line.code in NET_CODES) == settlement.net


@every_case
def test_inputs_stored_as_a_case_of_their_own_give_the_same_settlement(case):
    settlement = settle(inputs_from(case, STATUTE))
    stored = json.loads(json.dumps(case_of(inputs_from(case, STATUTE))))
    assert settle(inputs_from(stored)) == settlement


TERMS = cases("deadlines")


@pytest.mark.parametrize("term", TERMS, ids=[f"{term['kind']} {term['event_on']} {term['length']}" for term in TERMS])
def test_every_worked_term_comes_out(term):
    assert due(term["kind"], date.fromisoformat(term["event_on"]), term["length"]) == date.fromisoformat(term["due_on"])
