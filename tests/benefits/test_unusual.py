"""What stands first on a list: who gets nothing, whose amount moved, who is at a limit, who is paid for a part."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.actions import draft_trial_list, run_month
from benefits.models import Recovery, Settlement
from benefits.unusual import Kind, unusual_on
from benefits.unusual.facts import is_big
from cistor.money import typed
from tests.benefits.people import COUNTED, JULY, LAST_OF_JULY, SIXTH, make_on_trial, make_settled_in
from tests.factories import end

JUNE = date(2026, 6, 1)
FIRST_OF_JUNE = date(2026, 6, 1)
COUNTED_IN_JULY = date(2026, 7, 2)


def days(first: date, count: int, kind: str) -> dict[date, str]:
    """So many days without weekends."""
    found: dict[date, str] = {}
    day = first
    while len(found) < count:
        if day.weekday() < 5:
            found[day] = kind
        day += timedelta(days=1)
    return found


def counted(centre, payroll, month=JULY, on=COUNTED):
    return run_month(centre=centre, month=month, by=payroll, on=on)


def both_months(centre, payroll):
    counted(centre, payroll, JUNE, COUNTED_IN_JULY)
    return counted(centre, payroll)


def said(payment_list) -> dict[str, list[str]]:
    """Kind → the sentences of everybody."""
    found: dict[str, list[str]] = {}
    for person in unusual_on(payment_list).people:
        for _, finding in person.found:
            found.setdefault(finding.kind.name, []).append(finding.says.replace("\N{NO-BREAK SPACE}", " "))
    return found


def test_nothing_is_unusual_about_a_whole_month_like_the_one_before(centre, payroll):
    make_settled_in(centre, since=FIRST_OF_JUNE)
    july = both_months(centre, payroll)
    assert unusual_on(july).people == []


# Nothing to pay -------------------------------------------------------------------------------------------------------


def test_a_zero_says_which_days_took_it(centre, payroll):
    make_settled_in(centre, but=days(SIXTH, 4, "unexcused"))
    found = said(counted(centre, payroll))
    (why,) = found["ZERO"]
    assert why.startswith("9 lipca 2026 to 4. dzień nieobecności nieusprawiedliwionej w tym rozliczeniu, a limit")
    assert why.endswith("świadczenie przepada, odjęto pozostałe 1 427,12 zł.")
    assert found["LIMIT"] == [""]


def test_a_zero_of_what_was_owed_back_says_so(centre, payroll):
    make_settled_in(centre, since=FIRST_OF_JUNE)
    july = both_months(centre, payroll)
    row = july.settlements.get()
    over = correct(Settlement.objects.get(span="2026-06"), july, benefit=-row.net, net=-row.net)
    Recovery.objects.create(overpaid=over, taken_from=row, amount=row.net)
    july.settlements.filter(pk=row.pk).update(withheld=row.net)
    assert said(july)["ZERO"] == ["Całe 1 569,90 zł zaliczono na nadpłatę."]


def test_a_zero_of_tax_says_what_took_it(centre, payroll):
    make_settled_in(centre)
    july = counted(centre, payroll)
    july.settlements.get().lines.filter(code="tax").update(amount=-Decimal("1783.90"), because="Zaliczka: wszystko.")
    july.settlements.update(net=0, tax=Decimal("1783.90"))
    assert said(july)["ZERO"] == ["Zaliczka: wszystko."]


def test_a_zero_without_any_line_has_its_sentence_too(centre, payroll):
    make_settled_in(centre)
    july = counted(centre, payroll)
    july.settlements.get().lines.all().delete()
    july.settlements.update(net=0, benefit=0, tax=0)
    assert said(july)["ZERO"] == ["W tym okresie nie ma dnia, za który należy się świadczenie."]


# Changed by more than a quarter ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before, now, big",
    [("100.00", "75.00", False), ("100.00", "74.99", True), ("100.00", "125.00", False), ("100.00", "125.01", True)],
)
def test_exactly_a_quarter_is_not_more_than_a_quarter(before, now, big):
    assert is_big(Decimal(before), Decimal(now)) is big


def test_from_nothing_to_anything_is_a_change():
    assert is_big(Decimal(0), Decimal("0.01"))
    assert not is_big(Decimal(0), Decimal(0))


def test_a_fall_is_told_with_both_amounts_and_what_took_it(centre, payroll):
    make_settled_in(centre, since=FIRST_OF_JUNE, but=days(date(2026, 7, 1), 23, "sick"))
    found = said(both_months(centre, payroll))
    assert found["CHANGED"] == [
        "W czerwcu 1 783,90 zł, w lipcu 461,48 zł: 9 dni choroby ponad limit (−698,05 zł), 14 dni choroby (−624,37 zł)."
    ]


def test_a_rise_is_told_by_what_was_taken_then(centre, payroll):
    make_settled_in(centre, since=FIRST_OF_JUNE, but=days(date(2026, 6, 8), 4, "unexcused"))
    found = said(both_months(centre, payroll))
    (says,) = found["CHANGED"]
    then, why = says.split(": ")
    assert then == "W czerwcu 0,00 zł, w lipcu 1 783,90 zł"
    lost, unexcused = why.split("), ")
    assert lost == "wtedy utrata świadczenia (+1 427,12 zł"
    assert unexcused == "wtedy 4 dni nieobecności nieusprawiedliwionej (+356,78 zł)."


def test_reasons_that_go_the_other_way_are_named_too(centre, payroll):
    """More days of one kind, fewer of another, some that were not there, in half a month that was."""
    june = {date(2026, 6, 22): "sick", date(2026, 6, 23): "unexcused", date(2026, 6, 24): "excused"}
    july = {**days(date(2026, 7, 6), 3, "sick"), date(2026, 7, 13): "excused"}
    make_settled_in(centre, since=date(2026, 6, 18), but=june | july)
    (says,) = said(both_months(centre, payroll))["CHANGED"]
    before, now, *moves = amounts_in(says)
    assert before + sum(moves) == now
    assert "wtedy 1 dzień nieobecności nieusprawiedliwionej (+" in says
    assert "3 dni choroby zamiast 1 (−" in says
    assert "wtedy tylko 18–30 czerwca 2026 (+" in says


def test_a_step_out_of_the_trial_adds_up(centre, payroll):
    but = {**days(date(2026, 6, 8), 2, "unexcused"), **days(date(2026, 7, 13), 3, "sick")}
    make_on_trial(centre, start_on=date(2026, 6, 1), until=LAST_OF_JULY, but=but, main=True)
    draft_trial_list(centre=centre, by=payroll, on=date(2026, 6, 30))
    (says,) = said(counted(centre, payroll))["CHANGED"]
    before, now, *moves = amounts_in(says)
    assert before + sum(moves) == now
    assert says.startswith("W okresie próbnym ")
    assert "stawka okresu właściwego zamiast próbnego (+" in says
    assert ", 3 dni choroby (−133,79 zł), wtedy 2 dni nieobecności nieusprawiedliwionej (+" in says


def amounts_in(says: str) -> list[Decimal]:
    return [typed(found.lstrip("+")) for found in re.findall(r"[+−]?\d{1,3}(?: \d{3})*,\d\d zł", says)]


def test_a_part_of_a_month_is_named_as_the_reason(centre, payroll):
    make_settled_in(centre, since=date(2026, 6, 18))
    found = said(both_months(centre, payroll))
    assert found["CHANGED"] == [
        "W czerwcu 773,02 zł, w lipcu 1 783,90 zł: wtedy tylko 18–30 czerwca 2026 (+1 010,88 zł)."
    ]


def test_a_programme_that_ended_is_named_as_the_reason(centre, payroll):
    programme = make_settled_in(centre, since=FIRST_OF_JUNE)
    end(programme, ended_on=date(2026, 7, 10))
    found = said(both_months(centre, payroll))
    assert found["CHANGED"] == ["W czerwcu 1 783,90 zł, w lipcu 575,45 zł: teraz tylko część miesiąca (−1 208,45 zł)."]
    assert found["PART"] == ["Rozliczono tylko 1–10 lipca 2026: program zakończył się 10 lipca 2026."]


def test_differences_move_the_amount_before(centre, payroll):
    """June was corrected down to half: July is a rise."""
    make_settled_in(centre, since=FIRST_OF_JUNE)
    july = both_months(centre, payroll)
    june = Settlement.objects.get(span="2026-06")
    correct(june, july, benefit="-891.95", net="-891.95")
    assert said(july)["CHANGED"][0].startswith("W czerwcu 891,95 zł, w lipcu 1 783,90 zł")


def correct(row: Settlement, payment_list, **amounts) -> Settlement:
    copied = {name: getattr(row, name) for name in ("programme", "span", "start_on", "end_on", "counts", "inputs")}
    return Settlement.objects.create(
        payment_list=payment_list, corrects=row, computed={"lines": []}, person=row.person, **copied, **amounts
    )


# Limits ---------------------------------------------------------------------------------------------------------------


def test_the_last_unexcused_day_that_is_allowed_is_a_warning(centre, payroll):
    make_settled_in(centre, but=days(SIXTH, 3, "unexcused"))
    found = said(counted(centre, payroll))
    assert found["LIMIT"] == ["Wykorzystano limit dni nieusprawiedliwionych (3): następny zabierze całe świadczenie."]


def test_two_unexcused_days_are_no_warning(centre, payroll):
    make_settled_in(centre, but=days(SIXTH, 2, "unexcused"))
    assert "LIMIT" not in said(counted(centre, payroll))


def test_the_last_sick_day_is_found_over_several_months(centre, payroll):
    make_settled_in(
        centre, since=FIRST_OF_JUNE, but={**days(date(2026, 6, 8), 10, "sick"), **days(date(2026, 7, 6), 4, "sick")}
    )
    found = said(both_months(centre, payroll))
    assert found["LIMIT"] == ["Wykorzystano limit dni choroby (14 w programie): za następny przepadnie cały dzień."]


def test_sick_days_over_the_limit_are_named(centre, payroll):
    make_settled_in(
        centre, since=FIRST_OF_JUNE, but={**days(date(2026, 6, 8), 13, "sick"), **days(date(2026, 7, 6), 3, "sick")}
    )
    found = said(both_months(centre, payroll))
    assert found["LIMIT"] == ["Choroba ponad limit (14 w programie): 2 dni, 7 i 8 lipca."]


def test_a_limit_used_up_months_ago_is_nothing_new(centre, payroll):
    make_settled_in(centre, since=FIRST_OF_JUNE, but=days(date(2026, 6, 8), 14, "sick"))
    assert "LIMIT" not in said(both_months(centre, payroll))


# Part of a month ------------------------------------------------------------------------------------------------------


def test_a_programme_that_began_in_mid_month_is_a_part(centre, payroll):
    make_settled_in(centre, since=date(2026, 7, 17))
    assert said(counted(centre, payroll))["PART"] == [
        "Rozliczono tylko 17–31 lipca 2026: program zaczął się 17 lipca 2026."
    ]


def test_the_days_after_a_trial_are_a_part(centre, payroll):
    make_on_trial(centre, start_on=date(2026, 6, 18), until=LAST_OF_JULY, main=True)
    found = said(counted(centre, payroll))
    assert found["PART"] == [
        "Rozliczono tylko 18–31 lipca 2026: do 17 lipca 2026 trwał okres próbny, rozliczany osobno."
    ]


# Differences, overpayments, what is late ------------------------------------------------------------------------------


def test_differences_and_overpayments_are_told(centre, payroll):
    make_settled_in(centre, since=FIRST_OF_JUNE)
    july = both_months(centre, payroll)
    june = Settlement.objects.get(span="2026-06")
    over = correct(june, july, benefit="-90.00", net="-90.00")
    row = july.settlements.get(corrects=None)
    Recovery.objects.create(overpaid=over, taken_from=row, amount=60)
    Settlement.objects.filter(pk=row.pk).update(withheld=60)
    (person,) = unusual_on(july).people
    assert person.kinds == [Kind.DIFFERENCE, Kind.OVERPAID]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for _, text in person.sentences] == [
        "Różnica za czerwiec 2026: nadpłata 90,00 zł.",
        "Na nadpłatę za czerwiec 2026 zaliczono 60,00 zł.",
        "Nadpłata za czerwiec 2026: 30,00 zł czeka na następną wypłatę.",
    ]
    assert person.first == over


def test_what_an_earlier_list_forgot_is_late(centre, payroll):
    make_settled_in(centre, since=FIRST_OF_JUNE)
    july = counted(centre, payroll)
    assert said(july)["LATE"] == ["Zaległe rozliczenie za czerwiec 2026: nie objęła go wcześniejsza lista."]


# The list -------------------------------------------------------------------------------------------------------------


def test_below_the_statute_is_said_once_for_the_list(centre, payroll):
    for _ in range(3):
        make_settled_in(centre)
    july = counted(centre, payroll)
    july.settlements.update(shortfall=Decimal("10.10"))
    unusual = unusual_on(july)
    assert unusual.people == []
    assert (unusual.below.people, unusual.below.amount) == (3, Decimal("30.30"))
    assert unusual.count(Kind.BELOW) == 3
    july.settlements.update(shortfall=0)
    assert unusual_on(july).below is None


def test_zero_comes_first_and_equals_stand_by_name(centre, payroll):
    late = date(2026, 7, 17)
    make_settled_in(centre, since=late, last_name="Adamiak")
    make_settled_in(centre, but=days(SIXTH, 3, "unexcused"), last_name="Bielak")
    make_settled_in(centre, but=days(SIXTH, 4, "unexcused"), last_name="Zając")
    make_settled_in(centre, since=late, last_name="Łącki")
    make_settled_in(centre, since=late, last_name="Lis")
    names = [person.name.split()[0] for person in unusual_on(counted(centre, payroll)).people]
    assert names == ["Zając", "Bielak", "Adamiak", "Lis", "Łącki"]


def test_what_was_to_be_expected_comes_last(centre, payroll):
    """A step to a whole month does; one that days of sickness cut in half does not, nor one at a limit."""
    half = date(2026, 6, 18)
    make_settled_in(centre, since=half, last_name="Adamiak")
    make_settled_in(centre, since=FIRST_OF_JUNE, last_name="Bielak", but=days(SIXTH, 3, "unexcused"))
    make_settled_in(centre, since=FIRST_OF_JUNE, last_name="Cichy", but=days(date(2026, 7, 1), 23, "sick"))
    make_settled_in(centre, since=date(2026, 7, 17), last_name="Duda")
    people = unusual_on(both_months(centre, payroll)).people
    assert [person.name.split()[0] for person in people] == ["Cichy", "Bielak", "Duda", "Adamiak"]
    assert people[-1].kinds == [Kind.CHANGED]


def test_a_step_out_of_the_trial_stands_after_a_settlement_of_differences(centre, payroll):
    make_on_trial(centre, start_on=date(2026, 6, 1), until=LAST_OF_JULY, main=True, last_name="Adamiak")
    make_settled_in(centre, since=FIRST_OF_JUNE, last_name="Zając")
    draft_trial_list(centre=centre, by=payroll, on=date(2026, 6, 30))
    july = both_months(centre, payroll)
    june = Settlement.objects.get(span="2026-06", programme__participant__last_name="Zając")
    correct(june, july, benefit="-20.00", net="-20.00")
    assert [person.kinds[0] for person in unusual_on(july).people] == [Kind.DIFFERENCE, Kind.CHANGED]


def test_somebody_with_several_kinds_stands_once(centre, payroll):
    make_settled_in(centre, since=date(2026, 7, 17), but=days(date(2026, 7, 20), 4, "unexcused"))
    (person,) = unusual_on(counted(centre, payroll)).people
    assert person.kinds == [Kind.ZERO, Kind.LIMIT, Kind.PART]


def test_what_is_unusual_is_found_in_the_same_number_of_questions_for_few_and_many(centre, payroll):
    def questions():
        july = both_months(centre, payroll)
        with CaptureQueriesContext(connection) as queries:
            unusual_on(july)
        return len(queries)

    def people(count):
        for _ in range(count):
            make_settled_in(centre, since=FIRST_OF_JUNE, but=days(SIXTH, 4, "unexcused"))

    people(2)
    few = questions()
    people(10)
    assert questions() == few <= 8


def test_nothing_encrypted_but_names_is_read(centre, payroll):
    make_settled_in(centre, but=days(SIXTH, 4, "unexcused"))
    july = counted(centre, payroll)
    with CaptureQueriesContext(connection) as queries:
        unusual_on(july)
    asked = " ".join(query["sql"] for query in queries)
    for column in ("inputs", "account", "computed", "pesel", "phone"):
        assert f'"{column}"' not in asked
