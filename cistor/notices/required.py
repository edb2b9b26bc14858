"""Which letters the facts ask for: about whom, to whom, from which day and until when (S0 part II).

Nothing here is remembered but what `LetterPerson` covers: whoever asks again after a missed day gets the same answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from cistor.centres.models import Centre, DeadlineLength, Office
from cistor.centres.terms import TermBook
from cistor.dates import ONE_DAY, Days, moved_back
from cistor.deadlines import COUNTING, due
from cistor.notices.models import Letter, LetterPerson, Run
from participants.models import Programme, QualificationReply, Stage
from participants.models.programme import LAST_WEEK
from participants.qualification import WELFARE
from referrals.models import Application

Kind = Letter.Kind
Key = tuple[int, str, int | None]
# Of programmes led on paper before the program was in use the offices have heard: what lies further back than two
# months before the schedule last did all of its work is not told once more. However long it stood still, nothing of
# that time is lost.
HORIZON = timedelta(days=60)
UNSIGNED = (Letter.Status.DRAFT, Letter.Status.RETURNED)
# Ended by them in the trial, a programme is a trial not passed.
FAILED = (Programme.EndKind.TRIAL_FAILED, Programme.EndKind.NOT_QUALIFIED)
# Binds every centre, agreement or not; the procedure with MOPR (II.2) only repeats when it is said.
BY_LAW = "ustawa o świadczeniach opieki zdrowotnej: w dniu podpisania IPZS"
AS_THE_OFFICE = "jak dla ośrodka: "
LONGEST_SOURCE = 120


@dataclass(frozen=True, slots=True)
class Need:
    """A letter of a kind about one programme to one addressee; without `office` it goes to the participant.

    It is prepared from `from_on`; its term counts from `starts_on`; how old it is, from `known_on`.
    """

    kind: str
    programme: Programme
    office: Office | None
    starts_on: date
    from_on: date
    known_on: date
    due_on: date | None
    source: str

    @property
    def key(self) -> Key:
        return self.programme.pk, self.kind, self.office.pk if self.office else None


class Drafted(NamedTuple):
    """Somebody in a letter not sent yet, what the facts of today ask for, and why they no longer do ("": they do)."""

    person: LetterPerson
    need: Need | None
    needless: str


class Survey(NamedTuple):
    needs: list[Need]
    drafts: list[Drafted]


def needs(centre: Centre, on: date) -> list[Need]:
    """What is asked for by the facts of the day and stands in no letter yet, the most urgent first."""
    return survey(centre, on).needs


def survey(centre: Centre, on: date) -> Survey:
    """The needs, and the letters not sent yet in the light of the same facts; as many queries for one as for a
    thousand."""
    since = _since(centre, on)
    drafts = list(_unsent(centre))
    rows = list(_candidates(centre, on, since, [row.programme_id for row in drafts]))
    if not rows:
        return Survey([], [])
    asked = {need.key: need for need in asked_for(centre, rows, on)}
    return Survey(_missing(asked.values(), on, since), _seen_again(drafts, asked, rows, on))


def asked_for(centre: Centre, programmes: Iterable[Programme], on: date) -> Iterator[Need]:
    """Every letter that the facts of the programmes (`with_facts`) ever ask for, written already or not."""
    asking = Asking(centre, list(programmes), on)
    for row in asking.programmes:
        yield from asking.of(row)


def with_facts(programmes: QuerySet[Programme], on: date) -> QuerySet[Any]:
    """Annotates `recorded_on`, `trial_end_on`, `last_planned_on`, `is_passed`, `is_answered`: as known on the day."""
    stages = Stage.objects.filter(programme=OuterRef("pk")).order_by()
    known = stages.filter(decided_on__lte=on)
    replies = QualificationReply.objects.filter(programme=OuterRef("pk"), recorded_on__lte=on)
    return programmes.annotate(
        recorded_on=Subquery(stages.values("programme").annotate(first=Min("decided_on")).values("first")),
        trial_end_on=Subquery(stages.filter(kind=Stage.Kind.TRIAL).values("end_on")[:1]),
        last_planned_on=Subquery(stages.values("programme").annotate(last=Max("end_on")).values("last")),
        # Who was let on provisionally still waits for the office.
        is_passed=Exists(known.filter(kind=Stage.Kind.MAIN, provisional_reason="")),
        is_answered=Exists(replies),
    )


def terms(letter: Letter, on: date) -> tuple[date | None, str]:
    """Day and source of a letter's term by the holidays of today: the earliest of the people in it."""
    centre, people = letter.centre, list(letter.people.all())
    rows = with_facts(Programme.objects.filter(pk__in=[row.programme_id for row in people]), on)
    asked = {need.key: need for need in asked_for(centre, rows, on)}
    found = [asked[row.programme_id, row.kind, row.office_id] for row in people if _key(row) in asked]
    return earliest(found) or (letter.due_on, letter.due_source)


def earliest(found: Iterable[Need]) -> tuple[date, str] | None:
    return min(((row.due_on, row.source) for row in found if row.due_on), default=None)


def needless(kind: str, programme: Any, on: date) -> str:
    """Why a letter not signed yet need no longer be sent: only a question can become idle."""
    if kind != Kind.QUALIFICATION_REQUEST:
        return ""
    if _is_ended(programme, on):
        return "Program zakończono, zanim pismo wysłano."
    if programme.is_answered:
        return "Odpowiedź ośrodka już jest."
    return "Okres właściwy już się zaczął." if programme.is_passed else ""


def idle(letter: Letter, on: date) -> str:
    """Why a letter that was signed and not sent has become needless, "" while somebody in it still asks for it."""
    programmes = with_facts(Programme.objects.filter(letters__letter=letter), on)
    reasons = [needless(letter.kind, row, on) for row in programmes]
    return reasons[0] if reasons and all(reasons) else ""


class Asking:
    """The rules, with what they read once for all the programmes: terms, offices, who is to be told of at the PUP."""

    def __init__(self, centre: Centre, programmes: list[Any], on: date) -> None:
        self.centre, self.programmes, self.on = centre, programmes, on
        self.book = TermBook([centre.pk], [code for code in Kind.values if code in DeadlineLength.Code.values])
        self.offices = {office.pk: office for office in centre.offices.all()}
        self.welfare = self._only(*WELFARE)
        self.pup = self._only(Office.Kind.PUP)
        self.of_pup = _of_pup([row.pk for row in programmes if is_early(row, on)]) if self.pup else set()

    def of(self, row: Any) -> Iterator[Need]:
        office = self.offices[row.office_id] if row.office_id else self.welfare
        day, known_on = row.signed_on, _signing_known_on(row)
        yield Need(Kind.INSURANCE_TOLD, row, None, day, day, known_on, day, BY_LAW)
        yield from self._not_passed(row, office)
        if office:
            yield from self._need(Kind.ADMISSION_LIST, row, office, day, known_on=known_on)
            yield from self._request(row, office)
            yield from self._early_end(row, office)

    def _request(self, row: Any, office: Office) -> Iterator[Need]:
        if row.trial_end_on:
            yield from self._need(Kind.QUALIFICATION_REQUEST, row, office, row.trial_end_on - LAST_WEEK)

    def _not_passed(self, row: Any, office: Office | None) -> Iterator[Need]:
        """To the participant, once the last day is over."""
        if _is_ended(row, self.on) and row.end_kind in FAILED:
            over = {"from_on": max(row.ended_on + ONE_DAY, row.end_decided_on), "known_on": _end_known_on(row)}
            yield from self._need(Kind.NOT_QUALIFIED, row, office, row.ended_on, **over, to=None)

    def _early_end(self, row: Any, office: Office) -> Iterator[Need]:
        """To the office, and once more to the PUP about whom it sent or has on its list."""
        if is_early(row, self.on):
            # What others brought about counts from the day it was learned of, what the centre decided from that day.
            event_on = max(row.ended_on, row.end_learned_on or row.end_decided_on)
            known_on = _end_known_on(row)
            yield from self._need(Kind.EARLY_END, row, office, event_on, known_on=known_on)
            if row.pk in self.of_pup:
                yield from self._need(Kind.EARLY_END, row, office, event_on, known_on=known_on, to=self.pup)

    def _need(self, kind: str, row: Any, office: Office | None, event_on: date, **over: Any) -> Iterator[Need]:
        """None where nobody has set the term. `over`: another addressee than the office, a later first day, the day
        it became known."""
        length = self.book.length(kind, centre=self.centre.pk, office=office.pk if office else None, on=event_on)
        if length:
            to, from_on = over.get("to", office), over.get("from_on", event_on)
            source = length.source if to in {office, None} else f"{AS_THE_OFFICE}{length.source}"[:LONGEST_SOURCE]
            due_on = due_day(length, event_on, self.book.one_off)
            yield Need(kind, row, to, event_on, from_on, over.get("known_on", event_on), due_on, source)

    def _only(self, *kinds: str) -> Office | None:
        found = [office for office in self.offices.values() if office.kind in kinds]
        return found[0] if len(found) == 1 else None


def due_day(length: DeadlineLength, event_on: date, one_off: Days) -> date | None:
    """The last day of a term; None of one that is counted in no days."""
    if length.unit == DeadlineLength.Unit.BEFORE_LAST_DAY:
        return _before(event_on + LAST_WEEK, length.length or 1, one_off)
    if length.unit in COUNTING and length.length is not None:
        return due(length.unit, event_on, length.length, one_off)
    return None


def is_early(row: Any, on: date) -> bool:
    """Ended before its planned last day; a trial that failed on its own last day is none, whatever was planned."""
    if not _is_ended(row, on) or not row.last_planned_on:
        return False
    failed = row.end_kind in FAILED and row.ended_on == row.trial_end_on
    return row.ended_on < row.last_planned_on and not failed


def _before(last_on: date, count: int, one_off: Days) -> date:
    """The last of the working days before a day, or an earlier one: the `count`th back."""
    day = last_on
    for _ in range(count):
        day = moved_back(day - ONE_DAY, one_off)
    return day


def _is_ended(row: Programme, on: date) -> bool:
    return bool(row.end_decided_on and row.end_decided_on <= on)


def _since(centre: Centre, on: date) -> date:
    runs = Run.objects.filter(centre=centre, is_daily=True, failure="", failed=0)
    last = runs.order_by("-id").values_list("on", flat=True).first()
    return min(last or on, on) - HORIZON


def _unsent(centre: Centre) -> QuerySet[LetterPerson]:
    unsent = Q(letter__status__in=UNSIGNED) | Q(letter__in=Letter.objects.filter(centre=centre).unsent())
    rows = LetterPerson.objects.filter(unsent, letter__centre=centre).select_related("letter")
    return rows.defer("letter__text", "letter__remark", "letter__void_reason")


def _candidates(centre: Centre, on: date, since: date, drafted: list[int]) -> QuerySet[Any]:
    """Signed or ended lately, in the last week of the trial or past it with nothing decided, or in an open letter."""
    rows = Programme.objects.filter(participant__centre=centre, signed_on__lte=on).defer("end_reason")
    days = ("signed_on", "recorded_on", "ended_on", "end_decided_on")
    lately = Q(*((f"{day}__gte", since) for day in days), _connector=Q.OR)
    undecided = Q(ended_on=None, is_passed=False, trial_end_on__lte=on + LAST_WEEK)
    return with_facts(rows, on).filter(lately | undecided | Q(pk__in=drafted)).order_by("pk")


def _missing(asked: Iterable[Need], on: date, since: date) -> list[Need]:
    found = [need for need in asked if _is_ripe(need, on, since) and not needless(need.kind, need.programme, on)]
    rows = LetterPerson.objects.filter(programme__in={need.programme.pk for need in found})
    covered = set(rows.values_list("programme", "kind", "office")) if found else set()
    return sorted((need for need in found if need.key not in covered), key=_urgency)


def _is_ripe(need: Need, on: date, since: date) -> bool:
    """A question that still waits for its answer is never too old."""
    return need.from_on <= on and (need.known_on >= since or need.kind == Kind.QUALIFICATION_REQUEST)


# What is recorded late is news on the day it was recorded, unless it belongs to a programme led on paper, which comes
# here with its past: a signing older than the horizon when it was recorded, an end that lay before the recording.


def _signing_known_on(row: Any) -> date:
    recorded_on = row.recorded_on or row.signed_on
    return max(row.signed_on, recorded_on) if recorded_on <= row.signed_on + HORIZON else row.signed_on


def _end_known_on(row: Any) -> date:
    is_past = row.recorded_on and row.ended_on < row.recorded_on
    return row.ended_on if is_past else max(row.ended_on, row.end_decided_on)


def _urgency(need: Need) -> tuple[date, int]:
    return need.due_on or date.max, need.programme.pk


def _seen_again(drafts: list[LetterPerson], asked: dict[Key, Need], rows: list[Any], on: date) -> list[Drafted]:
    facts = {row.pk: row for row in rows}
    # A programme signed after the day asked about stands in a letter of a later one.
    known = [row for row in drafts if row.programme_id in facts]
    return [Drafted(row, asked.get(_key(row)), needless(row.kind, facts[row.programme_id], on)) for row in known]


def _key(row: LetterPerson) -> Key:
    return row.programme_id, row.kind, row.office_id


def _of_pup(programmes: list[int]) -> set[int]:
    rows = Application.objects.filter(programme__in=programmes, status=Application.Status.ADMITTED)
    from_pup = Q(registered_at_pup=True) | Q(applicant=Application.Applicant.PUP)
    return set(rows.filter(from_pup).values_list("programme", flat=True)) if programmes else set()
