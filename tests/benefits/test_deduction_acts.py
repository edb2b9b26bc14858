from datetime import date
from decimal import Decimal

import pytest

from benefits.actions.deductions import (
    change_deduction,
    drop_deduction,
    issue_agreement,
    record_consent,
    withdraw_consent,
)
from benefits.reading import deductions
from benefits.reading.deductions import State
from cistor.documents.actions import keep_upload
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.benefits.debts import FAULT_END, LATER, SIGNED, end, kind_of, make_list, take
from tests.factories import make_participant, make_programme, make_user
from tests.pdf.samples import LOGO_BYTES


@pytest.fixture
def programme(owing):
    return owing


@pytest.fixture
def payment_list(centre):
    return make_list(centre)


def owed(programme, payment_list):
    found = deductions.due([programme.participant_id], payment_list=payment_list)
    return [(one.deduction.pk, str(one.most)) for one in found.get(programme.participant_id, [])]


def terms(**over):
    return {"what": "rozbita szlifierka", "amount": Decimal("150.00"), "on": LATER, **over}


# What a list may take


def test_nothing_is_owed_before_the_consent_and_all_of_it_after(enter, payroll, programme, payment_list):
    row = enter()
    assert owed(programme, payment_list) == []
    record_consent(row, consented_on=SIGNED, by=payroll, on=SIGNED)
    assert owed(programme, payment_list) == [(row.pk, "200.00")]


def test_they_are_owed_by_position_and_then_in_the_order_of_their_consents(agreed, programme, payment_list):
    late = agreed(signed=date(2026, 7, 9))
    last = agreed(position=2, signed=date(2026, 7, 7))
    early = agreed()
    assert [pk for pk, _ in owed(programme, payment_list)] == [early.pk, late.pk, last.pk]


def test_a_list_takes_at_most_the_instalment_or_what_other_lists_have_left(agreed, programme, payment_list, centre):
    row = agreed(amount="200.00", instalment=Decimal("80.00"))
    assert owed(programme, payment_list) == [(row.pk, "80.00")]
    for month in (4, 5):
        take(row, make_list(centre, date(2026, month, 5)), "75.00")
    assert owed(programme, payment_list) == [(row.pk, "50.00")]


def test_what_the_list_itself_takes_is_counted_anew(agreed, programme, payment_list, centre):
    row = agreed(amount="200.00")
    take(row, payment_list, "200.00")
    assert owed(programme, payment_list) == [(row.pk, "200.00")]
    assert owed(programme, make_list(centre, number=2)) == []


def test_a_deduction_of_an_earlier_programme_is_taken_from_a_later_one(agreed, programme, director, payment_list):
    row = agreed()
    end(programme, by=director, fault=False)
    later = make_programme(programme.participant, start_on=date(2026, 7, 1))
    assert owed(later, payment_list) == [(row.pk, "200.00")]


def test_an_end_that_is_no_longer_through_fault_takes_the_condition_with_it(agreed, programme, director, payment_list):
    end(programme, by=director)
    row = agreed("clothing")
    assert owed(programme, payment_list) == [(row.pk, "200.00")]
    end(programme, by=director, fault=False)
    assert owed(programme, payment_list) == []


def test_a_withdrawn_consent_stops_what_was_not_taken(agreed, programme, payroll, payment_list, centre):
    row = agreed(amount="200.00")
    take(row, make_list(centre, date(2026, 7, 3)), "60.00", approved_by=payroll)
    withdraw_consent(row, withdrawn_on=LATER, note="pismo uczestnika", by=payroll, on=LATER)
    assert owed(programme, payment_list) == []
    (found,) = deductions.statement(programme.participant)
    assert (found.state, found.taken, found.untaken, found.left) == (State.WITHDRAWN, 60, 140, 0)


# What may be entered


@pytest.mark.parametrize(
    "fault, says",
    [(None, "a ten program trwa"), (False, "nie odnotowano winy uczestnika")],
)
def test_clothing_waits_for_an_end_through_the_fault_of_the_person(enter, programme, director, fault, says):
    if fault is not None:
        end(programme, by=director, fault=fault)
    for code in ("clothing", "medical_test"):
        with pytest.raises(Refused, match=says):
            enter(code)


def test_a_fault_that_ends_the_programme_later_takes_nothing_yet(enter, programme, director):
    end(programme, by=director)
    with pytest.raises(Refused, match="trwa jeszcze do 30 czerwca 2026"):
        enter("clothing", on=date(2026, 6, 29))
    assert enter("clothing", on=FAULT_END).pk


@pytest.mark.parametrize(
    "facts, field",
    [
        ({}, "suspected_on"),
        ({"suspected_on": SIGNED}, "suspicion"),
        ({"suspected_on": date(2026, 2, 1), "suspicion": "woń alkoholu"}, "suspected_on"),
        ({"suspected_on": date(2026, 7, 7), "suspicion": "woń alkoholu"}, "suspected_on"),
    ],
)
def test_a_sobriety_test_needs_the_day_and_the_words_of_the_suspicion(enter, facts, field):
    with pytest.raises(Refused) as refusal:
        enter("sobriety_test", **facts)
    assert refusal.value.field == field


def test_a_suspicion_is_kept_with_the_kind_that_asks_for_it_alone(enter):
    facts = {"suspected_on": date(2026, 7, 3), "suspicion": "bełkotliwa mowa, woń alkoholu"}
    assert enter("sobriety_test", **facts).suspected_on == date(2026, 7, 3)
    row = enter("damage", **facts)
    assert (row.suspected_on, row.suspicion) == (None, "")


def test_regulations_without_kinds_allow_no_deduction(other_centre, enter, programme):
    stranger = make_programme(make_participant(other_centre), start_on=date(2026, 2, 2))
    clerk = make_user(other_centre, "payroll")
    with pytest.raises(Refused, match="nie przewiduje potrąceń"):
        enter(programme=stranger, kind=kind_of(programme, "damage"), by=clerk)


def test_only_kinds_of_the_version_in_force_may_be_entered(enter, programme, centre):
    old = kind_of(programme, "damage")
    version = old.regulations
    version.pk, version.in_force_from, version.sealed_on = None, date(2026, 7, 1), None
    version.save(force_insert=True)
    new = type(old).objects.create(regulations=version, code="damage", name="szkoda", condition="consent", source="§ 5")
    with pytest.raises(Refused, match="nie ma tego rodzaju"):
        enter(kind=old)
    assert enter(kind=new).kind == new


@pytest.mark.parametrize(
    "over, field",
    [
        ({"amount": "0.00"}, None),
        ({"amount": "50.00", "instalment": Decimal("50.01")}, "instalment"),
        ({"what": "  "}, "what"),
    ],
)
def test_an_amount_that_makes_no_sense_is_refused(enter, over, field):
    with pytest.raises(Refused) as refusal:
        enter(**over)
    assert refusal.value.field == field


def test_nobody_without_the_right_or_of_another_centre_enters_anything(enter, social_worker, outsider):
    for stranger in (social_worker, outsider):
        with pytest.raises(Refused, match="kadry i płace"):
            enter(by=stranger)


# The consent and its paper


def test_until_the_consent_everything_may_be_changed_and_after_it_nothing(enter, payroll):
    row = change_deduction(enter(), **terms(instalment=Decimal("30.00")), by=payroll)
    assert (row.amount, row.instalment) == (150, 30)
    record_consent(row, consented_on=SIGNED, by=payroll, on=LATER)
    with pytest.raises(Refused, match="można ją już tylko wycofać"):
        change_deduction(row, **terms(), by=payroll)
    with pytest.raises(Refused, match="można ją już tylko wycofać"):
        drop_deduction(row, note="zapłacono w kasie", by=payroll, on=LATER)
    with pytest.raises(Refused, match="można ją już tylko wycofać"):
        record_consent(row, consented_on=SIGNED, by=payroll, on=LATER)


def test_the_paper_is_issued_once_and_replaced_when_the_terms_change(enter, payroll, letterhead):
    row = enter()
    first = issue_agreement(row, by=payroll, on=SIGNED)
    assert issue_agreement(row, by=payroll, on=SIGNED) == first
    assert (first.number, first.context["amount"]) == ("ZP/1/2026", "200.00")
    second = change_deduction(row, **terms(), by=payroll).document
    assert (second.replaces, second.context["amount"]) == (first, "150.00")


@pytest.mark.parametrize("signed", [date(2026, 2, 1), date(2026, 8, 11)])
def test_a_consent_is_of_a_day_of_the_programme_that_has_been(enter, payroll, signed):
    with pytest.raises(Refused) as refusal:
        record_consent(enter(), consented_on=signed, by=payroll, on=LATER)
    assert refusal.value.field == "consented_on"


def test_a_scan_of_somebody_else_is_no_consent(enter, centre, payroll, programme):
    def scan(of):
        kept = {"centre": centre, "participant": of, "kind": "deduction_consent", "name": "zgoda.png"}
        return keep_upload(**kept, data=LOGO_BYTES, by=payroll, on=SIGNED)

    row, consent = enter(), {"consented_on": SIGNED, "by": payroll, "on": SIGNED}
    with pytest.raises(Refused, match="innej osoby"):
        record_consent(row, scan=scan(make_participant(centre)), **consent)
    own = scan(programme.participant)
    assert record_consent(row, scan=own, **consent).consent_scan == own


def test_a_consent_is_withdrawn_once_and_not_before_it_was_given(enter, agreed, payroll):
    withdrawal = {"withdrawn_on": SIGNED, "note": "", "by": payroll, "on": LATER}
    with pytest.raises(Refused, match="Nie ma jeszcze zgody"):
        withdraw_consent(enter(), **withdrawal)
    row = agreed()
    with pytest.raises(Refused, match="Nie wcześniej niż 8 lipca 2026"):
        withdraw_consent(row, **{**withdrawal, "withdrawn_on": date(2026, 7, 7)})
    withdraw_consent(row, **withdrawal)
    with pytest.raises(Refused, match="wycofano już"):
        withdraw_consent(row, **withdrawal)


def test_what_was_taken_in_full_cannot_be_withdrawn(agreed, centre, payroll):
    row = agreed(amount="60.00")
    take(row, make_list(centre), "60.00", approved_by=payroll)
    with pytest.raises(Refused, match="Całą kwotę już potrącono"):
        withdraw_consent(row, withdrawn_on=LATER, note="", by=payroll, on=LATER)


def test_a_deduction_is_dropped_with_a_reason(enter, payroll, programme):
    row = enter()
    with pytest.raises(Refused, match="dlaczego"):
        drop_deduction(row, note=" ", by=payroll, on=LATER)
    drop_deduction(row, note="zapłacono w kasie", by=payroll, on=LATER)
    assert [one.state for one in deductions.statement(programme.participant)] == [State.DROPPED]
    with pytest.raises(Refused, match="zrezygnowano"):
        record_consent(row, consented_on=SIGNED, by=payroll, on=LATER)


# What became of them


def test_the_statement_counts_what_approved_lists_have_taken_and_names_what_drafts_take(agreed, centre, payroll):
    row = agreed(amount="200.00")
    take(row, make_list(centre, date(2026, 7, 3)), "60.00", approved_by=payroll)
    take(row, make_list(centre), "40.00")
    (found,) = deductions.statement(row.programme.participant)
    assert (found.taken, found.planned, found.left, found.state) == (60, 40, 140, State.TAKING)
    assert [part.amount for part in found.parts] == [60, 40]


def test_the_states_of_rows_are_the_same_in_the_database_and_in_python(enter, agreed, centre, payroll):
    agreed(amount="10.00")
    take(agreed(amount="60.00"), make_list(centre), "60.00", approved_by=payroll)
    withdraw_consent(agreed(), withdrawn_on=LATER, note="", by=payroll, on=LATER)
    drop_deduction(enter(), note="zapłacono", by=payroll, on=LATER)
    participant = enter().programme.participant
    rows = deductions.with_taken(participant.programmes.get().deductions.all())
    said = {state: [row.pk for row in deductions.in_state(rows, state)] for state in State}
    assert said == {one.state: [one.row.pk] for one in deductions.statement(participant)}


def test_the_acts_stand_in_the_journal_without_the_words(agreed, payroll):
    row = agreed()
    verbs = Entry.objects.filter(object_kind="benefits.deduction", object_id=row.pk).order_by("pk")
    assert [one.verb for one in verbs] == ["deduction_entered", "deduction_consented"]
    assert "szlifierka" not in str([one.data for one in verbs])
