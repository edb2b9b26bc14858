"""A free place is offered down the reserve list, one place to one person."""

from datetime import date, timedelta

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Regulations
from cistor.dates import add_calendar_days, day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions import participant as people
from participants.actions.checking import refuse_days
from referrals import places
from referrals.actions.candidates import decline
from referrals.actions.locks import locked_open
from referrals.models import RECRUITMENT_MOVES, Application, Candidacy, Offer, Round

# A term further away holds the place of somebody who waits.
LONGEST_TERM = timedelta(days=60)


def answer_due(in_round: Round, offered_on: date) -> date | None:
    """The term of the regulations, in calendar days, moved on from a day off; None where they set none."""
    regulations = Regulations.objects.version(in_round.centre_id, offered_on)
    days = regulations.offer_days if regulations else None
    return add_calendar_days(offered_on, days, one_off_holidays()) if days is not None else None


@transaction.atomic
def offer(
    candidacy: Candidacy, *, way: str, offered_on: date, answer_due_on: date | None = None, by: User, on: date
) -> Offer:
    """Offer a free place of the round to the next of its reserve list; without a term, that of the regulations."""
    in_round = _held(candidacy.round_id)
    application = locked_open(candidacy.application)
    refuse_days(offered_on=offered_on, answer_due_on=answer_due_on)
    _refuse_wrong_day(offered_on, in_round, on)
    _refuse_out_of_turn(candidacy, in_round, on)
    due = _sensible(answer_due_on or answer_due(in_round, offered_on), offered_on)
    if way not in Candidacy.Way.values:
        raise Refused("Wybierz, jak zaproponowano miejsce.", field="way")
    made = Offer.objects.create(candidacy=candidacy, offered_on=offered_on, offered_by=by, way=way, answer_due_on=due)
    record(made, "place_offered", by=by, application=application.pk, offered_on=offered_on, answer_due_on=due, way=way)
    return made


def _held(pk: int) -> Round:
    """The places of a round are given one after another: two at once never give the same one."""
    return Round.objects.select_for_update(no_key=True).get(pk=pk)


def _refuse_wrong_day(offered_on: date, in_round: Round, on: date) -> None:
    if in_round.closed_on is None:
        raise Refused("Ten nabór trwa. Miejsca z listy rezerwowej proponuje się po jego zamknięciu.")
    if offered_on > on:
        raise Refused("Dzień propozycji nie może być z przyszłości.", field="offered_on")
    if offered_on < in_round.closed_on:
        raise Refused(
            f"Listę rezerwową ogłoszono {day_text(in_round.closed_on)}, więc wcześniej nie było czego proponować.",
            field="offered_on",
        )


def _refuse_out_of_turn(candidacy: Candidacy, in_round: Round, on: date) -> None:
    if candidacy.offers.filter(is_accepted=None).exists():
        raise Refused("Tej osobie zaproponowano już miejsce. Zapisz jej odpowiedź.")
    if not places.free_places(in_round, on):
        raise Refused("W tym naborze nie ma wolnego miejsca.")
    following = places.next_in_line(in_round, on)
    if following is None:
        raise Refused("Na liście rezerwowej nie ma nikogo, komu można zaproponować miejsce.")
    if following.pk != candidacy.pk:
        raise Refused(f"Najpierw kolejna osoba z listy rezerwowej: miejsce {following.place}.")


def _sensible(due: date | None, offered_on: date) -> date:
    if due is None:
        raise Refused("Podaj, do kiedy czekasz na odpowiedź: regulamin nie ustala terminu.", field="answer_due_on")
    if not offered_on <= due <= offered_on + LONGEST_TERM:
        raise Refused(
            f"Na odpowiedź czeka się od dnia propozycji najdłużej {LONGEST_TERM.days} dni.", field="answer_due_on"
        )
    return due


@transaction.atomic
def answer(
    offer: Offer,
    *,
    is_accepted: bool,
    is_silent: bool = False,
    answered_on: date,
    note: str = "",
    by: User,
    on: date,
) -> Offer:
    """Accepted: qualified. Declined, with the reason in `note`, or silent until the term has passed: off the list."""
    # The person first, as whoever erases does.
    people.locked(offer.candidacy.application.participant)
    in_round = _held(offer.candidacy.round_id)
    application = locked_open(offer.candidacy.application)
    offer = Offer.objects.select_related("candidacy").get(pk=offer.pk)
    refuse_days(answered_on=answered_on)
    _refuse_wrong_answer(offer, answered_on, on)
    if is_accepted:
        _refuse_without_place(in_round, on)
        _record(offer, "offer_accepted", answered_on=answered_on, note=note.strip(), by=by)
        RECRUITMENT_MOVES.make(application, "qualify")
        application.save(update_fields=["recruitment_state"])
    else:
        reason = _why_not(offer, note.strip(), answered_on if is_silent else None)
        _record(offer, "offer_declined", answered_on=answered_on, note=reason, by=by)
        decline(offer.candidacy, reason=reason, by=by, on=on)
    return offer


def _record(offer: Offer, verb: str, *, answered_on: date, note: str, by: User) -> None:
    offer.is_accepted, offer.answered_on, offer.answer_by, offer.note = verb == "offer_accepted", answered_on, by, note
    offer.save(update_fields=["is_accepted", "answered_on", "answer_by", "note"])
    record(offer, verb, by=by, answered_on=answered_on)


def _refuse_wrong_answer(offer: Offer, answered_on: date, on: date) -> None:
    if offer.answered_on:
        raise Refused(f"Odpowiedź zapisano już z dniem {day_text(offer.answered_on)}.")
    if answered_on > on:
        raise Refused("Dzień odpowiedzi nie może być z przyszłości.", field="answered_on")
    if answered_on < offer.offered_on:
        raise Refused(f"Miejsce zaproponowano dopiero {day_text(offer.offered_on)}.", field="answered_on")


def _refuse_without_place(in_round: Round, on: date) -> None:
    """The place that was offered can be gone again: what was taken back meanwhile may have filled the round."""
    if places.holders(in_round, on).count() >= in_round.places:
        raise Refused("W tym naborze nie ma już wolnego miejsca: wszystkie są zajęte.")


def _why_not(offer: Offer, note: str, silent_on: date | None) -> str:
    """The reason; of the silent that they were, which cannot be said before the term is over."""
    if silent_on is None:
        if not note:
            raise Refused("Napisz, dlaczego osoba nie przyjmuje miejsca.", field="note")
        return note
    if silent_on <= offer.answer_due_on:
        raise Refused(
            f"Osoba ma czas na odpowiedź do {day_text(offer.answer_due_on)}. Brak odpowiedzi stwierdza się później.",
            field="answered_on",
        )
    return f"Brak odpowiedzi do {day_text(offer.answer_due_on)}. {note}".strip()


def close_offers(application: Application, *, by: User, on: date) -> None:
    """Whoever closes the application answers what is offered, so that no offer waits for somebody who is gone."""
    for offer in Offer.objects.filter(candidacy__application=application, is_accepted=None):
        _record(offer, "offer_closed", answered_on=on, note="Wniosek zamknięto.", by=by)


def hold_its_round(application: Application) -> Round | None:
    """The round in which the application stands, its places held; to be called before the application is locked."""
    stands = application.candidacies.newest().first()
    return _held(stands.round_id) if stands else None


def seat(application: Application, in_round: Round | None, on: date) -> None:
    """Who comes back into a round that has given their place away stands on its reserve list (the act saves it)."""
    is_qualified = application.recruitment_state == Application.Recruitment.QUALIFIED
    if is_qualified and in_round and not places.free_places(in_round, on):
        RECRUITMENT_MOVES.make(application, "lose_place")
