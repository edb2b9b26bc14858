"""One programme of one person, and the days it goes otherwise than planned."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from cistor.dates import months_later
from cistor.demo.people import Person
from cistor.demo.timeline import Timeline

# Kind of absence → how often of a hundred, and how many class days it may last.
HABITS = {
    "sick": (24, (2, 3, 3, 4, 5)),
    "care": (10, (1, 2, 3)),
    "excused": (24, (1, 1, 2)),
    "unexcused": (12, (1,)),
    "free_day": (30, (1, 1, 2)),
}
# So many days of a kind, and of all kinds, stay inside every limit of both regulations.
MOST = {"sick": 9, "care": 6, "excused": 6, "unexcused": 3, "free_day": 4}
MOST_TOGETHER = 13


@dataclass(frozen=True)
class Ending:
    """`on` is the last day in the programme; the decision falls on `decided_on`. `by_decision`: another deed brings
    it about."""

    kind: str
    on: date
    decided_on: date
    reason: str = ""
    by_decision: bool = False


@dataclass(eq=False)
class Stay:
    """`main_months` is None while nobody has decided about the main period. Days without a word are present days."""

    person: Person
    group: int
    start_on: date
    main_months: int | None = 11
    ending: Ending | None = None
    marks: dict[date, str] = field(default_factory=dict)
    provisional: set[date] = field(default_factory=set)
    unmarked: set[date] = field(default_factory=set)
    # Some stays tell a story of their own, which chance must not spoil.
    told: bool = False
    # Whether they have applied for the benefit.
    applied: bool = True
    # Why the main period was begun before the office had answered.
    despite: str = ""

    @property
    def trial_end_on(self) -> date:
        return months_later(self.start_on, 1, "day_before")

    @property
    def planned_end_on(self) -> date:
        if self.main_months is None:
            return self.trial_end_on
        return months_later(self.trial_end_on + date.resolution, self.main_months, "day_before")

    @property
    def last_on(self) -> date:
        return self.ending.on if self.ending else self.planned_end_on

    def class_days(self, timeline: Timeline, start: date, end: date) -> list[date]:
        """The class days of the span inside the programme."""
        return timeline.between(max(start, self.start_on), min(end, self.last_on))

    def tell(self, meaning: str, days: list[date]) -> None:
        self.told = True
        self.marks |= dict.fromkeys(days, meaning)

    def live(self, random: Random, timeline: Timeline) -> None:
        """Late now and then, and absent as people are, few days enough to stay inside every limit."""
        left = {"together": 0} if self.told else {"together": MOST_TOGETHER, **MOST}
        days = self.class_days(timeline, self.start_on, timeline.yesterday)
        while days:
            if random.random() < 0.025:
                self.marks.setdefault(days[0], "late")
            elif random.random() < 0.03 and left["together"]:
                days = self._miss(random, days, left)
            days = days[1:]

    def _miss(self, random: Random, days: list[date], left: dict[str, int]) -> list[date]:
        """Miss the first of the days and perhaps some after it; returns the rest, the last day missed in front."""
        kinds = [kind for kind in HABITS if left[kind] and (kind != "free_day" or days[0] > self.trial_end_on)]
        if not kinds:
            return days
        kind = random.choices(kinds, [HABITS[kind][0] for kind in kinds])[0]
        count = min(random.choice(HABITS[kind][1]), left[kind], left["together"], len(days))
        left[kind] -= count
        left["together"] -= count
        self.marks |= dict.fromkeys(days[:count], kind)
        return days[count - 1 :]
