"""The pages of one request, the tab of the person, and what waits on the desk."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from benefits.actions.bonuses import decide_bonus, opine_bonus
from benefits.models import Bonus
from cistor.centres.models import Regulations
from cistor.desk.waiting import matters
from cistor.documents import files
from cistor.documents.models import Letterhead
from cistor.journal.models import Reading
from tests.benefits.bonus_world import JULY, ON, request, supported
from tests.benefits.months import pay_month
from tests.benefits.people import make_settled_in
from tests.factories import login, make_group
from tests.pdf import validator


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ON)


@pytest.fixture
def programme(centre, instructor, letterhead):
    return make_settled_in(centre, group=make_group(centre, instructor), but={date(2026, 7, 6): "unexcused"})


@pytest.fixture
def asked(programme, instructor):
    return request(programme, instructor)


@pytest.fixture
def ready(asked, social_worker):
    return supported(asked, social_worker)


def url(name, row):
    return reverse(f"benefits:{name}", args=[row.pk])


def said(client, address):
    return " ".join(client.get(address).content.decode().replace("\xa0", " ").split())


def on_desk(user):
    return [matter.text.replace("\xa0", " ") for matter in matters(user, on=ON) if "remi" in matter.text]


def test_the_instructor_sees_the_cap_and_the_attendance_and_asks_once(client, programme, instructor):
    login(client, instructor)
    page = said(client, url("ask_bonus", programme) + "?miesiac=2026-07")
    assert "356,78 zł" in page
    assert "O 22, NN 1" in page
    typed = {"token": "t", "month": "2026-07-01", "amount": "300", "reason": "Uczy nowych."}
    for _ in range(2):
        client.post(url("ask_bonus", programme), typed)
    assert Bonus.objects.get().asked_amount == Decimal("300.00")


@pytest.mark.parametrize(
    "typed, told",
    [
        ({"amount": "400"}, "najwyżej 356,78 zł"),
        ({"percent": "120"}, "nie większy niż 100"),
        ({}, "Podaj kwotę albo procent"),
        ({"amount": "100", "reason": ""}, "To pole jest wymagane"),
    ],
)
def test_a_wrong_request_says_why_and_keeps_what_was_typed(client, programme, instructor, typed, told):
    login(client, instructor)
    sent = {"token": "t", "month": "2026-07-01", "reason": "Pilna i pomocna.", **typed}
    answer = client.post(url("ask_bonus", programme), sent)
    page = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert told in page
    assert all(value in page for value in sent.values() if value)


def test_staff_opine_the_director_decides_and_all_read_how_it_came_out(
    client, asked, social_worker, director, instructor
):
    login(client, social_worker)
    client.post(url("opine_bonus", asked), {"token": "o", "text": "Robi postępy.", "positive": "1"})
    login(client, director)
    assert "Robi postępy." in said(client, url("bonus", asked))
    client.post(url("decide_bonus", asked), {"token": "d", "amount": "250", "note": "Budżet.", "grant": "1"})
    login(client, instructor)
    page = said(client, url("bonus", asked))
    for expected in ("250,00 zł", "Budżet.", "PM/1/2026", "z listą za ten miesiąc"):
        assert expected in page


def test_an_emptied_amount_grants_nothing(client, asked, social_worker, director):
    opine_bonus(asked, is_positive=True, text="", by=social_worker, on=asked.asked_on)
    login(client, director)
    answer = client.post(url("decide_bonus", asked), {"token": "d", "amount": "", "note": "Tyle.", "grant": "1"})
    assert answer.status_code == 422
    assert "Podaj kwotę premii." in answer.content.decode()
    asked.refresh_from_db()
    assert asked.is_open


def test_the_page_of_a_decided_request_says_what_its_paper_says(client, programme, instructor, social_worker, director):
    row = supported(request(programme, instructor, amount=None, percent=Decimal("10")), social_worker)
    decide_bonus(row, granted=True, note="", by=director, on=ON)
    Regulations.objects.filter(centre=programme.participant.centre).update(bonus_cap="1/1000")
    login(client, director)
    page = said(client, url("bonus", row))
    for expected in ("178,39 zł (10%)", "356,78 zł"):
        assert expected in page


def test_the_facts_are_of_the_month_that_was_chosen(client, programme, instructor):
    login(client, instructor)
    sent = {"token": "t", "month": "2026-07-01", "amount": "400", "reason": "Pilna."}
    answer = client.post(url("ask_bonus", programme) + "?miesiac=2026-08", sent)
    assert ("Miesiąc", "lipiec 2026") in answer.context["facts"]


def test_where_a_request_of_the_instructor_is_needed_the_director_gets_no_form(client, programme, director):
    login(client, director)
    answer = client.get(url("ask_bonus", programme))
    assert "O premię wnosi instruktor prowadzący grupę tej osoby." in answer.content.decode()
    assert "Postawa i postępy" not in answer.content.decode()


def test_a_request_is_withdrawn_after_it_is_said_what_goes_with_it(client, ready, instructor):
    login(client, instructor)
    assert "przepada 1 wydana opinia" in said(client, url("withdraw_bonus", ready))
    ready.refresh_from_db()
    assert ready.is_open
    client.post(url("withdraw_bonus", ready), {"token": "w"})
    assert "Wniosek jest wycofany." in said(client, url("bonus", ready))
    assert client.post(url("withdraw_bonus", ready), {"token": "x"}).status_code == 422


def test_a_decision_that_names_neither_or_both_decides_nothing(client, ready, director):
    login(client, director)
    for buttons in ({}, {"grant": "1", "refuse": "1"}):
        client.post(url("decide_bonus", ready), {"token": "d", **buttons})
    ready.refresh_from_db()
    assert ready.is_open


def test_payroll_reads_the_amounts_and_no_reasons(client, ready, payroll, social_worker):
    login(client, payroll)
    page = said(client, url("bonus", ready))
    assert "300,00 zł" in page
    assert "pilarki" not in page
    assert "Robi postępy" not in page
    table = said(client, reverse("benefits:bonuses"))
    assert "300,00 zł" in table
    for hidden in ("pilarki", str(social_worker), "pozytywna"):
        assert hidden not in page
        assert hidden not in table
    assert Reading.objects.filter(what="bonuses", by=payroll).count() == 1
    assert client.get(url("bonus_request", ready)).status_code == 403


def test_the_paper_says_who_asked_who_opined_and_what_was_decided(ready, director, tmp_path):
    bonus = decide_bonus(ready, granted=True, amount=None, note="", by=director, on=ON)
    paper = tmp_path / "premia.pdf"
    paper.write_bytes(files.read(bonus.document.sha256))
    assert not any(validator.broken_rules([paper]).values())
    words = " ".join(PdfReader(paper).pages[0].extract_text().split())
    for expected in ("PM/1/2026", "pilarki", "Opinia pozytywna", "Robi postępy.", "300,00 zł", "lipiec 2026"):
        assert expected in words


def test_before_the_decision_it_is_a_draft_and_afterwards_the_same_bytes(client, ready, director):
    login(client, director)
    draft = PdfReader(BytesIO(client.get(url("bonus_request", ready)).content)).pages[0].extract_text()
    assert "wydruk roboczy" in " ".join(draft.split())
    bonus = decide_bonus(ready, granted=False, note="Za wcześnie.", by=director, on=ON)
    assert client.get(url("bonus_request", ready)).content == files.read(bonus.document.sha256)
    assert Reading.objects.filter(what="bonus_request").count() == 2


def test_the_person_has_a_history_of_bonuses(client, ready, director, payroll):
    decide_bonus(ready, granted=True, note="", by=director, on=ON)
    login(client, payroll)
    page = said(client, reverse("benefits:person", args=[ready.programme.participant_id]))
    assert "300,00 zł, wypłata z listą za ten miesiąc" in page


def test_the_desk_says_whose_turn_it_is(asked, instructor, social_worker, director, payroll, centre):
    assert on_desk(social_worker) == ["Premie za lipiec 2026: 1 wniosek czeka na Twoją opinię"]
    assert on_desk(director) == []
    supported(asked, social_worker)
    assert on_desk(social_worker) == []
    assert on_desk(director) == ["Premie za lipiec 2026: 1 wniosek czeka na decyzję"]
    pay_month(centre, JULY, by=payroll, director=director)
    decide_bonus(asked, granted=True, note="", by=director, on=ON)
    [late] = on_desk(payroll)
    assert late.endswith("premia 300,00 zł za lipiec 2026, wypłata z następną listą")
    assert on_desk(instructor) == []


def test_without_a_letterhead_the_page_says_why_there_is_no_paper_yet(client, asked, instructor, letterhead):
    Letterhead.objects.all().delete()
    login(client, instructor)
    answer = client.get(url("bonus_request", asked), follow=True)
    assert "nie ma papieru firmowego" in answer.content.decode()
    assert not Reading.objects.filter(what="bonus_request").exists()


def test_who_has_no_lists_finds_the_bonuses_in_the_navigation(client, asked, instructor, payroll):
    for user, stands in ((instructor, True), (payroll, False)):
        login(client, user)
        labels = [entry["label"] for entry in client.get(reverse("benefits:bonuses")).context["navigation"]]
        assert ("Premie" in labels) is stands
