"""What the attendance says for a proposal to end a programme: the days without taking part, and the grounds."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count

from attendance.models import Day
from attendance.reading.order import sentences
from attendance.reading.statistics import ABSENT
from attendance.terms import Terms
from cistor.centres.models import Centre, Ground, Meaning, Regulations
from cistor.dates import day_count
from cistor.templatetags.cistor import plural
from participants.models import Programme, Termination

# With a threshold of 14 the staff are told from the 10th day on.
AHEAD = 4


class Case:
    """The class days of a programme on which the person took no part, and the grounds in force on `on`.

    A day counts to the threshold when it is a class day, whatever the reason of the absence; one more than the
    threshold is a ground, and never ends anything by itself. Without a threshold nothing speaks against days that were
    granted or excused.
    """

    def __init__(self, programme: Programme, *, on: date, may_read: bool = False) -> None:
        """`may_read`: whether incidents and breaches are offered too."""
        self.programme, self.on, self.may_read = programme, on, may_read
        self.regulations = Regulations.objects.version(programme.participant.centre_id, on)

    @cached_property
    def missed(self) -> list[Day]:
        """Class days without taking part, in the whole programme."""
        rows = Day.objects.filter(programme=self.programme, meaning__in=self.meanings, on__lte=self.on).order_by("on")
        return [day for day in rows if self.terms.is_class_day(day.on)]

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """Those that a ground of the regulations can rest on."""
        if self.threshold is not None:
            return ABSENT
        kinds = {ground.meaning for ground in self.grounds}
        return (Meaning.UNEXCUSED, Meaning.SICK) if Ground.Kind.SICKNESS in kinds else (Meaning.UNEXCUSED,)

    @cached_property
    def terms(self) -> Terms:
        return Terms(self.programme.participant.centre)

    @property
    def days(self) -> list[Day]:
        """Those that a proposal may rest on."""
        return [day for day in self.missed if not day.provisional]

    @property
    def provisional(self) -> list[Day]:
        """Those that a note keeps provisional: no ground yet."""
        return [day for day in self.missed if day.provisional]

    @cached_property
    def events(self) -> list[tuple[str, str]]:
        """What happened against the order and what followed, a sentence each under its key."""
        return list(sentences(self.programme)) if self.may_read else []

    @cached_property
    def grounds(self) -> list[Ground]:
        return list(self.regulations.grounds.all()) if self.regulations else []

    @property
    def threshold(self) -> int | None:
        return self.regulations.absence_threshold_days if self.regulations else None

    @property
    def of_threshold(self) -> list[str]:
        """The letter under which the regulations name the threshold itself."""
        return [row.letter for row in self.grounds if row.meaning == Ground.Kind.ABSENCE_THRESHOLD]

    @property
    def counted(self) -> int:
        return len(self.days)

    @property
    def is_over(self) -> bool:
        return self.threshold is not None and self.counted > self.threshold

    @property
    def count_text(self) -> str:
        """ "12 dni, próg regulaminu 14"; "" where the regulations have none."""
        if self.threshold is None:
            return ""
        over = ", próg przekroczony" if self.is_over else ""
        return f"{day_count(self.counted)}, próg regulaminu {self.threshold}{over}"

    def frozen_days(self, chosen: Iterable[str]) -> list[dict[str, str]]:
        """As `Termination.days` keeps them."""
        picked = set(chosen)
        rows = [row for row in self.days if str(row.on) in picked]
        return [self._frozen(row) for row in rows]

    def _frozen(self, row: Day) -> dict[str, str]:
        """With the name that the regulations of the day give to its mark."""
        name = self.terms.name(row.on, row.meaning)
        return {"on": str(row.on), "meaning": row.meaning, "letters": row.code, "name": name}

    def frozen_grounds(self, chosen: Iterable[str]) -> list[dict[str, str]]:
        """As `Termination.grounds` keeps them."""
        picked = set(chosen)
        rows = [row for row in self.grounds if row.letter in picked]
        return [{"letter": row.letter, "text": row.text, "source": row.source} for row in rows]


class Missed(NamedTuple):
    """Class days without taking part in a whole programme, beside the threshold of the regulations.

    `provisional`: those of a sick note not delivered or decided yet; they warn, and are no ground.
    """

    programme: Programme
    dates: list[date]
    provisional: list[date]
    threshold: int

    @property
    def days(self) -> int:
        return len(self.dates)

    @property
    def is_ground(self) -> bool:
        return self.days > self.threshold

    @property
    def meaning(self) -> str:
        begins = "jest" if self.is_ground else f"od {self.threshold + 1}. jest"
        return f"{begins} podstawa do rozwiązania IPZS"

    @property
    def days_text(self) -> str:
        """ "13 dni", "13 dni i 2 tymczasowe"."""
        more = len(self.provisional)
        return day_count(self.days) + (
            f" i {more} {plural(more, 'tymczasowy,tymczasowe,tymczasowych')}" if more else ""
        )


def threshold_of(centre: Centre, *, on: date) -> int | None:
    regulations = Regulations.objects.version(centre, on)
    return regulations.absence_threshold_days if regulations else None


def near_threshold(centre: Centre, *, on: date) -> list[Missed]:
    """Programmes that go on, from `AHEAD` days before the threshold on, the most days first.

    None where the regulations have no threshold or a proposal waits already; the number of queries is constant.
    """
    threshold = threshold_of(centre, on=on)
    if threshold is None:
        return []
    counted = _counted(centre, on, least=max(threshold - AHEAD, 1))
    rows = Programme.objects.filter(pk__in=counted).exclude(terminations__in=Termination.objects.open())
    rows = rows.select_related("participant").order_by("participant__order_key", "pk")
    return sorted((Missed(row, *counted[row.pk], threshold) for row in rows), key=lambda row: -row.days)


def _counted(centre: Centre, on: date, *, least: int) -> dict[int, tuple[list[date], list[date]]]:
    """Programme → the days of `Case.counted` and the provisional ones, oldest first, where at least so many in all."""
    rows = Day.objects.filter(programme__participant__centre=centre, programme__ended_on=None, meaning__in=ABSENT)
    rows = rows.filter(on__lte=on).order_by()
    enough = rows.values("programme").annotate(days=Count("pk")).filter(days__gte=least)
    marked, terms = rows.filter(programme__in=enough.values("programme")), Terms(centre)
    days: dict[int, tuple[list[date], list[date]]] = defaultdict(lambda: ([], []))
    for programme, day, provisional in marked.order_by("on").values_list("programme", "on", "provisional"):
        if terms.is_class_day(day):
            days[programme][provisional].append(day)
    return {programme: missed for programme, missed in days.items() if sum(map(len, missed)) >= least}
