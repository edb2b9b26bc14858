"""What waits about absences: to report, to find out, to talk about, to arrange; days asked to be excused."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import prefetch_related_objects
from django.urls import reverse, reverse_lazy
from django.utils.timezone import localtime

from attendance.models import Absence, Contact, Excuse
from attendance.reading.absences import (
    REPORT,
    RIGHT,
    TALK,
    Run,
    is_past,
    open_absences,
    report_hour,
    talks_left,
    to_be_held,
)
from attendance.reading.morning import Morning, absent, morning
from cistor.accounts.models import User
from cistor.accounts.roles import ADVISERS, Role
from cistor.centres.models import Regulations
from cistor.centres.terms import TermBook
from cistor.dates import day_count, day_text
from cistor.desk.cases import first
from cistor.desk.matters import THIS_WEEK, Matter
from cistor.templatetags.cistor import plural

LISTED = reverse_lazy("attendance:absences")


def waiting(user: User, on: date) -> Iterator[Matter]:
    """Everything about the absences that the user follows up, which are read once; to advisers the talks after them,
    also while they stand in for somebody."""
    if not _works_for(user, Role.SOCIAL_WORKER, on):
        yield from talks(user, on)
    if not user.may(RIGHT, on=on):
        return
    runs = open_absences(user, on)
    for question in (to_report, of_the_morning, to_follow_up):
        yield from question(user, on, runs)


def to_report(user: User, on: date, runs: list[Run]) -> Iterator[Matter]:
    """Whoever leads a group tells the superior of each absence without a reason, by the hour of its first day."""
    if not user.owners(RIGHT, on=on):
        return
    book = TermBook([user.home_centre_id])
    yield from first([_to_report(run, book) for run in runs if not _is_reported(run)], LISTED)


def _is_reported(run: Run) -> bool:
    return run.row is not None and run.row.reported_at is not None


def _to_report(run: Run, book: TermBook) -> Matter:
    hour = report_hour(book, run.programme.participant.centre_id, run.start_on)
    over = is_past(hour, run.start_on, localtime())
    text = f"{run.programme.participant}: zgłoś nieobecność od {day_text(run.start_on)}"
    return Matter("late" if over else "soon", "po terminie" if over else "dziś", text, page_of(run))


def page_of(run: Run) -> str:
    if run.row:
        return reverse("attendance:absence", args=[run.row.pk])
    return f"{reverse('attendance:report_absence', args=[run.programme.pk])}?dzien={run.start_on}"


# The superior --------------------------------------------------------------------------------------------------------


def of_the_morning(user: User, on: date, runs: list[Run]) -> Iterator[Matter]:
    """To the superior: groups not marked and absences not reported after the hour; what was reported at any time."""
    if not _has_team(user, on):
        return
    page, url = morning(user, on, localtime(), on=on, runs=runs), reverse("attendance:morning")
    if page.is_past and (late := _overdue(page, user, on)):
        yield Matter("late", "po terminie", f"Raport poranny: {late}", url)
    yield from _of_days_before(user, on, runs)
    if told := _told(page, user, on):
        people = f"{told} {plural(told, 'osoba,osoby,osób')}"
        yield Matter("info", "zgłoszono", f"Nieobecni bez znanej przyczyny: {people}", url)


def _told(page: Morning, user: User, on: date) -> int:
    """How many of the day were reported to the user."""
    begun = [row.run.row for row in page.absent if row.run.row]
    prefetch_related_objects(begun, "reported_by__superior")
    return sum(_is_boss(user, [row.reported_by], on) for row in begun)


def _of_days_before(user: User, on: date, runs: list[Run]) -> Iterator[Matter]:
    """Absences that nobody has reported, of people who are there again today; until their days are closed."""
    before = [run for run in runs if run.days and on not in run.days and not _is_reported(run)]
    if not before:
        return
    book = TermBook([user.home_centre_id], [REPORT])
    over = [
        run
        for run in before
        if is_past(report_hour(book, user.home_centre_id, run.start_on), run.start_on, localtime())
    ]
    if count := sum(_is_boss(user, row.leads, on) for row in absent(over, on, None, localtime())):
        yield Matter("late", "po terminie", f"Nieobecności niezgłoszone z poprzednich dni: {count}", LISTED)


def _overdue(page: Morning, user: User, on: date) -> str:
    groups = sum(_is_boss(user, row.leads, on) for row in page.unmarked)
    people = sum(_is_boss(user, row.leads, on) for row in page.absent if row.badge[0] == "late")
    words = [
        f"{groups} {plural(groups, 'grupa nieoznaczona,grupy nieoznaczone,grup nieoznaczonych')}" if groups else "",
        f"{people} {plural(people, 'nieobecność niezgłoszona,nieobecności niezgłoszone,nieobecności niezgłoszonych')}"
        if people
        else "",
    ]
    return ", ".join(filter(None, words))


def _selves(user: User, on: date) -> list[User]:
    """The user, and whom the user stands in for."""
    return [user, *user.stood_in_for(on)]


def _works_for(user: User, role: Role, on: date) -> bool:
    """In that role, or in the place of somebody who has it."""
    return any(role in person.roles for person in _selves(user, on))


def _has_team(user: User, on: date) -> bool:
    people = _selves(user, on)
    return any(Role.DIRECTOR in person.roles for person in people) or User.objects.filter(superior__in=people).exists()


def _is_boss(user: User, staff: Iterable[User | None], on: date) -> bool:
    """Of any of the staff; who has no superior that could open the report reports to the director, and so does a group
    that nobody leads."""
    people, staff = _selves(user, on), list(staff) or [None]
    directs = any(Role.DIRECTOR in person.roles for person in people)
    bosses = {person.pk for person in people}
    return any(one.superior_id in bosses if one and one.reports_to else directs for one in staff)


# Finding out and arranging -------------------------------------------------------------------------------------------


def to_follow_up(user: User, on: date, runs: list[Run]) -> Iterator[Matter]:
    """The reason to whom the regulations name for it; to the social worker how many wait, and the talks of the week."""
    if user.owners(RIGHT, on=on) and _finds_out(user, on):
        yield from first([_reason(run) for run in runs if _lacks_reason(run)], LISTED)
    if _works_for(user, Role.SOCIAL_WORKER, on):
        yield from _all_of(runs, on)
        yield from (_talk(run) for run in runs if _awaits_talk(run, on))
        yield from (_talk(run) for run in talks_left(user, on, on + THIS_WEEK))


def _finds_out(user: User, on: date) -> bool:
    version = Regulations.objects.version(user.home_centre, on)
    return version is not None and version.absence_reason_role == Role.INSTRUCTOR


def _lacks_reason(run: Run) -> bool:
    return bool(run.days and run.row and run.row.reported_at and not run.row.reason_kind)


def _reason(run: Run) -> Matter:
    return Matter("soon", "ustal", f"{run.programme.participant}: ustal przyczynę nieobecności", page_of(run))


def _all_of(runs: list[Run], on: date) -> Iterator[Matter]:
    if runs:
        age = day_count(runs[0].age(on)) if runs[0].age(on) else "dziś"
        yield Matter("soon", "wyjaśnij", f"Nieobecności do wyjaśnienia: {len(runs)}, najstarsza: {age}", LISTED)


def _awaits_talk(run: Run, on: date) -> bool:
    """Set for this week or before, and nobody has talked with the person since."""
    if run.row is None or run.row.talk_on is None or run.row.talk_on > on + THIS_WEEK:
        return False
    return not any(_is_talk(contact) and localtime(contact.at).date() >= run.row.talk_on for contact in run.contacts)


def _is_talk(contact: Contact) -> bool:
    return contact.result == Contact.Result.REACHED and contact.with_whom == Contact.With.PARTICIPANT


def _talk(run: Run) -> Matter:
    day = run.row.talk_on
    text = f"{run.programme.participant}: rozmowa o nieobecności"
    return Matter("soon", f"{day:%d.%m}", text, page_of(run), day)


def talks(user: User, on: date) -> Iterator[Matter]:
    """To psychologist, career adviser and therapist, who talk with people too: with whom and when, and nothing more."""
    if not any(role in ADVISERS for role in user.roles):
        return
    rows = to_be_held(Absence.objects.visible_to(user, on=on, right=TALK), on, on + THIS_WEEK)
    for row in rows.defer("reason", "arranged"):
        person = row.programme.participant
        url = f"{reverse('attendance:new_contact', args=[person.pk])}?nieobecnosc={row.pk}"
        yield Matter("soon", f"{row.talk_on:%d.%m}", f"{person}: rozmowa po nieobecności", url, row.talk_on)


# Excuses -------------------------------------------------------------------------------------------------------------


def excuses(user: User, on: date) -> Iterator[Matter]:
    """Requests that wait for the user's decision; for a week, the answers to those the user asked for."""
    if not user.may(RIGHT, on=on):
        return
    rows = Excuse.objects.visible_to(user, on=on, right=RIGHT).select_related("programme__participant", "retraction")
    rows = rows.defer("reason", "note")
    if user.may("decide_attendance", on=on):
        waiting = rows.open() if user.home_centre.single_handed else rows.open().exclude(asked_by=user)
        for row in waiting.order_by("asked_on", "pk"):
            text = f"Usprawiedliwienie czeka na decyzję: {row.programme.participant}, {day_text(row.on)}"
            yield Matter("soon", f"od {row.asked_on:%d.%m}", text, reverse("attendance:excuse", args=[row.pk]))
    answered = rows.filter(asked_by=user, decided_on__gte=on - THIS_WEEK).exclude(decided_by=user)
    for row in answered.order_by("-decided_on", "pk"):
        text = f"Usprawiedliwienie rozstrzygnięte: {row.programme.participant}, {day_text(row.on)}"
        yield Matter("info", row.state[1], text, reverse("attendance:excuse", args=[row.pk]))
