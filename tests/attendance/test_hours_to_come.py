"""What has not happened yet is written down nowhere: a line of the register or a talk could not be mended later."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

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
@pytest.mark.parametrize("days, refused", [(1, ["Ta godzina jeszcze nie nadeszła."]), (-1, [])])
def test_an_hour_to_come_is_refused_beside_its_field(db, form, day, hour, days, refused):
    more = {"absences": Absence.objects.none()} if form is ContactForm else {}
    filled = form({day: str(localtime().date() + timedelta(days)), hour: "12:00"}, **more)
    filled.is_valid()
    assert filled.errors.get(hour, []) == refused
