"""What happened against the order, newest first; what the regulations of a day offer to do; facts for a proposal."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse

from attendance.models import (
    Accident,
    BreachEvent,
    Contact,
    Day,
    Incident,
    MeasureTaken,
    Retraction,
    SobrietyTest,
    Source,
)
from attendance.reading.retractions import may_retract
from cistor.accounts.models import User
from cistor.centres.models import Breach, Meaning, Measure, Regulations
from cistor.dates import day_text, joined
from cistor.journal.models import Entry, Reading
from participants.models import Programme

Kind = Measure.Kind
# Where the regulations have no list: what needs none.
WITHOUT_LIST = (Kind.TALK, Kind.REPRIMAND, Kind.ANNEX, Kind.TERMINATION)

# What ends the duty of the talk after an incident: a meeting with the person (S1 § 3 ust. 6 lit. c), no call to others.
TALKS = Contact.objects.filter(
    result=Contact.Result.REACHED, with_whom=Contact.With.PARTICIPANT, retraction__isnull=True
)


class Choice(NamedTuple):
    """A measure as it is offered."""

    kind: str
    text: str
    source: str


def breaches_in_force(centre_id: int, day: date) -> list[Breach]:
    version = Regulations.objects.version(centre_id, day)
    return list(version.breachs.all()) if version else []


def measures_in_force(centre_id: int, day: date) -> dict[str, Choice]:
    """Kind → as the regulations of the day name it, or what every centre may do."""
    version = Regulations.objects.version(centre_id, day)
    rows = list(version.measures.all()) if version else []
    if rows:
        return {row.meaning: Choice(row.meaning, row.text, row.source) for row in rows}
    return {kind: Choice(kind, str(kind.label), "") for kind in WITHOUT_LIST}


def right_of(user: User, *, on: date) -> str:
    """Whoever reads the texts reads them of everybody; an instructor reaches the own groups, and reads
    what was done against the order, never the words of an incident nor the reasons of a measure."""
    return "see_diagnosis" if user.may("see_diagnosis", on=on) else "record_incident"


class Event(NamedTuple):
    """One line of the list: an incident or a breach with its measures, and those that were taken back."""

    row: Incident | BreachEvent
    measures: list[MeasureTaken]
    retracted: list[MeasureTaken]

    @property
    def is_incident(self) -> bool:
        return isinstance(self.row, Incident)

    @property
    def url(self) -> str:
        return reverse("attendance:incident" if self.is_incident else "attendance:breach", args=[self.row.pk])

    @property
    def title(self) -> str:
        """What an instructor may read too."""
        if isinstance(self.row, Incident):
            return "naruszenie obowiązku trzeźwości" if self.row.sent_away else "podejrzenie, bez odsunięcia od zajęć"
        return f"lit. {self.row.breach.letter}: {self.row.breach.text}" if self.row.breach else "naruszenie porządku"

    @property
    def state(self) -> tuple[str, str]:
        if self.row.withdrawn_on:
            return "info", "wycofano"
        return ("done", "zastosowano środki") if self.measures else ("soon", "bez środka")

    @property
    def measures_text(self) -> str:
        """ "rozmowa 12 marca 2026 i nagana pisemna NG/1/2026 z 13 marca 2026"; "" without any."""
        return joined([_measure(row) for row in self.measures])

    @property
    def retracted_text(self) -> str:
        """The same of those taken back."""
        return joined([_measure(row) for row in self.retracted])


def _measure(row: MeasureTaken) -> str:
    number = f" {row.document.number} z" if row.document else ""
    return f"{row.get_kind_display()}{number} {day_text(row.taken_on)}"


def keys(user: User, *, on: date) -> QuerySet:
    """What happened, newest first: rows to be cut into pages and then given to `events`."""
    right = right_of(user, on=on)
    parts = [
        model.objects.visible_to(user, on=on, right=right)
        .order_by()
        .annotate(of=Value(of, output_field=CharField()))
        .values("on", "id", "of")
        for model, of in ((Incident, "incident"), (BreachEvent, "breach"))
    ]
    return parts[0].union(parts[1], all=True).order_by("-on", "-id", "of")


def events(chosen: Collection[dict]) -> list[Event]:
    """The events of such rows, in their order; five queries whatever their number."""
    found: dict[tuple[str, int], Any] = {}
    for of, rows in (("incident", Incident.objects), ("breach", BreachEvent.objects.select_related("breach"))):
        ids = [key["id"] for key in chosen if key["of"] == of]
        named = rows.filter(pk__in=ids).select_related("programme__participant", "recorded_by")
        found |= {(of, row.pk): row for row in named}
    return _with_measures([found[key["of"], key["id"]] for key in chosen])


def _with_measures(rows: list[Incident | BreachEvent]) -> list[Event]:
    taken = defaultdict(list)
    for of, model in (("incident", Incident), ("breach", BreachEvent)):
        ids = [row.pk for row in rows if isinstance(row, model)]
        measures = MeasureTaken.objects.filter(**{f"{of}__in": ids}).select_related("document", "by", "retraction__by")
        for measure in measures.order_by("taken_on", "pk"):
            taken[model, getattr(measure, f"{of}_id")].append(measure)
    return [Event(row, *standing_first(taken[type(row), row.pk])) for row in rows]


def standing_first(measures: Iterable[MeasureTaken]) -> tuple[list[MeasureTaken], list[MeasureTaken]]:
    """Those that stand, and those taken back."""
    rows = list(measures)
    return [row for row in rows if not is_retracted(row)], [row for row in rows if is_retracted(row)]


def is_retracted(row: MeasureTaken) -> bool:
    return getattr(row, "retraction", None) is not None


def history(programmes: Collection[Programme]) -> list[Event]:
    """Everything of a person, newest first."""
    of = {"programme__in": programmes}
    rows: list[Any] = [*Incident.objects.filter(**of), *BreachEvent.objects.filter(**of).select_related("breach")]
    return _with_measures(sorted(rows, key=lambda row: (row.on, row.pk), reverse=True))


class Line(NamedTuple):
    """One line of the register of accidents, what took it back, and whether the reader may do so."""

    row: Accident
    retraction: Retraction | None
    may_retract: bool


def accidents(programmes: Collection[Programme]) -> QuerySet[Accident]:
    along = ("programme__participant", "recorded_by", "retraction__by")
    return Accident.objects.filter(programme__in=programmes).select_related(*along)


def lines(rows: Iterable[Accident], user: User, *, on: date) -> list[Line]:
    right, shown_by, found = "record_incident", right_of(user, on=on), []
    for row in rows:
        retraction, whose = getattr(row, "retraction", None), row.programme.participant
        asked = {"right": right, "author": row.recorded_by_id, "shown_by": shown_by}
        found.append(Line(row, retraction, retraction is None and may_retract(whose, user, **asked, on=on)))
    return found


def doubts(programme: Programme, day: date) -> dict[str, str]:
    """What speaks against one more incident of the day: name → sentence, in words that an instructor may read."""
    of_day = {"programme__participant": programme.participant_id, "on": day}
    rows = Incident.objects.standing().filter(**of_day).defer("suspicion").select_related("recorded_by")
    told = {f"incident-{row.pk}": f"{row.at:%-H:%M}, wpis: {row.recorded_by}" for row in rows.order_by("at", "pk")}
    absent = Day.objects.filter(programme=programme, on=day, meaning=Meaning.UNEXCUSED).exclude(source=Source.SOBRIETY)
    return {
        **{name: f"Jest już incydent z tego dnia ({words}); to osobne zdarzenie." for name, words in told.items()},
        **{f"mark-{row.code}": f"Dzień jest oznaczony jako {row.code}; osoba jednak przyszła." for row in absent},
    }


def told_to(user: User, *, on: date) -> QuerySet[Incident]:
    """Who was sent away, recorded by somebody else, until the user has opened an incident of the person since then;
    of programmes that go on."""
    rows = Incident.objects.visible_to(user, on=on, right=right_of(user, on=on)).sent_away()
    recorded = Entry.objects.filter(
        verb="incident_recorded", object_kind="attendance.incident", object_id=OuterRef(OuterRef("pk"))
    )
    opened = Reading.objects.filter(by=user, what="incident", participant=OuterRef("programme__participant"))
    opened = opened.filter(at__gte=Subquery(recorded.values("at")[:1]))
    rows = rows.filter(~Exists(opened), programme__ended_on=None).exclude(recorded_by=user)
    return rows.defer("suspicion").select_related("programme__participant").order_by("on", "pk")


def talks_due(user: User, *, until: date, on: date) -> QuerySet[Incident]:
    """Talks planned up to a day that nobody has had yet, of programmes that go on."""
    rows = Incident.objects.visible_to(user, on=on, right="record_contact").standing()
    rows = rows.filter(~Exists(TALKS.filter(incident=OuterRef("pk"))), talk_on__lte=until, programme__ended_on=None)
    return rows.defer("suspicion").select_related("programme__participant").order_by("talk_on", "pk")


def without_test(user: User, *, on: date) -> QuerySet[Incident]:
    """Somebody was tested, and the register has no line of it."""
    rows = Incident.objects.visible_to(user, on=on, right="see_diagnosis").standing()
    rows = rows.filter(~Exists(SobrietyTest.objects.filter(incident=OuterRef("pk"))), outcome=Incident.Outcome.TESTED)
    return rows.defer("suspicion").select_related("programme__participant").order_by("on", "pk")


def why_withdrawn(row: Incident | BreachEvent) -> str:
    """The reason as it was given, "" where none was asked for."""
    verb = "incident_withdrawn" if isinstance(row, Incident) else "breach_withdrawn"
    told = Entry.objects.filter(verb=verb, object_kind=row._meta.label_lower, object_id=row.pk).first()
    return (told.data or {}).get("why", "") if told else ""


def register(user: User, *, on: date, start: date | None = None, end: date | None = None) -> QuerySet[SobrietyTest]:
    """The register of tests, newest first, from one day to another; no line leaves it, those of incidents withdrawn
    among them."""
    people = Incident.objects.visible_to(user, on=on, right="see_diagnosis")
    rows = SobrietyTest.objects.filter(incident__in=people)
    rows = rows.filter(at__date__gte=start) if start else rows
    rows = rows.filter(at__date__lte=end) if end else rows
    return rows.select_related("incident__programme__participant", "tested_by")


def sentences(programme: Programme) -> Iterator[tuple[str, str]]:
    """("incident-12", what a proposal to end the programme may quote), oldest first; no test's result among it."""
    for event in reversed(history([programme])):
        if not event.row.withdrawn_on:
            yield f"{'incident' if event.is_incident else 'breach'}-{event.row.pk}", _sentence(event)


def _sentence(event: Event) -> str:
    row = event.row
    if isinstance(row, Incident):
        what = f"{row.get_substance_display()} – {row.get_outcome_display()}"
        what += ", odsunięto od zajęć" if row.sent_away else ", bez odsunięcia od zajęć"
    else:
        what = f"{event.title}. {row.text}" if row.breach else row.text
    taken = f". Zastosowano: {event.measures_text}" if event.measures else ""
    return f"{day_text(row.on)}: {what.rstrip('.')}{taken}"
