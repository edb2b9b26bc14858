"""Several at once about one person and one case."""

from datetime import date

import pytest

from cistor.documents.models import Document
from cistor.errors import Refused
from referrals import actions
from referrals.models import Application
from tests.factories import make_centre, make_participant, make_user
from tests.referrals.making import make_application
from tests.referrals.papers import make_letterhead
from tests.together import together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 3, 11)


@pytest.fixture
def people():
    centre = make_centre()
    return [make_user(centre, role) for role in ("social_worker", "director")]


@pytest.mark.parametrize("attempt", range(3))
def test_two_who_begin_for_one_person_at_once_make_one_draft(people, attempt):
    person = make_participant(people[0].centre)
    results = together(*(lambda by=by: actions.begin(person, by=by, on=TODAY) for by in people))
    (told,) = [result for result in results if isinstance(result, actions.AlreadyOpen)]
    assert told.existing == Application.objects.get()


@pytest.mark.parametrize("attempt", range(3))
def test_submitted_by_two_at_once_takes_one_number_and_leaves_no_gap(people, attempt):
    first, second = (make_application(people[0].centre, status="draft") for _ in range(2))
    results = together(*(lambda by=by: actions.submit(first, by=by, on=TODAY) for by in people))
    assert len([result for result in results if isinstance(result, Refused)]) == 1
    assert actions.submit(second, by=people[0], on=TODAY).number == "W/2/2026"


@pytest.mark.parametrize("attempt", range(3))
def test_refused_by_one_and_withdrawn_by_another_it_ends_once(people, attempt, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_letterhead(people[0].centre)
    application = make_application(people[0].centre)
    results = together(
        lambda: actions.refuse(application, reason="Powód.", by=people[0], on=TODAY),
        lambda: actions.withdraw(application, by=people[1], on=TODAY),
    )
    assert len([result for result in results if isinstance(result, Refused)]) == 1
    application.refresh_from_db()
    assert Document.objects.count() == (1 if application.status == "refused" else 0)
