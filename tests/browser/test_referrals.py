"""From the application to the signed programme by hand, in two centres that recruit differently."""

import pytest

from tests.browser import referral
from tests.browser.hands import Keyboard, Mouse
from tests.browser.referral import ReferralPlace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_with_the_opinion_of_mopr_and_the_scores_of_two_recruiters(browse):
    place = ReferralPlace("cistor")
    social_worker, office, psychologist, director = (Mouse(browse()) for _ in range(4))
    referral.apply(social_worker, place)
    referral.opine(office, place)
    referral.refer(office)
    referral.open_round(social_worker)
    referral.check_formally(social_worker)
    referral.talk(social_worker)
    referral.score(social_worker, {"Motywacja": 5, "Potencjał": 4, "Rokowanie": 5})
    psychologist.log_in(place.psychologist)
    referral.score_blind(psychologist, place)
    referral.close_scoring(social_worker)
    director.log_in(place.director)
    referral.close_round(director)
    referral.tell(social_worker)
    referral.fill_the_file(social_worker, place)
    referral.admit(director)


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
def test_with_the_consent_of_the_head_and_the_points_of_the_regulations(browse, hand):
    """Once more by the keyboard alone."""
    place = ReferralPlace("rzyszczewo")
    social_worker, worker, head, director = (hand(browse()) for _ in range(4))
    referral.apply(social_worker, place)
    referral.opine(worker, place)
    referral.consent(head, place)
    referral.open_round(social_worker)
    referral.check_formally(social_worker)
    referral.count_points(social_worker)
    director.log_in(place.director)
    referral.close_round(director)
    referral.tell(social_worker)
    referral.fill_the_file(social_worker, place)
    referral.admit(director)
