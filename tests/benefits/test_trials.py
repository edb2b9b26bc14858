from datetime import date
from decimal import Decimal
from fractions import Fraction

from benefits.actions import draft_trial_list, recount, run_month
from benefits.models import Line, PaymentList
from benefits.tasks import draft_trial_lists
from cistor.journal.models import Entry
from participants.models import PaymentMethod, TaxStatement
from tests.benefits.people import JULY, check_and_approve, checked, make_on_trial, make_settled_in, nets, said
from tests.factories import end, make_centre, make_programme, mark, mark_present, nrb

# 15 June – 14 July 2026: a Monday and a Tuesday.
FIRST, LAST = date(2026, 6, 15), date(2026, 7, 14)
EVE = date(2026, 7, 13)
PAID = date(2026, 7, 15)


def drafted(centre, on=LAST, by=None) -> list[PaymentList]:
    return draft_trial_list(centre=centre, by=by, on=on)


def test_a_trial_is_drafted_on_its_last_morning_which_nobody_has_marked_yet(centre):
    programme = make_on_trial(centre, start_on=FIRST, until=EVE)
    (trials,) = drafted(centre)
    assert (trials.kind, trials.payday, trials.month, trials.prepared_by) == ("trial", PAID, None, None)
    assert nets(trials) == {programme.pk: "785.00"}
    assert trials.settlements.get().benefit == Decimal("892.00")
    assert trials.problems.get().days == [LAST]


def test_the_day_before_is_too_early(centre):
    make_on_trial(centre, start_on=FIRST, until=EVE)
    assert drafted(centre, on=EVE) == []


def test_when_the_last_day_is_marked_the_list_can_be_approved(centre, letterhead, payroll, director):
    programme = make_on_trial(centre, start_on=FIRST, until=EVE)
    (trials,) = drafted(centre)
    mark(programme, {LAST: "present"})
    recount(trials, by=payroll, on=LAST)
    assert not trials.problems.exists()
    assert (
        check_and_approve(trials, by=director, on=LAST).document.context["period"]
        == "okresy próbne zakończone do 14 lipca 2026"
    )


def test_the_payday_moves_on_from_a_day_off(centre):
    # Ends on Friday 17 July: Saturday and Sunday pay nobody.
    make_on_trial(centre, start_on=date(2026, 6, 18), until=date(2026, 7, 17))
    assert [row.payday for row in drafted(centre, on=date(2026, 7, 17))] == [date(2026, 7, 20)]


def test_a_trial_that_was_broken_off_is_paid_the_day_after_its_last(centre, payroll):
    programme = make_on_trial(centre, start_on=FIRST, until=date(2026, 7, 1))
    end(programme, ended_on=date(2026, 7, 1), kind="left")
    (trials,) = drafted(centre, on=date(2026, 7, 1))
    row = trials.settlements.get()
    assert (trials.payday, row.start_on, row.end_on) == (date(2026, 7, 2), FIRST, date(2026, 7, 1))
    # 17 of the 30 days of the planned trial.
    assert row.benefit == Decimal("505.47")


def test_a_trial_with_another_payday_has_a_list_of_its_own(centre):
    first = make_on_trial(centre, start_on=FIRST, until=LAST)
    second = make_on_trial(centre, start_on=date(2026, 6, 16), until=date(2026, 7, 15))
    lists = drafted(centre, on=date(2026, 7, 15))
    assert [(row.payday, set(nets(row))) for row in lists] == [
        (PAID, {first.pk}),
        (date(2026, 7, 16), {second.pk}),
    ]


def test_drafting_twice_makes_one_list_and_takes_in_the_new_marks(centre):
    programme = make_on_trial(centre, start_on=FIRST, until=EVE)
    (first,) = drafted(centre)
    mark(programme, {LAST: "unexcused"})
    (again,) = drafted(centre)
    assert again == first
    assert again.settlements.get().benefit == Decimal("847.40")
    assert PaymentList.objects.count() == 1


def test_the_nightly_run_writes_nothing_of_a_draft_that_comes_out_the_same(centre):
    programme = make_on_trial(centre, start_on=FIRST, until=EVE)
    for _ in range(2):
        drafted(centre)
    lines = list(Line.objects.values_list("pk", flat=True))
    mark(programme, {LAST: "unexcused"})
    for _ in range(2):
        drafted(centre)
    assert not Line.objects.filter(pk__in=lines).exists()
    assert Entry.objects.filter(verb="list_counted").count() == 2


def test_a_draft_that_holds_nobody_any_more_is_deleted(centre):
    programme = make_on_trial(centre, start_on=FIRST, until=LAST)
    drafted(centre)
    programme.stages.all().delete()
    assert drafted(centre) == []
    assert not PaymentList.objects.exists()


def test_a_trial_forgotten_for_weeks_is_paid_and_taxed_on_the_day_it_is_made(centre, payroll):
    """Broken off on 14 July; on Saturday 1 August the payday is Monday, and the account and the tax are August's."""
    programme = make_on_trial(centre, start_on=FIRST, until=LAST)
    TaxStatement.objects.create(participant=programme.participant, start_on=JULY, end_on=date(2026, 7, 31), share=1)
    PaymentMethod.objects.create(
        participant=programme.participant, kind="account", start_on=date(2026, 8, 1), nrb=nrb(99), holder="Nowa"
    )
    (trials,) = drafted(centre, on=date(2026, 8, 1), by=payroll)
    row = trials.settlements.get()
    assert (trials.payday, row.inputs["payday"]) == (date(2026, 8, 3), "2026-08-03")
    assert (row.tax, row.account) == (Decimal("107.00"), nrb(99))


def test_a_draft_whose_payday_has_passed_moves_on_beside_the_list_of_that_day(centre, payroll):
    first = make_on_trial(centre, start_on=FIRST, until=LAST)
    second = make_on_trial(centre, start_on=date(2026, 6, 16), until=date(2026, 7, 15))
    drafted(centre, on=date(2026, 7, 15))
    lists = drafted(centre, on=date(2026, 7, 16))
    assert [(row.payday, row.number, set(nets(row))) for row in lists] == [
        (date(2026, 7, 16), 2, {first.pk}),
        (date(2026, 7, 16), 1, {second.pk}),
    ]


def test_a_draft_recounted_after_its_payday_moves_on(centre, payroll):
    make_on_trial(centre, start_on=FIRST, until=LAST)
    (trials,) = drafted(centre)
    recount(trials, by=payroll, on=date(2026, 7, 31))
    trials.refresh_from_db()
    assert (trials.payday, trials.settlements.get().inputs["payday"]) == (date(2026, 7, 31), "2026-07-31")


def test_the_nightly_run_leaves_the_name_of_who_counted_last(centre, payroll):
    make_on_trial(centre, start_on=FIRST, until=LAST)
    drafted(centre, by=payroll)
    (again,) = drafted(centre)
    assert again.prepared_by == payroll


def test_the_nightly_run_takes_back_no_check(centre, payroll):
    """Not even after the payday, which counting would move on."""
    programme = make_on_trial(centre, start_on=FIRST, until=LAST)
    (trials,) = drafted(centre)
    checked(trials, on=LAST)
    late = make_on_trial(centre, start_on=FIRST, until=LAST)
    (further,) = drafted(centre, on=date(2026, 7, 20))
    trials.refresh_from_db()
    assert (trials.status, trials.payday, set(nets(trials))) == ("checked", PAID, {programme.pk})
    assert (further.payday, set(nets(further))) == (date(2026, 7, 20), {late.pk})
    drafted(centre, on=date(2026, 7, 20), by=payroll)
    trials.refresh_from_db()
    assert trials.status == "draft"


def test_who_comes_after_the_approval_gets_a_further_list_of_the_same_payday(centre, letterhead, director):
    make_on_trial(centre, start_on=FIRST, until=LAST)
    (first,) = drafted(centre)
    check_and_approve(first, by=director, on=LAST)
    late = make_on_trial(centre, start_on=FIRST, until=LAST)
    (second,) = drafted(centre)
    assert (second.payday, second.number, set(nets(second))) == (PAID, 2, {late.pk})


def test_a_trial_of_a_calendar_month_has_no_list_of_its_own(other_centre):
    make_on_trial(other_centre, start_on=FIRST, until=LAST)
    assert drafted(other_centre) == []


def test_another_persons_contradiction_is_no_business_of_the_trials(centre, payroll):
    paid, contradictory = make_on_trial(centre, start_on=FIRST, until=LAST), make_settled_in(centre)
    contradictory.stages.create(
        kind="extension", start_on=date(2028, 1, 1), end_on=date(2028, 2, 1), decided_on=JULY, decided_by=payroll
    )
    (trials,) = drafted(centre)
    assert set(nets(trials)) == {paid.pk}
    assert said(trials) == []


def test_what_is_marked_after_the_trial_changes_nothing_of_it(centre, letterhead, director):
    programme = make_on_trial(centre, start_on=FIRST, until=LAST, main=True)
    (trials,) = drafted(centre)
    mark_present(programme, PAID, date(2026, 7, 16), but={PAID: "unexcused"})
    assert check_and_approve(trials, by=director, on=date(2026, 7, 16)).checksum


def test_a_trial_drafted_apart_is_not_paid_again_with_the_month(centre, payroll):
    programme = make_on_trial(centre, start_on=FIRST, until=date(2026, 7, 31), main=True)
    drafted(centre)
    july = run_month(centre=centre, month=JULY, by=payroll, on=date(2026, 8, 3))
    assert list(july.settlements.values_list("programme", "span", "start_on")) == [(programme.pk, "2026-07", PAID)]


def test_a_trial_whose_payday_nobody_noticed_is_paid_with_the_month(centre, payroll):
    make_on_trial(centre, start_on=FIRST, until=date(2026, 7, 31), main=True)
    july = run_month(centre=centre, month=JULY, by=payroll, on=date(2026, 8, 3))
    assert list(july.settlements.values_list("span", flat=True)) == ["trial", "2026-07"]
    assert july.settlements.get(span="trial").tax + july.settlements.get(span="2026-07").tax == Decimal("224.00")


def test_a_trial_whose_payday_is_still_to_come_waits_for_its_own_list(centre, payroll):
    make_settled_in(centre)
    make_on_trial(centre, start_on=date(2026, 7, 1), until=date(2026, 7, 31))
    july = run_month(centre=centre, month=JULY, by=payroll, on=date(2026, 8, 1))
    assert list(july.settlements.values_list("span", flat=True)) == ["2026-07"]


def test_payments_of_one_tax_month_are_taxed_together(centre, payroll):
    """June of a first programme, paid on 3 July, and the trial of a second, paid on 15 July: one reduction."""
    first = end(make_settled_in(centre, since=date(2026, 6, 1), until=date(2026, 6, 10)), ended_on=date(2026, 6, 10))
    second = make_programme(first.participant, start_on=FIRST, main=False)
    mark_present(second, FIRST, LAST)
    TaxStatement.objects.create(participant=first.participant, start_on=JULY, share=2)
    june = run_month(centre=centre, month=date(2026, 6, 1), by=payroll, on=date(2026, 7, 1)).settlements.get()
    trial = drafted(centre)[0].settlements.get()
    assert (june.benefit, trial.benefit) == (Decimal("594.63"), Decimal("892.00"))
    assert trial.inputs["earlier_payments"] == [{"taxable": "594.63", "advance": str(june.tax)}]
    # 12 % of 1 487 less 150 zł.
    assert june.tax + trial.tax == Decimal("28.00")


def test_a_payment_approved_for_later_in_the_month_is_taken_into_account(centre, letterhead, payroll, director):
    first = end(make_settled_in(centre, since=date(2026, 6, 1), until=date(2026, 6, 10)), ended_on=date(2026, 6, 10))
    second = make_programme(first.participant, start_on=FIRST, main=False)
    mark_present(second, FIRST, LAST)
    check_and_approve(drafted(centre)[0], by=director, on=LAST)
    late = run_month(centre=centre, month=date(2026, 6, 1), by=payroll, on=LAST).settlements.get()
    assert late.inputs["earlier_payments"] == [{"taxable": "892.00", "advance": "107.00"}]


def test_the_task_drafts_for_every_centre_and_one_that_fails_stops_no_other(centre, monkeypatch, caplog):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: LAST)
    other = make_centre("cistor")
    for place in (centre, other):
        make_on_trial(place, start_on=FIRST, until=LAST)
    centre.regulations.update(trial_rate=Fraction(-1, 2))
    draft_trial_lists()
    draft_trial_lists()
    assert PaymentList.objects.get().centre == other
    assert f"centre {centre.pk}" in caplog.text
