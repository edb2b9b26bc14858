"""Drafts for all that the facts ask for: none is lost, none comes twice."""

from datetime import date

from cistor.notices.models import Letter, LetterPerson
from tests.notices.making import SIGNED, Kind, kinds, make_signed, mopr, prepared


def test_a_signing_asks_for_a_list_to_the_office_and_a_word_to_the_participant(centre):
    programme = make_signed(centre)
    run = prepared(centre, SIGNED)
    assert (run.prepared, run.joined, run.failed) == (2, 0, 0)
    listed, told = Letter.objects.order_by("kind")
    assert (listed.kind, listed.office, listed.due_on) == (Kind.ADMISSION_LIST, mopr(centre), date(2027, 1, 4))
    assert (told.kind, told.office, told.participant) == (Kind.INSURANCE_TOLD, None, programme.participant)
    assert told.due_on == SIGNED


def test_a_second_run_writes_nothing(centre):
    make_signed(centre)
    prepared(centre, SIGNED)
    run = prepared(centre, SIGNED, date(2026, 12, 24), date(2026, 12, 28))
    assert (run.prepared, run.joined, run.failed) == (0, 0, 0)
    assert kinds(centre) == [Kind.ADMISSION_LIST, Kind.INSURANCE_TOLD]
    assert LetterPerson.objects.count() == 2
