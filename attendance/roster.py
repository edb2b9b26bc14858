"""Who is in a group and in the programme, on a day or through a month, with what is marked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet

from attendance.grid import Column, Grid, Mark, Person, Run, Span, build
from attendance.models import Closing, Day
from attendance.reading.history import makers, may_stand_again
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.dates import days_between, month_end
from participants.models import Group, GroupLead, Membership, Participant, Programme, Stage

NAME = "marked_by__first_name", "marked_by__last_name"
Spans = Mapping[int, Sequence[Span]]
People = QuerySet[Participant]


def of_day(group: Group, day: date):
    """The programmes that run on the day, of the people who are in the group on it."""
    members = Membership.objects.in_force(day).filter(group=group).values("participant")
    rows = Programme.objects.touching(day, day).filter(participant__in=members)
    return rows.select_related("participant").order_by("participant__order_key", "pk")


def stays(rows: Iterable[Membership]) -> dict[int, list[Span]]:
    """Participant → when they belong to the groups of these memberships."""
    spans: dict[int, list[Span]] = {}
    for row in rows:
        spans.setdefault(row.participant_id, []).append(Span(row.start_on, row.end_on))
    return spans


def of_month(group: Group, month: date, today: date, terms: Terms, reached: People | None = None) -> Grid:
    """Everybody who was in the group and in the programme on a day of the month; days in other groups are outside.

    `reached` are those whose own pages the reader may open, by default everybody: who left the group inside the month
    may be in somebody else's by now.
    """
    rows = Membership.objects.filter(group=group).touching(month, month_end(month)).order_by("start_on")
    return _grid(stays(rows), month, today, terms, reached)


def of_person(participant: Participant, month: date, today: date, terms: Terms) -> Grid:
    """All days of the month in a row, whatever the group; no row without a day in the programme."""
    return _grid({participant.pk: [Span(month, None)]}, month, today, terms)


class GroupToday(NamedTuple):
    group: Group
    leads: list[User]
    people: int
    marked: int

    @property
    def unmarked(self) -> int:
        return self.people - self.marked

    @property
    def unmarked_text(self) -> str:
        return f"nieoznaczone: {self.unmarked} z {self.people}"


def in_use(groups: QuerySet[Group], day: date) -> QuerySet[Group]:
    return groups.filter(start_on__lte=day).filter(Q(end_on__isnull=True) | Q(end_on__gte=day))


def counted(groups: QuerySet[Group], day: date) -> list[GroupToday]:
    """Each group with its leads, its people of the day and how many of them are marked; three queries."""
    leading = GroupLead.objects.in_force(day).select_related("instructor").order_by("start_on", "id")
    rows = groups.prefetch_related(Prefetch("leads", leading, to_attr="leading"))
    counts = _counts(groups, day)
    return [GroupToday(row, [lead.instructor for lead in row.leading], *counts.get(row.pk, (0, 0))) for row in rows]


def _counts(groups: QuerySet[Group], day: date) -> dict[int, tuple[int, int]]:
    here = Q(participant__memberships__start_on__lte=day) & (
        Q(participant__memberships__end_on__isnull=True) | Q(participant__memberships__end_on__gte=day)
    )
    group = F("participant__memberships__group")
    rows = Programme.objects.touching(day, day).filter(here, participant__memberships__group__in=groups).order_by()
    # A condition of the join, not of the count, which would first read all the years of everybody.
    rows = rows.annotate(group=group, today=FilteredRelation("days", condition=Q(days__on=day))).values("group")
    rows = rows.annotate(people=Count("pk", distinct=True), marked=Count("today", distinct=True))
    return {row["group"]: (row["people"], row["marked"]) for row in rows}


def spans_of(programme: Programme) -> list[Span]:
    """The days of the programme: its stages as far as it lasted."""
    return _cut([(stage.start_on, stage.end_on) for stage in programme.stages.all()], programme.ended_on)


def _cut(stages: Iterable[tuple[date, date]], end: date | None) -> list[Span]:
    spans = [Span(first, min(last, end) if end else last) for first, last in stages]
    return [span for span in spans if span.start_on <= span.end_on]


def _with_spans(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """With the first and the last days of the stages and of the closings: a grid is read often, in one query."""
    arrays = {}
    for name, model in (("stages", Stage), ("closings", Closing)):
        rows = model.objects.filter(programme=OuterRef("pk")).order_by("start_on", "pk")
        arrays[f"{name}_from"] = ArraySubquery(rows.values("start_on"))
        arrays[f"{name}_to"] = ArraySubquery(rows.values("end_on"))
    return programmes.annotate(**arrays)


def _run(programme: Programme) -> Run:
    stages = zip(programme.stages_from, programme.stages_to, strict=True)
    closings = zip(programme.closings_from, programme.closings_to, strict=True)
    return Run(programme.pk, _cut(stages, programme.ended_on), [Span(*closing) for closing in closings])


def _column(day: date, today: date, terms: Terms) -> Column:
    return Column(day, terms.kind(day), terms.why(day), day <= today and bool(terms.markable(day)))


def _grid(groups: Spans, month: date, today: date, terms: Terms, reached: People | None = None) -> Grid:
    days = days_between(month, month_end(month))
    columns = [_column(day, today, terms) for day in days]
    rows = Programme.objects.touching(days[0], days[-1]).filter(participant__in=groups).select_related("participant")
    own = (Participant.objects if reached is None else reached).filter(pk=OuterRef("participant"))
    programmes = _with_spans(rows).annotate(is_reached=Exists(own)).order_by("participant__order_key", "pk")
    marks = _marks(programmes, days[0], days[-1], terms)
    people: dict[int, Person] = {}
    for programme in programmes:
        participant = programme.participant
        new = Person(participant.pk, str(participant), [], groups[participant.pk], {}, programme.is_reached)
        person = people.setdefault(participant.pk, new)
        person.programmes.append(_run(programme))
        person.marks.update(marks.get(programme.pk, {}))
    return build(columns, (person for person in people.values() if any(map(person.is_inside, days))), today)


def _marks(programmes: Iterable[Programme], start: date, end: date, terms: Terms) -> dict[int, dict[date, Mark]]:
    rows = Day.objects.filter(programme__in=[programme.pk for programme in programmes]).between(start, end)
    columns = "programme", "on", "meaning", "code", "provisional", "marked_at", "source"
    # Plain columns: a thousand days as objects, each with its user, take a third of the page's time.
    read = list(rows.annotate(may_stand_again=may_stand_again()).values_list("may_stand_again", *columns, *NAME))
    again = makers({(programme, on) for may, programme, on, *_ in read if may})
    marks: dict[int, dict[date, Mark]] = {}
    for _, programme, on, meaning, letters, provisional, at, source, *name in read:
        # The letters are those of that day; a code that the regulations have dropped keeps its mark, without a colour.
        code = terms.codes(on).get(meaning)
        colour, label = code.colour if code else None, terms.name(on, meaning)
        by, at = again.get((programme, on), (" ".join(name), at))
        marks.setdefault(programme, {})[on] = Mark(meaning, letters, colour, provisional, str(by), at, label, source)
    return marks
