from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import Day
from benefits.actions import check, recount
from benefits.models import PaymentList, Settlement
from cistor.centres.models import Regulations, StatutoryRate
from cistor.dates import month_end
from cistor.errors import Refused
from cistor.journal.models import Entry
from participants.models import PaymentMethod, TaxStatement
from tests.benefits.people import (
    COUNTED,
    JULY,
    LAST_OF_JULY,
    PAYDAY,
    amounts,
    check_and_approve,
    counted,
    make_settled_in,
    nets,
    said,
)
from tests.factories import end, make_participant, make_programme, mark, mark_present


def test_a_month_is_drafted_with_everybodys_amount(centre, payroll):
    programme = make_settled_in(centre)
    july = counted(centre, payroll)
    assert (july.kind, july.payday, july.number, july.month, july.status) == ("month", PAYDAY, 1, JULY, "draft")
    assert (july.prepared_by, july.prepared_on) == (payroll, COUNTED)
    row = july.settlements.get()
    assert (row.programme, row.span, row.start_on, row.end_on) == (programme, "2026-07", JULY, LAST_OF_JULY)
    assert (row.base, row.benefit, row.tax, row.net) == (
        Decimal("1783.90"),
        Decimal("1783.90"),
        Decimal("214.00"),
        Decimal("1569.90"),
    )


def test_every_amount_has_its_line_with_reason_and_source(centre, payroll):
    make_settled_in(centre, but={date(2026, 7, 6): "unexcused", date(2026, 7, 9): "unexcused"})
    row = counted(centre, payroll).settlements.get()
    reduction = row.lines.get(code="unexcused")
    assert reduction.amount == Decimal("-178.39")
    assert reduction.days == [date(2026, 7, 6), date(2026, 7, 9)]
    assert "6 i 9 lipca" in reduction.because
    assert "§3 ust. 1 lit. d" in reduction.source
    assert sum(line.amount for line in row.lines.exclude(code__startswith="zus_")) == row.net


def test_the_person_and_the_account_of_the_payday_are_kept(centre, payroll):
    programme = make_settled_in(centre, last_name="Zmyślona", first_name="Kalina", city="Toruń")
    moved = PaymentMethod.objects.create(
        participant=programme.participant, kind="account", start_on=PAYDAY, nrb="1" * 26, holder="Zmyślona Kalina"
    )
    PaymentMethod.objects.create(
        participant=programme.participant, kind="account", start_on=date(2026, 8, 6), nrb="2" * 26, holder="Kto inny"
    )
    row = counted(centre, payroll).settlements.get()
    assert (row.method, row.account) == ("account", moved.nrb)
    assert row.person["last_name"] == "Zmyślona"
    assert row.person["holder"] == "Zmyślona Kalina"
    with connection.cursor() as cursor:
        cursor.execute("SELECT person || inputs || account FROM benefits_settlement")
        assert "Zmyślona" not in (stored := cursor.fetchone()[0])
    assert moved.nrb not in stored


def test_who_starts_in_mid_month_shortens_nobody_elses_month(centre, payroll):
    before = make_settled_in(centre, last_name="Abacka")
    newcomer = make_settled_in(centre, since=date(2026, 7, 16), last_name="Babacka")
    after = make_settled_in(centre, last_name="Cabacka")
    paid = {row.programme_id: str(row.benefit) for row in counted(centre, payroll).settlements.all()}
    assert paid == {before.pk: "1783.90", newcomer.pk: "920.72", after.pk: "1783.90"}


def test_who_contradicts_themselves_stops_nobody(centre, payroll):
    before, contradictory, after = (
        make_settled_in(centre, last_name=name) for name in ("Abacka", "Babacka", "Cabacka")
    )
    end(contradictory, ended_on=date(2026, 6, 15))
    contradictory.stages.create(
        kind="trial",
        start_on=date(2026, 5, 1),
        end_on=date(2026, 5, 20),
        decided_on=JULY,
        decided_by=payroll,
    )
    july = counted(centre, payroll)
    assert set(nets(july)) == {before.pk, after.pk}
    assert said(july) == [(contradictory.pk, "contradiction")]
    assert "dni bez programu" in july.problems.get().text


def test_whom_the_database_refuses_stops_nobody(centre, payroll):
    before, refused, after = (make_settled_in(centre, last_name=name) for name in ("Abacka", "Babacka", "Cabacka"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER TABLE benefits_settlement ADD CONSTRAINT not_this_one CHECK (programme_id <> {refused.pk})"
        )
    july = counted(centre, payroll)
    assert set(nets(july)) == {before.pk, after.pk}
    assert said(july) == [(refused.pk, "failed")]


def test_a_programme_beyond_all_measure_stops_nobody(centre, payroll):
    fine, endless = make_settled_in(centre), make_settled_in(centre)
    endless.stages.update(end_on=date.max)
    july = counted(centre, payroll)
    assert set(nets(july)) == {fine.pk}
    assert said(july) == [(endless.pk, "contradiction")]


def test_an_unexcused_day_is_deducted_once_however_often_the_list_is_counted(centre, payroll):
    make_settled_in(centre, but={date(2026, 7, 6): "unexcused"})
    first = amounts(counted(centre, payroll).settlements.get())
    again = counted(centre, payroll)
    recount(again, by=payroll, on=COUNTED)
    assert amounts(again.settlements.get()) == first
    assert first["unexcused"] == "-89.20"


def test_an_unmarked_day_is_a_problem_with_its_days(centre, payroll):
    programme = make_settled_in(centre)
    Day.objects.filter(programme=programme, on__in=[date(2026, 7, 13), date(2026, 7, 14)]).delete()
    july = counted(centre, payroll)
    assert said(july) == [(programme.pk, "unmarked")]
    problem = july.problems.get()
    assert problem.days == [date(2026, 7, 13), date(2026, 7, 14)]
    assert problem.text == "Brak oznaczenia: 2 dni (13 i 14 lipca)."


def test_days_still_to_come_are_a_matter_of_their_own(centre, payroll):
    programme = make_settled_in(centre, until=date(2026, 7, 22))
    Day.objects.filter(programme=programme, on=date(2026, 7, 13)).delete()
    july = counted(centre, payroll, on=date(2026, 7, 23))
    assert [(problem.kind, problem.text) for problem in july.problems.order_by("pk")] == [
        ("unmarked", "Brak oznaczenia: 2 dni (13 i 23 lipca)."),
        ("upcoming", "Jeszcze nie było: 6 dni (24 i 27–31 lipca)."),
    ]


def test_a_month_that_lasts_cannot_be_approved(centre, payroll):
    make_settled_in(centre, until=date(2026, 7, 23))
    july = counted(centre, payroll, on=date(2026, 7, 23))
    assert [kind for _, kind in said(july)] == ["upcoming"]
    with pytest.raises(Refused, match="są na niej przeszkody"):
        check(july, by=payroll, on=date(2026, 7, 23))


def test_a_provisional_day_is_a_problem(centre, payroll):
    programme = make_settled_in(centre)
    Day.objects.filter(programme=programme, on=date(2026, 7, 13)).update(meaning="unexcused", provisional=True)
    july = counted(centre, payroll)
    assert said(july) == [(programme.pk, "provisional")]


def test_without_an_account_nobody_can_be_paid(centre, payroll):
    programme = make_settled_in(centre, account=False)
    assert said(counted(centre, payroll)) == [(programme.pk, "no_method")]


def test_the_cash_desk_pays_where_the_regulations_know_it(centre, other_centre, payroll, outsider):
    unlawful, lawful = (make_settled_in(place, account=False) for place in (centre, other_centre))
    for programme in (unlawful, lawful):
        PaymentMethod.objects.create(participant=programme.participant, kind="cash_desk", start_on=JULY)
    assert said(counted(centre, payroll)) == [(unlawful.pk, "no_method")]
    paid = counted(other_centre, outsider)
    assert said(paid) == []
    assert paid.settlements.get().method == "cash_desk"


def test_who_is_paid_nothing_needs_no_account_and_stays_on_the_list(centre, payroll):
    days = dict.fromkeys([date(2026, 7, day) for day in (6, 7, 8, 9)], "unexcused")
    programme = make_settled_in(centre, account=False, but=days)
    july = counted(centre, payroll)
    assert nets(july) == {programme.pk: "0.00"}
    assert said(july) == []
    assert amounts(july.settlements.get())["unexcused_over_limit"] == "-1427.12"


def test_a_second_run_continues_the_first(centre, payroll, director):
    programme = make_settled_in(centre)
    first = counted(centre, payroll)
    Day.objects.filter(programme=programme, on=date(2026, 7, 6)).update(meaning="unexcused")
    again = counted(centre, payroll, on=date(2026, 8, 4))
    assert again == first
    assert PaymentList.objects.count() == 1
    assert again.settlements.get().benefit == Decimal("1694.70")
    assert again.prepared_on == date(2026, 8, 4)


def test_a_second_run_forgets_the_problems_that_are_solved(centre, payroll):
    programme = make_settled_in(centre)
    Day.objects.filter(programme=programme, on=date(2026, 7, 13)).delete()
    assert said(counted(centre, payroll))
    mark(programme, {date(2026, 7, 13): "present"})
    assert not said(counted(centre, payroll))


def test_a_second_run_drops_who_is_no_longer_due(centre, payroll):
    stays, goes = make_settled_in(centre), make_settled_in(centre)
    counted(centre, payroll)
    goes.stages.all().delete()
    assert set(nets(counted(centre, payroll))) == {stays.pk}


def test_a_month_that_an_earlier_list_forgot_is_paid_with_the_next_by_its_own_span(centre, payroll):
    programme = make_settled_in(centre, since=date(2026, 6, 16))
    july = counted(centre, payroll)
    assert list(july.settlements.values_list("span", "start_on")) == [
        ("2026-06", date(2026, 6, 16)),
        ("2026-07", JULY),
    ]
    assert {row.inputs["payday"] for row in july.settlements.all()} == {"2026-08-05"}
    assert said(july) == []
    assert set(nets(july)) == {programme.pk}


def test_a_gap_between_settled_months_is_found(centre, payroll):
    programme = make_settled_in(centre, since=date(2026, 5, 1))
    counted(centre, payroll)
    Settlement.objects.filter(programme=programme, span="2026-06").delete()
    mark_present(programme, date(2026, 8, 1), date(2026, 8, 31))
    august = counted(centre, payroll, month=date(2026, 8, 1), on=date(2026, 9, 1))
    assert list(august.settlements.values_list("span", flat=True)) == ["2026-06", "2026-08"]


def test_two_late_payments_on_one_list_are_taxed_together(centre, payroll):
    programme = make_settled_in(centre, since=date(2026, 6, 1))
    TaxStatement.objects.create(participant=programme.participant, start_on=JULY, share=1)
    june, july = counted(centre, payroll).settlements.order_by("start_on")
    # 12 % of 3 567.80 less one reduction of 300, however it is split.
    assert (june.benefit + july.benefit, june.tax + july.tax) == (Decimal("3567.80"), Decimal("128.00"))


def test_without_a_rate_the_person_is_a_problem(centre, payroll):
    fine, early = make_settled_in(centre), make_settled_in(centre)
    early.stages.update(start_on=date(2014, 5, 1), end_on=date(2014, 5, 31))
    Day.objects.filter(programme=early).delete()
    Regulations.objects.filter(centre=centre).update(in_force_from=date(2014, 1, 1))
    july = counted(centre, payroll)
    assert set(nets(july)) == {fine.pk}
    assert said(july) == [(early.pk, "missing_rate")]


def test_without_regulations_the_person_is_a_problem(centre, payroll):
    fine, early = make_settled_in(centre), make_settled_in(centre)
    early.stages.update(start_on=date(2014, 5, 1), end_on=date(2014, 5, 31))
    july = counted(centre, payroll)
    assert set(nets(july)) == {fine.pk}
    assert said(july) == [(early.pk, "no_regulations")]


def test_a_reduction_that_no_rate_gives_is_a_problem_of_who_claims_it(centre, payroll):
    fine, claims = (
        make_settled_in(centre, since=date(2018, 7, 1), until=date(2018, 7, 31)),
        make_settled_in(centre, since=date(2018, 7, 1), until=date(2018, 7, 31)),
    )
    TaxStatement.objects.create(participant=claims.participant, start_on=date(2018, 1, 1), share=1)
    july = counted(centre, payroll, month=date(2018, 7, 1), on=date(2018, 8, 1))
    assert set(nets(july)) == {fine.pk}
    assert said(july) == [(claims.pk, "missing_rate")]


def test_a_month_without_anybody_makes_no_list(centre, payroll):
    with pytest.raises(Refused, match="nie ma nikogo"):
        counted(centre, payroll)
    assert not PaymentList.objects.exists()


def test_a_month_that_has_not_begun_is_refused(centre, payroll):
    with pytest.raises(Refused, match="jeszcze się nie zaczął"):
        counted(centre, payroll, month=date(2026, 9, 1))


def test_without_regulations_there_is_no_payday(centre, payroll):
    with pytest.raises(Refused, match="Brak regulaminu"):
        counted(centre, payroll, month=date(2013, 7, 1))


def test_a_further_list_waits_for_the_approval_of_the_one_before(centre, payroll):
    make_settled_in(centre)
    counted(centre, payroll)
    with pytest.raises(Refused, match="gdy poprzednia jest zatwierdzona"):
        counted(centre, payroll, number=2)


def test_a_month_under_way_says_which_days_are_still_to_come(centre, payroll):
    programme = make_settled_in(centre, until=date(2026, 7, 29))
    july = counted(centre, payroll, on=date(2026, 7, 29))
    assert july.problems.get(programme=programme).days == [date(2026, 7, 30), LAST_OF_JULY]


def test_a_new_rate_reaches_the_draft_with_the_next_run(centre, payroll):
    make_settled_in(centre)
    counted(centre, payroll)
    StatutoryRate.objects.create(
        kind="unemployment_benefit", in_force_from=JULY, value=Decimal("1800.00"), source="obwieszczenie"
    )
    assert counted(centre, payroll).settlements.get().base == Decimal("1800.00")


def test_one_centre_pays_nobody_of_another(centre, other_centre, payroll):
    own, _ = make_settled_in(centre), make_settled_in(other_centre)
    assert set(nets(counted(centre, payroll))) == {own.pk}


def test_trial_and_main_period_in_one_month_where_the_regulations_say_so(other_centre, outsider):
    programme = make_programme(make_participant(other_centre), start_on=date(2026, 6, 16))
    mark_present(programme, date(2026, 6, 16), LAST_OF_JULY)
    rows = counted(other_centre, outsider).settlements.order_by("start_on")
    assert [row.span for row in rows] == ["2026-06", "2026-07"]
    assert set(amounts(rows[1])) >= {"base_trial", "base_main"}


def test_every_count_stands_in_the_journal(centre, payroll):
    make_settled_in(centre)
    july = counted(centre, payroll)
    entry = Entry.objects.get(verb="list_counted")
    assert (entry.centre, entry.by, entry.object_id, entry.data["people"]) == (centre, payroll, july.pk, 1)


def test_a_run_asks_the_same_number_of_questions_for_three_and_for_thirty(centre, payroll):
    def questions() -> int:
        with CaptureQueriesContext(connection) as queries:
            counted(centre, payroll)
        return len(queries)

    for _ in range(3):
        make_settled_in(centre, but={date(2026, 7, 6): "unexcused"})
    first, again = questions(), questions()
    for _ in range(27):
        make_settled_in(centre, but={date(2026, 7, 6): "unexcused"})
    counted(centre, payroll)
    assert questions() == again
    assert max(first, again) <= 60


def test_an_approval_asks_the_same_number_of_questions_for_three_and_for_thirty(centre, letterhead, payroll, director):
    def questions(month: date) -> int:
        last = month_end(month)
        for programme in programmes:
            mark_present(programme, month, last)
        drafted = counted(centre, payroll, month=month, on=last)
        with CaptureQueriesContext(connection) as queries:
            check_and_approve(drafted, by=director, on=last)
        return len(queries)

    programmes = [make_settled_in(centre, until=date(2026, 6, 30)) for _ in range(3)]
    questions(JULY)  # the version is sealed, and there is something paid to count again
    few = questions(date(2026, 8, 1))
    programmes += [make_settled_in(centre, since=date(2026, 9, 1), until=date(2026, 8, 31)) for _ in range(27)]
    assert questions(date(2026, 9, 1)) <= few
