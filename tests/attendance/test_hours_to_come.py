"""What has not happened yet is written down nowhere: a line of the register or a talk could not be mended later."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from attendance.forms.accidents import AccidentForm
from attendance.forms.contacts import ContactForm
from attendance.forms.incidents import AddTestForm, IncidentForm
from attendance.models import Absence

CASES = [
    (IncidentForm, "on_day", "at"),
    (IncidentForm, "on_day", "test_at"),
    (AddTestForm, "test_on", "test_at"),
    (AccidentForm, "on_day", "at"),
    (ContactForm, "day", "hour"),
]


@pytest.mark.parametrize("form, day, hour", CASES)
@pytest.mark.parametrize(
    "ahead, beside_day, beside_hour",
    [
        (timedelta(days=1), ["Tego dnia jeszcze nie było."], []),
        (timedelta(minutes=5), [], ["Ta godzina jeszcze nie nadeszła."]),
        (timedelta(days=-1), [], []),
    ],
)
def test_a_day_or_an_hour_to_come_is_refused_beside_its_field(
    db, form, day, hour, ahead, beside_day, beside_hour, monkeypatch
):
    more = {ContactForm: {"absences": Absence.objects.none()}, IncidentForm: {"doubts": lambda day: {}}}
    now = datetime(2026, 3, 11, 7, 20, tzinfo=ZoneInfo("Europe/Warsaw"))
    monkeypatch.setattr("attendance.forms.incidents.localtime", lambda: now)
    filled = form({day: str((now + ahead).date()), hour: f"{now + ahead:%H:%M}"}, **more.get(form, {}))
    filled.is_valid()
    assert (filled.errors.get(day, []), filled.errors.get(hour, [])) == (beside_day, beside_hour)
