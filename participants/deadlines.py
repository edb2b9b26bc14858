"""The terms of a programme, computed from its facts: the duty to insure, the planned end, the time after it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Subquery

from cistor.accounts.roles import Role
from cistor.addresses import address
from cistor.centres.models import DeadlineLength, Office
from cistor.centres.terms import TermBook
from cistor.deadlines import COUNTING, Deadline, due
from participants.models import FollowUp, Programme, Stage
from participants.qualification import WELFARE

INSURANCE = "insurance_duty"
# The duty arises when 30 days from the first one have passed: begun on 1 March, it holds from 1 April (S0 II.2).
INSURED_AFTER = timedelta(days=31)
INSURANCE_SOURCE = "ustawa o świadczeniach opieki zdrowotnej: po 30 dniach od rozpoczęcia programu"
END, AFTER = DeadlineLength.Code.PROGRAMME_END, DeadlineLength.Code.FOLLOW_UP


class Facts(NamedTuple):
    """Of one programme; hundreds are read at once, so it is no model."""

    pk: int
    participant: int
    centre: int
    office: int | None
    ended_on: date | None
    end_kind: str
    first_on: date
    last_on: date
    goes_on: bool
    contacted_on: date | None


def of_programmes(programmes: QuerySet[Programme], book: TermBook) -> list[Deadline]:
    """Two queries for all programmes of a centre; the book knows its terms."""
    only = _only_offices(book.centres)
    rows = (facts._replace(office=facts.office or only.get(facts.centre)) for facts in _facts(programmes))
    return [row for facts in rows for row in _of(facts, book)]


def _only_offices(centres: Iterable[int]) -> dict[int, int]:
    """Centre → the only office of its kind, as `qualification.office_of` finds it for one programme."""
    rows = Office.objects.filter(centre__in=centres, kind__in=WELFARE).order_by().values("centre")
    return dict(rows.annotate(count=Count("pk"), only=Min("pk")).filter(count=1).values_list("centre", "only"))


def _facts(programmes: QuerySet[Programme]) -> Iterator[Facts]:
    later = Stage.objects.filter(programme=OuterRef("pk")).exclude(kind=Stage.Kind.TRIAL)
    # An attempt that reached nobody is kept and meets nothing.
    contacts = FollowUp.objects.filter(programme=OuterRef("pk")).exclude(situation=FollowUp.Situation.UNKNOWN)
    annotated = programmes.order_by("pk").annotate(
        centre=F("participant__centre"),
        first_on=Min("stages__start_on"),
        last_on=Max("stages__end_on"),
        goes_on=Exists(later),
        contacted_on=Subquery(contacts.order_by("contacted_on").values("contacted_on")[:1]),
    )
    rows = annotated.filter(first_on__isnull=False).values_list(*Facts._fields)
    return (Facts(*row) for row in rows)


def _of(facts: Facts, book: TermBook) -> Iterator[Deadline]:
    yield _insurance(facts)
    if facts.goes_on and (row := book.length(END, centre=facts.centre, office=facts.office, on=facts.last_on)):
        yield _end(facts, row)
    if facts.ended_on and (row := book.length(AFTER, centre=facts.centre, office=facts.office, on=facts.ended_on)):
        yield from _after(facts, row, book)


def _insurance(facts: Facts) -> Deadline:
    """By law everywhere, never shifted; a programme that ended before asks for nothing."""
    due_on = facts.first_on + INSURED_AFTER
    ended = facts.ended_on is not None and facts.ended_on < due_on
    return _deadline(
        facts,
        INSURANCE,
        role=Role.SOCIAL_WORKER,
        starts_on=facts.first_on,
        due_on=due_on,
        source=INSURANCE_SOURCE,
        void=f"program zakończony {facts.ended_on:%d.%m.%Y}, przed powstaniem obowiązku" if ended else "",
    )


def _end(facts: Facts, row: DeadlineLength) -> Deadline:
    """The planned end, foreseen as many days ahead as the centre has set; a trial alone is no plan of an end."""
    ahead = row.length or 0
    early = facts.ended_on is not None and facts.ended_on < facts.last_on
    said = Programme.EndKind(facts.end_kind).label if facts.end_kind else ""
    return _deadline(
        facts,
        END,
        role=Role.DIRECTOR,
        starts_on=facts.last_on - timedelta(days=ahead),
        due_on=facts.last_on,
        source=row.source,
        met_on=None if early else facts.ended_on,
        proof="" if early else said,
        void=f"zakończony wcześniej: {said}" if early else "",
        soon=ahead,
    )


def _after(facts: Facts, row: DeadlineLength, book: TermBook) -> Iterator[Deadline]:
    if row.length is None or row.unit not in COUNTING:
        return
    yield _deadline(
        facts,
        AFTER,
        role=Role.SOCIAL_WORKER,
        starts_on=facts.ended_on,
        due_on=due(row.unit, facts.ended_on, row.length, book.one_off),
        source=row.source,
        met_on=facts.contacted_on,
        proof="zapis kontaktu" if facts.contacted_on else "",
    )


# Where each is seen to.
PAGES = {INSURANCE: "participants:programme", END: "participants:programme", AFTER: "participants:follow_up"}


def _deadline(facts: Facts, kind: str, **told) -> Deadline:
    url = address(PAGES[kind], facts.pk if kind == AFTER else facts.participant)
    return Deadline(
        kind=kind,
        centre=facts.centre,
        url=url,
        participant=facts.participant,
        programme=facts.pk,
        office=facts.office,
        **told,
    )
