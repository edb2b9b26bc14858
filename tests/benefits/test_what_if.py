"""A month under other rules: nothing is written, and every difference is the one that the rules give."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import InternalError, connection

from benefits.reading.what_if import nothing_written, what_if
from cistor.centres import presets
from cistor.centres.models import Regulations
from tests.benefits.people import JULY, LAST_OF_JULY, make_on_trial, make_settled_in
from tests.factories import end, make_participant, make_programme

AUGUST = date(2026, 8, 1)


def draft_of(centre, **over) -> Regulations:
    """A draft that says what the version in force says, but for `over`."""
    draft = centre.regulations.filter(is_draft=False).latest("in_force_from")
    draft.pk, draft.is_draft, draft.in_force_from = None, True, date(2027, 1, 1)
    for name, value in over.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def by_statute(centre) -> Regulations:
    """A draft that follows the statute."""
    version = presets.load_regulations("statute", centre, in_force_from=date(2027, 1, 1))
    Regulations.objects.filter(pk=version.pk).update(is_draft=True)
    version.refresh_from_db()
    return version


def amounts(found) -> list[tuple[str, str, str]]:
    return [(row.span.key, str(row.benefit_now), str(row.benefit_then)) for row in found.rows]


def test_a_draft_by_the_statute_pays_120_per_cent(centre, programme):
    """July 2026: 1 783,90 less 1/20 (89,20) for the sixth; by the statute 2 140,70 less 107,04."""
    found = what_if(centre, JULY, version=by_statute(centre))
    assert amounts(found) == [("2026-07", "1694.70", "2033.66")]
    assert (str(found.benefit[0]), str(found.benefit[1])) == ("1694.70", "2033.66")
    # 19,52 % and 8 %, each rounded: 330,81 + 135,58 now, 396,97 + 162,69 then.
    assert [str(amount) for amount in found.zus] == ["466.39", "559.66"]
    assert found.people == {"more": 1, "less": 0, "same": 0}


def test_what_changes_is_said_line_by_line(centre, programme):
    (row,) = what_if(centre, JULY, version=by_statute(centre)).rows
    assert [(c.label, str(c.now), str(c.then)) for c in row.changes] == [
        ("Podstawa w okresie właściwym", "1783.90", "2140.70"),
        ("Nieobecności nieusprawiedliwione", "-89.20", "-107.04"),
    ]
    assert "120%" in row.changes[0].because


def test_a_copy_of_what_is_in_force_changes_nothing(centre, programme):
    make_on_trial(centre, start_on=date(2026, 6, 17), until=LAST_OF_JULY, main=True)
    found = what_if(centre, JULY, version=draft_of(centre))
    assert len(found.rows) == 3
    assert [row.difference for row in found.rows] == [0, 0, 0]
    assert found.people == {"more": 0, "less": 0, "same": 2}


def test_a_single_setting_may_be_tried_without_a_version(centre, programme):
    found = what_if(centre, JULY, settings={"unexcused_fraction": Fraction(1, 10)})
    assert amounts(found) == [("2026-07", "1694.70", "1605.51")]


def test_another_unemployment_benefit_may_be_tried(centre, programme):
    """2 000,00 less 1/20."""
    found = what_if(centre, JULY, rates={"unemployment_benefit": Decimal("2000.00")})
    assert amounts(found) == [("2026-07", "1694.70", "1900.00")]


def test_a_trial_that_ends_in_the_month_is_tried_from_its_first_day(centre):
    make_on_trial(centre, start_on=date(2026, 6, 17), until=LAST_OF_JULY)
    found = what_if(centre, JULY, version=by_statute(centre))
    # Half of 1 783,90 is 891,95, rounded up to 892,00.
    assert amounts(found) == [("trial", "892.00", "2140.70")]
    assert found.rows[0].period == "okres próbny 17 czerwca – 16 lipca 2026"


def test_a_trial_under_way_stays_apart_though_the_draft_joins_it_with_the_month(centre):
    make_on_trial(centre, start_on=date(2026, 6, 17), until=LAST_OF_JULY, main=True)
    joined = draft_of(centre, trial_settlement="calendar_month", trial_payday=None)
    found = what_if(centre, JULY, version=joined)
    assert sorted(row.span.key for row in found.rows) == ["2026-07", "trial"]
    assert found.people == {"more": 0, "less": 0, "same": 1}


def test_who_begins_in_the_month_is_settled_as_the_draft_says(centre):
    make_on_trial(centre, start_on=date(2026, 7, 1), until=LAST_OF_JULY)
    joined = draft_of(centre, trial_settlement="calendar_month", trial_payday=None)
    found = what_if(centre, JULY, version=joined)
    assert sorted((row.span.key, row.now is None, row.then is None) for row in found.rows) == [
        ("2026-07", True, False),
        ("trial", False, True),
    ]
    assert all(row.remark for row in found.rows)
    assert found.people["same"] == 1


def test_sick_days_before_the_month_count_and_only_its_own_are_settled_otherwise(centre):
    """Ten sick days in June, ten in July: 14 within the limit now, 21 under the draft."""
    programme = make_settled_in(centre, since=date(2026, 6, 1))
    for first in (date(2026, 6, 1), date(2026, 7, 6)):
        days = sorted(programme.days.filter(on__gte=first).values_list("on", flat=True))[:10]
        programme.days.filter(on__in=days).update(meaning="sick")
    (row,) = what_if(centre, JULY, settings={"sick_days_limit": 21}).rows
    assert [(c.label, str(c.now), str(c.then)) for c in row.changes] == [
        ("Choroba", "-178.39", "-445.98"),
        ("Choroba ponad limit", "-465.37", "0.00"),
    ]


def test_who_has_no_day_in_the_month_is_not_there(centre, programme):
    make_programme(make_participant(centre), start_on=AUGUST)
    gone = make_programme(make_participant(centre), start_on=date(2026, 4, 1))
    end(gone, ended_on=date(2026, 6, 30))
    assert [row.programme for row in what_if(centre, JULY).rows] == [programme]


def test_contradicting_facts_are_said_and_stop_nobody(centre, programme):
    torn = make_settled_in(centre)
    torn.stages.create(
        kind="extension", start_on=date(2027, 9, 1), end_on=date(2027, 9, 30),
        decided_on=JULY, decided_by=torn.signed_by,
    )  # fmt: skip
    found = what_if(centre, JULY, version=by_statute(centre))
    assert [row.programme for row in found.rows] == [programme]
    assert found.failed == [(torn, "Między okresem właściwym a przedłużeniem są dni bez programu.")]


def test_the_largest_difference_comes_first(centre):
    for since in (date(2026, 7, 20), JULY, date(2026, 7, 13)):
        make_settled_in(centre, since=since)
    found = what_if(centre, JULY, version=by_statute(centre))
    assert [row.span.covered.start_on.day for row in found.rows] == [1, 13, 20]


def test_another_centre_is_left_out(centre, programme, other_centre):
    assert what_if(other_centre, JULY).rows == []


def contents() -> dict[str, tuple]:
    """Of every table the number of rows and their checksum."""
    with connection.cursor() as cursor:
        return {table: _checksum(cursor, table) for table in connection.introspection.table_names(cursor)}


def _checksum(cursor, table: str) -> tuple:
    cursor.execute(f'SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t')
    return cursor.fetchone()


def test_nothing_is_written(centre, july):
    draft = by_statute(centre)
    before = contents()
    assert what_if(centre, JULY, version=draft).rows
    assert contents() == before


def test_the_database_refuses_a_write_meanwhile(centre):
    with pytest.raises(InternalError, match="read-only"), nothing_written():
        centre.save()


def test_afterwards_it_takes_them_again(centre):
    with nothing_written():
        pass
    centre.save()


def test_the_number_of_queries_does_not_grow(centre, programme, django_assert_num_queries):
    draft = by_statute(centre)
    # The savepoint and its end, read only, the programmes, and six for their facts.
    with django_assert_num_queries(10):
        assert len(what_if(centre, JULY, version=draft).rows) == 1
    for _ in range(3):
        make_settled_in(centre)
    with django_assert_num_queries(10):
        assert len([row.changes for row in what_if(centre, JULY, version=draft).rows]) == 4
