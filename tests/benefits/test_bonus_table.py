"""The table of a month: all facts beside each name, one decision or many."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.actions.bonuses import decide_bonus, withdraw_bonus
from benefits.models import Bonus
from cistor.centres.models import Regulations
from tests.benefits.bonus_world import ON, request, supported
from tests.benefits.people import make_settled_in
from tests.factories import login, make_group

JUNE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ON)


@pytest.fixture
def group(centre, instructor, letterhead):
    return make_group(centre, instructor)


@pytest.fixture
def three(centre, group, instructor, social_worker):
    """Requests of 300 zł, each with a positive opinion."""
    people = [make_settled_in(centre, group=group, since=JUNE) for _ in range(3)]
    return [supported(request(person, instructor), social_worker) for person in people]


@pytest.fixture
def as_director(client, director):
    login(client, director)
    return client


def typed(rows, **over):
    """The table as the director fills it in: everybody is granted 300 zł, but for `over` by place: _0_verdict …"""
    data = {"row": [row.pk for row in rows]}
    for place, row in enumerate(rows):
        for name, usual in (("verdict", "grant"), ("amount", "300,00"), ("note", "")):
            data[f"premia-{row.pk}-{name}"] = over.get(f"_{place}_{name}", usual)
    return data


def send(client, data, **buttons):
    return client.post(reverse("benefits:decide_bonuses") + "?miesiac=2026-07", {**data, **buttons})


def confirmed(client, data):
    return send(client, data, confirmed="1", token="t")


def outcomes():
    return [(row.granted, row.amount) for row in Bonus.objects.filter(month=date(2026, 7, 1)).order_by("pk")]


def test_beside_a_name_stand_attendance_earlier_bonuses_opinions_cap_and_the_sum(as_director, three, director):
    june = supported(
        request(three[0].programme, three[0].asked_by, month=JUNE, amount=Decimal("99")),
        three[0].opinions.get().by,
    )
    decide_bonus(june, granted=True, note="", by=director, on=ON)
    decide_bonus(three[1], granted=True, note="", by=director, on=ON)
    answer = as_director.get(reverse("benefits:bonuses"))
    page = " ".join(answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split())
    for expected in ("O 23", "06.2026: 99,00 zł", "Robi postępy.", "356,78 zł", "300,00 zł"):
        assert expected in page
    assert answer.context["sums"] == {"waiting": 2, "yes": 1, "no": 0, "together": Decimal("300.00")}


def test_many_are_asked_once_more_by_name_and_then_decided(as_director, three):
    data = typed(three, _1_verdict="refuse", _1_note="Za wcześnie.", _2_verdict="")
    page = send(as_director, data).content.decode()
    assert page.count(str(three[0].programme.participant)) == 1
    assert str(three[2].programme.participant) not in page
    assert outcomes() == [(None, None)] * 3
    for _ in range(2):  # sent twice, decided once
        assert confirmed(as_director, data).status_code == 302
    assert outcomes() == [(True, Decimal("300.00")), (False, None), (None, None)]


def test_a_row_granted_without_an_amount_is_not_decided(as_director, three):
    answer = confirmed(as_director, typed(three[:1], _0_amount=""))
    assert answer.status_code == 422
    assert "Podaj kwotę premii." in answer.content.decode()
    assert outcomes()[0] == (None, None)


def test_a_row_that_fails_is_refused_alone_and_nothing_typed_is_lost(as_director, three):
    data = typed(three, _0_amount="400,00", _1_amount="sto", _1_note="Nie do końca.")
    first = send(as_director, data)
    assert first.status_code == 200
    answer = confirmed(as_director, data)
    page = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    for expected in ("najwyżej 356,78 zł", "400,00", "sto", "Nie do końca.", "Podaj kwotę w złotych"):
        assert expected in page
    assert f'href="#id_premia-{three[0].pk}-amount">{three[0].programme.participant}, Kwota, zł' in page
    assert f'aria-describedby="id_premia-{three[1].pk}-amount_error"' in page
    assert outcomes() == [(None, None), (None, None), (True, Decimal("300.00"))]


def test_back_in_the_table_everything_typed_stands_there(as_director, three):
    page = send(as_director, typed(three, _0_amount="123,45", _2_note="Później."), edit="1").content.decode()
    assert "123,45" in page
    assert "Później." in page
    assert outcomes() == [(None, None)] * 3


def test_where_every_row_fails_there_is_nothing_to_confirm(as_director, three):
    answer = send(as_director, typed(three[:1], _0_amount="200"))
    assert answer.status_code == 422
    assert "To mniej niż we wniosku" in answer.content.decode()


@pytest.mark.parametrize("row", ["0", "x", "9" * 30])
def test_a_row_that_is_none_is_not_found(as_director, three, row):
    assert send(as_director, {"row": row}).status_code == 404


def test_a_request_withdrawn_meanwhile_goes_alone_and_the_rest_is_decided(as_director, three, instructor):
    data = typed(three)
    withdraw_bonus(three[1], by=instructor, on=ON)
    page = send(as_director, data).content.decode()
    assert "Tymczasem wycofano 1 wniosek z tej tabeli." in page
    assert str(three[1].programme.participant) not in page
    assert confirmed(as_director, data).status_code == 302
    assert outcomes() == [(True, Decimal("300.00")), (None, None), (True, Decimal("300.00"))]


def test_where_all_were_withdrawn_the_table_says_so(as_director, three, instructor):
    withdraw_bonus(three[0], by=instructor, on=ON)
    answer = as_director.post(reverse("benefits:decide_bonuses") + "?miesiac=2026-07&strona=2", typed(three[:1]))
    assert answer.url == reverse("benefits:bonuses") + "?miesiac=2026-07&strona=2"


def test_nothing_is_chosen_before_the_director_chooses(as_director, three):
    answer = as_director.get(reverse("benefits:bonuses"))
    forms = [form for _, form in answer.context["rows"]]
    assert [(form["verdict"].value(), form["amount"].value()) for form in forms] == [("", "300,00")] * 3


def test_an_instructor_sees_the_own_groups_and_whom_to_ask_for(client, centre, three, instructor, group):
    another = make_settled_in(centre, group=group)
    elsewhere = make_settled_in(centre, group=make_group(centre))
    login(client, instructor)
    page = client.get(reverse("benefits:bonuses")).content.decode()
    assert f"{reverse('benefits:ask_bonus', args=[another.pk])}?miesiac=2026-07" in page
    assert str(three[0].programme.participant) in page
    assert str(elsewhere.participant) not in page


def test_the_director_asks_only_where_the_regulations_need_no_request(as_director, centre, group):
    address = reverse("benefits:ask_bonus", args=[make_settled_in(centre, group=group).pk])
    assert address not in as_director.get(reverse("benefits:bonuses")).content.decode()
    Regulations.objects.filter(centre=centre).update(bonus_needs_request=False)
    assert address in as_director.get(reverse("benefits:bonuses")).content.decode()


def test_the_number_of_queries_does_not_grow_with_people(as_director, centre, group, instructor, three):
    def queries():
        with CaptureQueriesContext(connection) as found:
            as_director.get(reverse("benefits:bonuses"))
        return len(found)

    queries()
    before = queries()
    for _ in range(3):
        request(make_settled_in(centre, group=group), instructor)
    assert queries() == before
