"""What stands behind the marks of the last months."""

from datetime import date

from attendance.models import (
    Absence,
    Day,
    IssuedItem,
    LeaveRequest,
    MeasureTaken,
    PartDay,
    SickNote,
    Suspension,
)
from tests.demo.made import centre

YESTERDAY = date(2026, 11, 19)


def test_yesterday_is_marked_today_only_those_known_to_be_away(demo):
    assert set(Day.objects.filter(on__gte=demo).values_list("source", flat=True)) == {"note"}
    assert Day.objects.filter(on=YESTERDAY).count() == 60 + 26


def test_one_certificate_is_still_to_come_and_in_each_centre_one_was_told_of(demo):
    provisional = Day.objects.filter(provisional=True)
    assert [(day.on, day.meaning) for day in provisional.filter(source="hand")] == [(YESTERDAY, "sick")]
    told_of = SickNote.objects.filter(delivered_on=None)
    assert sorted(note.programme.participant.centre.short_name for note in told_of) == ["CIS Rzyszczewo", "CISTOR"]


def test_what_stands_behind_the_marks_of_the_last_months_is_there(demo):
    for preset in ("cistor", "rzyszczewo"):
        of_centre = {"programme__participant__centre": centre(preset)}
        assert SickNote.objects.filter(**of_centre, kind="care").exists()
        assert LeaveRequest.objects.filter(**of_centre, granted=True).exists()
        assert LeaveRequest.objects.filter(**of_centre).open().count() == 1
        assert Absence.objects.filter(**of_centre, closed_on__isnull=False, document__isnull=False).exists()
        assert PartDay.objects.filter(**of_centre).exists()
        assert IssuedItem.objects.filter(**of_centre).missing().exists()
        assert MeasureTaken.objects.filter(**of_centre).exists()
        assert Suspension.objects.filter(centre=centre(preset)).count() == 1
    assert MeasureTaken.objects.filter(kind="reprimand", document__isnull=False).exists()
