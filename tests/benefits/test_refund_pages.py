"""The pages of the refund: a year, one application, its signature, what came of it, its workbook."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from benefits.actions import refunds as acts
from benefits.models import Refund
from benefits.reading.refunds import standing
from cistor.desk import refunds as desk
from cistor.journal.models import Reading
from tests.benefits.months import JULY
from tests.benefits.people import make_settled_in
from tests.benefits.refunding import EARLY_SEPTEMBER, labour_office, paid_month, prepared
from tests.factories import login


@pytest.fixture
def paid(centre, letterhead, payroll, director):
    make_settled_in(centre)
    return paid_month(centre, JULY, by=payroll, director=director)


@pytest.fixture
def draft(centre, paid, payroll) -> Refund:
    return prepared(centre, by=payroll)


@pytest.fixture
def as_user(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: EARLY_SEPTEMBER)

    def logged_in(user):
        login(client, user)
        return client

    return logged_in


def text(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def test_from_the_year_to_the_money(as_user, centre, paid, payroll, director):
    client = as_user(payroll)
    year = text(client.get(reverse("benefits:refunds")))
    assert "2 274,83 zł" in year
    assert f"{reverse('benefits:new_refund')}?miesiac=2026-08" in year
    new = {"month": "2026-08-01", "office": labour_office(centre).pk, "token": "nowy"}
    answer = client.post(reverse("benefits:new_refund"), new)
    row = Refund.objects.get()
    page = reverse("benefits:refund", args=[row.pk])
    assert answer.url == page
    assert "Podpisz</a>" not in text(client.get(page))
    director_client = as_user(director)
    url = reverse("benefits:sign_refund", args=[row.pk])
    seen = director_client.get(url).context["form"].initial["seen"]
    assert director_client.post(url, {"seen": seen}).url == page
    client = as_user(payroll)
    step = "benefits:refund_step"
    client.post(reverse(step, args=[row.pk, "wyslanie"]), {"on": "2026-09-07", "token": "a"})
    client.post(reverse(step, args=[row.pk, "wplyw"]), {"on": "2026-09-07", "amount": "2 000", "token": "b"})
    refused = {"on": "2026-09-07", "amount": "274,83", "note": "Brak kopii.", "token": "c"}
    client.post(reverse(step, args=[row.pk, "odmowa"]), refused)
    assert standing(row).state == ("done", "rozliczony")
    assert "Odmówiono 274,83 zł, 07.09.2026: Brak kopii." in text(client.get(page))


def test_a_centre_without_a_labour_office_is_led_to_its_offices(as_user, centre, paid, payroll):
    centre.offices.filter(kind="pup").delete()
    shown = text(as_user(payroll).get(reverse("benefits:new_refund")))
    assert "nie ma w spisie powiatowego urzędu pracy" in shown
    assert f'href="{reverse("centres:offices")}"' in shown


def test_an_empty_year_says_so_and_an_odd_one_is_this_one(as_user, centre, director):
    client = as_user(director)
    assert "W tym roku nic nie wypłacono" in text(client.get(reverse("benefits:refunds"), {"rok": "2025"}))
    assert client.get(reverse("benefits:refunds"), {"rok": "0000"}).context["found"].year == 2026


def test_who_prepared_is_told_why_not_to_sign(as_user, centre, draft, payroll, director):
    type(director).objects.filter(pk=director.pk).update(roles=["payroll", "director"])
    acts.recount_refund(draft, by=type(director).objects.get(pk=director.pk), on=EARLY_SEPTEMBER)
    assert acts.FOUR_EYES in text(as_user(director).get(reverse("benefits:sign_refund", args=[draft.pk])))


def test_a_draft_is_counted_anew_or_dropped(as_user, draft, payroll):
    client = as_user(payroll)
    assert client.post(reverse("benefits:recount_refund", args=[draft.pk])).status_code == 302
    drop = reverse("benefits:drop_refund", args=[draft.pk])
    assert "Usunąć projekt wniosku?" in text(client.get(drop))
    assert Refund.objects.exists()
    assert client.post(drop).url == reverse("benefits:refunds")
    assert not Refund.objects.exists()


def test_the_workbook_holds_days_words_and_sums_and_is_a_reading(as_user, draft, payroll):
    answer = as_user(payroll).get(reverse("benefits:refund_sheet", args=[draft.pk]))
    sheet, corrections = load_workbook(BytesIO(answer.content)).worksheets
    row, sums = [cell.value for cell in sheet[2]], [cell.value for cell in sheet[3]]
    assert row[1] == "lipiec 2026"
    assert row[4] == 31
    assert row[7:] == sums[7:] == [1783.9, 348.22, 142.71, 2274.83]
    assert corrections.title == "Korekty"
    assert Reading.objects.get(what="refund_sheet").by == payroll


def test_the_pages_ask_as_often_for_many_as_for_one(as_user, centre, draft, payroll, director):
    client = as_user(payroll)
    pages = [reverse("benefits:refunds"), reverse("benefits:refund", args=[draft.pk])]

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            for page in pages:
                client.get(page)
        return len(asked)

    queries()
    few = queries()
    acts.drop_refund(draft, by=payroll, on=EARLY_SEPTEMBER)
    for _ in range(2):
        make_settled_in(centre)
    paid_month(centre, JULY, by=payroll, director=director, number=2)
    pages[1] = reverse("benefits:refund", args=[prepared(centre, by=payroll).pk])
    assert queries() == few


def test_the_desk_names_what_was_forgotten_what_is_to_sign_and_to_send(centre, paid, payroll, director):
    def told(user):
        return [matter.text for matter in desk.waiting(user, EARLY_SEPTEMBER)]

    assert told(payroll) == ["Nie wniesiono jeszcze o refundację za wypłaty w sierpniu 2026"]
    assert told(director) == []
    row = prepared(centre, by=payroll)
    assert told(payroll) == []
    assert told(director) == [f"{row.title}: czeka na podpis"]
    acts.sign_refund(row, by=director, on=EARLY_SEPTEMBER)
    assert (told(payroll), told(director)) == ([f"{row.title}: podpisany, do wysłania"], [])
