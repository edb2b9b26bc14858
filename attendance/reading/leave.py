"""Free days: how many are left, and what the regulations ask of a request (S1 § 3 ust. 3, S2 § 9 ust. 1)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from attendance import facts
from attendance.grid import HERE
from attendance.models import Closing, Day, LeaveDay, LeaveOpinion, LeaveRequest, SickNote, Source
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.accounts.roles import RIGHTS, Role
from cistor.centres.models import Centre, Meaning, Regulations, StatutoryRate
from cistor.dates import day_count, day_text, days_text, joined
from cistor.templatetags.cistor import plural
from participants.models import Programme, Stage

FREE = Meaning.FREE_DAY
LIMIT = StatutoryRate.Kind.FREE_DAYS_LIMIT
# Nobody is away and on leave at once; an excused day may become a free one.
STRONGER = {Source.SUSPENSION: "zajęcia są zawieszone", Source.NOTE: "jest zwolnienie lekarskie"}


class Balance(NamedTuple):
    """Free days of one programme: `granted` and `pending` by requests, `by_hand` marked without one."""

    limit: int
    granted: int = 0
    pending: int = 0
    by_hand: int = 0

    @property
    def left(self) -> int:
        return self.limit - self.granted - self.pending - self.by_hand

    @property
    def used_up(self) -> str:
        """Why nothing more can be asked for; "" while something can."""
        if self.left > 0:
            return ""
        taken = f"{self.limit - self.left} z {self.limit}"
        return f"Wszystkie dni wolne są wykorzystane albo już o nie poproszono: {taken}."


def balance(programme: Programme, *, on: date) -> Balance:
    """By the regulations and the statute of the day `on`; right for as long as the programme is locked."""
    return balances([programme], Rules(programme.participant.centre), on=on)[programme.pk]


def balances(programmes: Collection[Programme], rules: "Rules", *, on: date) -> dict[int, Balance]:
    """Programme → balance, in two queries; see `balance`."""
    asked = LeaveDay.objects.standing().filter(programme__in=programmes)
    granted: Counter[int] = Counter()
    pending: Counter[int] = Counter()
    for programme, is_granted in asked.values_list("programme", "request__granted"):
        (granted if is_granted else pending)[programme] += 1
    by_hand = Counter(without_request(programmes).values_list("programme", flat=True))
    limit = rules.limit(on)
    return {row.pk: Balance(limit, granted[row.pk], pending[row.pk], by_hand[row.pk]) for row in programmes}


def without_request(programmes: Collection[Programme]) -> QuerySet[Day]:
    """Days that are free, or may be so again, without a request.

    A mark below a fact counts until its day is closed: it stands again when the fact is gone.
    """
    closed = Closing.objects.over(OuterRef("programme"), OuterRef("on"))
    below = Q(by_hand__startswith=FREE) & ~Exists(closed)
    asked = LeaveDay.objects.standing().filter(programme=OuterRef("programme"), on=OuterRef("on"))
    return Day.objects.filter(Q(meaning=FREE) | below, ~Exists(asked), programme__in=programmes)


def notes_over(programme: Programme, days: Collection[date]) -> list[SickNote]:
    """Sick notes over these days that are not certain yet: the days come back only when a note is."""
    if not days:
        return []
    rows = SickNote.objects.undecided().filter(programme=programme).touching(min(days), max(days))
    return [row for row in rows if any(row.start_on <= day <= row.end_on for day in days)]


class Rules:
    """What the versions of a centre's regulations and the statute say of free days, by the day; two queries."""

    def __init__(self, centre: Centre) -> None:
        adopted = Regulations.objects.adopted().filter(centre=centre)
        self._versions = list(adopted.order_by("-in_force_from"))
        self._law = list(StatutoryRate.objects.filter(kind=LIMIT).order_by("-in_force_from", "-id"))

    def version(self, day: date) -> Regulations | None:
        return next((row for row in self._versions if row.in_force_from <= day), None)

    def limit(self, day: date) -> int:
        """Free days in the programme: what the regulations give, never more than the statute does."""
        version = self.version(day)
        law = next((row.value for row in self._law if row.in_force_from <= day), None)
        given = version.free_days if version else 0
        return given if law is None else min(given, int(law))

    def is_too_early(self, programme: Programme, day: date) -> bool:
        """Whether it is a day of the trial, in which nobody has a right to free days yet."""
        version, stage = self.version(day), programme.stage_on(day)
        return bool(version and version.leave_after_trial and stage and stage.kind == Stage.Kind.TRIAL)

    def late(self, days: Iterable[date], filed_on: date) -> list[date]:
        """The days that are nearer to the paper than the regulations of its day allow."""
        return [day for day in days if (day - filed_on).days < self.ahead(filed_on)]

    def ahead(self, filed_on: date) -> int:
        """How many days before the first one a paper of the day is filed; 0 where the regulations do not say."""
        version = self.version(filed_on)
        return (version.leave_notice_days if version else None) or 0

    def opinions(self, request: LeaveRequest) -> list[str]:
        """The roles that give an opinion, by the regulations of the day of the paper."""
        version = self.version(request.filed_on)
        return list(version.leave_opinions) if version else []

    def lacking(self, request: LeaveRequest) -> list[str]:
        """The roles whose opinion is not there yet."""
        given = {opinion.role for opinion in request.opinions.all()}
        return [role for role in self.opinions(request) if role not in given]


class Problem(NamedTuple):
    """Why days cannot be asked for or granted, and the field of the form that says so; "" for the whole form."""

    text: str
    field: str = "start_on"


def obstacles(programme: Programme, days: Collection[date], *, filed_on: date, rules: Rules) -> Iterator[Problem]:
    """What nobody may waive: the days themselves, the trial, the balance; before the request is saved, and after.

    All of it at once, a sentence for each kind of day.
    """
    found: dict[tuple[str, str], list[date]] = {}
    for day, why in _wrong_days(programme, sorted(days), filed_on, rules):
        found.setdefault(why, []).append(day)
    for (one, many), wrong in found.items():
        yield Problem(f"{day_text(wrong[0])} {one}" if len(wrong) == 1 else f"{_all_of(wrong)} {many}")
    standing = balances([programme], rules, on=max(days))[programme.pk]
    if len(days) - _counted(programme, days) > standing.left:
        asked = f"{_left(standing.left)} z {standing.limit}, a we wniosku: {day_count(len(days))} zajęć."
        yield Problem(standing.used_up or asked, "")


def _all_of(days: list[date]) -> str:
    """ "28 listopada i 13 grudnia"."""
    text = days_text(days)
    return text if " i " in text else joined(text.split(", "))


BEFORE = ("minął przed złożeniem wniosku.", "minęły przed złożeniem wniosku.")
OUTSIDE = ("leży poza zaplanowanym programem tej osoby.", "leżą poza zaplanowanym programem tej osoby.")


def _wrong_days(
    programme: Programme, days: Collection[date], filed_on: date, rules: Rules
) -> Iterator[tuple[date, tuple[str, str]]]:
    """Each with what is said of one such day, and of more."""
    centre = programme.participant.centre
    terms, known = Terms(centre), facts.of_days(centre, [programme], min(days), max(days))
    here = set(Day.objects.filter(programme=programme, on__in=days, meaning__in=HERE).values_list("on", flat=True))
    for day in days:
        if day < filed_on:
            yield day, BEFORE
        elif not programme.stage_on(day):
            yield day, OUTSIDE
        elif not terms.is_class_day(day) or FREE not in terms.markable(day):
            yield day, ("nie ma zajęć.",) * 2
        elif rules.is_too_early(programme, day):
            yield day, ("trwa okres próbny; prawo do dni wolnych nabywa się po nim.",) * 2
        elif day in here:
            yield day, ("ta osoba była na zajęciach.",) * 2
        else:
            yield from ((day, (why,) * 2) for why in _taken(known.get((programme.pk, day), ())))


def against(programme: Programme, days: Collection[date], *, filed_on: date, rules: Rules) -> list[Problem]:
    """Everything that stands against asking for these days."""
    return [*_asked_already(programme, days), *obstacles(programme, days, filed_on=filed_on, rules=rules)]


def _asked_already(programme: Programme, days: Collection[date]) -> Iterator[Problem]:
    """Days that another request has."""
    rows = LeaveDay.objects.standing().filter(programme=programme, on__in=days).order_by("on")
    if asked := list(rows.values_list("on", flat=True)):
        yield Problem(f"O dni wolne już poproszono: {days_text(asked)}.")


def _left(count: int) -> str:
    return f"{plural(count, 'Został,Zostały,Zostało')} {day_count(count)}"


def _counted(programme: Programme, days: Collection[date]) -> int:
    """How many of the days are in the balance already: asked for, or marked by hand before the paper was entered."""
    asked = LeaveDay.objects.standing().filter(programme=programme, on__in=days)
    return asked.count() + without_request([programme]).filter(on__in=days).count()


def _taken(known: Iterable) -> Iterator[str]:
    for fact in known:
        # A note that was refused gives way to a free day.
        if fact.source in STRONGER and fact.meaning != Meaning.UNEXCUSED:
            yield f"– {STRONGER[fact.source]}."


def hand_obstacle(programmes: Mapping[int, Programme], days: Collection[tuple[int, date]]) -> str:
    """Why days just marked free by hand, as (programme, day), may not be so; "" where they may. Four queries."""
    marked = {pk: programmes[pk] for pk, _ in days}
    rules = Rules(next(iter(marked.values())).participant.centre)
    for pk, day in sorted(days):
        if rules.is_too_early(marked[pk], day):
            return f"{marked[pk].participant}, {day_text(day)}: w okresie próbnym nie ma dni wolnych."
    standing = balances(marked.values(), rules, on=max(day for _, day in days))
    for pk, row in standing.items():
        if row.left < 0:
            own = days_text([day for other, day in days if other == pk])
            return f"{marked[pk].participant}, {own}: to więcej niż {row.limit} dni wolnych w programie."
    return ""


def opines_as(user: User, request: LeaveRequest, rules: Rules, *, on: date) -> str:
    """The role in which the user may opine, one that lacks an opinion first; "" where the regulations ask for none."""
    own = set(user.roles)
    for absent in user.stood_in_for(on):
        own |= {role for role in absent.roles if role in RIGHTS["opine_leave"] and _stands_in(role)}
    asked, lacking = rules.opinions(request), rules.lacking(request)
    return next((role for role in (*lacking, *asked) if role in own), "")


def _stands_in(role: str) -> bool:
    return RIGHTS["opine_leave"][Role(role)].stand_in


def parts(request: LeaveRequest) -> tuple[list[date], list[date]]:
    """Of the days asked for, those that a grant gave and those that it left out."""
    left_out = {day.on for day in request.left_out}
    return [day.on for day in request.days.all() if day.on not in left_out], sorted(left_out)


def partly(request: LeaveRequest) -> str:
    """ "Przyznano 2 z 3 dni: 2 i 4 grudnia; nie przyznano: 27 listopada"; "" where all or none were granted."""
    given, left_out = parts(request)
    if not request.granted or not left_out:
        return ""
    count = f"{len(given)} z {len(given) + len(left_out)} dni"
    return f"Przyznano {count}: {days_text(given)}; nie przyznano: {days_text(left_out)}"


def may_decide(request: LeaveRequest, user: User, rules: Rules) -> bool:
    """Another than who entered the paper, which is the participant's; where the regulations have it filed with the head
    of the centre, the head who took it in may decide as well, and so where one person leads alone. No stand-in may."""
    version = rules.version(request.filed_on)
    filed_with_head = version is not None and version.leave_request_to == Role.DIRECTOR
    took_in = filed_with_head and Role.DIRECTOR in user.roles
    return request.asked_by_id != user.pk or took_in or user.home_centre.single_handed


def may_read(request: LeaveRequest, user: User, *, on: date) -> bool:
    """Reasons and opinions are for those who look after the person; never for payroll, even of a paper it entered."""
    return request.programme.participant.open_to(user, "follow_absence", on=on)


class Opinions(NamedTuple):
    """What was said of a request, the newest first, each with whether the same person has said otherwise since."""

    rows: list[tuple[LeaveOpinion, bool]]
    # Whether the reader has said anything yet.
    has_own: bool


def opinions_for(request: LeaveRequest, user: User) -> Opinions:
    given = sorted(request.opinions.all(), key=lambda opinion: -opinion.pk)
    newest = {opinion.by_id: opinion.pk for opinion in reversed(given)}
    rows = [(opinion, newest[opinion.by_id] != opinion.pk) for opinion in given]
    return Opinions(rows, user.pk in newest)
