"""What the facts ask for, kind by kind, with the days counted by hand."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cistor.centres.models import Agreement, Office, PublicHoliday
from cistor.notices import required
from cistor.notices.models import Dispatch, Run
from tests.factories import end
from tests.notices.making import (
    SIGNED,
    Kind,
    come_from_pup,
    make_letter,
    make_passed,
    make_reply,
    make_signed,
    mopr,
    pup,
)

# A Monday; its trial ends on Wednesday, 1 April 2026, the week before Easter.
BEGUN, TRIAL_END = date(2026, 3, 2), date(2026, 4, 1)
REQUEST_FROM, REQUEST_DUE = date(2026, 3, 26), date(2026, 3, 31)


def asked(centre, on, kind):
    """Pairs (to whom, until when) of the letters of a kind."""
    rows = [need for need in required.needs(centre, on) if need.kind == kind]
    return [(need.office.kind if need.office else "participant", need.due_on) for need in rows]


# The signing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "signed_on, due_on",
    [
        (SIGNED, date(2027, 1, 4)),  # Christmas Eve, two holidays, a weekend, New Year and a weekend after it
        (date(2026, 3, 2), date(2026, 3, 9)),
        (date(2026, 4, 3), date(2026, 4, 13)),  # Easter Monday
        (date(2026, 5, 30), date(2026, 6, 8)),  # signed on a Saturday; Corpus Christi
    ],
)
def test_the_list_of_the_admitted_has_five_working_days(centre, signed_on, due_on):
    make_signed(centre, signed_on)
    assert asked(centre, signed_on, Kind.ADMISSION_LIST) == [("welfare", due_on)]
    assert asked(centre, signed_on, Kind.INSURANCE_TOLD) == [("participant", signed_on)]


def test_nothing_is_asked_for_before_its_day(centre):
    make_signed(centre)
    assert required.needs(centre, SIGNED - timedelta(days=1)) == []


def test_without_an_agreement_only_the_law_speaks(other_centre):
    programme = make_signed(other_centre, BEGUN)
    for day in (BEGUN, REQUEST_FROM, TRIAL_END):
        assert [need.kind for need in required.needs(other_centre, day)] == [Kind.INSURANCE_TOLD]
    end(programme, ended_on=TRIAL_END, kind="trial_failed")
    assert [need.kind for need in required.needs(other_centre, date(2026, 4, 2))] == [Kind.INSURANCE_TOLD]


def test_the_agreement_of_the_day_of_signing_decides(centre):
    make_signed(centre)
    Agreement.objects.filter(office__centre=centre).update(end_on=SIGNED - timedelta(days=1))
    assert asked(centre, SIGNED, Kind.ADMISSION_LIST) == []
    Agreement.objects.filter(office__centre=centre).update(end_on=SIGNED)
    assert asked(centre, date(2026, 12, 28), Kind.ADMISSION_LIST) == [("welfare", date(2027, 1, 4))]


def test_a_programme_of_an_office_without_an_agreement_is_told_to_nobody(centre):
    programme = make_signed(centre)
    programme.office = centre.offices.create(kind=Office.Kind.CUS, name="Inne centrum usług", short_name="CUS")
    programme.save()
    assert asked(centre, SIGNED, Kind.ADMISSION_LIST) == []


def test_of_two_offices_none_is_guessed(centre):
    make_signed(centre)
    centre.offices.create(kind=Office.Kind.WELFARE, name="Drugi ośrodek", short_name="OPS 2")
    assert asked(centre, SIGNED, Kind.ADMISSION_LIST) == []


# The trial ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "begun_on, from_on, due_on",
    [
        (BEGUN, REQUEST_FROM, REQUEST_DUE),
        (date(2026, 11, 29), date(2026, 12, 22), date(2026, 12, 23)),  # the trial ends on the Monday after Christmas
        (date(2026, 1, 31), date(2026, 2, 22), date(2026, 2, 27)),  # no 31 February: the trial ends on the 28th
        (date(2028, 1, 31), date(2028, 2, 23), date(2028, 2, 28)),
        (date(2028, 2, 29), date(2028, 3, 22), date(2028, 3, 27)),
    ],
)
def test_the_office_is_asked_in_the_last_week_of_the_trial(centre, begun_on, from_on, due_on):
    make_signed(centre, begun_on)
    assert asked(centre, from_on - timedelta(days=1), Kind.QUALIFICATION_REQUEST) == []
    assert asked(centre, from_on, Kind.QUALIFICATION_REQUEST) == [("welfare", due_on)]


def test_a_question_never_grows_too_old(centre):
    make_signed(centre, BEGUN)
    assert asked(centre, date(2026, 9, 1), Kind.QUALIFICATION_REQUEST) == [("welfare", REQUEST_DUE)]


def test_who_has_the_answer_asks_nothing(centre):
    programme = make_signed(centre, BEGUN)
    make_reply(programme, date(2026, 3, 27))
    # On the day before it nobody knew.
    assert asked(centre, REQUEST_FROM, Kind.QUALIFICATION_REQUEST) == [("welfare", REQUEST_DUE)]
    assert asked(centre, date(2026, 3, 27), Kind.QUALIFICATION_REQUEST) == []


def test_who_was_passed_on_is_not_asked_about_unless_provisionally(centre):
    passed, provisional = make_signed(centre, BEGUN), make_signed(centre, BEGUN)
    make_passed(passed)
    make_passed(provisional, reason="Odpowiedź się spóźnia.")
    rows = [need for need in required.needs(centre, date(2026, 4, 2)) if need.kind == Kind.QUALIFICATION_REQUEST]
    assert [need.programme for need in rows] == [provisional]


def test_an_ended_programme_is_not_asked_about(centre):
    end(make_signed(centre, BEGUN), ended_on=date(2026, 3, 27))
    assert asked(centre, date(2026, 3, 27), Kind.QUALIFICATION_REQUEST) == []


def test_the_program_tells_of_a_failed_trial_once_it_is_over(centre):
    end(make_signed(centre, BEGUN), ended_on=TRIAL_END, kind="trial_failed")
    assert asked(centre, TRIAL_END, Kind.NOT_QUALIFIED) == []
    # Easter Monday lies between.
    assert asked(centre, date(2026, 4, 2), Kind.NOT_QUALIFIED) == [("participant", date(2026, 4, 9))]
    assert asked(centre, date(2026, 4, 2), Kind.EARLY_END) == []


def test_a_trial_that_failed_before_its_last_day_is_an_early_end_too(centre):
    end(make_signed(centre, BEGUN), ended_on=date(2026, 3, 20), kind="trial_failed")
    assert asked(centre, date(2026, 3, 23), Kind.NOT_QUALIFIED) == [("participant", date(2026, 3, 27))]
    assert asked(centre, date(2026, 3, 23), Kind.EARLY_END) == [("welfare", date(2026, 3, 27))]


def test_who_is_not_qualified_in_a_provisional_main_period_is_told_and_so_is_the_office(centre):
    programme = make_signed(centre, BEGUN)
    make_passed(programme, reason="Odpowiedź się spóźnia.")
    end(programme, ended_on=date(2026, 4, 8), kind="not_qualified")
    assert asked(centre, date(2026, 4, 9), Kind.NOT_QUALIFIED) == [("participant", date(2026, 4, 15))]
    assert asked(centre, date(2026, 4, 9), Kind.EARLY_END) == [("welfare", date(2026, 4, 15))]


# The end --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["job", "business", "breach", "left", "declaration", "other"])
def test_the_office_is_told_of_every_early_end(centre, kind):
    end(make_signed(centre, BEGUN, main=True), ended_on=date(2026, 5, 13), kind=kind)
    assert asked(centre, date(2026, 5, 13), Kind.EARLY_END) == [("welfare", date(2026, 5, 20))]


@pytest.mark.parametrize(
    "ended_on, decided_on, learned_on, from_on, due_on",
    [
        (date(2026, 5, 13), date(2026, 5, 20), None, date(2026, 5, 20), date(2026, 5, 27)),
        (date(2026, 5, 13), date(2026, 5, 20), date(2026, 5, 18), date(2026, 5, 20), date(2026, 5, 25)),
        # Decided ahead: counted from the last day; Corpus Christi lies in between.
        (date(2026, 5, 29), date(2026, 5, 13), date(2026, 5, 13), date(2026, 5, 29), date(2026, 6, 8)),
    ],
)
def test_the_information_counts_from_the_later_of_the_end_and_the_day_it_was_known(
    centre, ended_on, decided_on, learned_on, from_on, due_on
):
    programme = end(make_signed(centre, BEGUN, main=True), ended_on=ended_on, kind="job")
    programme.end_decided_on, programme.end_learned_on = decided_on, learned_on
    programme.save()
    assert asked(centre, from_on - timedelta(days=1), Kind.EARLY_END) == []
    assert asked(centre, from_on, Kind.EARLY_END) == [("welfare", due_on)]


def test_the_end_of_the_period_is_no_early_end(centre):
    programme = make_signed(centre, BEGUN, main=True)
    end(programme, ended_on=programme.planned_end_on, kind="period")
    assert asked(centre, programme.planned_end_on, Kind.EARLY_END) == []


@pytest.mark.parametrize(
    "said, told",
    [
        ({"registered_at_pup": True}, ["welfare", "pup"]),
        ({"registered_at_pup": False, "applicant": "pup"}, ["welfare", "pup"]),
        ({"registered_at_pup": False}, ["welfare"]),
    ],
)
def test_the_employment_office_is_told_of_its_own(centre, said, told):
    pup(centre)
    programme = make_signed(centre, BEGUN, main=True)
    come_from_pup(programme, **said)
    end(programme, ended_on=date(2026, 5, 13), kind="job")
    assert asked(centre, date(2026, 5, 13), Kind.EARLY_END) == [(kind, date(2026, 5, 20)) for kind in told]


# How far back, what stands already, what it costs ---------------------------------------------------------------------


def test_what_was_signed_long_before_the_first_run_is_not_told_once_more(centre):
    make_signed(centre, BEGUN, main=True)
    assert asked(centre, BEGUN + timedelta(days=60), Kind.ADMISSION_LIST) == [("welfare", date(2026, 3, 9))]
    assert required.needs(centre, BEGUN + timedelta(days=61)) == []


def test_nothing_is_lost_however_long_the_schedule_stood_still(centre):
    Run.objects.create(centre=centre, on=BEGUN - timedelta(days=1), is_daily=True)
    Run.objects.create(centre=centre, on=date(2026, 9, 1), is_daily=True, failure="Przerwane.")
    make_signed(centre, BEGUN, main=True)
    assert asked(centre, date(2026, 9, 2), Kind.ADMISSION_LIST) == [("welfare", date(2026, 3, 9))]


def decided(programme, *, ended_on, learned_on, decided_on):
    end(programme, ended_on=ended_on, kind="job")
    programme.end_learned_on, programme.end_decided_on = learned_on, decided_on
    programme.save()


def test_an_end_recorded_late_is_told_of_although_its_term_is_long_over(centre):
    Run.objects.create(centre=centre, on=date(2026, 8, 30), is_daily=True)
    days = {"ended_on": date(2026, 6, 10), "learned_on": date(2026, 6, 12), "decided_on": date(2026, 8, 31)}
    decided(make_signed(centre, BEGUN, main=True), **days)
    assert asked(centre, date(2026, 8, 31), Kind.EARLY_END) == [("welfare", date(2026, 6, 19))]


def recorded(programme, on):
    """Brought into the program on a day."""
    programme.stages.update(decided_on=on)


def test_a_signing_recorded_late_is_told_of_and_one_from_old_papers_is_not(centre):
    Run.objects.create(centre=centre, on=date(2026, 6, 25), is_daily=True)
    recorded(make_signed(centre, date(2026, 4, 20), main=True), date(2026, 6, 16))
    recorded(make_signed(centre, BEGUN, main=True), date(2026, 6, 16))
    on = date(2026, 6, 26)
    assert asked(centre, on, Kind.ADMISSION_LIST) == [("welfare", date(2026, 4, 27))]
    assert asked(centre, on, Kind.INSURANCE_TOLD) == [("participant", date(2026, 4, 20))]


@pytest.mark.parametrize("learned_on", [None, date(2026, 3, 16)])
@pytest.mark.parametrize("kind", ["job", "trial_failed"])
def test_a_programme_that_came_from_paper_with_its_end_is_told_of_no_more(centre, learned_on, kind):
    programme = make_signed(centre, BEGUN, main=True)
    recorded(programme, date(2026, 8, 1))
    days = {"ended_on": date(2026, 3, 15), "learned_on": learned_on, "decided_on": date(2026, 8, 3)}
    decided(programme, **days)
    programme.end_kind = kind
    programme.save()
    assert required.needs(centre, date(2026, 8, 3)) == []


def test_a_copy_sent_ahead_does_not_hide_a_letter_that_waits(centre):
    letter = make_letter(make_signed(centre), status="signed")
    Dispatch.objects.create(
        document=letter.document, office=mopr(centre), is_copy=True, way="fax", sent_on=SIGNED, recorded_on=SIGNED
    )
    assert [row.person.letter for row in required.survey(centre, SIGNED).drafts] == [letter]


@pytest.mark.parametrize("status", ["draft", "returned", "signed", "void"])
def test_what_stands_in_a_letter_is_not_asked_for_again_even_when_it_is_void(centre, status):
    make_letter(make_signed(centre), status=status)
    assert asked(centre, SIGNED, Kind.ADMISSION_LIST) == []


def test_a_holiday_added_later_moves_the_term(centre):
    letter = make_letter(make_signed(centre))
    assert required.terms(letter, SIGNED) == (date(2027, 1, 4), "Procedura CISTOR–MOPR cz. II ust. 1")
    PublicHoliday.objects.create(on=date(2026, 12, 30), name="Dzień ustanowiony później")
    assert required.terms(letter, SIGNED)[0] == date(2027, 1, 5)


def queries(centre, on) -> int:
    with CaptureQueriesContext(connection) as captured:
        required.needs(centre, on)
    return len(captured)


def test_ten_people_cost_as_many_queries_as_one_and_a_quiet_day_three(centre):
    assert queries(centre, SIGNED) == 3
    pup(centre)
    for _ in range(2):
        end(make_signed(centre, SIGNED - timedelta(days=1)), ended_on=SIGNED, kind="job")
    few = queries(centre, SIGNED)
    for _ in range(8):
        end(make_signed(centre, SIGNED - timedelta(days=1)), ended_on=SIGNED, kind="job")
    assert queries(centre, SIGNED) == few <= 10
