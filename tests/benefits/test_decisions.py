"""A list on its way: looked through by payroll, sent back or approved by the director, who says why it pays less."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.actions import approve, check, recount, run_month, send_back, take_back
from benefits.reading.checksums import seen_checksum
from benefits.reading.departures import below_statute
from benefits.reading.standing import sent_back
from cistor.centres.models import DepartureReason
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.benefits.people import COUNTED, JULY, REASON, check_and_approve, checked, make_settled_in
from tests.factories import make_user, mark_present

# Checked and sent back ------------------------------------------------------------------------------------------------


def test_payroll_checks_a_draft_and_hands_it_over(july, payroll):
    row = check(july, by=payroll, on=COUNTED)
    assert (row.status, row.checked_by, row.checked_on) == ("checked", payroll, COUNTED)
    assert Entry.objects.get(verb="list_checked").by == payroll


def test_a_draft_is_not_approved_unchecked(july, director):
    with pytest.raises(Refused, match="Obecny stan: projekt"):
        approve(july, departure_reason=REASON, by=director, on=COUNTED)


def test_a_list_with_problems_is_not_checked(july, payroll):
    programme = july.settlements.get().programme
    july.problems.create(programme=programme, kind="failed", text="-")
    with pytest.raises(Refused, match="przeszkody"):
        check(july, by=payroll, on=COUNTED)


def test_what_was_counted_anew_since_the_look_is_not_checked(july, programme, payroll):
    seen = seen_checksum(july, july.settlements.all())
    programme.days.filter(on=date(2026, 7, 7)).update(meaning="sick")
    recount(july, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="Dane zmieniły się"):
        check(july, seen=seen, by=payroll, on=COUNTED)


def test_counting_anew_takes_the_check_back(july, payroll):
    recount(checked(july, on=COUNTED), by=payroll, on=COUNTED)
    july.refresh_from_db()
    assert (july.status, july.checked_by, july.checked_on) == ("draft", None, None)


def test_the_director_sends_it_back_and_the_reason_stands_until_the_next_check(july, payroll, director):
    send_back(checked(july, on=COUNTED), reason="Brakuje zaświadczenia. ", by=director, on=COUNTED)
    july.refresh_from_db()
    assert (july.status, july.checked_by) == ("draft", None)
    told = sent_back(july)
    assert (told.by, told.data["reason"]) == (director, "Brakuje zaświadczenia.")
    recount(july, by=payroll, on=COUNTED)
    assert sent_back(july) == told
    check(july, by=payroll, on=COUNTED)
    take_back(july, by=payroll, on=COUNTED)
    july.refresh_from_db()
    assert sent_back(july) is None


def test_it_is_not_sent_back_without_a_word(july, director):
    with pytest.raises(Refused, match="co poprawić") as refusal:
        send_back(checked(july, on=COUNTED), reason="  ", by=director, on=COUNTED)
    assert refusal.value.field == "reason"


def test_payroll_takes_back_what_it_has_checked_and_the_director_sends_it_back(july, payroll):
    with pytest.raises(Refused, match="kierujący centrum"):
        send_back(checked(july, on=COUNTED), reason="Jeszcze raz.", by=payroll, on=COUNTED)
    assert take_back(july, by=payroll, on=COUNTED).status == "draft"
    with pytest.raises(Refused, match="Obecny stan: projekt"):
        take_back(july, by=payroll, on=COUNTED)


def test_an_approved_list_goes_nowhere_back(approved, payroll, director):
    for act in (
        lambda: take_back(approved, by=payroll, on=COUNTED),
        lambda: send_back(approved, reason="Źle.", by=director, on=COUNTED),
        lambda: check(approved, by=payroll, on=COUNTED),
    ):
        with pytest.raises(Refused, match="już zatwierdzona"):
            act()


def test_who_checked_a_list_does_not_approve_it(july, centre):
    both = make_user(centre, "payroll", "director")
    check(july, by=both, on=COUNTED)
    with pytest.raises(Refused, match="ktoś inny"):
        approve(july, departure_reason=REASON, by=both, on=COUNTED)


def test_who_checked_it_once_does_not_approve_it_after_another_has(july, payroll, centre):
    both = make_user(centre, "payroll", "director")
    take_back(check(july, by=both, on=COUNTED), by=both, on=COUNTED)
    check(july, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="ktoś inny"):
        approve(july, departure_reason=REASON, by=both, on=COUNTED)


# Less than the statute ------------------------------------------------------------------------------------------------


def test_what_pays_less_than_the_statute_asks_for_a_reason(july, director):
    (below,) = below_statute(july)
    assert {one.setting for one in below.departures} >= {"main_rate"}
    assert below.reason is None
    for reason in ("", "  "):
        with pytest.raises(Refused, match="mniej, niż daje ustawa") as refusal:
            approve(checked(july, on=COUNTED), departure_reason=reason, by=director, on=COUNTED)
        assert refusal.value.field == "departure_reason"
    july.refresh_from_db()
    assert july.status == "checked"
    assert not DepartureReason.objects.exists()


def test_the_reason_is_given_once_a_version(july, programme, centre, payroll, director):
    check_and_approve(july, by=director, on=COUNTED)
    said = DepartureReason.objects.get()
    assert (said.text, said.given_by, said.given_on) == (REASON, director, COUNTED)
    mark_present(programme, date(2026, 8, 1), date(2026, 8, 31))
    august = run_month(centre=centre, month=date(2026, 8, 1), by=payroll, on=date(2026, 9, 1))
    (below,) = below_statute(august)
    assert below.reason == said
    check_and_approve(august, departure_reason="", by=director, on=date(2026, 9, 1))
    assert DepartureReason.objects.get() == said


def test_a_new_version_that_still_gives_less_asks_again(july, programme, centre, payroll, director):
    check_and_approve(july, by=director, on=COUNTED)
    second = centre.regulations.get()
    second.pk, second.sealed_on, second.in_force_from = None, None, date(2026, 8, 1)
    second.save()
    mark_present(programme, date(2026, 8, 1), date(2026, 8, 31))
    august = run_month(centre=centre, month=date(2026, 8, 1), by=payroll, on=date(2026, 9, 1))
    with pytest.raises(Refused, match="mniej, niż daje ustawa"):
        check_and_approve(august, departure_reason="", by=director, on=date(2026, 9, 1))


def test_days_before_the_statute_gave_more_need_no_reason(centre, letterhead, payroll, director):
    """Until 2022 the law gave a hundred per cent after the trial; what is less on other points is asked for still."""
    make_settled_in(centre, since=date(2018, 7, 1), until=date(2018, 7, 31))
    old = run_month(centre=centre, month=date(2018, 7, 1), by=payroll, on=date(2018, 8, 1))
    settings = {one.setting for below in below_statute(old) for one in below.departures}
    assert "main_rate" not in settings


def test_a_draft_version_is_no_version_of_a_list(july, centre):
    draft = centre.regulations.get()
    draft.pk, draft.is_draft, draft.in_force_from = None, True, date(2026, 7, 10)
    draft.save()
    (below,) = below_statute(july)
    assert not below.version.is_draft


def test_a_list_that_gives_what_the_statute_gives_asks_for_nothing(centre, letterhead, programme, payroll, director):
    version = centre.regulations.get()
    july = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    for one in [one for below in below_statute(july) for one in below.departures]:
        setattr(version, one.setting, one.value)
    version.save()
    recount(july, by=payroll, on=COUNTED)
    assert below_statute(july) == []
    assert check_and_approve(july, departure_reason="", by=director, on=COUNTED).status == "approved"


# Approved in time -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("late", [date(2026, 9, 1), date(2026, 10, 15)])
def test_a_list_is_not_approved_in_another_month_than_it_is_paid_and_taxed(july, payroll, director, late):
    check(july, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="Dzień wypłaty minął"):
        approve(july, departure_reason=REASON, by=director, on=late)


def test_a_list_is_approved_after_its_payday_within_the_month(july, director):
    assert not check_and_approve(july, by=director, on=date(2026, 8, 31)).is_open


def test_a_list_whose_payday_has_gone_by_is_counted_anew_and_approved(july, payroll, director):
    recount(july, by=payroll, on=date(2026, 9, 1))
    assert not check_and_approve(july, by=director, on=date(2026, 9, 1)).is_open


# What is read ---------------------------------------------------------------------------------------------------------


def test_a_check_reads_no_inputs(july, payroll):
    with CaptureQueriesContext(connection) as queries:
        check(july, by=payroll, on=COUNTED)
    assert columns_read(queries) == set()


def columns_read(queries) -> set[str]:
    """Of those that are long and encrypted."""
    columns = ('"benefits_settlement"."inputs"', '"benefits_settlement"."computed"', '"benefits_line"."because"')
    return {column for column in columns for query in queries if column in query["sql"]}
