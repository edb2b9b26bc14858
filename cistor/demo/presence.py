"""What stands behind the marks of the last months: certificates, free days, absences, order, things given."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from attendance.actions import (
    absences,
    accidents,
    breaches,
    contacts,
    excuses,
    hours,
    incidents,
    items,
    leave,
    notes,
    part_days,
    suspensions,
)
from attendance.actions.mornings import settle_day
from attendance.models import Absence, Day
from cistor.centres.models import Breach, Regulations
from cistor.dates import ONE_DAY
from cistor.demo.stays import Stay
from participants.models import Programme

if TYPE_CHECKING:
    from cistor.demo.builder import Builder, Event

CERTIFICATES = {"sick": "own", "care": "care"}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
REASONS_OF_LEAVE = (
    "Sprawa urzędowa poza miejscem zamieszkania.",
    "Uroczystość rodzinna.",
    "Odbiór dziecka z wypoczynku.",
    "Przeprowadzka do nowego mieszkania.",
)
FOUND = (
    ("family", "Nagła opieka nad dzieckiem, brak możliwości powiadomienia.", "talk"),
    ("travel", "Uciekł jedyny autobus, następny dopiero po południu.", "nothing"),
    ("unknown", "Telefon nie odpowiada, rodzina nie wie, gdzie uczestnik przebywa.", "talk"),
)
SUSPECTED = "Wyczuwalna woń alkoholu, chwiejny krok, bełkotliwa mowa."


class Presence:
    """Older days were kept on paper; from `since` on they have their facts here."""

    def __init__(self, builder: "Builder"):
        self.builder, self.do, self.plan, self.line = builder, builder.do, builder.plan, builder.line
        self.centre, self.since = builder.house.centre, builder.line.month(2)

    def events(self) -> "Iterator[Event]":
        yield from self._groups()
        for stay in self.plan.stays:
            for meaning, days in self._stretches(stay):
                yield from self._facts(stay, meaning, days)
        yield from self._things()
        yield from self._order()
        yield from self._last_days()
        yield self.line.today, time(5, 30), self._settle

    def _settle(self) -> None:
        """As the schedule does it every morning."""
        with self.builder.clock.act(by=None):
            settle_day(self.centre, on=self.builder.clock.today)

    def _programme(self, stay: Stay) -> Programme:
        return Programme.objects.select_related("participant__centre").get(pk=self.builder.programmes[stay].pk)

    def _lead(self, stay: Stay) -> str | int:
        return self.plan.deputy(stay.group, self.builder.clock.today)

    def _running(self) -> list[Stay]:
        """Those who go on, the ones without a story of their own first."""
        stays = [stay for stay in self.plan.stays if stay.last_on > self.line.today and stay.main_months]
        return sorted(stays, key=lambda stay: stay.told)

    def _stretches(self, stay: Stay) -> Iterator[tuple[str, list[date]]]:
        """Class days in a row with one meaning."""
        days = stay.class_days(self.line, self.since, self.line.yesterday)
        for meaning, run in groupby(days, key=lambda day: stay.marks.get(day, "present")):
            yield meaning, list(run)

    # Groups -----------------------------------------------------------------------------------------------------------

    def _groups(self) -> "Iterator[Event]":
        for number in self.builder.marked_until:
            yield self.plan.first_on, time(8, 20), partial(self._plan_hours, number)
        if self.plan.suspended:
            yield self.plan.suspended, time(7, 10), self._suspend

    def _plan_hours(self, number: int) -> None:
        """The last group has a short Friday."""
        is_last = number == len(self.plan.groups) - 1
        week = {day: Decimal(6) for day in WEEK} | ({"friday": Decimal("4.5")} if is_last else {})
        group = self.builder.house.groups[number]
        self.do(hours.set_hours, group, start_on=self.plan.first_on, hours=week, by="social_worker")

    def _suspend(self) -> None:
        day = self.builder.clock.today
        why = {"start_on": day, "end_on": day, "reason": "awaria ogrzewania w budynku"}
        self.do(suspensions.suspend_classes, self.centre, **why, by=self.builder.head)

    # Facts of days ----------------------------------------------------------------------------------------------------

    def _facts(self, stay: Stay, meaning: str, days: list[date]) -> "Iterator[Event]":
        if meaning in CERTIFICATES and not stay.provisional.intersection(days):
            brought_on = min(days[0] + ONE_DAY, self.line.yesterday)
            yield brought_on, time(8, 40), partial(self._bring_note, stay, meaning, days)
        elif meaning == "free_day":
            yield from self._leave(stay, days)
        elif meaning == "unexcused" and stay.last_on >= self.line.yesterday:
            yield self._marked_on(stay, days[-1]), time(15, 20), partial(self._follow_up, stay, days)
        elif meaning == "late":
            for day in days:
                yield self._marked_on(stay, day), time(15, 40), partial(self._late, stay, day)

    def _marked_on(self, stay: Stay, day: date) -> date:
        return min(on for on in self.plan.marking_days(stay.group) if on >= day)

    def _bring_note(self, stay: Stay, meaning: str, days: list[date]) -> None:
        number = f"ZA {self.plan.random.randrange(1000000, 9999999)}"
        certificate = {"kind": CERTIFICATES[meaning], "number": number, "start_on": days[0], "end_on": days[-1]}
        brought = {"issued_on": days[0], "delivered_on": self.builder.clock.today}
        self.do(notes.record_note, self._programme(stay), **certificate, **brought, by="social_worker")

    def _leave(self, stay: Stay, days: list[date]) -> "Iterator[Event]":
        """Asked for in time; the last of them all still waits for its decision."""
        asked_on = self.line.last_until(days[0] - timedelta(days=10))
        if asked_on > stay.trial_end_on:
            yield asked_on, time(12, 50), partial(self._ask_leave, stay, days, is_decided=True)

    def _ask_leave(self, stay: Stay, days: list[date], *, is_decided: bool) -> None:
        reason = self.plan.random.choice(REASONS_OF_LEAVE)
        asked = {"days": days, "filed_on": self.builder.clock.today, "reason": reason}
        request = self.do(leave.ask_leave, self._programme(stay), **asked, by=self._lead(stay))
        if not is_decided:
            return
        if self.plan.trial_apart:
            said = {"is_positive": True, "text": "Bez uwag."}
            self.do(leave.opine_leave, request, **said, by="social_worker")
            self.do(leave.opine_leave, request, **said, by=self._lead(stay))
        self.do(leave.decide_leave, request, granted=True, note="", by=self.builder.head)

    def _late(self, stay: Stay, day: date) -> None:
        how = {"day": day, "kind": "late", "minutes": self.plan.random.choice((5, 10, 15, 25, 40))}
        self.do(part_days.record_part_day, self._programme(stay), **how, by=self._lead(stay))

    def _follow_up(self, stay: Stay, days: list[date]) -> None:
        kind, reason, arrangement = self.plan.random.choice(FOUND)
        row, lead = self._reported(stay, days[0]), self._lead(stay)
        if days[-1] >= self.line.yesterday:
            return
        self._try_to_reach(stay, row, "" if kind == "unknown" else reason)
        self.do(absences.record_reason, row, kind=kind, reason=reason, by=lead)
        self.do(absences.issue_note, row, by=lead)
        arranged = {"arrangement": arrangement, "arranged": "Uczestnik zna zasady powiadamiania o nieobecności."}
        self.do(absences.close_absence, row, **arranged, by="social_worker")

    def _reported(self, stay: Stay, day: date) -> Absence:
        at = timezone.make_aware(datetime.combine(day, time(9, 40)))
        return self.do(absences.report_absence, self._programme(stay), start_on=day, at=at, by=self._lead(stay))

    def _try_to_reach(self, stay: Stay, row: Absence, text: str) -> None:
        how: dict[str, Any] = {"way": "phone", "with_whom": "participant", "at": self.builder.clock.now}
        how |= {"result": "reached" if text else "failed", "text": text}
        self.do(contacts.record_contact, row.programme.participant, absence=row, **how, by=self._lead(stay))

    # Things -----------------------------------------------------------------------------------------------------------

    def _things(self) -> "Iterator[Event]":
        for stay in self._running()[:24]:
            yield stay.start_on, time(9, 50), partial(self._give, stay, "key", "Klucz do szafki", "15.00", back=True)
            if stay.trial_end_on < self.line.yesterday:
                clothes = partial(self._give, stay, "clothes", "Komplet odzieży roboczej", "240.00", back=True)
                yield self.line.first_from(stay.trial_end_on + ONE_DAY), time(9, 55), clothes
        for stay in self._running()[:8]:
            yield self.line.month(0), time(9, 58), partial(self._give, stay, "ticket", "Bilet miesięczny", "55.00")
        gone = [stay for stay in self.plan.stays if stay.ending and self.since < stay.ending.on < self.line.today]
        for stay in gone[:1]:
            yield stay.start_on, time(9, 50), partial(self._give, stay, "tool", "Wkrętarka", "180.00", back=True)

    def _give(self, stay: Stay, kind: str, what: str, value: str, *, back: bool = False) -> None:
        given = {"kind": kind, "what": what, "value": Decimal(value), "is_returnable": back, "is_signed": True}
        on = self.builder.clock.today
        self.do(items.issue_item, self._programme(stay), given_on=on, **given, by="social_worker")

    # Order ------------------------------------------------------------------------------------------------------------

    def _order(self) -> "Iterator[Event]":
        """Two people came under the influence; one was late too often; one cut a finger."""
        stays = self._running()
        if len(stays) < 12:
            return
        tested, admitted, careless, hurt = stays[5], stays[8], stays[10], stays[3]
        earlier = self.line.of_month(1)[6]
        if tested.trial_end_on < earlier:
            yield earlier, time(8, 5), partial(self._test, tested)
        yield self.line.before_today(4), time(7, 50), partial(self._admit, admitted)
        yield self.line.before_today(9), time(13, 20), partial(self._breach, careless)
        yield self.line.before_today(12), time(11, 45), partial(self._accident, hurt)

    def _test(self, stay: Stay) -> None:
        """Denied and tested: a talk, and a reprimand where the regulations know one."""
        clock = self.builder.clock
        line = incidents.RegisterLine(clock.now, "alkomat AL-7", "0,41 mg/l", is_positive=True, is_signed=True)
        said = {"substance": "alcohol", "suspicion": SUSPECTED, "outcome": "tested", "test": line}
        when = {"on_day": clock.today, "at": time(7, 40), "talk_on": self.line.first_from(clock.today + ONE_DAY)}
        incident = self.do(
            incidents.record_incident, self._programme(stay), **when, **said, by="social_worker"
        ).incident
        self.do(incidents.issue_protocol, incident, by="social_worker")
        how = {"way": "talk", "with_whom": "participant", "result": "reached", "at": clock.now, "incident": incident}
        how["text"] = "Uczestnik żałuje zdarzenia, umówiono spotkanie z terapeutą uzależnień."
        self.do(contacts.record_contact, incident.programme.participant, **how, by="social_worker")
        text = "Stawienie się na zajęcia pod wpływem alkoholu."
        self.do(breaches.take_measure, incident, kind="reprimand", text=text, by=self.builder.head)

    def _admit(self, stay: Stay) -> None:
        today, programme = self.builder.clock.today, self._programme(stay)
        talk_on = min(self.line.first_from(self.line.today + ONE_DAY), programme.last_on)
        said = {"substance": "alcohol", "suspicion": SUSPECTED, "outcome": "admitted", "sent_away": True}
        when = {"on_day": today, "at": time(7, 35), "talk_on": talk_on}
        self.do(incidents.record_incident, programme, **when, **said, by="social_worker")

    def _breach(self, stay: Stay) -> None:
        text = "Palenie tytoniu w szatni mimo zwrócenia uwagi."
        day = self.builder.clock.today
        point = Breach.objects.filter(
            regulations=Regulations.objects.version(self.centre, day), text__contains="tytoni"
        )
        said = {"breach": point.first(), "on_day": day, "text": text}
        event = self.do(breaches.record_breach, self._programme(stay), **said, by=self._lead(stay))
        self.do(breaches.take_measure, event, kind="talk", text="Przypomniano zasady.", by="social_worker")

    def _accident(self, stay: Stay) -> None:
        what = {"what": "Skaleczenie palca przy krojeniu.", "injury": "Powierzchowna rana.", "aid": "Opatrunek."}
        when = {"on_day": self.builder.clock.today, "at": time(11, 30), "place": "pracownia"}
        self.do(accidents.record_accident, self._programme(stay), **when, **what, by="social_worker")

    # The last days ----------------------------------------------------------------------------------------------------

    def _last_days(self) -> "Iterator[Event]":
        """A certificate that was told of and is not here, a request that waits, a day to be excused."""
        stays = self._running()
        if len(stays) < 12:
            return
        # Early in a month it would stand in the way of the list of the last one.
        if self.line.yesterday >= self.line.month(0):
            yield self.line.yesterday, time(9, 20), partial(self._announce, stays[1])
        ahead = self.line.first_from(self.line.today + timedelta(days=12))
        yield self.line.yesterday, time(12, 55), partial(self._ask_leave, stays[6], [ahead], is_decided=False)
        yield self.line.yesterday, time(16, 10), self._ask_excuse

    def _announce(self, stay: Stay) -> None:
        today = self.builder.clock.today
        days = {"start_on": today, "end_on": today + timedelta(days=4), "issued_on": today}
        self.do(notes.record_note, self._programme(stay), kind="own", **days, by=self._lead(stay))

    def _ask_excuse(self) -> None:
        """Of the newest unexcused day that no closing covers."""
        days = Day.objects.filter(programme__participant__centre=self.centre, meaning="unexcused", source="hand")
        day = days.filter(on__gte=self.line.month(0)).order_by("on").select_related("programme").last()
        if day:
            reason = "Wezwanie do sądu, uczestnik przyniósł potwierdzenie stawiennictwa."
            self.do(excuses.ask_excuse, day.programme, day=day.on, reason=reason, by="social_worker")
