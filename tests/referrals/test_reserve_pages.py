"""The places of a closed round, an offer, its answer and the telling, as the social worker sees them."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cistor.journal.models import Reading
from referrals.actions import withdraw
from referrals.models import Candidacy, Offer
from tests.factories import login
from tests.referrals.making import make_candidacy, make_round
from tests.referrals.ready import TODAY, make_qualified
from tests.referrals.test_places import admit, closed_round, make_offer, reserve


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def in_round(centre):
    return closed_round(centre, 3)


def page(client, in_round) -> str:
    return client.get(reverse("referrals:reserve", args=[in_round.pk])).content.decode()


def test_the_page_says_the_places_in_words(client, social_worker, in_round):
    make_candidacy(in_round, state="qualified", place=1)
    make_offer(reserve(in_round, 2))
    login(client, social_worker)
    assert "3 miejsca: 1 zajęte, 1 zaproponowane, 1 wolne" in page(client, in_round)


def test_whose_programme_ended_when_stands_there(client, social_worker, in_round):
    candidacy = make_candidacy(in_round, state="qualified", place=1)
    admit(candidacy, ended_on=date(2026, 3, 10))
    login(client, social_worker)
    text = page(client, in_round)
    assert f"{candidacy.application.participant}, 10.03.2026: program zakończony (podjęcie zatrudnienia)" in text


def test_only_the_next_of_the_list_can_be_offered_a_place(client, social_worker, in_round):
    first, second = reserve(in_round, 1), reserve(in_round, 2)
    login(client, social_worker)
    text = page(client, in_round)
    assert reverse("referrals:offer", args=[first.pk]) in text
    assert reverse("referrals:offer", args=[second.pk]) not in text


def test_an_offer_past_its_term_is_red(client, social_worker, in_round):
    make_offer(reserve(in_round, 1), due=date(2026, 3, 10))
    login(client, social_worker)
    assert "nie odpowiada w terminie" in page(client, in_round)


def test_a_round_that_goes_on_has_no_such_page(client, social_worker, centre):
    login(client, social_worker)
    assert client.get(reverse("referrals:reserve", args=[make_round(centre).pk])).status_code == 404


def post(client, name, pk, **fields):
    return client.post(reverse(name, args=[pk]), {"token": "raz", **fields})


def test_an_offer_is_made_and_answered_from_the_pages(client, social_worker, in_round):
    candidacy = reserve(in_round, 1)
    login(client, social_worker)
    given = {"way": "phone", "offered_on": "2026-03-11", "answer_due_on": ""}
    answer = post(client, "referrals:offer", candidacy.pk, **given)
    assert answer.url == reverse("referrals:reserve", args=[in_round.pk])
    made = Offer.objects.get()
    assert made.answer_due_on == date(2026, 3, 16)
    post(client, "referrals:answer", made.pk, answer="accepted", answered_on="2026-03-11", note="", token="dwa")
    made.refresh_from_db()
    assert made.is_accepted
    assert Reading.objects.filter(what="offer").count() == 0, "a deed alone shows nothing"


def test_a_form_sent_twice_offers_once(client, social_worker, in_round):
    candidacy = reserve(in_round, 1)
    login(client, social_worker)
    for _ in range(2):
        post(client, "referrals:offer", candidacy.pk, way="phone", offered_on="2026-03-11", answer_due_on="")
    assert Offer.objects.count() == 1


def test_silence_is_written_down_with_its_term(client, social_worker, in_round):
    made = make_offer(reserve(in_round, 1), due=date(2026, 3, 10))
    login(client, social_worker)
    post(client, "referrals:answer", made.pk, answer="silent", answered_on="2026-03-11", note="")
    made.refresh_from_db()
    assert (made.is_accepted, made.note) == (False, "Brak odpowiedzi do 10 marca 2026.")


def test_silence_before_the_term_comes_back_with_the_form(client, social_worker, in_round):
    made = make_offer(reserve(in_round, 1), due=TODAY)
    login(client, social_worker)
    answer = post(client, "referrals:answer", made.pk, answer="silent", answered_on="2026-03-11", note="")
    assert answer.status_code == 422
    assert "Osoba ma czas na odpowiedź do 11 marca 2026" in answer.content.decode()


def test_who_comes_back_without_a_place_is_told_so_and_stands_on_the_page(client, social_worker, centre):
    in_round = closed_round(centre, 1)
    back = make_candidacy(in_round, state="qualified", place=1, points=Fraction(12))
    withdraw(back.application, by=social_worker, on=TODAY)
    make_candidacy(in_round, state="qualified", place=2)
    login(client, social_worker)
    answer = client.post(reverse("referrals:reopen", args=[back.application_id]), {"token": "raz"}, follow=True)
    assert "osoba wróciła na listę rezerwową" in answer.content.decode()
    answer = client.get(reverse("referrals:reserve", args=[in_round.pk]))
    assert [line.candidacy for line in answer.context["lines"]] == [back]
    assert "wraca na listę rezerwową" in answer.content.decode()


def test_declining_without_a_reason_comes_back_with_the_form(client, social_worker, in_round):
    made = make_offer(reserve(in_round, 1))
    login(client, social_worker)
    answer = post(client, "referrals:answer", made.pk, answer="declined", answered_on="2026-03-11", note="")
    assert answer.status_code == 422
    assert "dlaczego osoba nie przyjmuje" in answer.content.decode()


def test_opening_an_offer_or_the_telling_is_a_reading(client, social_worker, in_round):
    candidacy, told = reserve(in_round, 1), make_qualified(in_round.centre).candidacies.get()
    login(client, social_worker)
    client.get(reverse("referrals:offer", args=[candidacy.pk]))
    client.get(reverse("referrals:tell", args=[told.pk]))
    assert list(Reading.objects.order_by("pk").values_list("what", flat=True)) == ["offer", "telling"]


def test_the_telling_says_what_is_missing_and_is_saved(client, social_worker, centre):
    candidacy = make_qualified(centre).candidacies.get()
    login(client, social_worker)
    text = client.get(reverse("referrals:tell", args=[candidacy.pk])).content.decode()
    assert "Teczka: karta szkolenia BHP" in text
    post(client, "referrals:tell", candidacy.pk, way="phone", told_on="2026-03-11", note="")
    assert Candidacy.objects.get().told_on == TODAY


def test_the_term_is_left_to_the_regulations_which_count_it_from_the_day_of_the_offer(client, social_worker, in_round):
    candidacy = reserve(in_round, 1)
    login(client, social_worker)
    answer = client.get(reverse("referrals:offer", args=[candidacy.pk]))
    assert answer.context["form"]["answer_due_on"].value() is None
    assert "Dla dzisiejszej propozycji: 16 marca 2026." in answer.content.decode()
    # On Sunday the three days from a Friday are over, so on Monday.
    post(client, "referrals:offer", candidacy.pk, way="phone", offered_on="2026-03-06", answer_due_on="")
    assert Offer.objects.get().answer_due_on == date(2026, 3, 9)


def test_the_list_is_a_reading_of_everybody_on_it(client, social_worker, in_round):
    rows = [reserve(in_round, 1), make_candidacy(in_round, state="qualified", place=2)]
    gone = make_candidacy(in_round, state="qualified", place=3)
    admit(gone, ended_on=date(2026, 3, 10))
    login(client, social_worker)
    page(client, in_round)
    read = Reading.objects.filter(what="reserve_list", by=social_worker).values_list("participant", flat=True)
    assert sorted(read) == sorted(row.application.participant_id for row in [*rows, gone])


def queries(client, in_round) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(client, in_round)
    return len(asked)


def test_the_page_asks_as_much_for_many_people_as_for_few(client, social_worker, centre):
    few, many = closed_round(centre, 20), closed_round(centre, 20)
    for in_round, size in ((few, 1), (many, 5)):
        for place in range(1, size + 1):
            make_offer(reserve(in_round, place))
            make_candidacy(in_round, state="qualified", place=100 + place)
            admit(make_candidacy(in_round, state="qualified", place=200 + place), ended_on=date(2026, 3, 10))
    login(client, social_worker)
    page(client, few)
    assert queries(client, few) == queries(client, many)
