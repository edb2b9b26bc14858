"""One engine: every deadline computed from facts, with its source; met by what was done, moved by holidays alone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cistor.accounts.roles import Role
from cistor.centres.models import ClosedDay, PublicHoliday
from cistor.notices import deadlines
from cistor.notices.models import Discharge, Dispatch, Run
from participants.models import FollowUp, QualificationReply
from referrals.deadlines import urgency
from tests.factories import end, make_group, make_participant, make_programme, make_user
from tests.notices.letters import make_letter, make_signed
from tests.referrals.making import make_application

STARTED = date(2026, 2, 2)
TRIAL_END = date(2026, 3, 1)
ON = date(2026, 3, 11)


def of(programme, kind, on=ON):
    rows = deadlines.of_participant(programme.participant, on)
    return next((row for row in rows if row.kind == kind), None)


def office(centre):
    return centre.offices.get(kind="welfare")


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=STARTED)


def test_the_duty_to_insure_comes_31_days_after_the_first_day_and_never_moves(centre):
    first_of_march = make_programme(make_participant(centre), start_on=date(2026, 3, 1))
    row = of(first_of_march, "insurance_duty")
    assert (row.due_on, row.state(date(2026, 4, 1)), row.state(date(2026, 4, 2))) == (
        date(2026, 4, 1),
        "due_soon",
        "overdue",
    )
    on_a_sunday = make_programme(make_participant(centre), start_on=date(2026, 3, 5))
    assert of(on_a_sunday, "insurance_duty").due_on == date(2026, 4, 5)


def test_a_programme_that_ended_before_asks_for_no_insurance(centre, programme):
    end(programme, ended_on=date(2026, 2, 20))
    assert of(programme, "insurance_duty").state(ON) == "void"
    assert "20.02.2026" in of(programme, "insurance_duty").void


def test_insurance_holds_where_there_is_no_agreement_with_an_office(other_centre):
    row = of(make_programme(make_participant(other_centre), start_on=STARTED), "insurance_duty")
    assert row.due_on == date(2026, 3, 5)
    assert row.source


def test_the_planned_end_is_foreseen_thirty_days_ahead(programme):
    row = of(programme, "programme_end")
    assert row.due_on == date(2027, 2, 1)
    assert [row.state(day) for day in (date(2027, 1, 1), date(2027, 1, 2), date(2027, 2, 2))] == [
        "open",
        "due_soon",
        "overdue",
    ]


def test_a_trial_alone_is_no_plan_of_an_end(centre):
    assert of(make_programme(make_participant(centre), start_on=STARTED, main=False), "programme_end") is None


@pytest.mark.parametrize(
    "ended_on, kind, state", [(date(2027, 2, 1), "period", "met"), (date(2026, 6, 30), "job", "void")]
)
def test_the_planned_end_is_met_by_the_end_and_void_by_an_earlier_one(programme, ended_on, kind, state):
    end(programme, ended_on=ended_on, kind=kind)
    assert of(programme, "programme_end").state(date(2027, 3, 1)) == state


def test_after_the_end_somebody_asks_within_four_weeks_where_the_regulations_say_so(other_centre, programme):
    elsewhere = make_programme(make_participant(other_centre), start_on=STARTED)
    end(elsewhere, ended_on=date(2026, 3, 6))
    end(programme, ended_on=date(2026, 3, 6))
    row = of(elsewhere, "follow_up")
    # 28 days later is Good Friday, no public holiday.
    assert (row.due_on, row.source) == (date(2026, 4, 3), "załącznik nr 8")
    assert of(programme, "follow_up") is None


def test_a_contact_meets_it(other_centre):
    programme = make_programme(make_participant(other_centre), start_on=STARTED)
    end(programme, ended_on=date(2026, 3, 6))
    said = {"contacted_on": ON, "by": make_user(other_centre, Role.SOCIAL_WORKER), "recorded_on": ON}
    FollowUp.objects.create(programme=programme, situation="unknown", **said)
    assert of(programme, "follow_up").met_on is None
    FollowUp.objects.create(programme=programme, situation="job", **said)
    assert (of(programme, "follow_up").met_on, of(programme, "follow_up").state(ON)) == (ON, "met")


def test_a_holiday_added_later_moves_what_is_open_and_a_closed_day_of_the_centre_nothing(other_centre):
    programme = make_programme(make_participant(other_centre), start_on=STARTED)
    end(programme, ended_on=date(2026, 3, 10))
    assert of(programme, "follow_up").due_on == date(2026, 4, 7)
    ClosedDay.objects.create(centre=other_centre, on=date(2026, 4, 7), reason="Remont")
    assert of(programme, "follow_up").due_on == date(2026, 4, 7)
    PublicHoliday.objects.create(on=date(2026, 4, 7), name="Święto jednorazowe", source="ustawa")
    assert of(programme, "follow_up").due_on == date(2026, 4, 8)


# Letters --------------------------------------------------------------------------------------------------------------


def sent(letter, on, **over):
    facts = {"document": letter.document, "office": letter.office, "way": "email", "sent_on": on, "recorded_on": on}
    return Dispatch.objects.create(**{**facts, "due_on": letter.due_on, "due_source": letter.due_source, **over})


@pytest.fixture
def admission_list(centre, programme):
    facts = {"starts_on": STARTED, "due_on": date(2026, 2, 9), "due_source": "Procedura"}
    return make_letter(centre, "admission_list", programme, office=office(centre), **facts)


def test_a_letter_waits_for_the_signature_and_then_for_the_sending(programme, admission_list):
    before = of(programme, "admission_list")
    assert (before.role, before.step, before.state(ON)) == ("director", "czeka na podpis", "overdue")
    make_signed(admission_list)
    after = of(programme, "admission_list")
    assert (after.role, after.step) == ("social_worker", "do wysłania")


def test_the_first_sending_that_is_no_copy_meets_it_with_its_number_as_proof(programme, admission_list):
    letter = make_signed(admission_list)
    sent(letter, date(2026, 2, 6), is_copy=True)
    assert of(programme, "admission_list").met_on is None
    sent(letter, date(2026, 2, 9))
    row = of(programme, "admission_list")
    assert (row.met_on, row.proof) == (date(2026, 2, 9), f"pismo {letter.document.number}")


def test_a_holiday_moves_a_letter_that_waits_and_never_one_that_went_out(centre, programme, admission_list):
    letter = make_signed(admission_list)
    PublicHoliday.objects.create(on=date(2026, 2, 5), name="Święto jednorazowe", source="ustawa")
    assert of(programme, "admission_list").due_on == date(2026, 2, 10)
    sent(letter, date(2026, 2, 9))
    assert of(programme, "admission_list").due_on == date(2026, 2, 9)


def test_a_letter_that_nobody_needs_is_void_with_its_reason(programme, admission_list):
    admission_list.status, admission_list.void_reason = "void", "Lista wysłana pocztą w lutym."
    admission_list.save()
    row = of(programme, "admission_list")
    assert (row.void, row.words) == ("niepotrzebne", "Lista wysłana pocztą w lutym.")


def test_a_letter_not_prepared_yet_stands_there_too(centre):
    programme = make_programme(make_participant(centre), start_on=ON)
    row = of(programme, "admission_list")
    assert (row.due_on, row.step) == (date(2026, 3, 18), "do przygotowania")


@pytest.fixture
def request_sent(centre, programme):
    facts = {"starts_on": date(2026, 2, 23), "due_on": date(2026, 2, 27)}
    return sent(
        make_signed(make_letter(centre, "qualification_request", programme, office=office(centre), **facts)),
        date(2026, 2, 24),
    )


def test_the_answer_is_owed_by_the_trials_last_day_a_sunday_too(programme, request_sent):
    row = of(programme, "qualification_reply")
    assert (row.starts_on, row.due_on) == (date(2026, 2, 24), TRIAL_END)
    assert row.due_on.weekday() == 6
    assert row.source == "Procedura CISTOR–MOPR cz. II ust. 3"


def test_the_answer_meets_the_day_that_was_written_down_with_it(centre, programme, request_sent, social_worker):
    facts = {"is_qualified": True, "way": "email", "by": social_worker, "recorded_on": ON, "received_on": TRIAL_END}
    QualificationReply.objects.create(programme=programme, due_on=TRIAL_END, due_source="Procedura", **facts)
    row = of(programme, "qualification_reply")
    assert (row.met_on, row.due_on, row.source) == (TRIAL_END, TRIAL_END, "Procedura")


def test_without_a_request_no_answer_is_owed(programme):
    assert of(programme, "qualification_reply") is None


# Joined ---------------------------------------------------------------------------------------------------------------


def test_what_was_met_by_hand_keeps_its_day_and_what_was_waived_its_reason(programme, social_worker):
    facts = {"due_on": date(2026, 3, 5), "due_source": "ustawa", "by": social_worker, "programme": programme}
    Discharge.objects.create(
        kind="insurance_duty", is_waiver=False, reason="Zgłosił MOPR.", discharged_on=date(2026, 3, 4), **facts
    )
    row = of(programme, "insurance_duty")
    assert (row.met_on, row.proof, row.source) == (date(2026, 3, 4), "odnotowano", "ustawa")
    assert row.words == "Zgłosił MOPR."


def test_a_month_unpaid_since_the_first_run_stays_overdue(centre, programme, payroll):
    Run.objects.create(centre=centre, on=date(2026, 4, 8), is_daily=True)
    on = date(2026, 7, 2)
    late = [row.about for row in deadlines.of_user(payroll, on) if row.state(on) == "overdue"]
    assert late == ["kwiecień 2026", "maj 2026"]


def test_what_fell_due_before_the_first_run_was_never_asked_for(centre, programme):
    Run.objects.create(centre=centre, on=ON, is_daily=True)
    assert of(programme, "insurance_duty") is None
    younger = make_programme(make_participant(centre), start_on=date(2026, 2, 20))
    assert of(younger, "insurance_duty").due_on == date(2026, 3, 23)


def test_every_deadline_has_a_name_and_a_source(centre, programme, request_sent, admission_list):
    make_application(centre, office=office(centre), office_state="sent")
    rows = deadlines.of_centre(centre, ON)
    assert len({row.kind for row in rows}) > 7
    assert all(deadlines.label(row.kind)[0].isupper() for row in rows)
    assert all(row.source for row in rows if row.due_on)
    assert rows == sorted(rows, key=urgency)


def people(centre, count, on=STARTED):
    return [make_programme(make_participant(centre), start_on=on + timedelta(days=n % 20)) for n in range(count)]


def test_the_number_of_queries_does_not_grow(centre, programme, request_sent):
    make_letter(centre, "admission_list", *people(centre, 1), office=office(centre))
    with CaptureQueriesContext(connection) as few:
        deadlines.of_centre(centre, ON)
    make_letter(centre, "admission_list", *people(centre, 12), office=office(centre))
    with CaptureQueriesContext(connection) as many:
        deadlines.of_centre(centre, ON)
    assert len(many) <= len(few)


# By role and reach ----------------------------------------------------------------------------------------------------


def kinds(user):
    return {row.kind for row in deadlines.of_user(user, ON)}


def test_each_role_has_its_own(
    centre, programme, admission_list, request_sent, director, social_worker, payroll, admin
):
    assert {"trial_benefit"} < kinds(payroll) <= {"trial_benefit", "monthly_benefit", "zus_registration"}
    assert "trial_benefit" not in kinds(social_worker)
    assert {"admission_list", "insurance_duty", "qualification_reply"} <= kinds(social_worker)
    assert kinds(director) == kinds(social_worker) | kinds(payroll)
    assert kinds(admin) == set()


def test_an_instructor_sees_own_groups_only(centre, programme, instructor):
    inside = make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=STARTED)
    assert {row.participant for row in deadlines.seen_by(instructor, ON)} == {inside.participant_id}


def test_an_office_sees_its_own_cases_only(centre, programme, request_sent):
    head = make_user(None, Role.WELFARE_HEAD, office=office(centre))
    other = centre.offices.create(kind="welfare", name="Inny ośrodek", short_name="OPS")
    stranger = make_user(None, Role.WELFARE_HEAD, office=other)
    assert [(row.kind, row.programme) for row in deadlines.of_user(head, ON) if row.kind == "qualification_reply"] == [
        ("qualification_reply", programme.pk)
    ]
    assert deadlines.of_user(stranger, ON) == []


def test_one_letter_about_three_people_is_one_line(centre, social_worker):
    make_letter(centre, "admission_list", *people(centre, 3), office=office(centre))
    (row,) = (row for row in deadlines.of_user(social_worker, ON) if row.kind == "admission_list")
    assert row.about.endswith("i 2 inne osoby")


def test_another_centre_has_none_of_it(programme, outsider):
    assert not [row for row in deadlines.of_user(outsider, ON) if row.programme == programme.pk]
