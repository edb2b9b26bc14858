from datetime import date

import pytest
from django.urls import reverse

from cistor.centres import actions
from cistor.centres.models import Regulations
from cistor.centres.versions import compare, last_day, previous
from tests.factories import login

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def pair(centre, director):
    """The version in force and a draft that differs in a setting, a § and three rows of lists."""
    version = centre.regulations.get()
    draft = actions.start_draft(
        centre=centre, origin=version, title="Nowy", in_force_from=date(2027, 1, 1), by=director, on=TODAY
    )
    draft.free_days, draft.sources["free_days"], draft.sources["payday_day"] = 8, "§4", "§10"
    draft.save()
    draft.daycodes.filter(meaning="sick").update(letters="C")
    draft.breachs.filter(letter="a").delete()
    draft.measures.create(letter="f", meaning="talk", text="rozmowa", source="§3")
    return version, draft


def differing(left, right) -> dict[str, list]:
    return {
        section.title: [(row.label, row.left, row.right) for row in section.rows if row.differs]
        for section in compare(left, right)
    }


def test_every_difference_is_found_and_nothing_else(pair):
    found = {title: rows for title, rows in differing(*pair).items() if rows}
    assert found == {
        "Dni wolne i nieobecności": [("dni wolne w programie", "4", "8")],
        "Oznaczenia dni": [
            (
                "choroba ze zwolnieniem",
                "L4 – choroba, zwolnienie lekarskie, kolor 4",
                "C – choroba, zwolnienie lekarskie, kolor 4",
            )
        ],
        "Naruszenia porządku i dyscypliny": [("lit. a", "spóźnianie się na zajęcia", "nie ma")],
        "Środki, które mogą po nich nastąpić": [("lit. f", "nie ma", "rozmowa (rozmowa)")],
    }


def test_another_paragraph_is_told_apart_from_another_value(pair):
    rows = {row.label: row for section in compare(*pair) for row in section.rows}
    payday = rows["wypłata do dnia miesiąca"]
    assert (payday.differs, payday.other_source) == (False, True)
    assert not rows["dni wolne w programie"].other_source


def test_a_version_compared_with_itself_differs_in_nothing(pair):
    assert not any(differing(pair[1], pair[1]).values())


def test_a_draft_follows_the_version_that_would_hold_without_it():
    days = [date(2020, 1, 1), date(2024, 1, 1), date(2027, 1, 1)]
    first, second, third = (Regulations(pk=n, in_force_from=day) for n, day in enumerate(days))
    draft = Regulations(pk=9, in_force_from=date(2025, 1, 1), is_draft=True)
    everything = [third, draft, first, second]
    assert previous(draft, everything) == second
    assert previous(first, everything) is None
    assert last_day(draft, everything) == date(2026, 12, 31)
    assert last_day(third, everything) == date.max


def test_the_page_compares_the_draft_with_what_is_in_force(client, director, pair):
    login(client, director)
    page = client.get(reverse("centres:compare"))
    assert (page.context["left"], page.context["right"]) == pair
    assert "5 różnic." in page.content.decode()
    only = client.get(reverse("centres:compare"), {"roznice": "1"}).content.decode()
    assert "dni wolne w programie" in only
    assert "premia liczona od" not in only
    assert "inna podstawa" in only


def test_another_paragraph_alone_is_a_difference(client, centre, director):
    who = {"by": director, "on": TODAY}
    version, day = centre.regulations.get(), date(2027, 1, 1)
    draft = actions.start_draft(centre=centre, origin=version, title="Nowy", in_force_from=day, **who)
    actions.change_settings(draft, values={}, sources={"meals": "§12 ust. 4"}, **who)
    login(client, director)
    page = client.get(reverse("centres:compare"), {"roznice": "1"}).content.decode()
    assert ("1 różnica." in page, "§12 ust. 4" in page, "niczym się nie różnią" in page) == (True, True, False)


def test_who_only_reads_compares_no_drafts(client, payroll, pair):
    login(client, payroll)
    page = client.get(reverse("centres:compare"), {"prawa": pair[1].pk})
    assert page.context["right"] == pair[0]
    assert client.get(reverse("centres:regulations", args=[pair[1].pk])).status_code == 404
    assert "Nowy" not in client.get(reverse("centres:centre")).content.decode()


def test_a_comparison_costs_as_many_queries_as_there_are_lists(pair, django_assert_num_queries):
    with django_assert_num_queries(14):
        compare(*pair)
