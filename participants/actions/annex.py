"""Annexes: what changes in a signed programme, from when and why."""

from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.documents.actions import issue
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.plan import held_annex
from participants.actions.stages import locked_programme
from participants.documents import plan as papers
from participants.models import Annex, Programme


@transaction.atomic
def draft_annex(programme: Programme, *, changes: str, reason: str, in_force_from: date, by: User, on: date) -> Annex:
    """The next annex of a programme that goes on; one draft at a time."""
    programme = locked_programme(programme)
    _refuse_ended(programme, in_force_from, on)
    annex = Annex(programme=programme, number=programme.annexes.count() + 1, written_by=by)
    _set(annex, changes=changes, reason=reason, in_force_from=in_force_from)
    annex.save(force_insert=True)
    record(annex, "annex_drafted", by=by, number=annex.number, in_force_from=in_force_from)
    return annex


@transaction.atomic
def change_annex(annex: Annex, *, changes: str, reason: str, in_force_from: date, by: User, on: date) -> Annex:
    annex = held_annex(annex)
    _refuse_ended(annex.programme, in_force_from, on)
    _set(annex, changes=changes, reason=reason, in_force_from=in_force_from)
    annex.save(update_fields=["changes", "reason", "in_force_from"])
    record(annex, "annex_changed", by=by, number=annex.number, in_force_from=in_force_from)
    return annex


@transaction.atomic
def remove_annex(annex: Annex, *, by: User, on: date) -> None:
    """A draft that comes to nothing goes with its goals; its history stays, its number is given again."""
    annex = held_annex(annex)
    record(annex, "annex_removed", by=by, number=annex.number)
    annex.delete()


@transaction.atomic
def sign_annex(annex: Annex, *, signed_on: date, by: User, on: date) -> Annex:
    """Both sides have signed: the paper gets its number and the annex is final. It never works backwards.

    For the centre signs its head or a stand-in, the one who wrote it too: it is an agreement of two parties, and the
    participant signs as well, so that no second pair of eyes of the centre is asked for.
    """
    annex = held_annex(annex)
    person = annex.programme.participant
    if not person.open_to(by, "decide_programme", on=on):
        raise Refused("Aneks podpisuje kierujący centrum albo osoba, która go tego dnia zastępuje.")
    _refuse_ended(annex.programme, annex.in_force_from, on)
    _refuse_wrong_signature(annex, signed_on, on)
    annex.signed_on, annex.signed_by, annex.signed_for = signed_on, by, by.acts_for("decide_programme", on=on)
    context = papers.annex(person.centre, annex, on=on)
    annex.document = issue(kind="annex", centre=person.centre, context=context, by=by, on=on, participant=person)
    refuse_invalid(annex)
    annex.save(update_fields=["signed_on", "signed_by", "signed_for", "document"])
    record(annex, "annex_signed", by=by, number=annex.number, signed_on=signed_on)
    return annex


def _set(annex: Annex, *, changes: str, reason: str, in_force_from: date) -> None:
    refuse_days(in_force_from=in_force_from)
    if not changes.strip():
        raise Refused("Napisz, co się zmienia.", field="changes")
    if not reason.strip():
        raise Refused("Napisz, dlaczego program się zmienia.", field="reason")
    if in_force_from < annex.programme.signed_on:
        raise Refused(f"IPZS podpisano dopiero {annex.programme.signed_on:%d.%m.%Y}.", field="in_force_from")
    annex.changes, annex.reason, annex.in_force_from = changes.strip(), reason.strip(), in_force_from
    refuse_invalid(annex, but=["document"])


def _refuse_ended(programme: Programme, in_force_from: date, on: date) -> None:
    """An annex is written, signed and comes into force while the programme lasts."""
    if programme.is_over(on):
        raise Refused(f"Program zakończył się {programme.ended_on:%d.%m.%Y}. Aneks niczego już nie zmieni.")
    if programme.is_over(in_force_from):
        raise Refused(f"Program kończy się {programme.ended_on:%d.%m.%Y}.", field="in_force_from")


def _refuse_wrong_signature(annex: Annex, signed_on: date, on: date) -> None:
    refuse_days(signed_on=signed_on)
    if not annex.programme.signed_on <= signed_on <= on:
        raise Refused("Aneks podpisuje się po podpisaniu IPZS i najpóźniej dziś.", field="signed_on")
    if annex.in_force_from < signed_on:
        raise Refused(
            f"Aneks ma obowiązywać już od {annex.in_force_from:%d.%m.%Y}, a nie działa wstecz. Popraw ten dzień.",
            field="signed_on",
        )
