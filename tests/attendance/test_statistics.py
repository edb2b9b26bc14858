"""The statistics of groups and of the centre, and the code on a printed list."""

import re
from datetime import date
from fractions import Fraction
from io import BytesIO
from urllib.parse import quote

import pytest
import segno
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from attendance import roster
from attendance.documents import attendance_sheet
from attendance.documents.meals import meal_list
from attendance.reading.statistics import COUNTED, HERE, of_centre, of_groups, rate
from attendance.terms import Terms
from cistor.centres.models import Meaning
from tests.factories import make_group, make_participant, make_programme, mark, mark_present

START, MONDAY, TODAY = date(2026, 2, 2), date(2026, 2, 9), date(2026, 2, 13)


@pytest.fixture
def groups(centre, instructor):
    """Two people in the first group, one of them in the second from Wednesday on, and one in none."""
    first, second = make_group(centre, instructor, name="Kuchnia"), make_group(centre, name="Ogród")
    stays, moves = make_participant(centre, group=first), make_participant(centre, group=first)
    nobody = make_participant(centre)
    programmes = [make_programme(person, start_on=START, by=instructor) for person in (stays, moves, nobody)]
    moves.memberships.update(end_on=date(2026, 2, 10))
    moves.memberships.create(group=second, start_on=date(2026, 2, 11))
    mark(programmes[0], {START: "present", MONDAY: "late", date(2026, 2, 10): "sick", date(2026, 2, 14): "sick"})
    mark(programmes[1], {MONDAY: "suspended", date(2026, 2, 10): "unexcused", date(2026, 2, 11): "present"})
    mark(programmes[2], {MONDAY: "present"})
    return first, second


def test_days_count_in_the_group_of_the_day_and_suspended_ones_nowhere(centre, groups):
    found = of_groups(groups, START, TODAY, Terms(centre))
    first, second = groups
    assert found.groups[first] == {"present": 1, "late": 1, "sick": 1, "unexcused": 1}
    assert found.groups[second] == {"present": 1}
    assert {monday: rate(sums) for monday, sums in found.weeks.items()} == {START: 1, MONDAY: Fraction(2, 4)}
    assert found.absences == [(Meaning.UNEXCUSED, 1), (Meaning.SICK, 1)]


def test_the_centre_counts_who_is_in_no_group_and_no_day_without_classes(centre, groups):
    found = of_centre(centre, groups, START, date(2026, 2, 15), Terms(centre))
    assert found.sums == {"present": 3, "late": 1, "sick": 1, "unexcused": 1}
    assert rate(found.sums) == Fraction(4, 6)


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(Meaning.values), st.integers(0, 40)))
def test_a_rate_is_a_share_and_suspended_days_never_change_it(sums):
    found = rate(sums)
    assert found == rate({**sums, "suspended": 7})
    if any(sums.get(meaning) for meaning in COUNTED):
        assert 0 <= found <= 1
        assert (found == 1) == (not any(sums.get(m) for m in COUNTED if m not in HERE))
    else:
        assert found is None


def test_an_instructor_sees_own_groups_and_the_director_all_in_few_queries(
    as_user, groups, instructor, director, django_assert_max_num_queries
):
    first, second = groups
    for user, seen in ((instructor, [first]), (director, [first, second])):
        client = as_user(user, TODAY)
        client.get(reverse("attendance:statistics"))
        with django_assert_max_num_queries(22):
            answer = client.get(reverse("attendance:statistics"))
        assert [row[0] for row in answer.context["groups"]] == seen
    page = answer.content.decode()
    assert "Obecność w kolejnych tygodniach" in page
    # The letters are explained, and Friday is not the end of a week.
    assert "<b>NN</b>&nbsp;" in page
    assert "tydzień od 09.02.2026, jeszcze trwa" in page
    assert "tydzień od 02.02.2026, " not in page
    assert as_user(instructor, TODAY).get(reverse("attendance:statistics"), {"grupa": second.pk}).status_code == 422


def test_groups_are_drawn_with_their_rates_beside_the_table(as_user, centre, groups, director):
    make_group(centre, name="Pusta")
    answer = as_user(director, TODAY).get(reverse("attendance:statistics"))
    drawing = answer.context["by_group"]
    assert re.findall(r'class="(?:label|amount)"[^>]*>([^<]+)<', drawing.svg) == ["Kuchnia", "50%", "Ogród", "100%"]
    assert re.findall(r'class="total"[^>]*width="([\d.]+)"', drawing.svg) == ["180.0", "360.0"]
    page = answer.content.decode()
    assert page.index("Obecność w grupach") < page.index('aria-label="Grupy"')
    assert "Pusta" in page[page.index('aria-label="Grupy"') :]


def test_one_group_alone_has_nothing_to_be_compared_with(as_user, groups, instructor):
    answer = as_user(instructor, TODAY).get(reverse("attendance:statistics"))
    assert (answer.context["by_group"], len(answer.context["groups"])) == (None, 1)
    assert "Obecność w grupach" not in answer.content.decode()


def test_a_long_name_leaves_room_for_the_rate(as_user, groups, director):
    groups[0].name = "Warsztat remontowo-budowlany i ogrodniczy na Podgórzu"
    groups[0].save()
    svg = as_user(director, TODAY).get(reverse("attendance:statistics")).context["by_group"].svg
    assert ">Warsztat remontowo-budowlany i ogrodnic…<" in svg


def test_the_number_of_queries_does_not_grow_with_the_days_the_people_and_the_groups(as_user, centre, groups, director):
    pages = [reverse("attendance:statistics"), reverse("attendance:person_years", args=[_somebody(groups[0]).pk])]
    client = as_user(director, TODAY)
    before = [_queries(client, page) for page in pages]
    for number in range(3):
        group = make_group(centre, name=f"Nowa {number}")
        programme = make_programme(make_participant(centre, group=group), start_on=START, by=director)
        mark_present(programme, START, TODAY, by=director)
    mark_present(_somebody(groups[0]).programmes.get(), date(2026, 2, 11), TODAY, by=director)
    assert [_queries(client, page) for page in pages] == before


def _somebody(group):
    return group.memberships.earliest("pk").participant


def _queries(client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    return len(captured)


@pytest.mark.parametrize(
    "asked", [{"od": "2026-02-12", "do": "2026-02-01"}, {"od": "2024-01-01"}, {"od": "wczoraj"}, {"grupa": "x"}]
)
def test_a_wrong_question_is_answered_beside_the_field(as_user, director, asked):
    answer = as_user(director, TODAY).get(reverse("attendance:statistics"), asked)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert "oznaczonych dni zajęć" not in answer.content.decode()


def test_each_of_two_wrong_days_is_told_what_is_wrong_with_it(as_user, director):
    asked = {"od": "2026-12-01", "do": "2026-01-01"}
    errors = as_user(director, TODAY).get(reverse("attendance:statistics"), asked).context["form"].errors
    assert errors == {"od": ["Ten dzień jeszcze nie nadszedł."], "do": ["Ten dzień jest przed pierwszym."]}


def test_the_spreadsheet_says_what_the_page_says(as_user, groups, director):
    answer = as_user(director, TODAY).get(reverse("attendance:statistics_file"), {"od": START, "do": TODAY})
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Tygodnie", "Grupy", "Razem"]
    assert [row[0] for row in book["Grupy"].iter_rows(min_row=2, values_only=True)] == ["Kuchnia", "Ogród"]
    [total] = book["Razem"].iter_rows(min_row=2, values_only=True)
    assert total[1:4] == (pytest.approx(4 / 6), 3, 1)


def test_the_printed_list_carries_a_code_with_the_address_of_its_group_and_month(centre, groups, monkeypatch):
    monkeypatch.setattr("django.conf.settings.PUBLIC_URL", "https://cis.example")
    terms = Terms(centre)
    grid = roster.of_month(groups[0], START.replace(day=1), TODAY, terms)
    context = attendance_sheet(groups[0], START.replace(day=1), grid, terms, filled=False)
    address = f"https://cis.example{reverse('attendance:scanned', args=[groups[0].pk])}?miesiac=2026-02"
    assert context["code"] == segno.make(address, error="m").svg_data_uri(border=2, omitsize=True, dark="#000")


def test_the_code_on_a_list_of_meals_opens_the_group_on_its_day(groups, monkeypatch):
    monkeypatch.setattr("django.conf.settings.PUBLIC_URL", "https://cis.example")
    address = f"https://cis.example{reverse('attendance:scanned', args=[groups[0].pk])}?dzien=2026-02-10"
    code = segno.make(address, error="m").svg_data_uri(border=2, omitsize=True, dark="#000")
    assert meal_list(groups[0], date(2026, 2, 10), filled=True)["code"] == code
    assert meal_list(groups[0], date(2026, 2, 10), filled=False)["code"] == ""


def test_the_code_on_a_list_leads_to_the_day_in_its_month_and_to_the_month_later(as_user, client, groups, instructor):
    group = groups[0]
    address = f"{reverse('attendance:scanned', args=[group.pk])}?miesiac=2026-02"
    assert client.get(address).url.endswith(f"?next={quote(address, safe='')}")
    assert as_user(instructor, TODAY).get(address).url == reverse("attendance:today", args=[group.pk])
    assert as_user(instructor, TODAY).get(address, {"dzien": "2026-02-10"}).url == (
        f"{reverse('attendance:today', args=[group.pk])}?dzien=2026-02-10"
    )
    later = as_user(instructor, date(2026, 3, 2)).get(address)
    assert later.url == f"{reverse('attendance:month', args=[group.pk])}?miesiac=2026-02"
