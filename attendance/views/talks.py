"""What is said about the day of a talk once it is set."""

from datetime import date

from django.contrib import messages

from attendance.terms import Terms
from cistor.centres.models import Centre
from cistor.dates import weekday_text


def tell_day_off(request, centre: Centre, day: date) -> None:
    """It is taken all the same: somebody may come for a talk alone."""
    if not (terms := Terms(centre)).is_class_day(day):
        why = terms.why(day)
        messages.warning(request, f"Rozmowa ma być w dzień bez zajęć: {weekday_text(day)}{f' ({why})' if why else ''}.")
