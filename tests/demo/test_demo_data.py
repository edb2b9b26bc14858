"""The promises of the demonstration, one by one, on the morning of Friday 20 November 2026."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.db.models import Count, F
from django.utils.timezone import localdate
from stdnum.pl import pesel

from attendance.actions import mark
from attendance.cells import Cell
from attendance.closing import checklist
from attendance.models import Correction, Day
from benefits import actions as benefits
from benefits.models import Line, Payment, PaymentList, Problem, Settlement
from benefits.reading.checksums import verify
from cistor.accounts import second_step
from cistor.accounts.models import StandIn, User
from cistor.accounts.roles import OFFICE_ROLES, SECOND_STEP_ROLES, STAFF_ROLES
from cistor.centres.models import ClosedDay, DepartureReason, ExtraClassDay, Meaning
from cistor.dates import months
from cistor.demo import logins, staff
from cistor.documents import files
from cistor.documents.models import Document
from cistor.journal.models import Entry
from participants.models import (
    GroupLead,
    Membership,
    Participant,
    Programme,
)
from participants.personal_file import checklist as checklist_of_file
from participants.personal_file import missing_obligatory
from referrals import deadlines
from referrals.models import Application, Candidacy, Offer, OfficeReminder, Round, RoundPaper
from tests.demo.lives import (  # noqa: F401
    test_an_answer_and_a_letter_are_overdue,
    test_both_have_climbed_and_the_log_says_so,
    test_every_kind_of_deadline_is_there,
    test_letters_came_in_of_every_kind,
    test_letters_stand_in_every_state,
    test_letters_went_out_by_every_way_and_a_copy_with_one_of_them,
    test_more_time_is_asked_for_and_granted,
    test_one_end_is_proposed_another_decided_and_delivered,
    test_one_goes_on_provisionally,
    test_plans_have_goals_and_some_an_annex,
    test_the_office_has_an_address_that_nobody_can_have,
    test_who_has_left_has_papers_and_is_asked_how_they_fare,
)
from tests.demo.made import centre, open_programmes, undone, user
from tests.demo.presence import (  # noqa: F401
    test_one_certificate_is_still_to_come_and_in_each_centre_one_was_told_of,
    test_what_stands_behind_the_marks_of_the_last_months_is_there,
    test_yesterday_is_marked_today_only_those_known_to_be_away,
)

YESTERDAY = date(2026, 11, 19)
OCTOBER = date(2026, 10, 1)
# The letters are prepared at six.
MORNING = datetime(2026, 11, 20, 6, 5, tzinfo=ZoneInfo("Europe/Warsaw"))


# Who is there ---------------------------------------------------------------------------------------------------------


def test_cistor_has_sixty_participants_in_five_workshops(demo):
    assert open_programmes("cistor").count() == 60
    members = Membership.objects.in_force(demo).filter(group__centre=centre("cistor"))
    assert list(members.values_list("group__name").annotate(Count("pk")).order_by("group__name")) == [
        ("Gastronomia", 12),
        ("Krawiectwo", 12),
        ("Ogrodnictwo", 12),
        ("Remonty", 12),
        ("Stolarnia", 12),
    ]
    assert GroupLead.objects.in_force(demo).filter(group__centre=centre("cistor")).count() == 5


def test_rzyszczewo_has_twenty_six(demo):
    assert open_programmes("rzyszczewo").count() == 26


def test_cistor_has_fourteen_months_of_history(demo):
    assert Day.objects.filter(programme__participant__centre=centre("cistor")).earliest("on").on == date(2025, 9, 1)


def test_every_programme_is_open_or_over(demo):
    for programme in Programme.objects.prefetch_related("stages"):
        assert programme.ended_on or programme.planned_end_on >= demo


def test_some_have_left_in_every_way_and_one_has_come_back(demo):
    kinds = set(Programme.objects.exclude(ended_on=None).values_list("end_kind", flat=True))
    assert kinds == {"period", "job", "business", "breach", "left", "declaration", "trial_failed", "not_qualified"}
    assert Participant.objects.annotate(n=Count("programmes")).filter(n=2).count() == 1


@pytest.mark.parametrize("preset", ["cistor", "rzyszczewo"])
def test_a_trial_was_broken_off(demo, preset):
    trials = Programme.objects.filter(participant__centre=centre(preset), stages__kind="trial")
    assert trials.filter(ended_on__lt=F("stages__end_on"), end_kind="declaration").exists()


def test_two_trials_end_this_week_and_nobody_has_decided(demo):
    ending = open_programmes("cistor").filter(stages__kind="trial", stages__end_on__range=(demo, date(2026, 11, 22)))
    assert ending.count() == 2
    assert not ending.filter(stages__kind="main").exists()


def test_every_pesel_is_right_but_one_and_a_foreigner_has_a_passport(demo):
    faulty = [row for row in Participant.objects.exclude(pesel_key="") if not pesel.is_valid(row.pesel)]
    assert [row.pesel_faulty for row in faulty] == [True]
    assert list(Participant.objects.filter(pesel_key="").values_list("document_kind", flat=True)) == ["passport"]


def test_one_in_cistor_has_no_account_and_some_in_rzyszczewo_are_paid_in_cash(demo):
    here = Participant.objects.filter(programmes__isnull=False, programmes__ended_on=None)
    assert here.filter(centre=centre("cistor"), payment_methods=None).count() == 1
    assert here.filter(centre=centre("rzyszczewo"), payment_methods=None).count() == 0
    assert here.filter(centre=centre("rzyszczewo"), payment_methods__kind="cash_desk").count() == 6


def test_tax_statements_of_every_share_and_none(demo):
    shares = set(Participant.objects.values_list("tax_statements__share", flat=True))
    assert shares == {1, 2, 3, None}


# Days -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["cistor", "rzyszczewo"])
def test_days_of_every_kind(demo, preset):
    days = Day.objects.filter(programme__participant__centre=centre(preset))
    assert set(days.values_list("meaning", flat=True)) == set(Meaning.values)


def test_some_days_of_the_running_month_were_forgotten(demo):
    forgotten = [
        [day for day in part.unmarked if day < demo] for part in checklist(centre("cistor"), demo.replace(day=1))
    ]
    assert [len(days) for days in forgotten if days] == [2]


def test_the_calendar_has_closed_days_and_a_saturday_with_classes(demo):
    for preset in ("cistor", "rzyszczewo"):
        assert ClosedDay.objects.filter(centre=centre(preset), on__gt=demo).exists()
        closed = ClosedDay.objects.get(centre=centre(preset), on__lt=demo)
        saturday = ExtraClassDay.objects.get(centre=centre(preset))
        assert saturday.on.isoweekday() == 6
        days = Day.objects.filter(programme__participant__centre=centre(preset))
        assert days.filter(on=saturday.on).exists()
        assert not days.filter(on=closed.on).exists()


def test_deputies_mark_and_approve_on_their_dates(demo):
    now = StandIn.objects.in_force(demo).get(absent__centre=centre("cistor"))
    assert now.deputy == user("instruktor.cistor")
    past = StandIn.objects.get(absent=user("instruktor2.cistor"))
    theirs = Day.objects.filter(programme__participant__memberships__group__name="Krawiectwo")
    stood_in = theirs.filter(source="hand", on__range=(past.start_on, past.end_on))
    assert set(stood_in.values_list("marked_by", flat=True)) == {past.deputy_id}
    assert PaymentList.objects.filter(approved_by=user("socjalny.cistor")).exists()


# Money ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset, first", [("cistor", date(2025, 10, 1)), ("rzyszczewo", date(2026, 5, 1))])
def test_all_months_but_the_last_two_are_approved_and_paid(demo, preset, first):
    lists = PaymentList.objects.filter(centre=centre(preset), status="approved")
    monthly = lists.filter(kind="month").order_by("month").values_list("month", flat=True)
    assert list(monthly) == list(months(first, date(2026, 9, 30)))
    assert not Settlement.objects.filter(payment_list__in=lists).never_paid().exists()
    assert all(localdate(row.recorded_at) == row.on for row in Payment.objects.all())


def test_one_transfer_came_back_and_was_not_sent_again(demo):
    back = Settlement.objects.returned().get()
    assert back.payment_list.centre == centre("cistor")
    assert (back.payment_list.month, back.last_payment.reason) == (date(2026, 9, 1), "rachunek zamknięty")


def test_a_certificate_that_came_after_the_payment_stands_as_a_difference_on_the_open_draft(demo):
    difference = Settlement.objects.get(corrects__isnull=False)
    assert (difference.payment_list.month, difference.corrects.payment_list.month) == (OCTOBER, date(2026, 9, 1))
    assert difference.net > 0
    assert Correction.objects.get(programme=difference.programme).meaning == "sick"


def test_the_director_has_said_once_why_the_centre_pays_less_than_the_statute(demo):
    said = DepartureReason.objects.filter(regulations__centre=centre("cistor"))
    assert said.count() == centre("cistor").regulations.exclude(sealed_on=None).count() == 1


def test_every_approved_list_was_checked_by_payroll_first(demo):
    approved = PaymentList.objects.filter(status="approved")
    assert not approved.exclude(checked_by__username__startswith="kadry.").exists()


def test_every_day_of_those_months_is_closed_and_paid_for(demo):
    for programme in Programme.objects.prefetch_related("closings", "settlements", "days"):
        for day in programme.days.all():
            if day.on < OCTOBER:
                assert any(span.start_on <= day.on <= span.end_on for span in programme.closings.all())
                assert any(row.start_on <= day.on <= row.end_on for row in programme.settlements.all())


def test_trials_of_cistor_were_paid_apart_as_its_regulations_say(demo):
    assert PaymentList.objects.filter(centre=centre("cistor"), kind="trial", status="approved").count() == 10
    assert not PaymentList.objects.filter(centre=centre("rzyszczewo"), kind="trial").exists()


def test_nobody_approves_what_they_prepared(demo):
    approved = PaymentList.objects.filter(status="approved")
    assert not approved.filter(prepared_by=F("approved_by")).exists()
    assert not approved.filter(prepared_by=None).exists()


def test_every_approved_list_is_a_numbered_paper_with_its_file(demo):
    for payment_list in PaymentList.objects.filter(status="approved").select_related("document"):
        assert files.read(payment_list.document.sha256).startswith(b"%PDF-")
    numbers = Document.objects.filter(centre=centre("cistor"), issued_on__year=2025).order_by("pk")
    assert list(numbers.values_list("number", flat=True)) == ["LW/1/2025", "LW/2/2025", "LW/3/2025"]


def test_every_list_comes_out_the_same_again(demo):
    assert [verify(payment_list) for payment_list in PaymentList.objects.all()] == [[]] * PaymentList.objects.count()


@pytest.mark.parametrize("code", ["sick_over_limit", "unexcused_over_limit"])
def test_a_limit_runs_out_in_a_month_that_is_paid_and_in_the_one_to_be_paid(demo, code):
    lines = Line.objects.filter(code=code, settlement__payment_list__centre=centre("cistor"))
    assert lines.filter(settlement__payment_list__status="approved").exists()
    assert lines.filter(settlement__payment_list__month=OCTOBER).exists()


def test_somebody_with_four_unexcused_days_gets_nothing_for_the_month(demo):
    lines = Line.objects.filter(settlement__payment_list__month=OCTOBER, settlement__corrects=None)
    lost = lines.get(code="unexcused_over_limit").settlement
    assert lost.counts["unexcused"] == 4
    assert lost.net == 0


def test_one_thing_stands_in_the_way_of_the_last_list_of_cistor(demo):
    draft = PaymentList.objects.get(centre=centre("cistor"), month=OCTOBER)
    assert draft.is_open
    assert [(row.kind, len(row.days)) for row in draft.problems.all()] == [("unmarked", 1)]


def test_it_is_out_of_the_way_when_the_day_is_marked(demo):
    draft = PaymentList.objects.get(centre=centre("cistor"), month=OCTOBER)
    problem = draft.problems.get()
    with undone():
        cells = [Cell(problem.programme_id, None, "present")]
        by = user("instruktor4.cistor")
        assert mark(centre=centre("cistor"), on_day=problem.days[0], cells=cells, by=by, on=demo) == []
        benefits.recount(draft, by=user("kadry.cistor"), on=demo)
        benefits.check(draft, by=user("kadry.cistor"), on=demo)
        benefits.approve(draft, by=user("dyrektor.cistor"), on=demo)


def test_the_visitor_runs_approves_and_prints_the_month_of_rzyszczewo(demo):
    here = centre("rzyszczewo")
    assert not PaymentList.objects.filter(centre=here, month=OCTOBER).exists()
    with undone():
        payment_list = benefits.run_month(centre=here, month=OCTOBER, by=user("kadry.rzyszczewo"), on=demo)
        assert not Problem.objects.filter(payment_list=payment_list).exists()
        assert payment_list.settlements.count() == 27
        benefits.check(payment_list, by=user("kadry.rzyszczewo"), on=demo)
        approved = benefits.approve(payment_list, by=user("dyrektor.rzyszczewo"), on=demo)
        assert approved.document.number == "LW/6/2026"


# Referrals ------------------------------------------------------------------------------------------------------------


def test_applications_stand_in_every_state_of_both_tracks(demo):
    for column, states in (
        ("status", Application.Status),
        ("office_state", Application.Office),
        ("recruitment_state", Application.Recruitment),
    ):
        assert set(Application.objects.values_list(column, flat=True)) == set(states.values), column


def test_mopr_is_late_with_two_opinions_and_one_receipt(demo):
    terms = deadlines.of_applications(Application.objects.filter(centre=centre("cistor")), demo)
    late = Counter(term.kind for rows in terms.values() for term in rows if term.state(demo) == "overdue")
    assert late == {"opinion_written": 2, "receipt_confirmation": 1}
    assert OfficeReminder.objects.get().about == "opinion_written"


@pytest.mark.parametrize("preset, method", [("cistor", "scores"), ("rzyszczewo", "points")])
def test_a_round_is_closed_and_another_goes_on(demo, preset, method):
    rounds = Round.objects.filter(centre=centre(preset), method=method)
    assert sorted(one.is_open for one in rounds) == [False, True]
    assert RoundPaper.objects.filter(round__in=rounds).count() == 6
    assert {row.outcome for row in Candidacy.objects.filter(round__closed_on__isnull=False, round__in=rounds)} >= {
        "qualified",
        "reserve",
    }


def test_several_recruiters_have_scored_and_some_still_score_blind(demo):
    scored = Candidacy.objects.annotate(recruiters=Count("scores")).filter(recruiters__gte=2)
    assert scored.filter(round__closed_on=None, scoring_closed_on=None).exists()
    assert scored.filter(round__closed_on=None, scoring_closed_on__isnull=False).exists()


def test_a_place_is_offered_down_the_reserve_list(demo):
    out = Offer.objects.get(is_accepted=None)
    assert out.candidacy.round.centre == centre("cistor")
    assert out.answer_due_on >= demo
    taken = Offer.objects.get(is_accepted=True)
    assert taken.candidacy.application.programme.ended_on is None


def test_the_qualified_are_told_in_several_ways(demo):
    told = Candidacy.objects.exclude(told_on=None)
    assert set(told.values_list("told_way", flat=True)) == {"phone", "email", "letter"}


def test_who_was_admitted_has_a_whole_file_and_one_still_gathers_papers(demo):
    admitted = Application.objects.filter(status="admitted").select_related("participant", "programme")
    assert admitted.count() == 5
    for application in admitted:
        assert missing_obligatory(application.participant, application.programme.signed_on) == []
    waiting = Application.objects.get(status="open", recruitment_state="qualified", candidacies__told_on__isnull=False)
    states = Counter(item.state for item in checklist_of_file(waiting.participant, demo))
    assert states["expiring"] == 1
    assert states["missing"] > 0


# Accounts -------------------------------------------------------------------------------------------------------------


def test_one_login_a_role_and_centre_and_office(demo):
    table = logins()
    assert len(table) == len(set(table)) == 2 * (len(STAFF_ROLES) + len(OFFICE_ROLES))
    for username, _, role, place in table:
        found = user(username)
        assert (found.role_names, str(found.centre or found.office)) == (role, place)
    assert {row[3] for row in table} == {"CISTOR", "MOPR Toruń", "CIS Rzyszczewo", "GOPS Sławno"}


def test_the_password_opens_every_account_in_the_table(demo):
    accounts = User.objects.filter(username__in=[row[0] for row in logins()])
    (shared,) = set(accounts.values_list("password", flat=True))
    assert {row[1] for row in logins()} == {staff.PASSWORD}
    assert check_password(staff.PASSWORD, shared)


def test_the_page_of_the_second_step_knows_the_code(demo):
    for username, role in staff.of_preset("cistor").items():
        telephone = second_step.telephone(user(username))
        assert (telephone is not None) == (role in SECOND_STEP_ROLES)
    with undone():
        director = user("dyrektor.cistor")
        assert second_step.verify(director, second_step.demo_code(second_step.telephone(director)))


def test_colleagues_without_a_login_cannot_log_in(demo):
    others = User.objects.exclude(username__in=[row[0] for row in logins()])
    assert others.count() == 5
    assert not any(other.has_usable_password() for other in others)


# Time -----------------------------------------------------------------------------------------------------------------


def test_acts_have_believable_moments(demo):
    assert not Entry.objects.filter(at__gt=MORNING).exists()
    assert Entry.objects.earliest("at").at.date() < date(2025, 9, 1)
    assert all(localdate(day.marked_at) == day.on for day in Day.objects.filter(source="hand").only("on", "marked_at"))
    assert all(localdate(paper.issued_at) == paper.issued_on for paper in Document.objects.all())


def test_the_history_says_when_and_by_whom(demo):
    for model in (Programme, Membership, Day, PaymentList, Application, Candidacy):
        events = model.pgh_event_model.objects.all()
        assert not events.filter(pgh_created_at__gt=MORNING).exists()
        assert not events.filter(pgh_context=None).exists()


def test_a_second_run_changes_nothing(demo, capsys):
    before = Entry.objects.count(), Day.objects.count(), PaymentList.objects.count()
    call_command("demo_data", on=demo)
    assert "już są" in capsys.readouterr().out
    assert before == (Entry.objects.count(), Day.objects.count(), PaymentList.objects.count())
