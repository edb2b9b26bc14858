"""The terms of payments: of a trial that is settled apart, and of every month."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Least, TruncMonth
from django.urls import reverse

from benefits.models import PaymentList, Settlement
from benefits.rules.rulebook import TRIAL as TRIAL_SPAN
from cistor.accounts.roles import Role
from cistor.addresses import address
from cistor.centres.models import Centre, DeadlineLength, Regulations
from cistor.centres.terms import TermBook
from cistor.dates import ONE_DAY, month_end, month_start, month_text, months, moved_back, next_month
from cistor.deadlines import COUNTING, Deadline, due
from cistor.templatetags.cistor import plural
from participants.models import Programme, Stage

TRIAL, MONTH = DeadlineLength.Code.TRIAL_BENEFIT, DeadlineLength.Code.MONTHLY_BENEFIT


def of_trials(programmes: QuerySet[Programme], book: TermBook) -> list[Deadline]:
    """One query more than the versions of the regulations."""
    trials = list(_trials(programmes))
    versions = _versions({row["centre"] for row in trials})
    return [deadline for row in trials for deadline in _of_trial(row, versions.get(row["centre"], []), book)]


def _trials(programmes: QuerySet[Programme]) -> QuerySet:
    """Trials with their last day in the programme; of the list that pays each, its number and the day of approval."""
    paid = Settlement.objects.original().filter(programme=OuterRef("programme"), span=TRIAL_SPAN).order_by("pk")
    rows = Stage.objects.filter(programme__in=programmes, kind=Stage.Kind.TRIAL)
    return (
        rows.exclude(programme__ended_on__lt=F("start_on"))
        .annotate(
            last_on=Least("end_on", "programme__ended_on"),
            centre=F("programme__participant__centre"),
            participant=F("programme__participant"),
            list_id=Subquery(paid.values("payment_list")[:1]),
            approved_on=Subquery(paid.values("payment_list__approved_on")[:1]),
        )
        .order_by("pk")
        .values("programme", "participant", "centre", "start_on", "last_on", "list_id", "approved_on")
    )


def _versions(centres: set[int]) -> dict[int, list[Regulations]]:
    """Centre → its versions, the newest first."""
    found: dict[int, list[Regulations]] = {}
    rows = Regulations.objects.adopted().filter(centre__in=centres).order_by("-in_force_from")
    for row in rows.only("centre", "in_force_from", "trial_settlement", "payday_day"):
        found.setdefault(row.centre_id, []).append(row)
    return found


def _version(versions: list[Regulations], on: date) -> Regulations | None:
    return next((row for row in versions if row.in_force_from <= on), None)


def _of_trial(row: dict, versions: list[Regulations], book: TermBook) -> Iterator[Deadline]:
    version = _version(versions, row["start_on"])
    length = book.length(TRIAL, centre=row["centre"], office=None, on=row["last_on"])
    if version is None or version.trial_settlement != "separate" or not length or length.unit not in COUNTING:
        return
    yield Deadline(
        kind=TRIAL,
        centre=row["centre"],
        role=Role.PAYROLL,
        starts_on=row["last_on"],
        due_on=due(length.unit, row["last_on"], length.length or 0, book.one_off),
        source=length.source,
        met_on=row["approved_on"],
        proof="zatwierdzona lista wypłat" if row["approved_on"] else "",
        url=_list(row["list_id"]),
        participant=row["participant"],
        programme=row["programme"],
    )


def of_months(centre: Centre, book: TermBook, *, since: date | None = None, on: date) -> list[Deadline]:
    """Of the months that have a list, and of those with people since the first of these, since the day `since` on which
    the terms began to be kept here, or since last month, whichever is the earliest: what nobody has paid stays owed."""
    lists = {row.month: row for row in _month_lists(centre)}
    versions = _versions({centre.pk}).get(centre.pk, [])
    first = min([month_start(month_start(on) - ONE_DAY), *lists, *([month_start(since)] if since else [])])
    wanted = with_people(centre, first, on) | lists.keys()
    found = (_of_month(centre, month, lists.get(month), versions, book) for month in sorted(wanted))
    return [deadline for deadline in found if deadline]


def _month_lists(centre: Centre) -> QuerySet[PaymentList]:
    """The first list of each month; further ones pay differences."""
    rows = PaymentList.objects.filter(centre=centre, kind=PaymentList.Kind.MONTH).order_by("month", "-number")
    return rows.only("month", "number", "approved_on").with_held()


def with_people(centre: Centre, first: date, on: date) -> set[date]:
    """The months from `first` to the one of the day that touch somebody's programme."""
    last, stages = month_end(on), Stage.objects.filter(programme__participant__centre=centre)
    stages = stages.annotate(last_on=Least("end_on", "programme__ended_on"))
    spans = (
        stages.filter(start_on__lte=last, last_on__gte=first)
        .order_by()
        .annotate(from_month=TruncMonth("start_on"), to_month=TruncMonth("last_on"))
    )
    spans = spans.values_list("from_month", "to_month").distinct()
    return {month for start, end in spans for month in months(max(start, first), min(end, last))}


def _of_month(
    centre: Centre, month: date, row: PaymentList | None, versions: list[Regulations], book: TermBook
) -> Deadline | None:
    last = month_end(month)
    version, length = _version(versions, last), book.length(MONTH, centre=centre.pk, office=None, on=last)
    if version is None or length is None:
        return None
    approved_on = row.approved_on if row else None
    return Deadline(
        kind=MONTH,
        centre=centre.pk,
        role=Role.PAYROLL,
        starts_on=last,
        due_on=_payday(month, version.payday_day, book),
        source=length.source,
        met_on=approved_on,
        proof=_proof(row) if row and approved_on else "",
        about=month_text(month),
        url=_list(row.pk if row else None),
    )


def _proof(row: PaymentList) -> str:
    """Who waits for the office waits alone: the month of the others is paid in time."""
    held = f", wstrzymano: {row.held} {plural(row.held, 'osoba,osoby,osób')}" if row.held else ""
    return f"zatwierdzona lista wypłat{held}"


def _payday(month: date, day: int, book: TermBook) -> date:
    """In the month after, moved back from a day off; a centre's closed days never move it."""
    paid_in = month_end(next_month(month))
    return moved_back(paid_in.replace(day=min(day, paid_in.day)), book.one_off)


def _list(pk: int | None) -> str:
    return address("benefits:list", pk) if pk else _lists()


@cache
def _lists() -> str:
    """Asked of the router for each of two thousand trials it takes a tenth of the time of all deadlines."""
    return reverse("benefits:lists")
