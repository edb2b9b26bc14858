"""The factory's states are states that the database accepts."""

import pytest

from referrals.models import Application
from tests.referrals.making import make_application, make_candidacy, make_round


@pytest.mark.parametrize("state", Application.Office.values)
def test_an_application_may_stand_anywhere_at_the_office(centre, state):
    application = make_application(centre, office_state=state)
    application.full_clean()
    assert application.opinions.exists() == (state in {"opined", "consented", "referred", "no_consent"})


@pytest.mark.parametrize("state", [state for state in Application.Recruitment.values if state != "waiting"])
def test_a_candidate_may_stand_anywhere_in_a_round(centre, other_centre, state):
    for place in (centre, other_centre):
        candidacy = make_candidacy(make_round(place), state=state)
        candidacy.full_clean()
        assert candidacy.application.recruitment_state == state
