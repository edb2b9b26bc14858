import logging
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cistor.crypto import decrypt
from participants.views.register import SOUGHT
from tests.factories import make_group, make_participant, make_programme, make_user

pytestmark = pytest.mark.django_db

LIST = "/uczestnicy/"


def named(*surnames, centre, **over):
    return [make_participant(centre, last_name=surname, **over) for surname in surnames]


def shown(answer):
    return [person.last_name for person in answer.context["page"]]


def search(client, text, query=""):
    return client.post(f"{LIST}{query}", {"text": text}, follow=True)


def test_the_list_is_in_polish_order_and_counted(as_user, social_worker, centre):
    named("Zając", "Ćwikła", "Cwikla", "Łoś", "Lis", centre=centre)
    answer = as_user(social_worker).get(LIST)
    assert shown(answer) == ["Cwikla", "Ćwikła", "Lis", "Łoś", "Zając"]
    assert "5 osób" in answer.content.decode()


def test_an_instructor_sees_own_groups_only(as_user, instructor, centre):
    named("Moja", centre=centre, group=make_group(centre, instructor))
    named("Cudza", centre=centre, group=make_group(centre))
    assert shown(as_user(instructor).get(LIST)) == ["Moja"]


def test_a_search_is_kept_until_it_is_cleared(as_user, social_worker, centre):
    named("Rzepa", "Łoś", centre=centre)
    client = as_user(social_worker)
    assert shown(search(client, "żepa")) == ["Rzepa"]
    assert shown(client.get(LIST)) == ["Rzepa"]
    assert shown(search(client, "")) == ["Łoś", "Rzepa"]


def test_a_pesel_finds_exactly_its_person(as_user, social_worker, centre):
    wanted, _ = named("Rzepa", "Łoś", centre=centre)
    client = as_user(social_worker)
    assert shown(search(client, f" {wanted.pesel[:6]} {wanted.pesel[6:]} ")) == ["Rzepa"]
    assert shown(search(client, wanted.pesel[:10])) == []


def test_the_text_of_a_search_stands_in_no_address_log_or_open_session(as_user, social_worker, centre, caplog):
    client = as_user(social_worker)
    with caplog.at_level(logging.DEBUG):
        answer = client.post(LIST, {"text": "Rzepa"})
    assert answer.url == LIST
    assert "Rzepa" not in caplog.text
    kept = Session.objects.get().get_decoded()[SOUGHT]
    assert "Rzepa" not in kept
    assert decrypt(kept) == "Rzepa"


def test_a_search_kept_with_a_key_that_is_gone_is_forgotten(as_user, social_worker, centre):
    named("Rzepa", centre=centre)
    client = as_user(social_worker)
    session = client.session
    session[SOUGHT] = "written-with-another-key"
    session.save()
    assert shown(client.get(LIST)) == ["Rzepa"]


def test_a_search_keeps_the_filters_and_leaves_the_page(as_user, social_worker):
    answer = as_user(social_worker).post(f"{LIST}?faza=trial&strona=3", {"text": "x"})
    assert answer.url == f"{LIST}?faza=trial"


@pytest.mark.parametrize("text", ["a" * 101, "a" * 10_000, "Rze\0pa"])
def test_a_search_that_cannot_be_is_answered_beside_the_field(as_user, social_worker, text):
    answer = as_user(social_worker).post(LIST, {"text": text})
    assert answer.status_code == 422
    assert answer.context["search"].errors["text"]


def test_phases_and_groups_narrow_the_list(as_user, social_worker, centre):
    group = make_group(centre)
    (trial,) = named("Próbna", centre=centre, group=group)
    make_programme(trial, start_on=date(2026, 11, 2), main=False)
    (main,) = named("Właściwa", centre=centre)
    make_programme(main, start_on=date(2026, 6, 1))
    named("Dawna", centre=centre)
    client = as_user(social_worker)
    assert shown(client.get(f"{LIST}?faza=trial")) == ["Próbna"]
    assert shown(client.get(f"{LIST}?faza=w-programie")) == ["Próbna", "Właściwa"]
    assert shown(client.get(f"{LIST}?faza=none")) == ["Dawna"]
    assert shown(client.get(f"{LIST}?grupa={group.pk}")) == ["Próbna"]
    assert "W tym zawężeniu nikogo nie ma" in client.get(f"{LIST}?faza=extension").content.decode()


@pytest.mark.parametrize(
    "query", ["faza=abc", "grupa=abc", "grupa=" + "9" * 400, "strona=abc", "strona=0", "strona=99"]
)
def test_nonsense_in_the_address_is_not_found(as_user, social_worker, query):
    assert as_user(social_worker).get(f"{LIST}?{query}").status_code == 404


def test_another_centres_group_narrows_nothing(as_user, social_worker, other_centre):
    strange = make_group(other_centre)
    assert as_user(social_worker).get(f"{LIST}?grupa={strange.pk}").status_code == 404


def test_an_empty_register_says_what_to_do(as_user, social_worker):
    page = as_user(social_worker).get(LIST).content.decode()
    assert "Nie ma tu jeszcze nikogo" in page
    assert reverse("participants:check") in page


def test_who_may_not_add_is_not_offered_it(as_user, payroll):
    assert reverse("participants:check") not in as_user(payroll).get(LIST).content.decode()


def test_an_erased_person_is_on_no_list(as_user, social_worker, centre):
    named("Dane", centre=centre, erased_on=date(2026, 1, 1))
    assert shown(as_user(social_worker).get(LIST)) == []


def test_sixty_rows_take_as_many_queries_as_five_and_two_pages(as_user, instructor, centre):
    group = make_group(centre, instructor)

    def queries(people):
        for _ in range(people):
            make_programme(make_participant(centre, group=group), start_on=date(2026, 6, 1))
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(LIST)
        return len(captured), answer

    client = as_user(instructor)
    # The first look is remembered as the place to come back to.
    client.get(LIST)
    few, _ = queries(5)
    many, answer = queries(55)
    assert few == many
    assert len(shown(answer)) == 50
    assert len(shown(client.get(f"{LIST}?strona=2"))) == 10


# The field on top of every page --------------------------------------------------------------------------------------


def test_a_single_hit_from_the_field_on_top_opens_its_card(as_user, social_worker, centre):
    wanted, *_ = named("Rzepa", "Łoś", "Łosiewicz", centre=centre)
    client = as_user(social_worker)
    for text in ("rzepa", wanted.pesel):
        answer = client.post(LIST, {"text": text, "open": "1"})
        assert answer.url == f"{LIST}{wanted.pk}/"
    assert shown(client.get(LIST)) == ["Łosiewicz", "Łoś", "Rzepa"]


def test_several_hits_or_none_show_the_list(as_user, social_worker, centre):
    named("Rzepa", "Łoś", "Łosiewicz", centre=centre)
    client = as_user(social_worker)
    assert shown(client.post(LIST, {"text": "łos", "open": "1"}, follow=True)) == ["Łosiewicz", "Łoś"]
    assert shown(client.post(LIST, {"text": "żaba", "open": "1"}, follow=True)) == []


def test_the_field_opens_nobody_of_anothers_group(as_user, instructor, centre):
    named("Moja", centre=centre, group=make_group(centre, instructor))
    named("Cudza", centre=centre, group=make_group(centre))
    answer = as_user(instructor).post(LIST, {"text": "cudza", "open": "1"})
    assert answer.url == LIST


@pytest.mark.parametrize("role, there", [("social_worker", True), ("psychologist", True), ("admin", False)])
def test_the_field_is_there_for_those_who_see_people(as_user, centre, role, there):
    page = as_user(make_user(centre, role)).get("/konto/moje/").content.decode()
    assert ('id="search-text"' in page) is there


# Order and place -----------------------------------------------------------------------------------------------------


def test_the_list_is_sorted_by_its_heads(as_user, social_worker, centre):
    group = make_group(centre, name="Ćmielów")
    named("Adamska", centre=centre)
    named("Bąk", centre=centre, group=make_group(centre, name="Zduny"))
    named("Celej", centre=centre, group=group)
    client = as_user(social_worker)
    assert shown(client.get(f"{LIST}?porzadek=-osoba")) == ["Celej", "Bąk", "Adamska"]
    answer = client.get(f"{LIST}?porzadek=-grupa")
    assert shown(answer)[-1] == "Adamska"
    page = answer.content.decode()
    assert page.count("aria-sort=") == 1
    assert 'aria-sort="descending"><a href="?porzadek=grupa">Grupa</a>' in page


@pytest.mark.parametrize("order", ["pesel", "-", "--osoba", "osoba;", "\0", "order_key"])
def test_an_order_that_is_none_is_not_there(as_user, social_worker, order):
    assert as_user(social_worker).get(LIST, {"porzadek": order}).status_code == 404


def test_the_way_back_from_a_card_restores_the_list(as_user, social_worker, centre):
    (person,) = named("Rzepa", centre=centre)
    client = as_user(social_worker)
    assert f'<a href="{LIST}">Uczestnicy</a>' in client.get(f"{LIST}{person.pk}/").content.decode()
    client.get(f"{LIST}?faza=none&porzadek=-osoba")
    card = client.get(f"{LIST}{person.pk}/").content.decode()
    assert f'<a href="{LIST}?faza=none&amp;porzadek=-osoba">Uczestnicy</a>' in card
    client.get(LIST)
    assert f'<a href="{LIST}">Uczestnicy</a>' in client.get(f"{LIST}{person.pk}/").content.decode()
