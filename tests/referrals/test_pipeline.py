"""Every application on the board stands in one column, and what presses most comes first."""

from datetime import date
from itertools import product

import pytest

from referrals import pipeline
from referrals.models import Application, Offer
from referrals.pipeline import Column, column_of
from tests.referrals.making import make_application, make_candidacy, make_round, welfare_office

ON = date(2026, 3, 30)
MONDAY = date(2026, 3, 2)


@pytest.fixture
def standing(centre):
    """`standing(application)`: where it stands on 30 March."""

    def find(application, on=ON):
        (found,) = pipeline.standings(Application.objects.filter(pk=application.pk), on)
        return found

    return find


@pytest.mark.parametrize(
    "office, recruitment, is_office_done, column",
    [
        ("to_send", "waiting", False, Column.TO_SEND),
        ("sent", "waiting", False, Column.AT_OFFICE),
        ("opined", "waiting", False, Column.AT_OFFICE),
        ("opined", "waiting", True, Column.WAITING),
        # A centre that asks nothing of an office.
        ("to_send", "waiting", True, Column.WAITING),
        ("to_send", "entered", False, Column.IN_ROUND),
        ("referred", "scored", True, Column.IN_ROUND),
        ("sent", "reserve", False, Column.RESERVE),
        ("sent", "qualified", False, Column.QUALIFIED),
        ("referred", "qualified", True, Column.READY),
        ("no_consent", "qualified", False, Column.STOPPED),
        ("referred", "declined", True, Column.STOPPED),
    ],
)
def test_both_tracks_decide_the_column(office, recruitment, is_office_done, column):
    assert column_of("open", office, recruitment, is_office_done=is_office_done) == column


def test_a_draft_is_a_draft_and_every_pair_of_states_has_its_column():
    states = product(Application.Office.values, Application.Recruitment.values, [True, False])
    found = {column_of("open", office, recruitment, is_office_done=done) for office, recruitment, done in states}
    assert found == set(Column) - {Column.DRAFT}
    assert column_of("draft", "to_send", "waiting", is_office_done=True) == Column.DRAFT


def test_what_the_agreement_asks_for_says_whether_the_office_is_done(centre, standing):
    application = make_application(centre, office_state="opined")
    assert standing(application).column == Column.AT_OFFICE
    application.office.agreements.update(office_steps=["opinion"])
    assert standing(application).column == Column.WAITING


def test_the_opinion_that_is_late_presses(centre, standing):
    mopr = centre.offices.get(agreements__title__contains="CISTOR")
    late = make_application(centre, office=mopr, office_state="received", on=MONDAY)
    found = standing(late)
    assert (found.column, found.is_overdue) == (Column.AT_OFFICE, True)
    # Received on Tuesday 3 March, 14 calendar days.
    assert found.nearest.due_on == date(2026, 3, 17)


def test_an_offer_from_the_reserve_list_is_to_be_answered(centre, standing):
    candidacy = make_candidacy(make_round(centre), state="reserve")
    Offer.objects.create(
        candidacy=candidacy,
        offered_on=MONDAY,
        offered_by=candidacy.entered_by,
        way="phone",
        answer_due_on=date(2026, 3, 9),
    )
    found = standing(candidacy.application, on=date(2026, 3, 8))
    assert (found.nearest.kind, found.state) == ("offer_answer", "due_soon")


def test_what_is_due_first_comes_first_then_the_oldest(centre):
    old = make_application(centre, on=date(2026, 1, 5))
    older = make_application(centre, on=date(2025, 12, 1))
    late = make_application(centre, office=centre.offices.first(), office_state="sent", on=MONDAY)
    later = make_application(centre, office=centre.offices.first(), office_state="sent", on=date(2026, 3, 9))
    found = pipeline.standings(Application.objects.all(), ON)
    assert [row.pk for row in found] == [late.pk, later.pk, older.pk, old.pk]


def test_a_lane_counts_who_is_late_and_names_the_nearest_term(centre):
    make_application(centre, status="draft")
    for day in (2, 9):
        make_application(centre, office=centre.offices.first(), office_state="sent", on=date(2026, 3, day))
    make_application(centre, status="refused")
    lanes = {lane.column: lane for lane in pipeline.lanes(pipeline.standings(Application.objects.all(), ON))}
    assert list(lanes) == list(Column)
    at_office = lanes[Column.AT_OFFICE]
    assert (at_office.count, at_office.overdue, at_office.nearest.due_on) == (2, 2, date(2026, 3, 5))
    assert (lanes[Column.DRAFT].count, lanes[Column.DRAFT].nearest) == (1, None)
    assert sum(lane.count for lane in lanes.values()) == 3


def test_sixty_applications_take_the_same_queries_as_twenty(centre, django_assert_num_queries):
    office = welfare_office(centre)
    for place in range(60):
        make_application(centre, office=office, office_state=["to_send", "sent", "received", "referred"][place % 4])
    rows = Application.objects.order_by("pk")
    with django_assert_num_queries(12):
        pipeline.standings(rows.filter(pk__in=rows.values("pk")[:20]), ON)
    with django_assert_num_queries(12):
        pipeline.standings(rows, ON)
