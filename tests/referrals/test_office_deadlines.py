from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cistor.centres import presets
from cistor.centres.models import DeadlineLength
from cistor.dates import is_working_day
from cistor.deadlines import COUNTING, Deadline, due
from referrals import actions, deadlines
from referrals.models import Opinion
from tests.factories import make_participant
from tests.referrals.making import make_application, welfare_office
from tests.rules.book import cases

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
ON = date(2026, 3, 11)
DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
# Longer than any term of the papers.
LENGTHS = st.integers(0, 60)


def case(centre, state, **over):
    return make_application(centre, office=welfare_office(centre), office_state=state, on=MONDAY, **over)


def by_kind(application, on=ON) -> dict[str, Deadline]:
    return {row.kind: row for row in deadlines.of_application(application, on)}


# How the terms of the office are counted ------------------------------------------------------------------------------


@given(event=DAYS, length=LENGTHS, kind=st.sampled_from(["calendar_days", "working_days"]))
def test_a_term_never_ends_on_a_day_off_nor_before_its_plain_day(event, length, kind):
    last = due(kind, event, length)
    assert last >= event + timedelta(days=length)
    assert is_working_day(last) or (kind == "working_days" and length == 0)


@given(event=DAYS, length=LENGTHS)
def test_a_moved_term_leaves_no_working_day_unused(event, length):
    plain, last = event + timedelta(days=length), due("calendar_days", event, length)
    between = [plain + timedelta(days=n) for n in range((last - plain).days)]
    assert not any(is_working_day(day) for day in between)


@given(event=DAYS, length=LENGTHS, kind=st.sampled_from(sorted(COUNTING)))
def test_a_longer_term_never_ends_earlier(event, length, kind):
    assert due(kind, event, length) <= due(kind, event, length + 1)


def test_every_worked_term_comes_out_as_the_term_of_an_opinion(centre):
    presets.load_statute()
    application, length = case(centre, "received"), DeadlineLength.objects.get(code="opinion_written")
    worked = [(row["kind"], date.fromisoformat(row["event_on"]), row) for row in cases("deadlines")]
    in_days = [(kind, on, row) for kind, on, row in worked if not kind.startswith("months")]
    assert len(in_days) > 10
    for kind, received_on, row in in_days:
        DeadlineLength.objects.filter(pk=length.pk).update(unit=kind, length=row["length"])
        application.received_on = received_on
        assert deadlines.opinion_term(application)[0] == date.fromisoformat(row["due_on"]), row


# Whose term it is -----------------------------------------------------------------------------------------------------


def test_the_receipt_is_asked_for_after_the_centres_own_term(centre):
    row = by_kind(case(centre, "sent"))["receipt_confirmation"]
    assert (row.starts_on, row.due_on, row.source) == (MONDAY, date(2026, 3, 5), "ustawienie centrum")
    assert row.state(date(2026, 3, 5)) == "due_soon"
    assert row.state(date(2026, 3, 6)) == "overdue"


def test_the_opinion_has_the_term_of_the_agreement_from_the_day_of_receipt(centre):
    rows = by_kind(case(centre, "received"))
    assert rows["receipt_confirmation"].met_on == TUESDAY
    assert (rows["opinion_written"].starts_on, rows["opinion_written"].due_on) == (TUESDAY, date(2026, 3, 17))
    assert rows["opinion_written"].source.startswith("Procedura CISTOR–MOPR")


def test_without_an_agreement_the_opinion_only_grows_old(other_centre):
    row = by_kind(case(other_centre, "received"))["opinion_written"]
    assert (row.due_on, row.source) == (None, "")
    assert row.state(ON) == "open"
    assert deadlines.badge(row, ON) == ("plain", "od 8 dni")


def test_an_agreement_that_ended_before_the_receipt_sets_no_term(centre):
    welfare_office(centre).agreements.update(end_on=MONDAY)
    assert by_kind(case(centre, "received"))["opinion_written"].due_on is None


def test_an_office_without_an_agreement_has_no_term_beside_one_that_has(centre):
    other = centre.offices.create(kind="welfare", name="Drugi ośrodek", short_name="OPS 2")
    application = make_application(centre, office=other, office_state="received", on=MONDAY)
    assert by_kind(application)["opinion_written"].due_on is None


def test_what_was_written_keeps_the_term_of_its_day(centre):
    application = case(centre, "opined")
    Opinion.objects.filter(application=application).update(due_on=date(2026, 3, 6), due_source="Dawne porozumienie")
    DeadlineLength.objects.filter(code="opinion_written").update(length=30)
    row = by_kind(application)["opinion_written"]
    assert (row.due_on, row.source, row.met_on) == (date(2026, 3, 6), "Dawne porozumienie", date(2026, 3, 7))


def test_a_receipt_keeps_the_term_of_its_day(centre, social_worker):
    application = case(centre, "sent")
    application = actions.confirm_receipt(application, received_on=TUESDAY, by=social_worker, on=ON)
    DeadlineLength.objects.filter(code="receipt_confirmation").update(length=30)
    row = by_kind(application)["receipt_confirmation"]
    assert (row.due_on, row.source, row.met_on) == (date(2026, 3, 5), "ustawienie centrum", TUESDAY)


def test_an_opinion_taken_back_leaves_its_term_open(centre):
    application = case(centre, "received")
    row = case(centre, "opined").opinions.get()
    Opinion.objects.filter(pk=row.pk).update(
        application=application, taken_back_on=ON, taken_back_by=row.by, taken_back_reason="Pomyłka."
    )
    assert by_kind(application)["opinion_written"].met_on is None


def test_what_follows_the_opinion_is_due_at_once_so_it_only_has_an_age(centre):
    row = by_kind(case(centre, "opined"))["opinion_and_referral_forwarded"]
    assert (row.starts_on, row.due_on, row.met_on) == (date(2026, 3, 7), None, None)
    assert by_kind(case(centre, "referred"))["opinion_and_referral_forwarded"].met_on == MONDAY


def test_no_consent_makes_what_should_have_followed_void(other_centre):
    row = by_kind(case(other_centre, "no_consent"))["opinion_and_referral_forwarded"]
    assert row.state(ON) == "void"


@pytest.mark.parametrize("state, status", [("to_send", "open"), ("received", "withdrawn"), ("received", "refused")])
def test_nothing_is_due_of_a_case_not_sent_or_not_under_way(centre, state, status):
    assert deadlines.of_application(case(centre, state, status=status), ON) == []


def test_the_first_due_presses_most_then_the_oldest(centre):
    rows = [row for state in ("sent", "received", "opined") for row in by_kind(case(centre, state)).values()]
    assert deadlines.nearest(rows, ON).kind == "receipt_confirmation"
    ages = [row for row in rows if row.due_on is None]
    assert deadlines.nearest(ages, ON).kind == "opinion_and_referral_forwarded"
    assert deadlines.nearest([row for row in rows if row.met_on], ON) is None


@pytest.mark.parametrize(
    "on, badge",
    [
        (date(2026, 3, 9), ("info", "zostało 8 dni")),
        (date(2026, 3, 14), ("soon", "zostały 3 dni")),
        (date(2026, 3, 16), ("soon", "został 1 dzień")),
        (date(2026, 3, 17), ("soon", "ostatni dzień")),
        (date(2026, 3, 18), ("late", "1 dzień po terminie")),
        (date(2026, 3, 31), ("late", "14 dni po terminie")),
    ],
)
def test_what_is_left_is_said_in_words(centre, on, badge):
    assert deadlines.badge(by_kind(case(centre, "received"), on)["opinion_written"], on) == badge


def test_the_terms_of_many_cases_take_as_many_queries_as_those_of_one(centre, django_assert_num_queries):
    states = ("sent", "received", "opined", "referred") * 3
    rows = [case(centre, state, participant=make_participant(centre)) for state in states]
    with django_assert_num_queries(9):
        assert len(deadlines.of_applications(rows[:1], ON)) == 1
    with django_assert_num_queries(9):
        assert all(deadlines.of_applications(rows, ON).values())
