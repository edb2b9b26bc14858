"""A deadline that no letter meets is met by hand, or waived; both with words."""

from datetime import date

import pytest

from cistor.errors import Refused
from cistor.journal.models import Entry
from cistor.notices import deadlines
from cistor.notices.actions.deadlines import discharge
from cistor.notices.models import Discharge
from tests.factories import make_participant, make_programme

STARTED = date(2026, 2, 2)
ON = date(2026, 3, 2)
KIND = "insurance_duty"


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=STARTED)


def done(programme, by, **over):
    facts = {"is_waiver": False, "reason": "MOPR zgłosił, telefon.", "by": by, "on": ON}
    return discharge(over.pop("kind", KIND), programme, **{**facts, **over})


def row_of(programme):
    return next(row for row in deadlines.of_participant(programme.participant, ON) if row.kind == KIND)


def test_what_was_done_is_written_down_with_the_term_that_it_met(programme, social_worker):
    row = done(programme, social_worker, done_on=date(2026, 2, 27))
    assert (row.due_on, row.discharged_on, row.is_waiver) == (date(2026, 3, 5), date(2026, 2, 27), False)
    assert "ustawa" in row.due_source
    assert Entry.objects.filter(verb="deadline_met", by=social_worker, participant=programme.participant_id).exists()
    assert row_of(programme).state(ON) == "met"


def test_a_waived_one_is_void_with_its_reason(programme, social_worker):
    done(programme, social_worker, is_waiver=True, reason="Jest ubezpieczona przez męża.")
    assert (row_of(programme).void, row_of(programme).words) == ("odstąpiono", "Jest ubezpieczona przez męża.")


@pytest.mark.parametrize(
    "over, message",
    [
        ({"reason": " "}, "Napisz"),
        ({"kind": "admission_list"}, "nie odnotowuje się ręcznie"),
        ({"kind": "follow_up"}, "nie odnotowuje się ręcznie"),
        ({"kind": "qualification_reply", "is_waiver": True}, "już spełniony albo nie obowiązuje"),
        ({"done_on": date(2026, 3, 3)}, "do dziś"),
        ({"done_on": date(2026, 1, 31)}, "do dziś"),
    ],
)
def test_it_is_refused(programme, social_worker, over, message):
    with pytest.raises(Refused, match=message):
        done(programme, social_worker, **over)
    assert not Discharge.objects.exists()


def test_once_is_enough(programme, social_worker):
    done(programme, social_worker)
    with pytest.raises(Refused, match="już spełniony"):
        done(programme, social_worker)


def test_neither_payroll_nor_another_centre_may(programme, payroll, outsider):
    for user in (payroll, outsider):
        with pytest.raises(Refused, match="pracownik socjalny"):
            done(programme, user)
