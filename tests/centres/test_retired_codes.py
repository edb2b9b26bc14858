"""A code that marks days is retired, never removed and never given another meaning."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from attendance import roster
from attendance.actions import settle
from attendance.documents import attendance_sheet
from attendance.models import Day, Suspension
from attendance.ranges import codes_of
from attendance.terms import Terms
from cistor.centres import actions
from cistor.centres.lists import LISTS
from cistor.centres.models import DayCode, Meaning
from cistor.errors import Refused
from tests.factories import login, make_group, make_participant, make_programme, mark

START, NEW_YEAR = date(2026, 9, 7), date(2027, 1, 1)
TODAY = date(2026, 11, 23)
CODES = LISTS["oznaczenia"]


@pytest.fixture
def group(centre, instructor):
    group = make_group(centre, instructor)
    programme = make_programme(make_participant(centre, group=group), start_on=START, by=instructor)
    mark(programme, {START: "late"}, by=instructor)
    return group


@pytest.fixture
def draft(group, director):
    version = group.centre.regulations.get()
    chosen = {"origin": version, "title": "Nowy", "in_force_from": NEW_YEAR}
    return actions.start_draft(centre=group.centre, **chosen, by=director, on=TODAY)


def changed(draft, by, **meanings):
    """The list of the draft with some rows changed, None takes one out."""
    rows = {row.meaning: row for row in CODES.rows(draft)}
    for meaning, values in meanings.items():
        row = rows.pop(meaning)
        if values is not None:
            for name, value in values.items():
                setattr(row, name, value)
            rows[meaning] = row
    actions.replace_list(draft, CODES, rows.values(), by=by, on=TODAY)


def test_a_used_code_is_not_left_out_but_retired(draft, director):
    with pytest.raises(Refused, match=r"spóźnienie.*wycofać, nie usunąć"):
        changed(draft, director, late=None)
    changed(draft, director, late={"is_retired": True})
    actions.make_binding(draft, by=director, on=TODAY)
    terms = Terms(draft.centre)
    assert "late" in terms.codes(NEW_YEAR)
    assert "late" not in terms.markable(date(2027, 1, 4))
    assert "late" in terms.markable(START)
    assert "late" not in {code.meaning for code in codes_of(terms, date(2027, 1, 4))}


def test_an_unused_code_may_be_left_out(draft, director):
    changed(draft, director, suspended=None)
    assert not draft.daycodes.filter(meaning="suspended").exists()


def test_letters_that_mark_days_get_no_other_meaning(draft, director):
    with pytest.raises(Refused, match="oznaczano już co innego: spóźnienie"):
        changed(draft, director, late={"letters": "SP"}, free_day={"letters": "s"})
    changed(draft, director, late={"letters": "SP"})
    with pytest.raises(IntegrityError, match="another meaning: S"), transaction.atomic():
        draft.daycodes.filter(meaning="free_day").update(letters="S")


def test_a_preset_whose_letters_meant_something_else_is_no_beginning(group, director):
    codes = DayCode.objects.filter(regulations__centre=group.centre)
    codes.filter(meaning="excused").update(letters="C")
    [programme] = roster.of_day(group, START)
    Day.objects.filter(programme=programme).update(meaning="excused", code="C")
    asked = {"title": "Nowy", "in_force_from": NEW_YEAR, "by": director, "on": TODAY}
    with pytest.raises(Refused, match="Literami C oznaczano już co innego: nieobecność usprawiedliwiona"):
        actions.start_draft(centre=group.centre, origin="rzyszczewo", **asked)
    assert actions.start_draft(centre=group.centre, origin="cistor", **asked).is_draft


def test_what_nobody_can_do_without_cannot_be_retired(draft, director):
    changed(draft, director, sick={"is_retired": True})
    with pytest.raises(Refused, match="Brakuje oznaczeń dni: choroba"):
        actions.make_binding(draft, by=director, on=TODAY)


def test_the_database_keeps_a_used_code_and_lets_it_retire(group):
    codes = DayCode.objects.filter(regulations__centre=group.centre)
    for act in (
        lambda: codes.filter(meaning="late").delete(),
        lambda: codes.filter(meaning="late").update(letters="SP"),
    ):
        with pytest.raises(IntegrityError, match="can only be retired: S"), transaction.atomic():
            act()
    codes.filter(meaning="late").update(is_retired=True, colour=1)
    codes.filter(meaning="suspended").delete()


def test_the_form_says_it_above_the_rows(client, draft, director):
    login(client, director)
    rows = {row.meaning: row for row in CODES.rows(draft)}
    typed = {"rows-TOTAL_FORMS": len(Meaning), "rows-INITIAL_FORMS": 0}
    for place, meaning in enumerate(Meaning.values):
        row = rows[meaning]
        typed |= {
            f"rows-{place}-{name}": getattr(row, name) for name in ("name", "colour", "source", "position", "letters")
        }
    address = reverse("centres:edit_list", args=[draft.pk, CODES.slug])
    late = f"rows-{Meaning.values.index('late')}"
    answer = client.post(address, {**typed, f"{late}-letters": ""})
    assert answer.status_code == 422
    assert "można wycofać, nie usunąć" in answer.content.decode()
    assert client.post(address, {**typed, f"{late}-is_retired": "on"}).status_code == 302
    assert draft.daycodes.get(meaning="late").is_retired
    present = f"rows-{Meaning.values.index('present')}"
    page = client.post(address, {**typed, f"{present}-is_retired": "on"}, follow=True).content.decode()
    assert "Brakuje oznaczeń dni: obecność." in page
    assert "Wycofane" in client.get(address).content.decode()


def test_lists_explain_a_retired_code_only_where_it_stands(group):
    DayCode.objects.filter(regulations__centre=group.centre, meaning="late").update(is_retired=True)
    terms = Terms(group.centre)

    def letters(month):
        grid = roster.of_month(group, month, TODAY, terms)
        return {row["code"] for row in attendance_sheet(group, month, grid, terms, filled=True)["codes"]}

    assert "S" in letters(date(2026, 9, 1))
    assert "S" not in letters(date(2026, 10, 1))


def test_what_a_fact_says_is_written_with_a_retired_code_too(group, director):
    DayCode.objects.filter(regulations__centre=group.centre, meaning="suspended").update(is_retired=True)
    day = date(2026, 9, 8)
    Suspension.objects.create(
        centre=group.centre, start_on=day, end_on=day, reason="Awaria", by=director, decided_on=day
    )
    [programme] = roster.of_day(group, day)
    assert settle([programme.pk], day, day, centre=group.centre, by=director).written == 1
