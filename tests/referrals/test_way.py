"""The way from the application to the admission: how many reached each step, and how long it took."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from referrals.journeys import journeys
from referrals.models import Application, Candidacy, Offer, Opinion
from referrals.way import STEPS, reached
from tests.factories import login, make_programme
from tests.referrals.making import make_application, make_candidacy, make_round

NAMES = [step.name for step in STEPS]
SUBMITTED = date(2026, 3, 2)


def journey(**days: int) -> dict:
    """The step's name → so many days after the submission."""
    return dict.fromkeys(NAMES) | {
        name: date.fromordinal(SUBMITTED.toordinal() + number) for name, number in (days | {"submitted": 0}).items()
    }


def steps(*rows: dict) -> dict:
    return {row.label: row for row in reached(rows)}


def test_each_step_says_how_many_reached_it_and_how_long_it_took():
    found = steps(journey(sent=1, received=4, opinion=14), journey(sent=3), journey())
    assert (found["Złożono wniosek"].count, found["Złożono wniosek"].share) == (3, 100)
    assert found["Złożono wniosek"].days_text == "—"
    sent = found["Wysłano do urzędu"]
    assert (sent.count, sent.share, sent.days_text) == (2, 67, "2")
    opinion = found["Opinia urzędu"]
    assert (opinion.count, opinion.days_text, opinion.whole_days_text) == (1, "10", "14")


def test_the_median_of_two_may_lie_between_days():
    found = steps(journey(sent=1), journey(sent=2))
    assert found["Wysłano do urzędu"].days_text == "1,5"


def test_a_step_is_counted_from_the_nearest_that_was_reached():
    found = steps(journey(opinion=5, referral=6), journey(opinion=5, consent=9, referral=10))
    assert found["Skierowanie"].days_text == "1"


def test_steps_that_the_office_is_not_asked_for_are_not_told():
    assert "Zgoda kierownika urzędu" not in steps(journey(opinion=5))
    assert "Przyjęto" in steps(journey())


def test_nobody_has_gone_anywhere():
    assert all((row.count, row.share, row.days) == (0, 0, None) for row in reached([]))


@given(st.lists(st.fixed_dictionaries({name: st.none() | st.dates() for name in NAMES}), max_size=6))
def test_no_step_has_more_than_all(rows):
    assert all(0 <= row.count <= len(rows) and 0 <= row.share <= 100 for row in reached(rows))


def test_the_days_are_read_from_the_tables(centre, director):
    application = make_application(centre, office=centre.offices.first(), office_state="referred", on=SUBMITTED)
    in_round = make_round(centre, closed_on=date(2026, 3, 20))
    make_candidacy(in_round, state="qualified", application=application, on=date(2026, 3, 12))
    (found,) = journeys(Application.objects.all())
    assert {name: day.day for name, day in found.items() if day} == {
        "submitted": 2,
        "sent": 2,
        "received": 3,
        "opinion": 7,
        "referral": 9,
        "entered": 12,
        "interview": 12,
        "qualified": 20,
    }


def test_what_was_taken_back_and_who_left_do_not_count(centre, director):
    application = make_application(centre, office=centre.offices.first(), office_state="opined", on=SUBMITTED)
    Opinion.objects.update(taken_back_on=SUBMITTED, taken_back_by=director)
    make_candidacy(make_round(centre), application=application, left_on=SUBMITTED)
    (found,) = journeys(Application.objects.all())
    assert (found["opinion"], found["entered"]) == (None, None)


def test_who_was_taken_from_the_reserve_list_qualified_when_they_accepted(centre):
    candidacy = make_candidacy(make_round(centre, closed_on=date(2026, 3, 20)), state="reserve")
    Candidacy.objects.update(outcome="reserve")
    Offer.objects.create(
        candidacy=candidacy,
        offered_on=date(2026, 4, 1),
        offered_by=candidacy.entered_by,
        way="phone",
        answer_due_on=date(2026, 4, 8),
        answered_on=date(2026, 4, 3),
        is_accepted=True,
        answer_by=candidacy.entered_by,
    )
    (found,) = journeys(Application.objects.all())
    assert found["qualified"] == date(2026, 4, 3)


def test_the_admission_is_the_day_the_programme_was_signed(centre):
    application = make_application(centre)
    programme = make_programme(application.participant, start_on=date(2026, 4, 7))
    Application.objects.update(status="admitted", programme=programme)
    (found,) = journeys(Application.objects.all())
    assert found["admitted"] == date(2026, 4, 7)


@pytest.fixture
def page(client, social_worker, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 3, 30))
    login(client, social_worker)
    return lambda **asked: client.get(reverse("referrals:way"), asked)


def test_the_page_shows_a_year_and_narrows_to_a_period_and_an_office(centre, page):
    office = centre.offices.first()
    make_application(centre, office=office, office_state="sent", on=SUBMITTED)
    make_application(centre, on=date(2025, 3, 31))
    make_application(centre, on=date(2026, 2, 2))
    make_application(centre, status="draft")
    assert page().context["total"] == 2
    assert page(od="2026-03-01", do="2026-03-31").context["total"] == 1
    assert page(urzad=office.pk).context["total"] == 1
    assert "W tym okresie nie złożono wniosków" in page(od="2020-01-01", do="2020-12-31").content.decode()


def test_a_period_that_ends_before_it_begins_is_said_to(page):
    answer = page(od="2026-03-02", do="2026-03-01")
    assert answer.status_code == 422
    assert "Ostatni dzień nie może być przed pierwszym." in answer.content.decode()


def test_sixty_applications_are_read_in_one_query(centre, django_assert_num_queries):
    for _ in range(60):
        make_application(centre)
    with django_assert_num_queries(1):
        assert len(journeys(Application.objects.all())) == 60
