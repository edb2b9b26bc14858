"""The page of a month under other rules."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cistor.centres.models import Regulations
from tests.benefits.people import JULY
from tests.factories import login

PAGE = reverse("benefits:what_if")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 8, 3))


@pytest.fixture
def reader(client, director):
    login(client, director)
    return client


def shown(client, **tried):
    return client.get(f"{PAGE}?{urlencode(tried)}")


@pytest.fixture
def draft(centre) -> Regulations:
    row = centre.regulations.get()
    row.pk, row.is_draft, row.in_force_from, row.main_rate = None, True, date(2027, 1, 1), "6/5"
    row.save()
    return row


def test_before_anything_is_tried_the_page_only_asks(reader, programme):
    answer = reader.get(PAGE)
    assert answer.context["found"] is None
    assert "Policz na próbę" in answer.content.decode()


def test_an_address_without_a_month_names_the_one_that_was_counted(reader, programme):
    answer = shown(reader, main_rate="120%")
    assert answer.context["found"].month == JULY
    assert answer.context["form"]["miesiac"].value() == "2026-07-01"


def test_the_link_from_a_draft_tries_it_on_the_month_before(reader, programme, draft):
    found = shown(reader, wersja=draft.pk).context["found"]
    assert (found.month, str(found.benefit_difference)) == (JULY, "338.96")


def test_totals_people_and_reasons_stand_on_the_page(reader, programme, draft):
    page = shown(reader, miesiac="2026-07-01", wersja=draft.pk).content.decode().replace("\u00a0", " ")
    for words in ("1 694,70 zł", "2 033,66 zł", "338,96 zł", "1 osoba", str(programme.participant), "(projekt)"):
        assert words in page
    assert "Podstawa w okresie właściwym: 1 783,90 → 2 140,70 zł" in page


def test_values_may_be_typed_as_people_write_them(reader, programme):
    found = shown(reader, miesiac="2026-07-01", zasilek="2 000,00 zł", main_rate="120%", unexcused_fraction="1/10")
    # 2 400,00 − 240,00
    assert str(found.context["found"].benefit[1]) == "2160.00"


@pytest.mark.parametrize(
    "tried",
    [
        {"miesiac": "2020-01-01"},
        {"wersja": "0"},
        {"zasilek": "dużo"},
        {"main_rate": "900%"},
        {"unexcused_fraction": "1/0"},
        {"sick_days_limit": "-1"},
    ],
)
def test_what_means_nothing_is_said_at_its_field(reader, programme, tried):
    answer = shown(reader, **tried)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(tried)
    assert answer.context["found"] is None


def test_another_centres_version_is_not_offered(reader, programme, other_centre):
    assert shown(reader, wersja=other_centre.regulations.get().pk).status_code == 422


@pytest.mark.parametrize("version", ["0", "999999", "9" * 30, "bzdura", "\0"])
def test_a_version_that_is_gone_is_said_to_be(reader, programme, version):
    assert shown(reader, wersja=version).context["form"].errors["wersja"] == ["Tej wersji już nie ma. Wybierz inną."]


def test_names_stand_in_no_address(reader, programme, draft):
    page = shown(reader, wersja=draft.pk).content.decode()
    addresses = [piece.split('"')[0] for piece in page.split('href="')[1:]]
    assert not [address for address in addresses if programme.participant.last_name in address]
