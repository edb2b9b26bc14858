"""Carries a plan out, act by act, each on its day."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from attendance.actions import ask_correction, decide_correction, mark_days
from attendance.cells import Cell
from attendance.models import Day
from benefits import actions as benefits
from benefits.actions.claims import record_application
from benefits.models import PaymentList
from cistor.accounts.actions import add_stand_in
from cistor.accounts.models import User
from cistor.centres.actions import add_extra_class_day, close_day
from cistor.dates import month_start, moved_back, moved_on, next_month
from cistor.demo.clock import Clock
from cistor.demo.living import Living
from cistor.demo.money import Money
from cistor.demo.opening import House
from cistor.demo.people import Person
from cistor.demo.plan import Plan
from cistor.demo.presence import Presence
from cistor.demo.recruiting import Recruiting
from cistor.demo.stays import Stay
from participants import actions as participants
from participants import qualification
from participants.models import Participant, Programme

ONE_DAY = date.resolution
BEFORE = timedelta(days=7)
LESS_THAN_STATUTE = (
    "Stawki obecnego regulaminu uchwalono przed zmianą ustawy. Nowe brzmienie jest uzgadniane z jednostką tworzącą; "
    "do jego przyjęcia centrum płaci według obecnego."
)
ON_PAPER = "Teczkę prowadzono dotąd na papierze."
# What is done on which day, at what time.
Event = tuple[date, time, Callable[[], None]]


class Builder:
    def __init__(self, plan: Plan, house: House, clock: Clock):
        self.plan, self.house, self.clock, self.line = plan, house, clock, plan.timeline
        self.participants: dict[Person, Participant] = {}
        self.programmes: dict[Stay, Programme] = {}
        self.counted: dict[date, PaymentList] = {}
        self.marked_until = dict.fromkeys(range(len(plan.groups)), plan.first_on - ONE_DAY)
        self.recruiting, self.living, self.money = Recruiting(self), Living(self), Money(self)
        self.presence = Presence(self)

    def run(self) -> None:
        """In the order of time; what falls on one moment, in the order of the plan."""
        events = [
            *self.calendar(),
            *self.recruiting.events(),
            *self.living.events(),
            *self.money.events(),
            *self.people(),
            *self.marks(),
            *self.presence.events(),
            *self.lists(),
        ]
        for on, at, do in sorted(events, key=lambda event: event[:2]):
            if on <= self.line.today:
                self.clock.set(on, at)
                do()

    def do(self, act: Callable[..., Any], *args: object, by: str | int | User | None, **fields: object) -> Any:
        user = self.house.who(by) if isinstance(by, (str, int)) else by
        with self.clock.act(by=user):
            return act(*args, by=user, on=self.clock.today, **fields)

    @property
    def head(self) -> User:
        """The director, or who stands in that day."""
        return self.house.who(self.plan.deputy("director", self.clock.today))

    # Calendar ---------------------------------------------------------------------------------------------------------

    def calendar(self) -> Iterator[Event]:
        centre = self.house.centre
        for act, days in ((close_day, self.line.closed), (add_extra_class_day, self.line.extra)):
            for day, reason in days.items():
                told_on = min(day - timedelta(days=20), self.line.yesterday)
                yield told_on, time(9), partial(self.do, act, centre=centre, on_day=day, reason=reason, by="director")
        for cover in self.plan.covers:
            absent, deputy = self.house.who(cover.absent), self.house.who(cover.deputy)
            who = {"absent": absent, "deputy": deputy, "start_on": cover.start_on, "end_on": cover.end_on}
            yield cover.start_on, time(7), partial(self.do, add_stand_in, by="admin", **who)

    # People -----------------------------------------------------------------------------------------------------------

    def people(self) -> Iterator[Event]:
        for stay in self.plan.stays:
            yield stay.start_on - BEFORE, time(10), partial(self._register, stay)
            yield stay.start_on, time(8, 30), partial(self._begin, stay)
            if stay.main_months:
                yield self._passing_day(stay), time(11), partial(self._pass, stay)
            if stay.ending and not stay.ending.by_decision:
                yield stay.ending.decided_on, time(9, 30), partial(self._end, stay)

    def _passing_day(self, stay: Stay) -> date:
        """The last working day before the trial's last day, in its last week."""
        return max(moved_back(stay.trial_end_on - ONE_DAY), stay.trial_end_on - timedelta(days=6))

    def card(self, person: Person) -> Participant:
        """Made with whatever brings the person here first."""
        if person not in self.participants:
            create = participants.create_participant
            made = self.do(create, centre=self.house.centre, by="social_worker", **person.fields)
            self.participants[person] = made
        return self.participants[person]

    def _register(self, stay: Stay) -> None:
        """Of whoever comes back everything is known already."""
        person = stay.person
        if any(earlier.person is person for earlier in self.programmes):
            return
        participant = self.card(person)
        if person.method:
            set_method = participants.set_payment_method
            self.do(set_method, participant, start_on=stay.start_on, by="payroll", **person.method)
        if person.tax_share:
            set_share = participants.set_tax_statement
            self.do(set_share, participant, start_on=stay.start_on, share=person.tax_share, by="payroll")

    def _begin(self, stay: Stay) -> None:
        participant, group = self.participants[stay.person], self.house.groups[stay.group]
        self.do(participants.join_group, participant, group=group, start_on=stay.start_on, by="social_worker")
        programme = self.programmes[stay] = self._sign(stay, participant)
        if stay.applied:
            self.do(record_application, programme, filed_on=stay.start_on, by="social_worker")

    def _sign(self, stay: Stay, participant: Participant) -> Programme:
        """By the application, where it was made here."""
        if case := self.recruiting.cases.get(stay.person):
            return self.recruiting.admit(case, stay.start_on)
        signed = {"signed_on": stay.start_on, "start_on": stay.start_on, "despite": ON_PAPER}
        return self.do(participants.sign_programme, participant, **signed, by=self.head)

    def _pass(self, stay: Stay) -> None:
        """The office has answered by then, where it is asked and did not let the centre wait."""
        programme = self.programmes[stay]
        if qualification.is_awaited(programme) and not stay.despite:
            self.living.receive_answer(stay, is_qualified=True)
        how = {"months": stay.main_months, "provisional_reason": stay.despite}
        self.do(participants.pass_to_main, programme, by=self.head, **how)

    def _end(self, stay: Stay) -> None:
        end = stay.ending
        why = {"ended_on": end.on, "kind": end.kind, "reason": end.reason}
        self.do(participants.end_programme, self.programmes[stay], **why, by=self.head)

    # Marks ------------------------------------------------------------------------------------------------------------

    def marks(self) -> Iterator[Event]:
        for group in self.marked_until:
            for day in self.plan.marking_days(group):
                yield day, time(15), partial(self._mark, group)

    def _mark(self, group: int) -> None:
        """What the instructor, or the deputy, has not entered yet."""
        until = self.clock.today
        days = {day: self._cells(group, day) for day in self.line.between(self.marked_until[group] + ONE_DAY, until)}
        self.do(mark_days, centre=self.house.centre, days=days, by=self.plan.deputy(group, until))
        self.marked_until[group] = until

    def _cells(self, group: int, day: date) -> list[Cell]:
        """Nobody marks the day on which the classes are suspended."""
        if day == self.plan.suspended:
            return []
        return [
            Cell(programme.pk, None, stay.marks.get(day, "present"), day in stay.provisional)
            for stay, programme in self.programmes.items()
            if stay.group == group and stay.start_on <= day <= stay.last_on and day not in stay.unmarked
        ]

    # Lists ------------------------------------------------------------------------------------------------------------

    def lists(self) -> Iterator[Event]:
        """All months but the last two are paid; of the last one, at most a draft."""
        centre = self.house.centre
        for payday in self.plan.trials_paid_apart():
            yield payday, time(10, 30), self._pay_trials
        month = self.plan.paid_from
        while month < self.line.month(1):
            yield from self._month(month)
            if self.plan.has_aftermath and next_month(month) == self.line.month(1):
                yield moved_on(self.plan.payday(month) + 2 * ONE_DAY), time(11, 20), partial(self._return, month)
            month = next_month(month)
        if self.plan.has_aftermath:
            yield self.line.yesterday, time(9, 40), partial(self._correct, month)
        if self.plan.has_draft:
            draft = partial(self.do, benefits.run_month, centre=centre, month=month, by="payroll")
            yield self.line.yesterday, time(16), draft
        if self.plan.trial_apart:
            # As the schedule does it every morning.
            yield self.line.today, time(5), partial(self.do, benefits.draft_trial_list, centre=centre, by=None)

    def _pay_trials(self) -> None:
        for payment_list in self.do(benefits.draft_trial_list, centre=self.house.centre, by="payroll"):
            self._approve(payment_list)
            self._pay(payment_list)

    def _month(self, month: date) -> Iterator[Event]:
        """Counted on the first working day after it, approved on the next, paid when the regulations say."""
        payday, counted_on = self.plan.payday(month), moved_on(next_month(month))
        yield counted_on, time(12), partial(self._count, month)
        yield min(moved_on(counted_on + ONE_DAY), payday), time(12, 40), lambda: self._approve(self.counted[month])
        yield payday, time(13), lambda: self._pay(self.counted[month])

    def _count(self, month: date) -> None:
        run = benefits.run_month
        self.counted[month] = self.do(run, centre=self.house.centre, month=month, by="payroll")

    def _approve(self, payment_list: PaymentList) -> None:
        self.do(benefits.check, payment_list, by="payroll")
        # Asked for at the first list of a version that gives less than the statute; later it stands there already.
        self.do(benefits.approve, payment_list, departure_reason=LESS_THAN_STATUTE, by=self.head)

    def _pay(self, payment_list: PaymentList) -> None:
        self.do(benefits.record_payments, payment_list, paid_on=self.clock.today, by="payroll")

    def _correct(self, month: date) -> None:
        """A certificate brought in after the money was paid: the difference stands on the list to come."""
        paid = self.counted[month_start(month - ONE_DAY)]
        days = Day.objects.filter(programme__settlements__payment_list=paid, meaning="unexcused")
        late = days.filter(on__gte=paid.month, on__lt=month).order_by("programme", "on").first()
        if late:
            why = {"on_day": late.on, "meaning": "sick", "reason": "Zwolnienie lekarskie doniesione po wypłacie."}
            asked = self.do(ask_correction, late.programme, **why, by="social_worker")
            self.do(decide_correction, asked, granted=True, note="", by=self.head)

    def _return(self, month: date) -> None:
        """The bank has closed the account of the first person who is paid into one; nobody has sent it again yet."""
        paid = self.counted[month].settlements.filter(method="account", payout__gt=0).order_by("programme").first()
        if paid:
            reason = "rachunek zamknięty"
            self.do(benefits.record_return, paid, returned_on=self.clock.today, reason=reason, by="payroll")
