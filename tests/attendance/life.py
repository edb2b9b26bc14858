"""A programme, and acts about its days as people do them, beside a book of what must stand."""

from collections import Counter
from datetime import date, time, timedelta
from typing import NamedTuple

from django.db import transaction

from attendance import actions
from attendance.actions.excuses import ask_excuse, decide_excuse, excuse, withdraw_excuse
from attendance.actions.incidents import record_incident, withdraw_incident
from attendance.actions.mornings import settle_day
from attendance.actions.retractions import retract
from attendance.actions.suspensions import suspend_classes, withdraw_suspension
from attendance.cells import Cell, state
from attendance.models import Correction, Day, Excuse, Incident, LeaveDay, LeaveRequest, SickNote, Suspension
from attendance.reading.leave import balance
from attendance.reading.order import doubts
from cistor.dates import days_between
from cistor.errors import Refused
from participants.actions.group import join_group
from participants.models import Membership, Programme
from tests.attendance.witness import Papers, Since
from tests.factories import make_group, make_participant, make_programme

FIRST, LAST = date(2026, 3, 11), date(2026, 3, 18)
DAYS = [day for day in days_between(FIRST, LAST) if day.weekday() < 5]
# No day is looked at later; a note of the last of them has come late by then.
END = date(2026, 3, 24)
HAND = ("present", "late", "unexcused", "free_day", "sick", "care", "sick?", None)
# What a note that was refused had claimed.
CLAIMS = ("", "sick", "sick?", "care")
State = tuple[str | None, bool]
UNMARKED: State = None, False


class Step(NamedTuple):
    """An act, and what it takes: a day by its place, how many days, and which of several."""

    act: str
    day: int
    length: int
    pick: int


class Life:
    """A programme, its people, and what a book of marks and closings kept beside it would say."""

    def __init__(self, centre, instructor, social_worker, director):
        self.centre, self.instructor, self.social_worker, self.director = centre, instructor, social_worker, director
        self.groups = [make_group(centre, instructor, name=name) for name in ("Kuchnia", "Ogród")]
        self.group = self.groups[0]
        self.pk = make_programme(make_participant(centre, group=self.group), start_on=date(2026, 1, 5)).pk
        self.today = DAYS[1]
        self.hand: dict[date, str] = {}
        self.closed: dict[date, State] = {}
        # What days say that a change of group has left behind; the next morning, or an act about them, settles them.
        self.behind: dict[date, State] = {}
        self.granted: set[int] = set()
        self.done: Counter[str] = Counter()

    @property
    def programme(self) -> Programme:
        return Programme.objects.select_related("participant__centre").get(pk=self.pk)

    def take(self, step: Step) -> None:
        """What is refused changes nothing. The book is kept before the locks of the act are let go."""
        try:
            with transaction.atomic():
                outcome = getattr(self, step.act)(step)
                self._read_corrections(step)
        except Refused:
            return
        self.done[outcome or step.act] += 1

    def _read_corrections(self, step: Step) -> None:
        """Those granted by the step, of its own or with the fact that asked for them."""
        papers = self._papers()
        for row in Correction.objects.filter(granted=True, programme=self.pk).order_by("pk"):
            if row.pk in self.granted:
                continue
            self.granted.add(row.pk)
            self.closed[row.on] = row.meaning or None, False
            if step.act not in ("correct", "grant") and (said := papers.say(row.on)):
                assert said == self.closed[row.on]

    def _papers(self) -> Papers:
        return Papers(self.pk, self.centre)

    def standing(self) -> dict[date, State]:
        rows = Day.objects.filter(programme=self.pk)
        return {row.on: (row.meaning, row.provisional) for row in rows}

    # Acts -----------------------------------------------------------------------------------------------------------

    def tomorrow(self, step):
        _refuse(self.today >= END)
        self.today = min(self.today + timedelta(days=step.length), END)

    def move(self, step):
        """Into the other group, whose classes may be suspended."""
        stay = Membership.objects.get(participant__programmes=self.pk, end_on=None)
        other = next(group for group in self.groups if group.pk != stay.group_id)
        join_group(self.programme.participant, group=other, start_on=self.today, by=self.director, on=self.today)
        stands, should = self.standing(), self.should_stand()
        self.behind = {day: stands.get(day, UNMARKED) for day in DAYS if stands.get(day, UNMARKED) != should[day]}

    def morning(self, step):
        written = settle_day(self.centre, on=self.today)
        self.behind = {}
        _refuse(not written)

    def mark(self, step):
        """A day that says something else by now comes back as a conflict, and is left."""
        day, wanted = self._past(step), HAND[step.pick % len(HAND)] or ""
        seen, provisional = self.standing().get(day, UNMARKED)
        cell = Cell.of(self.pk, state(seen, provisional=provisional), wanted)
        _refuse(not cell.is_change)
        found = actions.mark(centre=self.centre, on_day=day, cells=[cell], by=self.instructor, on=self.today)
        # A fact that has said the same meanwhile is no conflict, and no mark either.
        if found or Day.objects.filter(programme=self.pk, on=day).exclude(source="hand").exists():
            return "conflict"
        self.hand[day] = wanted
        if day in self.behind:
            self.behind[day] = cell.meaning, cell.provisional
        return "mark"

    def note(self, step):
        start, end = self._span(step)
        issued = min(start, self.today)
        delivered = [None, issued, self.today, None][step.pick % 4]
        if step.pick % 7 == 0 and delivered is None:
            issued = None
        days = {"start_on": start, "end_on": end, "issued_on": issued, "delivered_on": delivered}
        kind = "care" if step.pick % 5 == 0 else "own"
        actions.record_note(self.programme, kind=kind, **days, by=self.social_worker, on=self.today)

    def deliver(self, step):
        note = self._one(SickNote.objects.filter(delivered_on=None), step)
        paper = {} if note.issued_on else {"issued_on": min(note.start_on, self.today)}
        actions.deliver_note(note, delivered_on=self.today, **paper, by=self.social_worker, on=self.today)

    def decide(self, step):
        note = self._one(SickNote.objects.filter(accepted=None), step)
        said = {"accepted": step.length % 2 == 0, "note_text": "Tak."}
        actions.decide_note(note, **said, by=self.director, on=self.today)

    def take_back(self, step):
        note = self._one(SickNote.objects.filter(withdrawn_on=None), step)
        actions.withdraw_note(note, by=self.director, on=self.today)

    def leave(self, step):
        """As CISTOR does: two opinions, then the director, who waives the days ahead; some wait for the director."""
        stands = self.standing()
        days = [day for day in days_between(*self._span(step)) if day.weekday() < 5 and day not in stands]
        asked = {"filed_on": self.today, "reason": "", "by": self.social_worker, "on": self.today}
        request = actions.ask_leave(self.programme, days=days, **asked)
        for user in (self.social_worker, self.instructor):
            actions.opine_leave(request, is_positive=True, text="", by=user, on=self.today)
        if step.pick % 2:
            self._judged(request, step)

    def judge(self, step):
        self._judged(self._one(LeaveRequest.objects.open(), step), step)

    def _judged(self, request, step):
        days = list(request.days.filter(released_on=None).order_by("on").values_list("on", flat=True))
        granted = {"granted": step.pick % 5 > 0, "note": "Nie teraz.", "waiver": "Pogrzeb."}
        if step.pick % 3 == 0:
            granted["days"] = days[:1]
        actions.decide_leave(request, **granted, by=self.director, on=self.today)

    def cancel(self, step):
        request = self._one(LeaveRequest.objects.filter(granted=True, cancelled_on=None), step)
        actions.cancel_leave(request, by=self.social_worker, on=self.today)

    def give_up(self, step):
        day = self._one(LeaveDay.objects.granted(), step)
        actions.give_up_day(day, reason="Przyszła.", by=self.social_worker, on=self.today)

    def excuse(self, step):
        excuse(self.programme, day=self._past(step), reason="Sąd.", by=self.director, on=self.today)

    def ask(self, step):
        """For an excuse, which the director grants, refuses, or has not decided yet when it is taken back."""
        stands = self.standing()
        missed = [day for day in DAYS if day <= self.today and stands.get(day, ("unexcused",))[0] == "unexcused"]
        _refuse(not missed)
        day = _picked(missed, step)
        asked = ask_excuse(self.programme, day=day, reason="Sąd.", by=self.social_worker, on=self.today)
        if step.pick % 2:
            decide_excuse(asked, granted=step.pick % 3 > 0, note="Nie.", by=self.director, on=self.today)

    def unask(self, step):
        withdraw_excuse(self._one(Excuse.objects.open(), step), by=self.social_worker, on=self.today)

    def retract(self, step):
        retract(self._one(Excuse.objects.granted(), step), why="Inny dzień.", by=self.director, on=self.today)

    def incident(self, step):
        day = self._past(step)
        told = {"on_day": day, "at": time(7, 40), "substance": "alcohol", "suspicion": "Woń."}
        told["despite"] = doubts(self.programme, day)
        record_incident(self.programme, **told, outcome="admitted", talk_on=LAST, by=self.social_worker, on=self.today)

    def forgive(self, step):
        row = self._one(Incident.objects.filter(withdrawn_on=None), step)
        withdraw_incident(row, why="Inna osoba.", by=self.director, on=self.today)

    def suspend(self, step):
        start, end = self._span(step)
        group = (*self.groups, None)[step.pick % 3]
        days = {"start_on": start, "end_on": end, "reason": "Awaria."}
        suspend_classes(self.centre, group=group, **days, by=self.director, on=self.today)

    def resume(self, step):
        rows = list(Suspension.objects.standing().filter(centre=self.centre).order_by("pk"))
        _refuse(not rows)
        withdraw_suspension(_picked(rows, step), by=self.director, on=self.today)

    def close(self, step):
        start, end = self._span(step)
        end = min(end, self.today)
        _refuse(end < start)
        actions.close(self.programme, start_on=start, end_on=end, by=self.social_worker, on=self.today)
        self.shut(start, end)

    def shut(self, start, end):
        stands = self.standing()
        for day in days_between(start, end):
            self.closed.setdefault(day, stands.get(day, UNMARKED))

    def correct(self, step):
        """Asked for; granted at once, or it waits."""
        meaning, day = (HAND[step.pick % len(HAND)] or "").removesuffix("?"), _picked(sorted(self.closed) or DAYS, step)
        asked = {"on_day": day, "meaning": meaning or None, "reason": "Pomyłka.", "by": self.social_worker}
        row = actions.ask_correction(self.programme, **asked, on=self.today)
        if step.pick % 3 == 0:
            actions.decide_correction(row, granted=True, note="", by=self.director, on=self.today)

    def grant(self, step):
        row = self._one(Correction.objects.open(), step)
        actions.decide_correction(row, granted=True, note="", by=self.director, on=self.today)

    def refuse(self, step):
        row = self._one(Correction.objects.open(), step)
        actions.decide_correction(row, granted=False, note="Nie.", by=self.director, on=self.today)

    def unsay(self, step):
        actions.withdraw_correction(self._one(Correction.objects.open(), step), by=self.social_worker, on=self.today)

    def _one(self, rows, step):
        found = list(rows.filter(programme=self.pk).order_by("pk"))
        _refuse(not found)
        return _picked(found, step)

    def _past(self, step) -> date:
        return _picked([day for day in DAYS if day <= self.today], step)

    def _span(self, step) -> tuple[date, date]:
        start = DAYS[step.day]
        return start, min(start + timedelta(days=step.length - 1), LAST)

    # What must hold -------------------------------------------------------------------------------------------------

    def live(self, story: list[Step]) -> None:
        for step in story:
            since = Since()
            self.take(step)
            self.check()
            assert not since.unexplained(self.programme), step

    def check(self) -> None:
        stands, should = self.standing(), self.should_stand()
        self.behind = {day: said for day, said in self.behind.items() if stands.get(day, UNMARKED) != should[day]}
        assert {day: stands.get(day, UNMARKED) for day in DAYS} == should | self.behind
        assert set(stands) <= set(DAYS)
        assert balance(self.programme, on=self.today).left >= 0
        # Who would have to decide on what the director asked?
        assert not Correction.objects.open().filter(asked_by=self.director).exists()

    def should_stand(self) -> dict[date, State]:
        papers = self._papers()
        return {day: self.closed.get(day) or papers.say(day) or self._by_hand(day, papers) for day in DAYS}

    def _by_hand(self, day: date, papers: Papers) -> State:
        """A note that was refused speaks where nothing else does, or somebody said what it had claimed."""
        hand = self.hand.get(day, "")
        if hand in CLAIMS and papers.notes_of(day):
            return "unexcused", False
        return hand.removesuffix("?") or None, hand.endswith("?")


def _refuse(nothing: object) -> None:
    """Where there is nothing to do, nothing was done."""
    if nothing:
        raise Refused("Nic.")


def _picked(rows: list, step: Step):
    return rows[(step.day + step.pick) % len(rows)]
