from datetime import date, timedelta

import pytest

from attendance.terms import CLASS, CLOSED, HOLIDAY, WEEKEND, Terms
from cistor.centres import presets
from cistor.centres.models import ClosedDay, DayCode, ExtraClassDay, PublicHoliday
from cistor.dates import ONE_DAY
from tests.factories import EARLY

SATURDAY, MONDAY, TUESDAY = date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 24)
INDEPENDENCE = date(2026, 11, 11)


def test_each_day_is_of_one_kind_and_says_why(centre, other_centre):
    ExtraClassDay.objects.create(centre=centre, on=SATURDAY, reason="odpracowanie")
    ClosedDay.objects.create(centre=centre, on=MONDAY, reason="wyjazd")
    PublicHoliday.objects.create(on=TUESDAY, name="rocznica", source="Dz.U.")
    mine, theirs = Terms(centre), Terms(other_centre)
    assert [(mine.kind(day), mine.why(day)) for day in (SATURDAY, MONDAY, TUESDAY)] == [
        (CLASS, "odpracowanie"),
        (CLOSED, "wyjazd"),
        (HOLIDAY, "rocznica"),
    ]
    assert [theirs.kind(day) for day in (SATURDAY, MONDAY, TUESDAY)] == [WEEKEND, CLASS, HOLIDAY]
    assert theirs.kind(INDEPENDENCE) == HOLIDAY


def test_a_day_both_closed_and_extra_has_classes(centre):
    for table in (ClosedDay, ExtraClassDay):
        table.objects.create(centre=centre, on=SATURDAY, reason="zmiana")
    assert Terms(centre).is_class_day(SATURDAY)


def test_the_class_days_beside_a_day_pass_over_days_without_classes(centre):
    ClosedDay.objects.create(centre=centre, on=MONDAY, reason="wyjazd")
    terms = Terms(centre)
    assert terms.class_day_beside(TUESDAY, -ONE_DAY) == date(2026, 11, 20)
    assert terms.class_day_beside(date(2026, 11, 20), ONE_DAY) == TUESDAY
    assert terms.class_day_beside(date(2026, 11, 20), ONE_DAY, until=TUESDAY) == TUESDAY
    assert terms.class_day_beside(date(2026, 11, 20), ONE_DAY, until=MONDAY) is None


@pytest.mark.parametrize("closed, found", [(59, TUESDAY - timedelta(days=60)), (60, None)])
def test_beyond_sixty_days_nobody_looks_for_classes(centre, closed, found):
    for days in range(1, closed + 1):
        ClosedDay.objects.create(centre=centre, on=TUESDAY - timedelta(days=days), reason="remont")
    assert Terms(centre).class_day_beside(TUESDAY, -ONE_DAY) == found


def test_the_codes_are_those_of_the_days_version_in_its_order(centre):
    presets.load_regulations("cistor", centre, in_force_from=MONDAY)
    before, after = centre.regulations.order_by("in_force_from")
    after.daycodes.filter(meaning="present").update(letters="X", position=99)
    terms = Terms(centre)
    assert terms.codes(SATURDAY)["present"].letters == before.daycodes.get(meaning="present").letters
    assert terms.codes(MONDAY)["present"].letters == "X"
    assert list(terms.codes(MONDAY)) == [code.meaning for code in after.daycodes.all()]
    assert list(terms.codes(MONDAY))[-1] == "present"


def test_a_version_without_codes_allows_no_mark(centre):
    presets.load_regulations("cistor", centre, in_force_from=MONDAY)
    centre.regulations.get(in_force_from=MONDAY).daycodes.all().delete()
    terms = Terms(centre)
    assert terms.markable(MONDAY) == {}
    assert terms.markable(MONDAY.replace(day=20)) != {}


def test_before_the_first_version_nothing_may_be_written(centre):
    assert Terms(centre).markable(EARLY.replace(year=2013)) == {}


@pytest.mark.parametrize("versions", [1, 4])
def test_they_take_two_queries_for_any_number_of_versions(centre, versions, django_assert_num_queries):
    for year in range(1, versions):
        presets.load_regulations("cistor", centre, in_force_from=date(2020 + year, 1, 1))
    with django_assert_num_queries(2):
        assert Terms(centre).codes(MONDAY)


def test_a_mark_is_called_as_the_regulations_of_its_day_call_it(centre):
    codes = DayCode.objects.filter(regulations__centre=centre)
    codes.filter(meaning="sick").update(name="niezdolność")
    codes.filter(meaning="care").delete()
    terms = Terms(centre)
    assert (terms.name(MONDAY, "sick"), terms.named(MONDAY, "sick")) == ("niezdolność", "L4 – niezdolność")
    # Our own word where they have none.
    assert terms.name(MONDAY, "care") == terms.named(MONDAY, "care") == "opieka ze zwolnieniem"
    assert terms.name(EARLY.replace(year=2013), "sick") == "choroba ze zwolnieniem"
