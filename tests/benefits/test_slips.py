"""The slip of one settlement, and those of a whole list."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from benefits.actions import run_month
from cistor.documents.models import Letterhead
from cistor.journal.models import Entry, Reading
from tests.benefits.people import COUNTED, JULY, SIXTH, make_settled_in
from tests.factories import login


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: COUNTED)


@pytest.fixture
def as_user(client):
    def signed_in(user):
        login(client, user)
        return client

    return signed_in


def pages(answer):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages]


def slip_of(client, row):
    return client.get(reverse("benefits:slip", args=[row.pk]))


def test_a_slip_says_where_the_amount_comes_from_on_one_page(as_user, approved, payroll):
    row = approved.settlements.get()
    answer = slip_of(as_user(payroll), row)
    [page] = pages(answer)
    for words in (
        "Pasek świadczenia",
        "Centrum Integracji Społecznej „Wymyślone”",
        row.name,
        "lipiec 2026",
        "środa, 5 sierpnia 2026",
        "Za 1 dzień NN (6 lipca) odjęto 1 × 1/20 × 1 783,90 zł = 89,20 zł.",
        "Zasiłek dla bezrobotnych od 1 czerwca 2026, ustawa z 20 marca 2025",
        "Stawka zaliczki na podatek",
        "NN nieobecność nieusprawiedliwiona",
    ):
        assert words in page
    assert "projekt" not in page
    assert answer["Content-Disposition"] == f'attachment; filename="pasek-2026-07-{row.pk}.pdf"'
    assert answer["Cache-Control"] == "private, no-store"


def test_of_the_account_only_the_end_is_printed(as_user, approved, payroll):
    row = approved.settlements.get()
    [page] = pages(slip_of(as_user(payroll), row))
    assert f"na rachunek …{row.account[-4:]}" in page
    assert row.account[:-4] not in page.replace(" ", "")


def test_the_slip_of_a_draft_says_that_it_is_one(as_user, july, payroll):
    [page] = pages(slip_of(as_user(payroll), july.settlements.get()))
    assert "Pasek świadczenia – projekt" in page
    assert "kwoty mogą się zmienić" in page


def test_printing_a_slip_is_an_act_and_a_reading(as_user, approved, programme, payroll):
    row = approved.settlements.get()
    slip_of(as_user(payroll), row)
    assert Entry.objects.get(verb="slip_printed").object_id == row.pk
    reading = Reading.objects.get(what="benefit_slip")
    assert (reading.participant_id, reading.by) == (programme.participant_id, payroll)


def test_without_a_letterhead_the_page_says_so(as_user, july, payroll):
    Letterhead.objects.all().delete()
    answer = as_user(payroll).get(reverse("benefits:slip", args=[july.settlements.get().pk]), follow=True)
    assert "Centrum nie ma papieru firmowego" in answer.content.decode()
    assert not Reading.objects.filter(what="benefit_slip").exists()


def test_who_gets_nothing_reads_why(as_user, centre, letterhead, payroll):
    days = [SIXTH.replace(day=day) for day in (6, 7, 8, 9)]
    make_settled_in(centre, but=dict.fromkeys(days, "unexcused"))
    row = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED).settlements.get()
    [page] = pages(slip_of(as_user(payroll), row))
    assert "Nic do wypłaty. 9 lipca 2026 to 4. dzień NN" in page
    assert "na rachunek" not in page


@pytest.mark.parametrize("role", ["social_worker", "instructor", "admin"])
def test_who_may_not_see_lists_gets_no_slip(request, as_user, approved, role):
    user = request.getfixturevalue(role)
    assert slip_of(as_user(user), approved.settlements.get()).status_code == 403
