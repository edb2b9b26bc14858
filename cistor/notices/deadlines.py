"""All deadlines of a centre, joined from the rooms that know their facts; whom they concern, how each is called."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Max, Min, QuerySet

from attendance import deadlines as attendance
from benefits import deadlines as payments
from cistor.accounts.models import User
from cistor.accounts.roles import ADVISERS, RIGHTS, Role
from cistor.addresses import address
from cistor.centres.models import Centre, DeadlineLength
from cistor.centres.terms import TermBook
from cistor.deadlines import Deadline
from cistor.notices import letter_terms
from cistor.notices.models import Discharge, Letter, Reminder, Run
from cistor.templatetags.cistor import plural
from participants import deadlines as programmes
from participants.models import Participant, Programme
from referrals import deadlines as cases
from referrals.models import Application
from referrals.office_work import light

Code = DeadlineLength.Code
REPLY, INSURANCE, AFTER = Code.QUALIFICATION_REPLY, programmes.INSURANCE, Code.FOLLOW_UP
REPORT, NOTE = Code.ABSENCE_REPORT, Code.SICK_NOTE
# What they are called: those whose lengths are settings, and those that hold by law or at once.
LABELS: dict[str, str] = {
    **dict(Code.choices),
    Letter.Kind.INSURANCE_TOLD: "informacja o ubezpieczeniu zdrowotnym",
    INSURANCE: "zgłoszenie do ubezpieczenia zdrowotnego",
    cases.FORWARDED: "przekazanie opinii i skierowania do centrum",
}
LETTERS = frozenset(Letter.Kind.values)
OF_CASES = frozenset({cases.RECEIPT, cases.OPINION, cases.FORWARDED})
PAYMENTS = frozenset({Code.TRIAL_BENEFIT, Code.MONTHLY_BENEFIT})
OF_PAYER = frozenset(payments.OF_PAYER)
OF_PROGRAMMES = LETTERS | {REPLY, INSURANCE, AFTER, Code.PROGRAMME_END}
# Nobody was asked for these facts before the deadlines were kept here.
NEVER_ASKED = frozenset({INSURANCE, AFTER, REPORT, NOTE, Code.TRIAL_BENEFIT, *OF_PAYER})

# Whose business each is; the director's are all.
CONCERNS: dict[str, frozenset[str]] = {
    Role.DIRECTOR: frozenset(LABELS),
    Role.SOCIAL_WORKER: OF_PROGRAMMES | OF_CASES | {REPORT, NOTE},
    Role.INSTRUCTOR: frozenset({Letter.Kind.QUALIFICATION_REQUEST, REPLY, REPORT, NOTE, Code.PROGRAMME_END}),
    Role.PAYROLL: PAYMENTS | OF_PAYER | {NOTE},
    **dict.fromkeys(ADVISERS, frozenset({AFTER, Code.PROGRAMME_END})),
    **dict.fromkeys((Role.WELFARE_WORKER, Role.WELFARE_HEAD), OF_CASES | {REPLY, INSURANCE}),
}


def label(kind: str) -> str:
    """ "Lista osób przyjętych"."""
    name = LABELS[kind]
    return name if name.startswith("IPZS") else name[0].upper() + name[1:]


# Joined ---------------------------------------------------------------------------------------------------------------


def of_centre(centre: Centre, on: date) -> list[Deadline]:
    """Those of every programme, case and month, met ones too, the first due first; a constant number of queries."""
    people = Programme.objects.filter(participant__centre=centre)
    book = TermBook([centre.pk])
    months = payments.of_months(centre, book, since=_first_run(centre), on=on)
    more = [*months, *payments.of_payer(centre, book, on=on), *letter_terms.not_written(centre, on)]
    return _joined(centre, book, people, Application.objects.filter(centre=centre), on, more=more)


def of_participant(participant: Participant, on: date) -> list[Deadline]:
    """Of one person, each programme's and each case's."""
    people, asked = participant.programmes.all(), Application.objects.filter(participant=participant)
    centre, book = participant.centre, TermBook([participant.centre_id])
    more = [row for row in letter_terms.not_written(centre, on) if row.participant == participant.pk]
    return _joined(centre, book, people, asked, on, more=more)


def of_letters(centre: Centre, on: date) -> list[Deadline]:
    """Of the letters that have not gone out and the answers that have not come in, without names: for the job."""
    waiting = list(letter_terms.waiting(centre).values_list("pk", flat=True))
    if not waiting:
        return []
    people = Programme.objects.filter(pk__in=waiting)
    rows = letter_terms.of_programmes(centre, people, TermBook([centre.pk]), on)
    return list(_climbed(list(_discharged(rows, people)), people))


def _joined(
    centre: Centre,
    book: TermBook,
    people: QuerySet[Programme],
    asked: QuerySet[Application],
    on: date,
    more: Iterable[Deadline] = (),
) -> list[Deadline]:
    people = people.order_by()
    terms = cases.of_applications(light(asked.filter(status=Application.Status.OPEN)), on)
    rows = [
        *letter_terms.of_programmes(centre, people, book, on),
        *programmes.of_programmes(people, book),
        *payments.of_trials(people, book),
        *payments.of_registrations(people, book, on=on),
        *attendance.of_absences(people, book, on),
        *attendance.of_notes(people, book, on),
        *(row for found in terms.values() for row in found),
        *more,
    ]
    return _finished(rows, centre, people)


def beside_letters(centre: Centre, on: date) -> list[Deadline]:
    """Of the programmes themselves and of the answers of offices: a third of the queries of all."""
    people, book = Programme.objects.filter(participant__centre=centre).order_by(), TermBook([centre.pk])
    return _finished([*letter_terms.of_replies(people, book), *programmes.of_programmes(people, book)], centre, people)


def _finished(rows: Iterable[Deadline], centre: Centre, people: QuerySet[Programme]) -> list[Deadline]:
    """With what people and the schedule did about them, and with names; the first due first."""
    standing = list(_discharged(asked_here(rows, centre), people))
    return sorted(_named(_climbed(standing, people), centre), key=cases.urgency)


def asked_here(rows: Iterable[Deadline], centre: Centre) -> Iterator[Deadline]:
    """Without what fell due before the first run, when nobody could have met it here."""
    since = _first_run(centre)
    for row in rows:
        early = since and row.due_on and row.due_on < since and not (row.met_on or row.void)
        if not (early and row.kind in NEVER_ASKED):
            yield row


def _first_run(centre: Centre) -> date | None:
    return Run.objects.filter(centre=centre).aggregate(first=Min("on"))["first"]


def _discharged(rows: Iterable[Deadline], people: QuerySet[Programme]) -> Iterator[Deadline]:
    """What was met by hand or waived keeps the term that it had."""
    done = {(row.kind, row.programme_id): row for row in Discharge.objects.filter(programme__in=people)}
    for row in rows:
        found = done.get((row.kind, row.programme)) if not (row.met_on or row.void) else None
        yield _as_discharged(row, found) if found else row


def _as_discharged(row: Deadline, found: Discharge) -> Deadline:
    kept = replace(row, due_on=found.due_on, source=found.due_source, words=found.reason)
    if found.is_waiver:
        return replace(kept, void="odstąpiono")
    return replace(kept, met_on=found.discharged_on, proof="odnotowano")


def _climbed(rows: list[Deadline], people: QuerySet[Programme]) -> Iterator[Deadline]:
    told = Reminder.objects.filter(programme__in=people).order_by().values("kind", "programme")
    steps = {(row["kind"], row["programme"]): row["last"] for row in told.annotate(last=Max("step"))}
    for row in rows:
        step = steps.get((row.kind, row.programme))
        yield replace(row, climbed=step) if step and not (row.met_on or row.void) else row


def _named(rows: Iterable[Deadline], centre: Centre) -> Iterator[Deadline]:
    """With the name of whom each is about, the surname first, and the page where it is seen to."""
    people = Participant.objects.filter(centre=centre).order_by().values_list("pk", "last_name", "first_name")
    names = {pk: f"{last} {first}" for pk, last, first in people}
    for row in rows:
        about = names[row.participant] if row.participant else row.about
        url = address("notices:discharge", row.programme, INSURANCE) if row.kind == INSURANCE else row.url
        yield replace(row, about=about, url=url)


# By reach and role ----------------------------------------------------------------------------------------------------


def of_user(user: User, on: date) -> list[Deadline]:
    """What is the user's own business that day, by role and reach: one row a letter, each with the page that is open
    to them."""
    return own(user, seen_by(user, on), on)


def own(user: User, rows: Iterable[Deadline], on: date) -> list[Deadline]:
    """Of those that the user sees."""
    mine = {kind for role in _roles(user, on) for kind in CONCERNS.get(role, ())}
    return [row for row in rows if row.kind in mine]


def _roles(user: User, on: date) -> set[str]:
    """The user's own, and those in which they stand in for somebody."""
    known = RIGHTS["see_deadlines"]
    stood_in = {role for absent in user.stood_in_for(on) for role in absent.roles}
    return {*user.roles, *(role for role in stood_in if role in known and known[role].stand_in)}


def seen_by(user: User, on: date) -> list[Deadline]:
    """All that the user's right reaches: the centre, own groups, or the cases of the own office."""
    return reached(user, of_centre(user.home_centre, on), on) if user.may("see_deadlines", on=on) else []


def reached(user: User, rows: list[Deadline], on: date) -> list[Deadline]:
    """Of the centre's deadlines those that the user's right reaches, one row a letter, as the user may see them."""
    if user.is_of_office:
        rows = [row for row in rows if row.office == user.office_id and row.kind in OF_CASES | {REPLY, INSURANCE}]
    elif user.owners("see_deadlines", on=on) is not None:
        own_groups = Participant.objects.visible_to(user, on=on, right="see_deadlines").order_by()
        people = set(own_groups.values_list("pk", flat=True))
        rows = [row for row in rows if row.participant in people]
    return list(shown_to(folded(rows), user, on))


def folded(rows: Iterable[Deadline]) -> list[Deadline]:
    """One letter is one deadline, however many people stand in it: the first due of them, "Nowak Anna i 2 osoby"."""
    found: dict[object, list[Deadline]] = {}
    for row in rows:
        found.setdefault(row.letter if row.letter else id(row), []).append(row)
    return [_as_one(group) for group in found.values()]


def _as_one(group: list[Deadline]) -> Deadline:
    first, more = group[0], len(group) - 1
    if not more:
        return first
    return replace(first, about=f"{first.about} i {more} {plural(more, 'inna osoba,inne osoby,innych osób')}")


# Which right opens the page of each; who lacks it is shown the person instead.
OPENED_BY = {
    **dict.fromkeys(LETTERS, ("prepare_letter", "sign_letter", "send_letter")),
    **dict.fromkeys(PAYMENTS | (OF_PAYER - {Code.ZUS_REGISTRATION}), ("see_lists", "run_month")),
    Code.ZUS_REGISTRATION: ("run_month",),
    **dict.fromkeys(OF_CASES, ("enter_application",)),
    REPLY: ("enter_opinion_from_paper",),
    INSURANCE: ("prepare_letter",),
    AFTER: ("prepare_programme",),
    REPORT: ("follow_absence",),
    NOTE: ("see_attendance",),
    Code.PROGRAMME_END: ("see_overview", "decide_programme"),
}


# Who reads what somebody wrote about a deadline: why it was waived, why a letter was not needed.
READ_WORDS = ("prepare_letter", "sign_letter")


def shown_to(rows: Iterable[Deadline], user: User, on: date) -> Iterator[Deadline]:
    """Each with a page that the user may open, or none; without what is not for them to read."""
    reads = not user.is_of_office and any(user.may(right, on=on) for right in READ_WORDS)
    for row in _with_pages(rows, user, on):
        yield row if reads or not row.words else replace(row, words="")


def _with_pages(rows: Iterable[Deadline], user: User, on: date) -> Iterator[Deadline]:
    if user.is_of_office:
        heads = user.may("give_consent", on=on)
        yield from (replace(row, url=_of_office(row, heads)) for row in rows)
        return
    opened = {kind for kind, rights in OPENED_BY.items() if any(user.may(right, on=on) for right in rights)}
    for row in rows:
        instead = address("notices:person", row.participant) if row.participant else ""
        yield row if row.kind in opened else replace(row, url=instead)


def _of_office(row: Deadline, heads: bool) -> str:
    if row.case:
        return address("referrals:office_case", row.case)
    return address("notices:qualify", row.programme) if row.kind == REPLY and heads and row.programme else ""
