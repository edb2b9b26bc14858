"""The personal file (teczka osobowa) beside what the regulations of a day ask for in it. Nothing here is stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef, Q

from cistor.centres.models import Centre, FileItemKind, Regulations
from participants.models import FilePaper, Participant, Programme

# So long before its end a paper is asked for again: a medical examination has to be arranged.
EXPIRING = timedelta(days=30)

State = Literal["there", "expiring", "expired", "missing"]
BADGES = {
    "there": ("done", "jest"),
    "expiring": ("soon", "traci ważność"),
    "expired": ("late", "po terminie"),
    "missing": ("soon", "brak"),
}


@dataclass(frozen=True)
class Item:
    """One thing the regulations name; `papers` are all of its kind, the one that holds longest first."""

    kind: FileItemKind
    papers: list[FilePaper]
    state: State

    @property
    def paper(self) -> FilePaper | None:
        return self.papers[0] if self.papers else None

    @property
    def is_lacking(self) -> bool:
        return self.kind.obligatory and self.state in {"missing", "expired"}

    @property
    def badge(self) -> tuple[str, str]:
        """Kind and word; what nobody has to bring is not missed."""
        return ("plain", "nie ma") if self.state == "missing" and not self.kind.obligatory else BADGES[self.state]


def state_of(paper: FilePaper | None, on: date) -> State:
    """On its last day a paper still holds."""
    if paper is None:
        return "missing"
    if paper.valid_until is None or paper.valid_until > on + EXPIRING:
        return "there"
    return "expired" if paper.valid_until < on else "expiring"


def asked_for(centre: Centre, on: date) -> list[FileItemKind]:
    """What the regulations of the day name, in their order; nothing where no regulations or no list is."""
    return list(FileItemKind.objects.filter(regulations=Regulations.objects.version(centre, on)))


def ever_asks(centre: Centre) -> bool:
    """Whether any adopted version of the regulations, of whatever day, names papers of the file."""
    return FileItemKind.objects.filter(regulations__in=Regulations.objects.adopted().filter(centre=centre)).exists()


def checklist(participant: Participant, on: date) -> list[Item]:
    """Everything the file has to hold by the regulations of the day, with what had been brought by then."""
    papers = _by_code(participant.file_papers.filter(removed_on=None, received_on__lte=on).select_related("upload"))
    return [_item(kind, papers.get(kind.code, []), on) for kind in asked_for(participant.centre, on)]


def _by_code(papers) -> dict[str, list[FilePaper]]:
    found: dict[str, list[FilePaper]] = {}
    for paper in sorted(papers, key=_longest, reverse=True):
        found.setdefault(paper.code, []).append(paper)
    return found


def _longest(paper: FilePaper) -> tuple[date, date, int]:
    return paper.valid_until or date.max, paper.received_on, paper.pk


def _item(kind: FileItemKind, papers: list[FilePaper], on: date) -> Item:
    return Item(kind, papers, state_of(papers[0] if papers else None, on))


def missing_obligatory(participant: Participant, on: date) -> list[FileItemKind]:
    """What has to be there before classes begin and is not there, or holds no longer, on the day."""
    return [item.kind for item in checklist(participant, on) if item.is_lacking]


@dataclass(frozen=True)
class Count:
    """ "7 z 9 obowiązkowych"."""

    there: int
    all: int

    @classmethod
    def of(cls, items: list[Item]) -> "Count":
        obligatory = [item for item in items if item.kind.obligatory]
        return cls(sum(not item.is_lacking for item in obligatory), len(obligatory))


@dataclass(frozen=True)
class Expiring:
    paper: FilePaper
    name: str
    state: State


def matters(centre: Centre, on: date) -> list[Expiring]:
    """Papers of people in a programme that hold no longer, or not for long, and that none that holds longer replaces;
    those that end first in front. A constant number of queries."""
    names = {kind.code: kind.name for kind in asked_for(centre, on)}
    brought = FilePaper.objects.filter(removed_on=None, received_on__lte=on)
    longer = Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until"))
    longer = brought.filter(longer, participant=OuterRef("participant"), code=OuterRef("code"))
    running = Programme.objects.filter(participant__centre=centre, ended_on=None).values("participant")
    ending = brought.filter(participant__in=running, code__in=names, valid_until__lte=on + EXPIRING)
    rows = ending.exclude(Exists(longer)).select_related("participant").defer("note").order_by("valid_until", "pk")
    return [Expiring(paper, names[paper.code], state_of(paper, on)) for paper in rows]
