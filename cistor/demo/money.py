"""What is done about money beside the lists: bonuses, deductions, orders to the bank, refunds, duties of a payer."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Sum

from benefits.actions import bonuses, budget, claims, deductions, orders, payer, refunds
from benefits.models import Bonus, PaymentList, Refund, Settlement
from benefits.reading.refunds import offices, standing
from cistor.centres.models import Regulations
from cistor.dates import ONE_DAY, month_end, moved_back, moved_on, next_month
from cistor.demo.people import nrb
from cistor.demo.stays import Stay
from cistor.money import NOTHING
from participants.models import Programme

if TYPE_CHECKING:
    from cistor.demo.builder import Builder, Event

PLANNED = {"benefit": Decimal("940000.00"), "bonus": Decimal("36000.00"), "zus": Decimal("259000.00")}
ATTITUDES = (
    "Pomaga innym w grupie, bez przypominania pilnuje porządku na stanowisku.",
    "Od miesiąca bez spóźnień, samodzielnie kończy powierzone zadania.",
    "Opanowane nowe czynności, chętnie pokazywane innym.",
    "Wytrwałość przy trudnym zleceniu i dobra współpraca.",
)
BANK = "Bank Wymyślony"


class Money:
    """The months of the plan: `paid` is the last one that was paid, `due` the one that is to be paid next."""

    def __init__(self, builder: "Builder"):
        self.builder, self.do, self.plan, self.line = builder, builder.do, builder.plan, builder.line
        self.centre = builder.house.centre
        self.paid, self.due = self.line.month(2), self.line.month(1)

    def events(self) -> "Iterator[Event]":
        first = self.plan.first_on
        yield first, time(8, 10), self._open_account
        for year in sorted({first.year, self.line.today.year}):
            yield max(date(year, 1, 4), first), time(9, 5), partial(self._plan_year, year)
        yield from self._insurance()
        yield from self._bonuses()
        yield from self._deductions()
        yield from self._bailiffs()
        yield from self._months()

    def _programme(self, stay: Stay) -> Programme:
        return Programme.objects.select_related("participant__centre").get(pk=self.builder.programmes[stay].pk)

    def _settled(self, whole_month: date) -> list[Stay]:
        """Those who are in the main period all the month through and go on, one workshop after another."""
        stays = [stay for stay in self.plan.stays if stay.main_months and not stay.ending and not stay.despite]
        return sorted((stay for stay in stays if stay.trial_end_on < whole_month), key=lambda stay: stay.told)

    # The house --------------------------------------------------------------------------------------------------------

    def _open_account(self) -> None:
        centre = self.centre
        sender = [centre.short_name, f"{centre.street}", f"{centre.postal_code} {centre.city}"]
        number = nrb(self.plan.people.banks[0], self.plan.random)
        said = {"in_force_from": self.builder.clock.today, "bank": BANK, "nrb": number, "sender": sender}
        self.do(orders.add_profile, centre, by="director", **said)

    def _plan_year(self, year: int) -> None:
        for kind, amount in PLANNED.items():
            said = {"year": year, "kind": kind, "amount": amount, "source": f"plan finansowy na {year} r."}
            self.do(budget.set_budget, self.centre, by="director", **said)

    # Insurance --------------------------------------------------------------------------------------------------------

    def _insurance(self) -> "Iterator[Event]":
        """Within the week; the newest are still to be told of."""
        for stay in self.plan.stays:
            told_on = self.line.first_from(stay.start_on + 2 * ONE_DAY)
            if told_on >= self.line.yesterday - timedelta(days=3):
                continue
            yield told_on, time(14), partial(self._register, stay)
            if stay.ending:
                left_on = moved_on(max(stay.ending.on, stay.ending.decided_on, told_on) + 2 * ONE_DAY)
                yield left_on, time(14, 30), partial(self._deregister, stay)

    def _register(self, stay: Stay) -> None:
        self.do(payer.register_insurance, self._programme(stay), registered_on=self.builder.clock.today, by="payroll")

    def _deregister(self, stay: Stay) -> None:
        today = self.builder.clock.today
        self.do(payer.deregister_insurance, self._programme(stay), deregistered_on=today, by="payroll")

    # Bonuses ----------------------------------------------------------------------------------------------------------

    def _bonuses(self) -> "Iterator[Event]":
        """Of the paid month three were granted, one of them lowered, and one refused; of the next one some wait for
        opinions, some for the decision."""
        counted_on = moved_on(next_month(self.paid))
        asked_on, opined_on = (moved_back(month_end(self.paid) - days * ONE_DAY) for days in (6, 3))
        chosen = self._settled(self.paid)[:4]
        for number, stay in enumerate(chosen):
            yield asked_on, time(10, 5), partial(self._ask, stay, self.paid, number)
            yield opined_on, time(10, 35), partial(self._opine, stay, self.paid, is_positive=number != 3)
            yield counted_on, time(9, 15), partial(self._decide, stay, self.paid, number)
        waiting = self._settled(self.due)[4:9]
        for number, stay in enumerate(waiting):
            yield (
                self.line.last_until(self.line.today - 4 * ONE_DAY),
                time(10, 5),
                partial(self._ask, stay, self.due, number),
            )
            if number:
                yield self.line.yesterday, time(10, 35), partial(self._opine, stay, self.due, is_positive=number != 2)

    def _ask(self, stay: Stay, month: date, number: int) -> None:
        """Nothing for whom the month allows no bonus."""
        programme = self._programme(stay)
        if bonuses.cap_for(programme, month, on=self.builder.clock.today).amount:
            said = {"percent": Decimal(10), "reason": ATTITUDES[number % len(ATTITUDES)]}
            self.do(bonuses.ask_bonus, programme, month=month, by=stay.group, **said)

    def _bonus(self, stay: Stay, month: date) -> Bonus | None:
        rows = Bonus.objects.select_related("programme__participant__centre")
        return rows.filter(programme=self.builder.programmes[stay], month=month).first()

    def _opine(self, stay: Stay, month: date, *, is_positive: bool) -> None:
        bonus = self._bonus(stay, month)
        if bonus is None:
            return
        text = "" if is_positive else "Dwie opuszczone rozmowy z doradcą zawodowym."
        self.do(bonuses.opine_bonus, bonus, is_positive=is_positive, text=text, by="psychologist")
        if is_positive:
            self.do(bonuses.opine_bonus, bonus, is_positive=True, text="Popieram.", by="social_worker")

    def _decide(self, stay: Stay, month: date, number: int) -> None:
        bonus = self._bonus(stay, month)
        if bonus is None:
            return
        said: dict[str, Any] = {"granted": True, "note": ""}
        if number == 2:
            said |= {"amount": Decimal("50.00"), "note": "Tyle pozostało w planie na ten miesiąc."}
        if number == 3:
            said |= {"granted": False, "note": "Bez pozytywnej opinii."}
        self.do(bonuses.decide_bonus, bonus, by=self.builder.head, **said)

    # Deductions and bailiffs ------------------------------------------------------------------------------------------

    def _deductions(self) -> "Iterator[Event]":
        """By instalments with consent, with a consent taken back, and one that waits for the signature."""
        if self.plan.preset != "cistor":
            return
        broken, key, waiting = self._settled(self.line.month(3))[-3:]
        begun = self.line.first_from(self.line.month(3) + timedelta(days=9))
        yield begun, time(11, 5), partial(self._deduct, broken, "Uszkodzona wkrętarka.", Decimal("120.00"))
        yield begun, time(11, 35), partial(self._deduct, key, "Zgubiony klucz do szafki.", Decimal("90.00"))
        for stay in (broken, key):
            yield begun + 2 * ONE_DAY, time(11, 5), partial(self._consent, stay)
        yield self.line.first_from(self.line.month(1) + timedelta(days=13)), time(11, 5), partial(self._withdraw, key)
        yield (
            self.line.before_today(4),
            time(11, 5),
            partial(self._deduct, waiting, "Zbita szyba w warsztacie.", Decimal("75.00"), signs=False),
        )

    def _deduct(self, stay: Stay, what: str, amount: Decimal, *, signs: bool = True) -> None:
        version = Regulations.objects.version(self.centre, self.builder.clock.today)
        kind = version.deductionkinds.get(code="damage")
        said = {"kind": kind, "what": what, "amount": amount, "instalment": Decimal("30.00") if signs else None}
        row = self.do(deductions.enter_deduction, self._programme(stay), by="payroll", **said)
        self.do(deductions.issue_agreement, row, by="payroll")

    def _consent(self, stay: Stay) -> None:
        row = self._programme(stay).deductions.get()
        self.do(deductions.record_consent, row, consented_on=self.builder.clock.today, by="payroll")

    def _withdraw(self, stay: Stay) -> None:
        row = self._programme(stay).deductions.get()
        note = "Pismo uczestnika złożone w sekretariacie."
        said = {"withdrawn_on": self.builder.clock.today, "note": note}
        self.do(deductions.withdraw_consent, row, by="payroll", **said)

    def _bailiffs(self) -> "Iterator[Event]":
        """One was answered, one waits."""
        stays = self._settled(self.line.month(2))[9:11]
        for stay, back, is_answered in zip(stays, (20, 2), (True, False), strict=False):
            yield self.line.before_today(back), time(12, 5), partial(self._seized, stay, is_answered=is_answered)

    def _seized(self, stay: Stay, *, is_answered: bool) -> None:
        said = {
            "bailiff": "Komornik Sądowy przy Sądzie Rejonowym w Wymyślonej",
            "signature": f"Km {417 if is_answered else 522}/{self.line.today.year}",
            "street": "ul. Zmyślona 8",
            "postal_code": "87-100",
            "city": "Wymyślona",
            "received_on": self.builder.clock.today,
        }
        row = self.do(claims.record_enforcement, self._programme(stay).participant, by="payroll", **said)
        if is_answered:
            self.do(claims.answer_enforcement, row, by="payroll")

    # Months -----------------------------------------------------------------------------------------------------------

    def _months(self) -> "Iterator[Event]":
        """Of the last three paid months the order, the refund, the duties; the newest refund is signed, not sent."""
        for back in (4, 3, 2):
            month = self.line.month(back)
            if month < self.plan.paid_from:
                continue
            yield self.plan.payday(month), time(12, 50), partial(self._order, month)
            paid_in = next_month(month)
            asked_on = moved_on(next_month(paid_in) + 4 * ONE_DAY)
            yield asked_on, time(12, 15), partial(self._ask_refund, paid_in)
            yield moved_on(asked_on + 2 * ONE_DAY), time(12, 45), partial(self._sign_refund, paid_in)
            if back > 2:
                yield moved_on(asked_on + 3 * ONE_DAY), time(13, 15), partial(self._send_refund, paid_in)
                yield moved_on(asked_on + 20 * ONE_DAY), time(13, 45), partial(self._refunded, paid_in)
            owed_in = next_month(paid_in)
            yield moved_back(owed_in + 13 * ONE_DAY), time(13, 20), partial(self._duty, "zus_declaration", paid_in)
            yield moved_back(owed_in + 18 * ONE_DAY), time(13, 20), partial(self._duty, "pit_advance", paid_in)
        january = date(self.line.today.year, 1, 1)
        if january > self.plan.first_on:
            yield moved_back(january + 27 * ONE_DAY), time(13, 20), partial(self._tax_returns, january)

    def _order(self, month: date) -> None:
        """On the day of the transfers."""
        row = PaymentList.objects.get(pk=self.builder.counted[month].pk)
        self.do(orders.make_order, row, pay_on=self.builder.clock.today, by="payroll")

    def _refund(self, month: date) -> Refund:
        return Refund.objects.get(centre=self.centre, month=month, number=1)

    def _ask_refund(self, month: date) -> None:
        office = offices(self.centre).get()
        self.do(refunds.prepare_refund, self.centre, month=month, office=office, by="payroll")

    def _sign_refund(self, month: date) -> None:
        self.do(refunds.sign_refund, self._refund(month), by=self.builder.head)

    def _send_refund(self, month: date) -> None:
        self.do(refunds.send_refund, self._refund(month), sent_on=self.builder.clock.today, by="payroll")

    def _refunded(self, month: date) -> None:
        row = self._refund(month)
        said = {"paid_on": self.builder.clock.today, "amount": standing(row).left}
        self.do(refunds.record_refund_payment, row, by="payroll", **said)

    def _duty(self, kind: str, month: date) -> None:
        paid = Settlement.objects.approved().filter(payment_list__centre=self.centre)
        paid = paid.filter(payment_list__payday__range=(month, month_end(month)))
        names = ("tax",) if kind == "pit_advance" else ("zus_pension", "zus_disability")
        sums = paid.aggregate(**{name: Sum(name, default=NOTHING) for name in names})
        said = {"done_on": self.builder.clock.today, "amount": sum(sums.values(), NOTHING)}
        self.do(payer.record_duty, self.centre, kind, month, by="payroll", **said)

    def _tax_returns(self, january: date) -> None:
        self.do(payer.issue_tax_returns, self.centre, january.year - 1, by="payroll")
        period = january.replace(year=january.year - 1)
        self.do(payer.record_duty, self.centre, "pit_return", period, done_on=self.builder.clock.today, by="payroll")
