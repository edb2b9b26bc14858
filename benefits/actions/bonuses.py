"""The motivational bonus: asked for, opined, decided on (S1 § 3 ust. 2, S2 § 8 ust. 2)."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from benefits.documents.bonus import bonus_request
from benefits.models import Bonus, BonusOpinion
from benefits.reading.bonuses import Cap, asked, caps_of, is_supported, regulations_of
from cistor.accounts.models import User
from cistor.dates import day_text, month_text
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.money import zloty
from participants.actions.checking import refuse_invalid
from participants.actions.deciding import say_no
from participants.actions.stages import locked_programme
from participants.models import Participant, Programme

KIND = "bonus_request"
INSTRUCTOR_ASKS = "O premię wnosi instruktor prowadzący grupę tej osoby."


@transaction.atomic
def ask_bonus(
    programme: Programme,
    *,
    month: date,
    amount: Decimal | None = None,
    percent: Decimal | None = None,
    reason: str,
    by: User,
    on: date,
) -> Bonus:
    """Ask for a bonus for the month, by its first day: an amount, or a percent of what the cap is a part of.

    The instructor of the group asks; where the regulations need no request, whoever decides may begin one. Refused for
    a month that has not begun, above the cap, and while another request of the month waits or was granted.
    """
    programme = locked_programme(programme)
    cap = cap_for(programme, month, on=on)
    if not may_ask(programme.participant, cap, by=by, on=on):
        raise Refused(INSTRUCTOR_ASKS)
    if (amount is None) == (percent is None):
        raise Refused("Podaj kwotę albo procent.", field="amount")
    if not reason.strip():
        raise Refused("Napisz, jaka postawa i jakie postępy przemawiają za premią.", field="reason")
    bonus = Bonus(programme=programme, month=month, asked_amount=amount, asked_percent=percent)
    bonus.reason, bonus.asked_by, bonus.asked_on = reason.strip(), by, on
    refuse_invalid(bonus)
    _refuse_above(asked(bonus, cap), cap, field="percent" if amount is None else "amount")
    bonus.save(force_insert=True)
    record(bonus, "bonus_asked", by=by, month=month, amount=amount, percent=percent)
    return bonus


def may_ask(participant: Participant, cap: Cap, *, by: User, on: date) -> bool:
    if participant.open_to(by, "ask_bonus", on=on):
        return True
    regulations = regulations_of(participant.centre_id, cap)
    needed = regulations is None or regulations.bonus_needs_request
    return not needed and participant.open_to(by, "decide_bonus", on=on)


def cap_for(programme: Programme, month: date, *, on: date) -> Cap:
    """What the month allows; refused for a day that begins no month, and for a month that has not begun."""
    if month.day != 1:
        raise Refused("Miesiąc podaje się jego pierwszym dniem.", field="month")
    if month > on:
        raise Refused(f"{month_text(month).capitalize()} jeszcze się nie zaczął.", field="month")
    return caps_of(programme.participant.centre, [programme], month)[programme.pk]


@transaction.atomic
def withdraw_bonus(bonus: Bonus, *, by: User, on: date) -> Bonus:
    """Whoever asked takes the request back, as long as nobody has decided."""
    bonus = _held(bonus)
    if bonus.asked_by_id != by.pk:
        raise Refused("Wniosek wycofuje ten, kto go wpisał.")
    _refuse_over(bonus)
    bonus.withdrawn_on = on
    bonus.save(update_fields=["withdrawn_on"])
    record(bonus, "bonus_withdrawn", by=by)
    return bonus


@transaction.atomic
def opine_bonus(bonus: Bonus, *, is_positive: bool, text: str, by: User, on: date) -> BonusOpinion:
    """What somebody of the social reintegration staff thinks; the newest of each person counts, until the decision."""
    bonus = _held(bonus)
    participant = bonus.programme.participant
    if not participant.open_to(by, "opine_bonus", on=on):
        raise Refused("Wnioski o premię opiniują pracownicy reintegracji społecznej.")
    if bonus.asked_by_id == by.pk and not participant.centre.single_handed:
        raise Refused("Własny wniosek opiniuje ktoś inny.")
    _refuse_over(bonus)
    if not is_positive and not text.strip():
        raise Refused("Opinia negatywna wymaga uzasadnienia.", field="text")
    opinion = BonusOpinion.objects.create(bonus=bonus, is_positive=is_positive, text=text.strip(), by=by, given_on=on)
    record(bonus, "bonus_opined", by=by, is_positive=is_positive)
    return opinion


@transaction.atomic
def decide_bonus(bonus: Bonus, *, granted: bool, amount: Decimal | None = None, note: str, by: User, on: date) -> Bonus:
    """Grant the amount, by default what was asked for, or refuse; a note says why not, or why less.

    The request with its opinions and the decision is issued as a paper. Refused without a positive opinion where the
    regulations ask for one, above the cap and above the request, and to whoever asked or opined, unless the centre is
    led by one person.
    """
    bonus = _held(bonus)
    bonus.amount = check_decision(bonus, granted=granted, amount=amount, note=note, by=by, on=on)
    bonus.granted, bonus.note, bonus.decided_by, bonus.decided_on = granted, note.strip(), by, on
    bonus.decided_for = by.acts_for("decide_bonus", on=on)
    bonus.document = _issued(bonus, by=by, on=on)
    fields = ["granted", "amount", "note", "decided_by", "decided_for", "decided_on", "document"]
    bonus.save(update_fields=fields)
    record(
        bonus,
        "bonus_granted" if granted else "bonus_refused",
        by=by,
        amount=bonus.amount,
        number=bonus.document.number,
    )
    return bonus


def check_decision(
    bonus: Bonus, *, granted: bool, amount: Decimal | None, note: str, by: User, on: date
) -> Decimal | None:
    """What would be granted, None with a refusal; Refused where it cannot be decided so."""
    _refuse_decider(bonus, by=by, on=on)
    _refuse_over(bonus)
    if not granted:
        say_no(note)
        return None
    cap = cap_for(bonus.programme, bonus.month, on=on)
    regulations, wanted = regulations_of(bonus.programme.participant.centre_id, cap), asked(bonus, cap)
    if (regulations is None or regulations.bonus_needs_opinion) and not is_supported(bonus.opinions.all()):
        raise Refused("Brakuje pozytywnej opinii pracownika reintegracji społecznej; bez niej premii nie ma.")
    amount = wanted if amount is None else amount
    if amount <= 0:
        raise Refused("Przyznana premia musi być większa od zera; bez premii wybierz odmowę.", field="amount")
    _refuse_above(amount, cap, field="amount")
    if amount > wanted:
        raise Refused(f"Wniosek jest o {zloty(wanted)}; więcej przyznać nie można.", field="amount")
    if amount < wanted and not note.strip():
        raise Refused("To mniej niż we wniosku: napisz, dlaczego.", field="note")
    return amount


def may_decide(bonus: Bonus, *, by: User) -> bool:
    """Whether they had no part in the request; the right is asked for apart."""
    took_part = bonus.asked_by_id == by.pk or any(opinion.by_id == by.pk for opinion in bonus.opinions.all())
    return not took_part or bonus.programme.participant.centre.single_handed


def _refuse_decider(bonus: Bonus, *, by: User, on: date) -> None:
    if not bonus.programme.participant.open_to(by, "decide_bonus", on=on):
        raise Refused("O premii rozstrzyga kierujący centrum albo osoba, która go tego dnia zastępuje.")
    if not may_decide(bonus, by=by):
        raise Refused("O premii rozstrzyga ktoś inny niż osoba, która o nią wniosła albo wydała opinię.")


def _refuse_above(amount: Decimal, cap: Cap, *, field: str) -> None:
    if amount > cap.amount:
        raise Refused(f"Premia może wynieść najwyżej {zloty(cap.amount)}: {cap.because}.", field=field)


def _refuse_over(bonus: Bonus) -> None:
    if bonus.withdrawn_on:
        raise Refused("Ten wniosek jest już wycofany.")
    if bonus.decided_on:
        raise Refused(f"O tej premii rozstrzygnięto już {day_text(bonus.decided_on)}.")


def _held(bonus: Bonus) -> Bonus:
    """The person first, as in every act about a programme, then the request read anew."""
    programme = locked_programme(bonus.programme)
    fresh = Bonus.objects.select_for_update(of=("self",), no_key=True).get(pk=bonus.pk)
    fresh.programme = programme
    return fresh


def _issued(bonus: Bonus, *, by: User, on: date) -> Document:
    participant = bonus.programme.participant
    context = bonus_request(bonus, on=on)
    return issue(kind=KIND, centre=participant.centre, participant=participant, context=context, by=by, on=on)
