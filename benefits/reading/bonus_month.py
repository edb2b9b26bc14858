"""The bonuses of one month: a line for each request, and for each person somebody may still ask for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Sum

from attendance.models import Day
from attendance.reading.measures import NoBonus, without_bonus
from benefits.actions.bonuses import may_decide
from benefits.models import Bonus, BonusOpinion
from benefits.reading import bonuses
from benefits.reading.bonuses import Cap
from cistor.accounts.models import User
from cistor.centres.models import Regulations
from cistor.dates import month_end
from cistor.decisions import OPEN
from cistor.money import NOTHING
from participants.models import Participant, Programme

# Of the earlier bonuses so many stand beside a name.
EARLIER = 3


@dataclass(frozen=True)
class Row:
    programme: Programme
    bonus: Bonus | None
    cap: Cap
    # Letters of a day code → how many days of the month; None where the reader may not know.
    days: list[tuple[str, int]] | None
    earlier: list[Bonus]
    opinions: list[BonusOpinion]
    # Measures that speak against it, as far as the reader reads measures.
    measures: list[NoBonus]
    # Whether the reader may read reasons and opinions, may ask for this person, may decide of the request.
    reads: bool
    may_ask: bool
    may_decide: bool

    @property
    def asked(self) -> Decimal | None:
        return bonuses.asked(self.bonus, self.cap) if self.bonus else None

    @property
    def tells(self) -> bool:
        """More than the name stands in it."""
        return bool(self.bonus or self.days or self.earlier or self.measures)


class Month:
    """What the reader may know of a month on the day."""

    def __init__(self, user: User, month: date, *, on: date) -> None:
        self.user, self.month, self.on = user, month, on
        self.end = month_end(month)

    @cached_property
    def requests(self) -> QuerySet[Bonus]:
        """Those not withdrawn."""
        return bonuses.visible_to(self.user, on=self.on).filter(month=self.month, withdrawn_on__isnull=True)

    @cached_property
    def regulations(self) -> Regulations | None:
        return Regulations.objects.version(self.user.home_centre, self.end)

    @cached_property
    def askable(self) -> QuerySet[Participant]:
        """For whom the reader may ask: the own groups; everybody, where the regulations need no request."""
        user, people = self.user, Participant.objects.all()
        if user.may("ask_bonus", on=self.on):
            return people.visible_to(user, on=self.on, right="ask_bonus")
        if self.regulations and not self.regulations.bonus_needs_request:
            return people.visible_to(user, on=self.on, right="decide_bonus")
        return people.none()

    def programmes(self) -> QuerySet[Programme]:
        """The open requests first, then the decided ones, then who has none and may be asked for."""
        newest = self.requests.filter(programme=OuterRef("pk")).order_by("-pk")
        present = Programme.objects.touching(self.month, self.end).filter(participant__in=self.askable)
        present = present.filter(participant__erased_on__isnull=True)
        return (
            Programme.objects.annotate(newest=Subquery(newest.values("pk")[:1]), waits=Exists(newest.filter(OPEN)))
            .annotate(has=ExpressionWrapper(Q(newest__isnull=False), output_field=BooleanField()))
            .filter(Q(has=True) | Q(pk__in=present.values("pk")))
            .select_related("participant__centre")
            .defer("end_reason")
            .order_by("-waits", "-has", "participant__order_key", "pk")
        )

    def rows(self, programmes: Iterable[Programme]) -> list[Row]:
        """A line each, out of `programmes()`; a fixed number of queries."""
        found = list(programmes)
        asked, caps = self._asked(found), bonuses.caps_of(self.user.home_centre, found, self.month)
        days, earlier, own = self._days(found), self._earlier(found), self._askable_of(found)
        measures = without_bonus(found, self.month, self.user, on=self.on)
        return [
            self._row(
                row,
                asked.get(row.newest),
                caps[row.pk],
                days,
                earlier[row.pk],
                measures[row.pk],
                row.participant_id in own,
            )
            for row in found
        ]

    def _row(self, programme, bonus, cap, days, earlier, measures, is_askable) -> Row:
        opinions = bonuses.standing(bonus.opinions.all()) if bonus else []
        may = self.user.may
        is_open = bonus is not None and bonus.is_open
        if bonus:
            bonus.programme = programme
        return Row(
            programme=programme,
            bonus=bonus,
            cap=cap,
            days=None if days is None else days[programme.pk],
            earlier=earlier,
            opinions=opinions,
            measures=bonuses.known_then(bonus, measures),
            reads=is_askable or any(may(right, on=self.on) for right in ("decide_bonus", "opine_bonus")),
            may_ask=is_askable and cap.amount > 0 and (bonus is None or bonus.granted is False),
            may_decide=is_open and may("decide_bonus", on=self.on) and may_decide(bonus, by=self.user),
        )

    def _asked(self, programmes: list[Programme]) -> dict[int, Bonus]:
        rows = Bonus.objects.filter(pk__in=[row.newest for row in programmes if row.newest])
        rows = rows.select_related("asked_by", "decided_by", "decided_for", "document")
        return {row.pk: row for row in rows.prefetch_related("opinions__by")}

    def _days(self, programmes: list[Programme]) -> dict[int, list[tuple[str, int]]] | None:
        if not self.user.may("see_attendance", on=self.on):
            return None
        return days_of(programmes, self.month)

    def _earlier(self, programmes: list[Programme]) -> dict[int, list[Bonus]]:
        found: dict[int, list[Bonus]] = defaultdict(list)
        rows = Bonus.objects.filter(programme__in=programmes, month__lt=self.month, granted=True)
        for row in rows.only("programme_id", "month", "amount").order_by("-month"):
            if len(found[row.programme_id]) < EARLIER:
                found[row.programme_id].append(row)
        return found

    def _askable_of(self, programmes: list[Programme]) -> set[int]:
        people = [row.participant_id for row in programmes]
        return set(self.askable.filter(pk__in=people).values_list("pk", flat=True))

    def sums(self) -> dict:
        """How many wait, how many were granted and what these come to so far."""
        return self.requests.aggregate(
            waiting=Count("pk", filter=OPEN),
            yes=Count("pk", filter=Q(granted=True)),
            no=Count("pk", filter=Q(granted=False)),
            together=Sum("amount", default=NOTHING),
        )


def days_of(programmes: Iterable[Programme], month: date) -> dict[int, list[tuple[str, int]]]:
    """By programme: the codes of its days in the month with their counts, the most frequent first."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Day.objects.filter(programme__in=[row.pk for row in programmes], on__range=(month, month_end(month)))
    counted = rows.order_by().values_list("programme", "code").annotate(n=Count("pk")).order_by("-n", "code")
    for programme, code, n in counted:
        found[programme].append((code, n))
    return found
