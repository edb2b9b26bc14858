from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command

from cistor.centres import presets
from cistor.centres.models import Centre, DayCode, MissingRate, Regulations, StatutoryRate

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing():
    call_command("load_presets", "cistor", "rzyszczewo")
    counts = [model.objects.count() for model in (Centre, Regulations, DayCode, StatutoryRate)]
    call_command("load_presets", "cistor", "rzyszczewo")
    assert counts == [model.objects.count() for model in (Centre, Regulations, DayCode, StatutoryRate)]
    assert counts[0] == 2


def test_two_centres_stand_side_by_side_with_different_rules():
    cistor, rzyszczewo = presets.load_centre("cistor"), presets.load_centre("rzyszczewo")
    first = Regulations.objects.version(cistor, date(2026, 11, 1))
    second = Regulations.objects.version(rzyszczewo, date(2026, 11, 1))
    assert (first.excused_fraction, second.excused_fraction) == (Fraction(0), Fraction(1, 30))
    assert (first.free_days, second.free_days) == (4, 6)
    assert (first.trial_settlement, second.trial_settlement) == ("separate", "calendar_month")
    assert {code.letters for code in second.daycodes.all()} >= {"U", "C", "Cop", "NN", "NU", "S"}


@pytest.mark.parametrize("name", presets.NAMES)
def test_every_setting_of_a_preset_names_its_source(name):
    columns = {
        field.name
        for field in Regulations._meta.concrete_fields
        if field.name not in {"id", "centre", "title", "in_force_from", "is_draft", "sealed_on", "sources"}
    }
    assert set(presets.read(name)["settings"]) == columns
    assert all(source for _, source in presets.read(name)["settings"].values())


def test_the_statute_is_no_centre_of_its_own():
    with pytest.raises(CommandError, match="--centre"):
        call_command("load_presets", "statute")


def test_a_centre_takes_over_the_statute_from_a_day():
    centre = presets.load_centre("cistor")
    call_command("load_presets", "statute", "--centre", "CISTOR", "--from", "2027-01-01")
    assert Regulations.objects.version(centre, date(2026, 12, 31)).main_rate == 1
    assert Regulations.objects.version(centre, date(2027, 1, 1)).main_rate == Fraction(6, 5)


def test_a_value_holds_from_its_day_until_the_next():
    presets.load_statute()
    assert StatutoryRate.objects.value("unemployment_benefit", date(2026, 5, 31)) == Decimal("1721.90")
    assert StatutoryRate.objects.value("unemployment_benefit", date(2026, 6, 1)) == Decimal("1783.90")


def test_before_the_first_value_nobody_guesses():
    presets.load_statute()
    with pytest.raises(MissingRate, match=r"31\.05\.2014"):
        StatutoryRate.objects.value("unemployment_benefit", date(2014, 5, 31))
