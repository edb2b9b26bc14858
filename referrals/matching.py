"""Candidates of a table beside the register: who is new, who is known, and whose application is open already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, TextChoices

from cistor.centres.models import Centre
from cistor.crypto import search_key
from cistor.names import name_key, sound_key
from participants.models import Participant
from participants.models.programme import IN_PROGRAMME
from referrals.importing import Candidate, identities
from referrals.models import Application
from referrals.pipeline import ON_BOARD


class Outcome(TextChoices):
    """What an import does about a candidate."""

    NEW = "new", "nowa osoba i szkic wniosku"
    KNOWN = "known", "osoba z kartoteki, nowy szkic wniosku"
    OPEN = "open", "bez zmian: wniosek jest otwarty"
    IN_PROGRAMME = "in_programme", "bez zmian: osoba jest w programie"
    FAULTY = "faulty", "do poprawy"

    @property
    def badge(self) -> str:
        return {self.NEW: "info", self.KNOWN: "info", self.FAULTY: "late"}.get(self, "done")

    @property
    def is_written(self) -> bool:
        return self in {self.NEW, self.KNOWN}


@dataclass(frozen=True)
class Match:
    """`person` is who stands in the register, `application` their open one; `alike` has a name that sounds the
    same, the same birth date and another number: perhaps the same human."""

    candidate: Candidate
    outcome: Outcome
    person: Participant | None = None
    application: Application | None = None
    alike: Participant | None = None

    @property
    def birth_on(self) -> date | None:
        return self.candidate.person.get("birth_on")


def matches(candidates: Sequence[Candidate], *, centre: Centre, on: date) -> list[Match]:
    """In the order of the table; a constant number of queries."""
    people = list(_people(candidates, centre, on))
    by_number = {key: person for person in people for key in _keys_of(person)}
    return [_match(candidate, by_number, people) for candidate in candidates]


def _people(candidates: Sequence[Candidate], centre: Centre, on: date):
    """Whoever may be one of them, with phase and open applications."""
    keys = [key for candidate in candidates for key in _keys(candidate)]
    births = {candidate.person["birth_on"] for candidate in candidates if candidate.person.get("birth_on")}
    numbers = [number for _, number in keys]
    rows = Participant.objects.filter(centre=centre, erased_on=None).filter(
        Q(pesel_key__in=numbers) | Q(document_key__in=numbers) | Q(birth_on__in=births)
    )
    open_ones = Application.objects.filter(status__in=ON_BOARD).only("participant_id", "number", "status")
    names = ("first_name", "last_name", "name_key", "sound_key")
    rows = rows.only(*names, "birth_on", "pesel_key", "document_kind", "document_key")
    return rows.with_phase(on).prefetch_related(Prefetch("applications", open_ones, to_attr="open_applications"))


def _keys(candidate: Candidate) -> list[tuple[str, str]]:
    """(kind, search key) of each number that proves who it is."""
    return [
        (kind, search_key("pesel" if kind == "pesel" else "document", number))
        for kind, number in identities(candidate.person)
    ]


def _keys_of(person: Participant) -> list[tuple[str, str]]:
    keys = [("pesel", person.pesel_key), (person.document_kind, person.document_key)]
    return [(kind, key) for kind, key in keys if key]


def _alike(candidate: Candidate, people: Iterable[Participant]) -> Participant | None:
    """Of several the one whose name is written the same."""
    names = candidate.person["last_name"], candidate.person["first_name"]
    sound, written = _heard(sound_key(*names)), name_key(*names)
    born = (person for person in people if person.birth_on == candidate.person["birth_on"])
    same = [person for person in born if _heard(person.sound_key) == sound]
    return min(same, key=lambda person: person.name_key != written, default=None)


def _heard(key: str) -> str:
    """After a voiceless consonant "rz" is heard as "sz". A question too many costs a glance, a second card far more."""
    return key.replace("z", "s")


def _match(candidate: Candidate, by_number: dict, people: Sequence[Participant]) -> Match:
    person = next((by_number[key] for key in _keys(candidate) if key in by_number), None)
    if candidate.faults:
        return Match(candidate, Outcome.FAULTY, person)
    if person is None:
        return Match(candidate, Outcome.NEW, alike=_alike(candidate, people))
    if person.open_applications:
        return Match(candidate, Outcome.OPEN, person, person.open_applications[0])
    return Match(candidate, Outcome.IN_PROGRAMME if person.phase in IN_PROGRAMME else Outcome.KNOWN, person)
