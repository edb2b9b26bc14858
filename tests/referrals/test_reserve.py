"""A place is offered to the next of the reserve list, and the answer decides."""

from datetime import date

import pytest

from cistor.centres.models import Regulations
from cistor.desk.erasure import erase
from cistor.errors import Refused
from cistor.journal.models import Entry
from referrals import places
from referrals.actions import answer, offer, reopen, withdraw
from referrals.models import Offer
from tests.referrals.making import make_candidacy, make_round
from tests.referrals.test_places import CLOSED, TODAY, closed_round, make_offer, reserve


@pytest.fixture
def in_round(centre):
    return closed_round(centre, 1)


def make(candidacy, by, *, way="phone", offered_on=TODAY, **over) -> Offer:
    return offer(candidacy, way=way, offered_on=offered_on, by=by, on=TODAY, **over)


def say(made, by, *, is_accepted, on=date(2026, 3, 12), **over) -> Offer:
    return answer(made, is_accepted=is_accepted, answered_on=on, by=by, on=on, **over)


def test_an_offer_says_how_when_by_whom_and_until_when(in_round, social_worker):
    made = make(reserve(in_round, 2), social_worker)
    # Three days from Wednesday end on a Saturday, which moves on.
    facts = (made.way, made.offered_on, made.offered_by, made.answer_due_on)
    assert facts == ("phone", TODAY, social_worker, date(2026, 3, 16))
    entry = Entry.objects.get(verb="place_offered")
    assert (entry.by, entry.participant_id) == (social_worker, made.candidacy.application.participant_id)


def test_the_term_of_the_regulations_can_be_another_one(in_round, centre, social_worker):
    Regulations.objects.filter(centre=centre).update(offer_days=5)
    assert make(reserve(in_round, 2), social_worker).answer_due_on == date(2026, 3, 16)
    Regulations.objects.filter(centre=centre).update(offer_days=6)
    assert make(reserve(closed_round(centre), 2), social_worker).answer_due_on == date(2026, 3, 17)


def test_where_the_regulations_set_no_term_somebody_has_to(in_round, centre, social_worker):
    Regulations.objects.filter(centre=centre).update(offer_days=None)
    candidacy = reserve(in_round, 2)
    with pytest.raises(Refused, match="regulamin nie ustala") as refusal:
        make(candidacy, social_worker)
    assert refusal.value.field == "answer_due_on"
    assert make(candidacy, social_worker, answer_due_on=TODAY).answer_due_on == TODAY


@pytest.mark.parametrize(
    "given, field, message",
    [
        ({"offered_on": date(2026, 3, 12)}, "offered_on", "z przyszłości"),
        ({"offered_on": date(2026, 3, 5)}, "offered_on", "ogłoszono 6 marca 2026"),
        ({"answer_due_on": date(2026, 3, 10)}, "answer_due_on", "najdłużej 60 dni"),
        ({"answer_due_on": date(2026, 5, 11)}, "answer_due_on", "najdłużej 60 dni"),
        ({"answer_due_on": date(20, 5, 11)}, "answer_due_on", "między 1.01.1900"),
        ({"way": "pigeon"}, "way", "Wybierz"),
    ],
)
def test_an_offer_has_a_sensible_day_term_and_way(in_round, social_worker, given, field, message):
    candidacy = reserve(in_round, 2)
    with pytest.raises(Refused, match=message) as refusal:
        make(candidacy, social_worker, **given)
    assert refusal.value.field == field
    assert not Offer.objects.exists()


def test_a_round_that_goes_on_offers_nothing(centre, social_worker):
    with pytest.raises(Refused, match="Ten nabór trwa"):
        make(make_candidacy(make_round(centre)), social_worker)


def test_without_a_free_place_nothing_is_offered(in_round, social_worker):
    make_candidacy(in_round, state="qualified", place=1)
    with pytest.raises(Refused, match="nie ma wolnego miejsca"):
        make(reserve(in_round, 2), social_worker)


def test_a_place_that_is_offered_is_not_offered_again(in_round, social_worker):
    make(reserve(in_round, 2), social_worker)
    with pytest.raises(Refused, match="nie ma wolnego miejsca"):
        make(reserve(in_round, 3), social_worker)


def test_nobody_is_asked_out_of_turn(in_round, social_worker):
    reserve(in_round, 2)
    with pytest.raises(Refused, match="kolejna osoba z listy rezerwowej: miejsce 2"):
        make(reserve(in_round, 3), social_worker)


def test_nobody_is_asked_twice(centre, social_worker):
    candidacy = reserve(closed_round(centre, 2), 2)
    make(candidacy, social_worker)
    with pytest.raises(Refused, match="zaproponowano już miejsce"):
        make(candidacy, social_worker)


@pytest.mark.parametrize("state", ["qualified", "declined"])
def test_who_is_not_on_the_list_is_not_asked(centre, social_worker, state):
    with pytest.raises(Refused, match="nie ma nikogo"):
        make(make_candidacy(closed_round(centre, 2), state=state, place=1), social_worker)


# The answer ----------------------------------------------------------------------------------------------------------


def test_who_accepts_is_qualified_and_keeps_the_place(in_round, social_worker):
    made = make(reserve(in_round, 2), social_worker)
    say(made, social_worker, is_accepted=True)
    made.refresh_from_db()
    assert (made.is_accepted, made.answered_on, made.answer_by) == (True, date(2026, 3, 12), social_worker)
    assert made.candidacy.application.recruitment_state == "qualified"
    assert places.of_round(in_round, TODAY) == places.Places(1, held=1, offered=0)
    assert made.candidacy.outcome == "reserve", "what the closed round said stays"


def test_who_declines_is_off_the_list_and_the_next_is_in_turn(in_round, social_worker):
    candidacy, following = reserve(in_round, 2), reserve(in_round, 3)
    say(make(candidacy, social_worker), social_worker, is_accepted=False, note=" Podjął pracę. ")
    candidacy.refresh_from_db()
    assert candidacy.application.recruitment_state == "declined"
    assert (candidacy.declined_on, candidacy.decline_reason) == (date(2026, 3, 12), "Podjął pracę.")
    assert candidacy.offers.get().note == "Podjął pracę."
    assert places.next_in_line(in_round, TODAY) == following
    assert make(following, social_worker, offered_on=TODAY)


def test_declining_needs_a_reason(in_round, social_worker):
    with pytest.raises(Refused, match="dlaczego") as refusal:
        say(make(reserve(in_round, 2), social_worker), social_worker, is_accepted=False, note="  ")
    assert refusal.value.field == "note"


@pytest.mark.parametrize(
    "day, on, message",
    [
        (date(2026, 3, 13), date(2026, 3, 12), "z przyszłości"),
        (date(2026, 3, 9), date(2026, 3, 12), "zaproponowano dopiero 11 marca 2026"),
    ],
)
def test_an_answer_comes_after_the_offer_and_not_tomorrow(in_round, social_worker, day, on, message):
    made = make(reserve(in_round, 2), social_worker)
    with pytest.raises(Refused, match=message) as refusal:
        answer(made, is_accepted=True, answered_on=day, by=social_worker, on=on)
    assert refusal.value.field == "answered_on"


@pytest.mark.parametrize("second", [True, False])
def test_an_offer_is_answered_once(in_round, social_worker, second):
    made = make(reserve(in_round, 2), social_worker)
    say(made, social_worker, is_accepted=True)
    with pytest.raises(Refused, match="zapisano już z dniem 12 marca 2026"):
        say(made, social_worker, is_accepted=second, note="Nie.")


def test_a_late_answer_counts_while_nobody_has_closed_the_offer(in_round, social_worker):
    made = make(reserve(in_round, 2), social_worker)
    say(made, social_worker, is_accepted=True, on=date(2026, 4, 1))
    assert places.holders(in_round, date(2026, 4, 1)).count() == 1


def test_whoever_closes_the_application_closes_its_offer(in_round, social_worker):
    candidacy = reserve(in_round, 2)
    made = make(candidacy, social_worker)
    withdraw(candidacy.application, by=social_worker, on=TODAY)
    made.refresh_from_db()
    assert (made.is_accepted, made.answered_on, made.note) == (False, TODAY, "Wniosek zamknięto.")
    assert Entry.objects.get(verb="offer_closed").by == social_worker
    assert places.free_places(in_round, TODAY) == 1
    for is_accepted in (True, False):
        with pytest.raises(Refused, match="wniosk"):
            say(made, social_worker, is_accepted=is_accepted, note="Nie.")
    candidacy.refresh_from_db()
    assert (candidacy.application.recruitment_state, candidacy.declined_on) == ("reserve", None)


def test_nobody_is_erased_while_an_offer_waits_and_none_waits_afterwards(in_round, social_worker, director):
    person = reserve(in_round, 2).application.participant
    application = person.applications.get()
    make(application.candidacies.get(), social_worker)
    with pytest.raises(Refused, match="otwarty wniosek"):
        erase(person, by=director, on=TODAY)
    withdraw(application, by=social_worker, on=TODAY)
    erase(person, by=director, on=TODAY)
    assert not Offer.objects.filter(is_accepted=None).exists()


def test_who_comes_back_can_be_asked_again(in_round, social_worker):
    candidacy = reserve(in_round, 2)
    make(candidacy, social_worker)
    withdraw(candidacy.application, by=social_worker, on=TODAY)
    reopen(candidacy.application, by=social_worker, on=TODAY)
    assert make(candidacy, social_worker).is_accepted is None


def test_a_place_gone_meanwhile_is_accepted_by_nobody(in_round, social_worker):
    made = make(reserve(in_round, 2), social_worker)
    make_candidacy(in_round, state="qualified", place=1)
    with pytest.raises(Refused, match="wszystkie są zajęte"):
        say(made, social_worker, is_accepted=True)
    made.refresh_from_db()
    assert made.is_accepted is None


# Closed by mistake ---------------------------------------------------------------------------------------------------


def closed_by_mistake(in_round, by):
    """Had the first place."""
    application = make_candidacy(in_round, state="qualified", place=1).application
    withdraw(application, by=by, on=TODAY)
    return application


def test_who_comes_back_has_the_place_while_it_is_free(in_round, social_worker):
    application = closed_by_mistake(in_round, social_worker)
    reserve(in_round, 2)
    assert reopen(application, by=social_worker, on=TODAY).recruitment_state == "qualified"
    assert places.of_round(in_round, TODAY) == places.Places(1, held=1, offered=0)


@pytest.mark.parametrize("is_accepted", [True, False])
def test_who_comes_back_to_a_full_round_is_the_first_of_its_reserve_list(in_round, social_worker, is_accepted):
    application = closed_by_mistake(in_round, social_worker)
    made = make(reserve(in_round, 2), social_worker)
    if is_accepted:
        say(made, social_worker, is_accepted=True, on=TODAY)
    reopen(application, by=social_worker, on=TODAY)
    application.refresh_from_db()
    assert (application.status, application.recruitment_state) == ("open", "reserve")
    assert places.next_in_line(in_round, TODAY).application == application
    assert places.of_round(in_round, TODAY).over == 0


def test_what_happened_to_the_offer_stays_in_its_history(in_round, social_worker):
    made = make(reserve(in_round, 2), social_worker)
    say(made, social_worker, is_accepted=False, note="Podjął pracę.")
    assert [event.is_accepted for event in made.events.order_by("pgh_id")] == [None, False]


def test_an_offer_made_before_the_closing_day_is_none(in_round, social_worker):
    assert make(reserve(in_round, 2), social_worker, offered_on=CLOSED).offered_on == CLOSED


def test_the_unanswered_is_struck_off_after_its_term(in_round, social_worker):
    made = make_offer(reserve(in_round, 2), due=date(2026, 3, 10))
    say(made, social_worker, is_accepted=False, is_silent=True, on=TODAY)
    made.refresh_from_db()
    assert (made.is_accepted, made.note) == (False, "Brak odpowiedzi do 10 marca 2026.")
    assert made.candidacy.application.recruitment_state == "declined"


@pytest.mark.parametrize("day", [date(2026, 3, 11), date(2026, 3, 16)])
def test_nobody_is_struck_off_for_silence_before_the_term_is_over(in_round, social_worker, day):
    made = make(reserve(in_round, 2), social_worker)
    with pytest.raises(Refused, match="do 16 marca 2026") as refusal:
        say(made, social_worker, is_accepted=False, is_silent=True, on=day)
    assert refusal.value.field == "answered_on"
    made.refresh_from_db()
    assert made.is_accepted is None


def test_why_somebody_is_silent_may_be_added(in_round, social_worker):
    made = make_offer(reserve(in_round, 2), due=date(2026, 3, 10))
    say(made, social_worker, is_accepted=False, is_silent=True, note="Trzy telefony.", on=TODAY)
    made.refresh_from_db()
    assert made.note == "Brak odpowiedzi do 10 marca 2026. Trzy telefony."
