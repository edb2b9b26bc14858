from datetime import date
from fractions import Fraction

import pytest
from django.db.models import Model

from cistor.centres import actions
from cistor.centres.lists import LISTS
from cistor.centres.models import Regulations
from cistor.centres.sheet import GROUPS, PAPERS
from cistor.centres.statute import Kind, departures
from cistor.errors import Refused
from cistor.journal.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NEW_YEAR = date(2027, 1, 1)
OWN = {"id", "regulations", "title", "in_force_from", "is_draft"}


def start(centre, by, origin=None, **other) -> Regulations:
    chosen = {"origin": origin or centre.regulations.get(is_draft=False), "title": "Nowy", "in_force_from": NEW_YEAR}
    return actions.start_draft(centre=centre, by=by, on=TODAY, **{**chosen, **other})


def columns(row: Model) -> dict:
    return {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in OWN}


def contents(version: Regulations) -> list[dict]:
    """Every setting and every row of every list."""
    return [columns(version), *(columns(row) for listed in LISTS.values() for row in listed.rows(version))]


def test_a_draft_begins_as_a_copy_of_a_version_with_all_its_lists(centre, director):
    version = centre.regulations.get()
    actions.seal(version, by=director, on=TODAY)
    draft = start(centre, director)
    assert draft.is_draft
    (settings, *rows), (before, *standing) = contents(draft), contents(version)
    assert (settings, rows) == (before, standing)
    assert {"part_day", "meals", "things"} <= set(settings["sources"])
    assert Entry.objects.get(verb="draft_started").object_id == draft.pk


def test_a_draft_is_nobodys_version(centre, director):
    start(centre, director)
    assert Regulations.objects.version(centre, NEW_YEAR) == centre.regulations.get(is_draft=False)


def test_only_who_may_set_regulations_sees_a_draft(centre, director, payroll):
    start(centre, director)
    seen = {user.pk: Regulations.objects.visible_to(user, on=TODAY).count() for user in (director, payroll)}
    assert seen == {director.pk: 2, payroll.pk: 1}


def test_the_ready_draft_raises_what_falls_short_and_leaves_the_choices(centre, director):
    draft = start(centre, director, raised=[Kind.BELOW_RIGHT])
    assert (draft.trial_rate, draft.main_rate, draft.sick_days_limit) == (Fraction(6, 5), Fraction(6, 5), 21)
    assert "Dz.U. 2022 poz. 218" in draft.sources["main_rate"]
    assert {row.kind for row in departures(draft, NEW_YEAR, NEW_YEAR)} == {Kind.BELOW_MAXIMUM}


def test_the_choices_are_raised_where_the_director_wants_it(centre, director):
    draft = start(centre, director, raised=[Kind.BELOW_RIGHT, Kind.BELOW_MAXIMUM])
    assert departures(draft, NEW_YEAR, NEW_YEAR) == []
    assert (draft.bonus_cap, draft.free_days, draft.extension_months) == (1, 12, 12)


def test_a_draft_for_days_before_the_law_changed_follows_the_law_of_those_days(centre, director):
    draft = start(centre, director, raised=[Kind.BELOW_RIGHT], in_force_from=date(2022, 1, 15))
    assert (draft.main_rate, draft.sick_days_limit) == (Fraction(6, 5), 14)


def test_a_centre_without_regulations_begins_with_a_preset(centre, director):
    Regulations.objects.all().delete()
    draft = start(centre, director, origin="rzyszczewo")
    assert (draft.centre, draft.free_days, draft.title) == (centre, 6, "Nowy")
    assert {row.code for row in draft.deadline_lengths.all()} == {
        "absence_report",
        "follow_up",
        "monthly_benefit",
        "sick_note",
    }


def test_settings_change_with_their_paragraphs_and_the_others_stay(centre, director):
    draft = start(centre, director)
    before = draft.sources["main_rate"]
    actions.change_settings(draft, values={"free_days": 8}, sources={"free_days": "§9"}, by=director, on=TODAY)
    draft.refresh_from_db()
    assert (draft.free_days, draft.sources["free_days"], draft.sources["main_rate"]) == (8, "§9", before)


def test_an_adopted_version_is_not_written_any_more(centre, director):
    version = centre.regulations.get()
    who = {"by": director, "on": TODAY}
    for act in (
        lambda: actions.change_settings(version, values={"free_days": 8}, sources={}, **who),
        lambda: actions.replace_list(version, LISTS["podstawy"], [], **who),
        lambda: actions.name_draft(version, title="Inny", in_force_from=NEW_YEAR, **who),
        lambda: actions.delete_draft(version, **who),
        lambda: actions.make_binding(version, **who),
    ):
        with pytest.raises(Refused, match="już przyjęta"):
            act()


def test_a_deleted_draft_leaves_only_the_journal(centre, director):
    draft = start(centre, director)
    actions.delete_draft(draft, by=director, on=TODAY)
    assert centre.regulations.count() == 1
    assert Entry.objects.get(verb="draft_deleted").data["title"] == "Nowy"
    with pytest.raises(Refused, match="już nie ma"):
        actions.delete_draft(draft, by=director, on=TODAY)


def test_an_adopted_draft_holds_from_its_day(centre, director):
    before, draft = centre.regulations.get(), start(centre, director)
    actions.make_binding(draft, by=director, on=TODAY)
    assert Regulations.objects.version(centre, date(2026, 12, 31)) == before
    assert Regulations.objects.version(centre, NEW_YEAR) == draft


def test_two_versions_never_begin_on_one_day(centre, director):
    first, second = start(centre, director), start(centre, director)
    actions.make_binding(first, by=director, on=TODAY)
    with pytest.raises(Refused, match="inna wersja"):
        actions.make_binding(second, by=director, on=TODAY)


def test_a_version_without_the_letters_of_a_day_is_not_adopted(centre, director):
    draft = start(centre, director)
    draft.daycodes.filter(meaning__in=["sick", "late"]).delete()
    with pytest.raises(Refused, match="Brakuje oznaczeń dni: choroba ze zwolnieniem"):
        actions.make_binding(draft, by=director, on=TODAY)


def test_what_is_not_in_force_yet_can_be_taken_back(centre, director):
    draft = actions.make_binding(start(centre, director), by=director, on=TODAY)
    assert actions.take_back(draft, by=director, on=date(2026, 12, 31)).is_draft
    assert Entry.objects.filter(verb="regulations_taken_back").exists()


def test_what_is_in_force_or_has_paid_is_not_taken_back(centre, director):
    draft = actions.make_binding(start(centre, director), by=director, on=TODAY)
    with pytest.raises(Refused, match="obowiązuje od"):
        actions.take_back(draft, by=director, on=NEW_YEAR)
    actions.seal(draft, by=director, on=TODAY)
    with pytest.raises(Refused, match="już płacono"):
        actions.take_back(draft, by=director, on=TODAY)


def test_every_setting_stands_on_one_page():
    grouped = [name for names in GROUPS.values() for name in names if name not in PAPERS]
    columns = {field.name for field in Regulations._meta.concrete_fields}
    assert sorted(grouped) == sorted(columns - OWN - {"centre", "sealed_on", "sources"})
