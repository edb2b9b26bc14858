"""`prepare_notices` does by hand what the schedule does."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from cistor.notices.actions.prepare import prepare
from cistor.notices.models import Letter, Run
from tests.notices.making import SIGNED, Kind, kinds, make_signed


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: SIGNED)


@pytest.fixture
def signed(centre, other_centre):
    return make_signed(centre), make_signed(other_centre)


def test_every_centre_gets_its_letters_and_the_summary_says_how_many(signed, centre, other_centre, capsys):
    call_command("prepare_notices", "--on", "2026-12-23")
    assert kinds(centre) == [Kind.ADMISSION_LIST, Kind.INSURANCE_TOLD]
    assert kinds(other_centre) == [Kind.INSURANCE_TOLD]
    told = capsys.readouterr().out
    assert f"{centre}, 23.12.2026\n  pisma: 2\n  osoby dopisane do list: 0\n" in told
    assert f"{other_centre}, 23.12.2026\n  pisma: 1\n" in told
    assert set(Run.objects.values_list("is_daily", flat=True)) == {False}


def test_one_centre_may_be_named(signed, centre, other_centre):
    call_command("prepare_notices", "--on", "2026-12-23", "--centre", centre.short_name)
    assert (Letter.objects.filter(centre=centre).count(), kinds(other_centre)) == (2, [])


def test_a_dry_run_says_what_would_be_made_without_names_and_writes_nothing(signed, centre, capsys):
    call_command("prepare_notices", "--on", "2026-12-23", "--centre", centre.short_name, "--dry-run")
    told = capsys.readouterr().out
    assert f"lista osób przyjętych, do: MOPR Toruń, do 04.01.2027, program {signed[0].pk}" in told
    assert "Razem: 2. Niczego nie zapisano." in told
    assert signed[0].participant.last_name not in told
    assert (Letter.objects.count(), Run.objects.count()) == (0, 0)


def test_a_centre_that_is_not_there_is_refused(signed):
    with pytest.raises(CommandError, match="Nie ma centrum Nigdzie"):
        call_command("prepare_notices", "--centre", "Nigdzie")


def test_a_day_to_come_is_only_looked_at(signed, centre, capsys):
    with pytest.raises(CommandError, match=r"24\.12\.2026 jeszcze nie nadszedł.*--dry-run"):
        call_command("prepare_notices", "--on", "2026-12-24")
    assert (Letter.objects.count(), Run.objects.count()) == (0, 0)
    call_command("prepare_notices", "--on", "2026-12-24", "--centre", centre.short_name, "--dry-run")
    assert "Razem: 2." in capsys.readouterr().out


def test_a_day_that_no_calendar_has_is_refused_in_words(signed):
    with pytest.raises(CommandError, match=r"^Nie ma dnia 2026-02-30\. Podaj dzień jako RRRR-MM-DD"):
        call_command("prepare_notices", "--on", "2026-02-30")


def test_a_dry_run_marks_what_is_past_due_and_counts_the_reminders_as_the_run_does(signed, centre, capsys):
    asked = ("prepare_notices", "--on", "2027-01-11", "--centre", centre.short_name)
    call_command(*asked, "--dry-run")
    told = capsys.readouterr().out
    assert f"do 04.01.2027 (po terminie), program {signed[0].pk}" in told
    assert "Przypomnienia: 4." in told
    assert prepare(centre, on=date(2027, 1, 11)).reminded == 4
