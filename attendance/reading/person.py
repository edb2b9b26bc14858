"""A person's own pages: one day with its history, and the month."""

from dataclasses import replace
from datetime import date
from functools import cached_property

from attendance import consequences, inputs, roster
from attendance.cells import NOT_SURE
from attendance.consequences import Answer, Consequence
from attendance.counters import Counter, counters
from attendance.documents import legend
from attendance.grid import Cell, Row
from attendance.models import Closing, Correction, Day, Source, Suspension
from attendance.reading import heat, history, origins, suspensions
from attendance.reading.corrections import before_and_after, paid_by
from attendance.reading.leave import Rules
from attendance.reading.origins import Origin
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import DayCode, Meaning
from cistor.dates import ONE_DAY, month_end
from cistor.drawings import Drawing
from participants.models import Group, Membership, Participant, Programme


class PersonDay:
    """One day of one person, as far as the user may know of it."""

    def __init__(self, participant: Participant, day: date, *, user: User, today: date) -> None:
        self.participant, self.day, self.user, self.today = participant, day, user, today
        self.terms = Terms(participant.centre)
        rows = Programme.objects.touching(day, day).filter(participant=participant)
        self.programme = rows.select_related("participant__centre").order_by("pk").last()
        self.corrections: list[Correction] = []
        self.changes: list[history.Change] = []
        self.mark, self.closing = None, None
        if self.programme:
            self._read(self.programme)

    def _read(self, programme: Programme) -> None:
        self.mark = Day.objects.filter(programme=programme, on=self.day).select_related("marked_by").first()
        self.closing = Closing.objects.over(programme, self.day).select_related("closed_by").first()
        self.corrections = history.corrections_of(programme, self.day)
        found = history.changes_of(programme, self.day, self.corrections, self.terms.codes(self.day))
        self.changes = [self._as_known(change) for change in found]

    def _as_known(self, change: history.Change) -> history.Change:
        """The name of an act may tell what the user is not to know."""
        hidden = Source.SOBRIETY in change.sources and not self.knows_incidents
        return replace(change, act="") if hidden else change

    @cached_property
    def knows_incidents(self) -> bool:
        return origins.knows(self.user, self.participant, on=self.today)

    @cached_property
    def origins(self) -> dict[str, str]:
        """What the facts behind a day are called."""
        return origins.words(knows=self.knows_incidents)

    @property
    def code(self) -> DayCode | None:
        return self.terms.codes(self.day).get(self.mark.meaning) if self.mark else None

    @property
    def name(self) -> str:
        """What the regulations of the day call the mark that stands."""
        return self.terms.name(self.day, self.mark.meaning) if self.mark else ""

    @property
    def asked(self) -> list[tuple[Correction, str, str]]:
        """The corrections with what stood and what was to stand, in words."""
        return [(row, *before_and_after(self.terms, row)) for row in self.corrections]

    @cached_property
    def origin(self) -> Origin | None:
        """The fact that has taken the day."""
        if not self.mark:
            return None
        people = {self.mark.programme_id: self.participant.pk}
        return origins.of([self.mark], people, user=self.user, on=self.today).get(self.mark.programme_id)

    @cached_property
    def marked(self) -> history.Marked | None:
        """Who made the mark that stands, and when."""
        return history.marked(self.mark) if self.mark else None

    @cached_property
    def suspension(self) -> Suspension | None:
        """The suspension of classes that has taken the day."""
        suspended = self.mark is not None and self.mark.source == Source.SUSPENSION
        return suspensions.of_person(self.participant, self.day) if suspended else None

    @property
    def below(self) -> str:
        """The mark made by hand that stands again without the fact: "NN, tymczasowo"; "" without one."""
        meaning = self.mark.by_hand.removesuffix(NOT_SURE) if self.mark else ""
        if not meaning:
            return ""
        code = self.terms.codes(self.day).get(meaning)
        maybe = ", tymczasowo" if self.mark.by_hand.endswith(NOT_SURE) else ""
        return f"{code.letters if code else Meaning(meaning).label}{maybe}"

    @property
    def is_future(self) -> bool:
        return self.day > self.today

    @property
    def is_class_day(self) -> bool:
        return self.terms.is_class_day(self.day)

    @property
    def why(self) -> str:
        return self.terms.why(self.day)

    @cached_property
    def lists(self) -> list[tuple[str, int, str]]:
        """Title, id and days of the approved lists that pay for the day."""
        return paid_by(self.programme, self.day) if self.closing and self.programme else []

    @property
    def may_see_lists(self) -> bool:
        return self.user.may("see_lists", on=self.today)

    # What it costs --------------------------------------------------------------------------------------------------

    @cached_property
    def answer(self) -> Answer | None:
        """What each mark would cost; None where the user may not know it, or nothing may be marked."""
        if not self.programme or (self.is_future and not self.mark) or not self.terms.markable(self.day):
            return None
        if not self.participant.open_to(self.user, "see_consequence", on=self.today):
            return None
        return consequences.answer(self.programme, self.day, {}, terms=self.terms)

    @property
    def stands(self) -> Consequence | None:
        """What the mark that stands costs."""
        return self.answer.codes.get(self.mark.meaning) if self.answer and self.mark else None

    @property
    def costs(self) -> list[tuple[DayCode, Consequence]]:
        found = self.answer.codes if self.answer and not self.origin else {}
        return [(code, found[meaning]) for meaning, code in self.terms.markable(self.day).items() if meaning in found]

    # What the user may do -------------------------------------------------------------------------------------------

    @cached_property
    def group_to_mark(self) -> Group | None:
        """The group on whose page the user may mark the day."""
        if not self.programme or self.closing or self.is_future or origins.is_taken(self.mark):
            return None
        groups = Group.objects.visible_to(self.user, on=self.today, right="mark_attendance")
        here = Membership.objects.in_force(self.day).filter(participant=self.participant)
        may = self.user.may("mark_attendance", on=self.today)
        return groups.filter(pk__in=here.values("group")).first() if may else None

    @property
    def may_ask_correction(self) -> bool:
        waiting = any(row.is_open for row in self.corrections)
        return bool(self.closing) and not waiting and self.user.may("ask_correction", on=self.today)

    @property
    def may_see_reasons(self) -> bool:
        """Reasons may speak of health: they are for those who ask for corrections and decide on them."""
        return any(self.user.may(right, on=self.today) for right in ("ask_correction", "decide_attendance"))

    # Days beside it -------------------------------------------------------------------------------------------------

    @property
    def previous(self) -> date | None:
        return self.terms.class_day_beside(self.day, -ONE_DAY)

    @property
    def following(self) -> date | None:
        """The next day of classes that has come."""
        return self.terms.class_day_beside(self.day, ONE_DAY, until=self.today)


class PersonMonth:
    """A month of one person: its calendar, its sums and counters, and the whole programme around it."""

    def __init__(self, participant: Participant, month: date, *, today: date) -> None:
        self.participant, self.month, self.today = participant, month, today
        self.terms = Terms(participant.centre)
        grid = roster.of_person(participant, month, today, self.terms)
        self.row: Row | None = next(iter(grid.rows), None)
        self.codes = legend(grid, self.terms)

    @property
    def sums(self) -> list[tuple[DayCode, int]]:
        """The codes of the month that stand in it, each with its days."""
        return [(code, days) for code in self.codes if self.row and (days := self.row.sums[code.meaning])]

    @property
    def weeks(self) -> list[list[Cell | None]]:
        """Monday to Sunday; None fills up the first and the last week."""
        cells = [*[None] * self.month.weekday(), *(self.row.cells if self.row else ())]
        cells += [None] * (-len(cells) % 7)
        return [cells[start : start + 7] for start in range(0, len(cells), 7)]

    @cached_property
    def programme(self) -> Programme | None:
        """The programme of the month, or else the newest."""
        rows = list(self.participant.programmes.prefetch_related("stages"))
        ids = {cell.programme for cell in self.row.cells} if self.row else set()
        return next((row for row in rows if row.pk in ids), rows[0] if rows else None)

    @cached_property
    def counters(self) -> list[Counter]:
        """What is used of the limits; nothing where the facts contradict each other, which the day says in words."""
        end, rules = month_end(self.month), Rules(self.participant.centre)
        if not (self.row and self.programme and rules.version(end)):
            return []
        try:
            facts = inputs.gather(self.participant.centre, [self.programme], end)[self.programme.pk]
            return counters(facts, self.month, end, self.terms.codes(end), rules.limit(end))
        except inputs.RuleError:
            return []

    @cached_property
    def drawing(self) -> Drawing | None:
        return heat.of_programme(self.programme, self.terms, today=self.today) if self.programme else None
