"""The traces of one person: acts of the journal, changes of rows, readings; merged by the database, newest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.db.models import F, ForeignKey, OuterRef, Q, QuerySet, Subquery, Value
from pghistory.models import Event

from benefits.models import PaymentList
from cistor.accounts.models import User
from cistor.desk import words
from cistor.journal.models import Entry, Reading
from participants.models import Participant

KINDS = {"czynnosci": "Czynności", "zmiany": "Zmiany danych", "odczyty": "Odczyty"}
OUTSIDE = "poza programem"
BACKGROUND = "zadanie w tle"


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Trace:
    """One line of the page; `kind` is one of KINDS, `act` says in which act a row was changed."""

    at: datetime
    who: str
    kind: str
    what: str
    act: str = ""
    changes: list[Change] = field(default_factory=list)


def histories() -> list[type[Event]]:
    """The history of every model that belongs to a participant."""
    events = (model for model in apps.get_models() if issubclass(model, Event))
    return [model for model in events if hasattr(model.pgh_tracked_model, "participant_path")]


def of_person(participant: Participant, kind: str = "") -> QuerySet:
    """(moment, source, id) of every trace, newest first; `kind` narrows it to one of KINDS."""
    parts = {
        "czynnosci": [_part(_acts(participant), "at", "pk")],
        "zmiany": [_part(_of(model, participant), "pgh_created_at", "pgh_id") for model in histories()],
        "odczyty": [_part(Reading.objects.filter(participant=participant), "at", "pk")],
    }
    chosen = parts[kind] if kind else [part for several in parts.values() for part in several]
    return chosen[0].union(*chosen[1:], all=True).order_by("-trace_at", "trace_of", "-trace_id")


def _acts(participant: Participant) -> QuerySet[Entry]:
    """Acts on the person, and those on the lists that pay them."""
    lists = PaymentList.objects.filter(settlements__programme__participant=participant).values("pk")
    on_lists = Q(object_kind=PaymentList._meta.label_lower, object_id__in=lists)
    return Entry.objects.filter(Q(participant=participant) | on_lists)


def _of(model: type[Event], participant: Participant) -> QuerySet:
    tracked = model.pgh_tracked_model
    path = tracked.participant_path
    rows = model.objects.filter(**{"pgh_obj" if path == "pk" else path: participant.pk})
    # Scores given blind are read nowhere before all of them are in.
    return rows.exclude(tracked.unread) if hasattr(tracked, "unread") else rows


def _part(rows: QuerySet, moment: str, number: str) -> QuerySet:
    # Names that no model has for a column of its own.
    named = {"trace_at": F(moment), "trace_of": Value(rows.model._meta.label_lower), "trace_id": F(number)}
    return rows.order_by().annotate(**named).values_list(*named)


def load(keys: Iterable[tuple[datetime, str, int]]) -> list[Trace]:
    """The traces behind the keys of one page, in their order; the number of queries does not grow with the page."""
    keys = list(keys)
    numbers = defaultdict(list)
    for _, source, number in keys:
        numbers[source].append(number)
    found = {}
    for source, wanted in numbers.items():
        model = apps.get_model(source)
        read = {Entry: _entries, Reading: _readings}.get(model, _events)
        found.update({(source, pk): trace for pk, trace in read(model, wanted)})
    return [found[source, number] for _, source, number in keys]


def _entries(model, numbers):
    for row in Entry.objects.filter(pk__in=numbers).select_related("by"):
        yield row.pk, Trace(row.at, str(row.by) if row.by else BACKGROUND, "czynnosci", words.act(row))


def _readings(model, numbers):
    for row in Reading.objects.filter(pk__in=numbers).select_related("by"):
        yield row.pk, Trace(row.at, str(row.by), "odczyty", f"Otwarto {words.READINGS.get(row.what, row.what)}")


def _events(model: type[Event], numbers):
    earlier = model.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    rows = model.objects.filter(pgh_id__in=numbers).select_related("pgh_context")
    rows = list(rows.annotate(earlier=Subquery(earlier.values("pgh_id")[:1])))
    before = model.objects.in_bulk([row.earlier for row in rows if row.earlier], field_name="pgh_id")
    columns = shown_columns(model.pgh_tracked_model)
    names = _Names(columns, rows, before.values())
    called = words.ROWS[model.pgh_tracked_model._meta.label_lower]
    for row in rows:
        old, new = _sides(row, before.get(row.earlier))
        changes = [Change(label, *shown) for name, label in columns if (shown := names.pair(name, old, new))]
        what = f"{words.CHANGES[row.pgh_label]}: {called}"
        yield row.pgh_id, Trace(row.pgh_created_at, names.actor(row), "zmiany", what, _act_of(row), changes)


def _sides(row, earlier):
    """What stood before and what after; a deleted row is noted as it was."""
    if row.pgh_label == "insert":
        return None, row
    return (row, None) if row.pgh_label == "delete" else (earlier, row)


def shown_columns(model) -> list[tuple[str, str]]:
    """(name, Polish label) of the columns that mean something to the director."""
    fields = (f for f in model._meta.fields if f.editable and f.name not in words.UNSAID)
    return [(f.name, words.COLUMNS.get(f.name, str(f.verbose_name))) for f in fields]


class _Names:
    """Turns values of a page's events into words; rows that the values point to are fetched once a model."""

    def __init__(self, columns, rows, earlier):
        self.fields = {name: rows[0]._meta.get_field(name) for name, _ in columns}
        wanted = {User: {_user_of(row) for row in rows}}
        for column in self.fields.values():
            if isinstance(column, ForeignKey):
                pointed = {getattr(row, column.attname) for row in (*rows, *earlier)}
                wanted.setdefault(column.related_model, set()).update(pointed)
        self.rows = {model: model._base_manager.in_bulk(pks - {None}) for model, pks in wanted.items()}

    def actor(self, row) -> str:
        if row.pgh_context is None:
            return OUTSIDE
        user = self.rows[User].get(_user_of(row))
        return str(user) if user else BACKGROUND

    def pair(self, name: str, old, new) -> tuple[str, str] | None:
        """Before and after, or None where nothing differs."""
        before, after = self.text(name, old), self.text(name, new)
        return (before, after) if before != after else None

    def text(self, name: str, row) -> str:
        if row is None:
            return ""
        column = self.fields[name]
        value = getattr(row, column.attname)
        if value in (None, "", []):
            return ""
        if isinstance(column, ForeignKey):
            return str(self.rows[column.related_model].get(value, value))
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return str(dict(column.flatchoices).get(value) or _plain(value))


def _user_of(row) -> int | None:
    return row.pgh_context.metadata.get("user") if row.pgh_context else None


def _act_of(row) -> str:
    act = row.pgh_context.metadata.get("act", "") if row.pgh_context else ""
    return words.ACTS.get(act, act)


def _plain(value) -> str:
    if isinstance(value, bool):
        return "tak" if value else "nie"
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)
