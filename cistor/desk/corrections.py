"""What waits about closed days that the papers have overtaken, and about days that no paper explains."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from attendance.actions.corrections import may_ask
from attendance.reading.corrections import Left, left_behind
from attendance.reading.papers import gaps
from cistor.accounts.models import User
from cistor.accounts.roles import Role
from cistor.centres.models import Meaning
from cistor.dates import ONE_DAY, day_count, month_end, month_start, month_text
from cistor.desk.matters import Matter
from cistor.templatetags.cistor import plural


def overtaken(user: User, on: date) -> Iterator[Matter]:
    """Closed days about which nobody has asked, to whoever may; days without a code, to who sets the regulations."""
    asks, sets = may_ask(user, on=on), user.may("set_regulations", on=on)
    if user.is_of_office or not (asks or sets):
        return
    left = left_behind(user.home_centre, on=on)
    if asks:
        yield from _to_ask(left)
    if sets:
        yield from _without_code(left)


def _to_ask(left: Left) -> Iterator[Matter]:
    if number := sum(row.refused_on is None for row in left.closed):
        days = plural(number, "zamknięty dzień mówi,zamknięte dni mówią,zamkniętych dni mówi")
        text = f"Obecność: {number} {days} co innego niż zapisy, poproś o korektę"
        yield Matter("soon", "korekta", text, f"{reverse('attendance:corrections')}#rozne")


def without_papers(user: User, on: date) -> Iterator[Matter]:
    """Days of last month that nothing explains, as long as it is open; to whoever gathers the papers and who pays."""
    if not user.may("close_attendance", on=on) or not {Role.SOCIAL_WORKER, Role.PAYROLL} & set(user.roles):
        return
    last = month_start(month_start(on) - ONE_DAY)
    if number := len(gaps(user.home_centre, last, month_end(last))):
        text = f"{month_text(last).capitalize()}: {day_count(number)} bez dokumentu"
        url = f"{reverse('attendance:closing')}?miesiac={last:%Y-%m}#bez-dokumentu"
        yield Matter("soon", "sprawdź", text, url)


def _without_code(left: Left) -> Iterator[Matter]:
    for meaning, number in left.without_code.items():
        waits = plural(number, "czeka,czekają,czeka")
        text = f"Regulamin nie ma oznaczenia: {Meaning(meaning).label}; {day_count(number)} {waits}"
        yield Matter("late", "uzupełnij", text, reverse("centres:centre"))
