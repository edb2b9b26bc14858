"""The board of applications and its table, as the social worker sees them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from referrals.models import Application
from referrals.pipeline import OFFICE_STEPS, Column
from tests.factories import login, make_participant, make_user
from tests.referrals.making import make_application, make_candidacy, make_round

TODAY = date(2026, 3, 30)
URL = reverse("referrals:list")


@pytest.fixture
def board(client, social_worker, monkeypatch):
    """`board(stan="szkice")`: the page with these filters."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    login(client, social_worker)
    return lambda **asked: client.get(URL, asked)


def shown(answer) -> list[str]:
    """Numbers of the applications, in the order of the page."""
    return re.findall(r"W/\d+/\d{4}", answer.content.decode())


def person(centre, last_name: str):
    return make_participant(centre, last_name=last_name)


def test_a_column_shows_who_stands_in_it_its_count_and_what_has_happened(centre, board):
    office = centre.offices.first()
    make_application(centre, participant=person(centre, "Jodłowa"), office=office, office_state="received")
    make_application(centre, status="draft")
    page = board().content.decode()
    assert 'id="w-urzedzie"' in page
    assert 'id="gotowi"' not in page
    assert "Jodłowa Kalina" in page
    assert "w urzędzie" in page
    assert "czeka na nabór" not in page
    # Received on 3 March, 14 days.
    assert "13 dni po terminie" in page
    assert "1 po terminie" in page


def test_a_column_shows_its_first_twenty_and_leads_to_the_rest(centre, board):
    made = [make_application(centre, on=date(2026, 3, 2)) for _ in range(22)]
    answer = board()
    assert len(shown(answer)) == 20
    assert "Pokaż więcej: 2" in answer.content.decode()
    link = f"?stan={Column.TO_SEND}&amp;widok=tabela"
    assert link in answer.content.decode()
    assert len(shown(board(stan=Column.TO_SEND, widok="tabela"))) == len(made)


@pytest.fixture
def three(centre, social_worker):
    """One late at an office, one in a round, one of another category."""
    office, other = centre.offices.first(), make_user(centre, "social_worker")
    late = make_application(centre, office=office, office_state="sent", on=date(2026, 3, 2), by=other)
    candidacy = make_candidacy(make_round(centre))
    Application.objects.filter(pk=candidacy.application_id).update(submitted_by=other, begun_by=other)
    mine = make_application(centre, category="homeless", by=social_worker)
    return late, candidacy, mine


def test_each_filter_leaves_its_own(centre, board, three):
    late, candidacy, mine = three
    assert shown(board(urzad=late.office_id)) == [late.number]
    assert shown(board(zalegle="on")) == [late.number]
    assert shown(board(nabor=candidacy.round_id)) == [candidacy.application.number]
    assert shown(board(kategoria="homeless")) == [mine.number]
    assert shown(board(moje="on")) == [mine.number]
    assert "Nie ma takich wniosków" in board(kategoria="homeless", zalegle="on").content.decode()


def test_the_offices_step_is_asked_for_in_whatever_column_somebody_stands(centre, board):
    in_round = make_round(centre)
    waiting = make_application(centre)
    rows = [make_candidacy(in_round, state=state).application for state in ("checked", "qualified", "reserve")]
    make_candidacy(in_round, state="declined")
    make_application(centre, status="draft")
    sent = make_application(centre, office_state="sent")
    asked = {"etap": "do-wyslania", "widok": "tabela"}
    assert set(shown(board(**asked))) == {waiting.number, *(row.number for row in rows)}
    assert shown(board(etap="wyslane")) == [sent.number]
    assert "Krok urzędu" in board().content.decode()


def test_each_step_of_the_office_has_its_word_in_the_address():
    assert list(OFFICE_STEPS.values()) == list(Application.Office)


def test_who_has_left_a_round_is_not_found_by_it(board, three):
    _, candidacy, _ = three
    candidacy.left_on = TODAY
    candidacy.save()
    assert shown(board(nabor=candidacy.round_id)) == []


@pytest.mark.parametrize(
    "asked", [{"stan": "x"}, {"urzad": "0"}, {"etap": "sent"}, {"widok": "x"}, {"stan": "szkice", "strona": "9"}]
)
def test_nonsense_in_the_address_is_not_found(board, asked):
    assert board(**asked).status_code == 404


def test_what_is_closed_is_found_by_its_kind_and_stands_on_no_board(centre, board):
    refused = make_application(centre, status="refused")
    withdrawn = make_application(centre, status="withdrawn")
    assert "Nie ma otwartych wniosków" in board().content.decode()
    assert shown(board(stan="odmowy")) == [refused.number]
    assert shown(board(stan="wycofane")) == [withdrawn.number]


def test_the_table_is_sorted_by_urgency_and_otherwise_as_asked(centre, board):
    zelma = make_application(centre, participant=person(centre, "Żelma"), on=date(2026, 1, 5))
    adamska = make_application(centre, participant=person(centre, "Adamska"), on=date(2026, 2, 2))
    office = centre.offices.first()
    late = make_application(centre, participant=person(centre, "Nurt"), office=office, office_state="sent")
    assert shown(board(widok="tabela")) == [late.number, zelma.number, adamska.number]
    assert shown(board(widok="tabela", porzadek="osoba")) == [adamska.number, late.number, zelma.number]
    assert shown(board(widok="tabela", porzadek="-zlozono")) == [late.number, adamska.number, zelma.number]


def test_the_table_has_fifty_rows_a_page(centre, board):
    for _ in range(51):
        make_application(centre)
    assert [len(shown(board(widok="tabela", strona=number))) for number in (1, 2)] == [50, 1]


def test_a_search_rests_in_the_session_and_never_in_the_address(centre, board, client):
    wanted = make_application(centre, participant=person(centre, "Jodłowa"))
    make_application(centre)
    answer = client.post(f"{URL}?widok=tabela&strona=3", {"text": "jodl"})
    assert answer.url == f"{URL}?widok=tabela"
    assert shown(board()) == [wanted.number]
    assert "jodl" not in str(dict(client.session))
    page = board().content.decode()
    assert "Szukasz: „jodl”" in page
    assert "Pokaż wszystkie" in page
    client.post(URL, {"text": wanted.participant.pesel})
    assert shown(board()) == [wanted.number]
    client.post(URL, {"text": ""})
    assert len(shown(board())) == 2


def test_the_way_back_leads_to_the_board_as_it_was(centre, board, client):
    application = make_application(centre)
    board(stan=Column.TO_SEND, porzadek="osoba")
    case = client.get(reverse("referrals:case", args=[application.pk])).content.decode()
    assert f"{URL}?stan=do-wyslania&amp;porzadek=osoba" in case


def test_another_centres_applications_are_not_there(other_centre, board):
    make_application(other_centre)
    assert shown(board()) == []


@pytest.mark.parametrize("asked", [{}, {"widok": "tabela"}])
def test_sixty_applications_take_the_same_queries_as_twenty(centre, board, asked):
    def taken() -> int:
        with CaptureQueriesContext(connection) as queries:
            board(**asked)
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])

    office, in_round = centre.offices.first(), make_round(centre, places=9)
    for number in range(20):
        make_application(centre, office=office, office_state=["to_send", "sent", "received", "opined"][number % 4])
    make_candidacy(in_round, state="reserve")
    board(**asked)
    few = taken()
    for number in range(40):
        make_application(centre, office=office, office_state=["to_send", "sent", "received", "opined"][number % 4])
    assert taken() == few <= 25
