"""The places of a closed round: who holds one, what is offered, how many are free and who is next in line.

Nothing of it is stored: it follows from the tracks of the applications, the offers and the programmes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from cistor.centres.models import Centre
from cistor.dates import day_text
from cistor.templatetags.cistor import plural
from referrals.models import Application, Candidacy, Offer, Round

State, Status = Application.Recruitment, Application.Status
# How long a place that nobody on the list can take is still told of.
NEWS = timedelta(days=30)


@dataclass(frozen=True)
class Places:
    """`held` + `offered` + `free` are the round's places; more than those hold one only where an act was taken back."""

    places: int
    held: int
    offered: int

    @property
    def free(self) -> int:
        return max(self.places - self.held - self.offered, 0)

    @property
    def over(self) -> int:
        return max(self.held + self.offered - self.places, 0)


def of_round(in_round: Round, on: date) -> Places:
    return Places(in_round.places, holders(in_round, on).count(), open_offers(in_round).count())


def free_places(in_round: Round, on: date) -> int:
    """Nobody is offered a place of a round that goes on: it has no list yet."""
    return 0 if in_round.is_open else of_round(in_round, on).free


def holders(in_round: Round, on: date) -> QuerySet[Candidacy]:
    """Who has a place: qualified or taken from the reserve list, until their programme has ended."""
    return _holding(on).filter(round=in_round)


def open_offers(in_round: Round) -> QuerySet[Offer]:
    """Places offered and not answered; what was offered to somebody whose application is closed holds nothing."""
    return _unanswered().filter(candidacy__in=_in_line().filter(round=in_round))


def next_in_line(in_round: Round, on: date) -> Candidacy | None:
    """The first of the reserve list to whom a place can be offered."""
    return _suitable().filter(round=in_round).select_related("application__participant").first()


def on_reserve_list(in_round: Round) -> QuerySet[Candidacy]:
    """Whom the closed round has put there, and who came back there from a place."""
    listed = Q(outcome=Candidacy.Outcome.RESERVE) | Q(pk__in=_in_line().values("pk"))
    return Candidacy.objects.filter(listed, round=in_round).order_by("place", "pk")


def _holding(on: date) -> QuerySet[Candidacy]:
    kept = Q(application__status__in=[Status.OPEN, Status.ADMITTED], application__recruitment_state=State.QUALIFIED)
    return Candidacy.objects.standing().filter(kept).exclude(application__programme__ended_on__lt=on)


def _in_line() -> QuerySet[Candidacy]:
    rows = Candidacy.objects.standing().filter(
        application__status=Status.OPEN, application__recruitment_state=State.RESERVE
    )
    return rows.order_by(F("place").asc(nulls_last=True), "pk")


def _unanswered() -> QuerySet[Offer]:
    return Offer.objects.filter(is_accepted=None)


def _asked() -> Exists:
    return Exists(_unanswered().filter(candidacy=OuterRef("pk")))


def _suitable() -> QuerySet[Candidacy]:
    """On a reserve list, without an offer that waits for an answer, and not refused by the office's head.

    A negative opinion only advises: who has it is skipped by whoever strikes them off the list, with a reason.
    """
    return _in_line().exclude(_asked()).exclude(application__office_state=Application.Office.NO_CONSENT)


# What became of the places -------------------------------------------------------------------------------------------


class Freed(NamedTuple):
    """Somebody had a place and has it no more; `on` is None where nobody wrote the day down."""

    candidacy: Candidacy
    on: date | None
    why: str


def freed(in_round: Round, on: date) -> list[Freed]:
    """Who gave a place back, when and why, the latest first."""
    rows = Candidacy.objects.filter(_had_place(), round=in_round).exclude(pk__in=_holding(on).values("pk"))
    rows = rows.select_related("application__participant", "application__programme")
    found = [_gave_back(row, on) for row in rows]
    return sorted(found, key=lambda one: one.on or date.min, reverse=True)


def _had_place() -> Q:
    accepted = Offer.objects.filter(candidacy=OuterRef("pk"), is_accepted=True)
    return Q(outcome=Candidacy.Outcome.QUALIFIED) | Exists(accepted)


def _gave_back(candidacy: Candidacy, on: date) -> Freed:
    application, programme = candidacy.application, candidacy.application.programme
    if programme and programme.ended_on and programme.ended_on < on:
        return Freed(candidacy, programme.ended_on, f"program zakończony ({programme.get_end_kind_display()})")
    if candidacy.declined_on:
        return Freed(candidacy, candidacy.declined_on, "rezygnacja albo skreślenie z listy")
    if application.closed_on:
        return Freed(candidacy, application.closed_on, f"wniosek zamknięty ({application.get_status_display()})")
    if application.recruitment_state == State.RESERVE:
        return Freed(candidacy, None, "wraca na listę rezerwową, bo miejsce ma już ktoś inny")
    return Freed(candidacy, candidacy.left_on, "poza naborem")


# For the desk --------------------------------------------------------------------------------------------------------


class Told(NamedTuple):
    """A matter of the desk, as `cistor.desk.waiting.Matter` takes it."""

    kind: str
    word: str
    text: str
    url: str
    due: date | None = None


def matters(centre: Centre, on: date) -> Iterator[Told]:
    """Offers past their term or waiting for an answer, and free places, round by round."""
    offers = _unanswered().filter(candidacy__in=_in_line().filter(round__centre=centre))
    for offer in offers.select_related("candidacy__application__participant").order_by("answer_due_on", "pk"):
        person, due = offer.candidacy.application.participant, offer.answer_due_on
        late = ("late", "po terminie") if due < on else ("soon", f"do {due:%d.%m}")
        text = f"{person}: propozycja miejsca, odpowiedź do {day_text(due)}"
        yield Told(*late, text, reverse("referrals:answer", args=[offer.pk]), due)
    for row, free, somebody in _with_free_places(centre, on):
        text = f"{row}: {free} {plural(free, 'wolne miejsce,wolne miejsca,wolnych miejsc')}"
        url = reverse("referrals:reserve", args=[row.pk])
        if somebody:
            yield Told("soon", "wolne", f"{text}, zaproponuj następnej osobie z listy rezerwowej", url)
        else:
            yield Told("info", "wolne", f"{text}, na liście rezerwowej nie ma nikogo", url)


def _with_free_places(centre: Centre, on: date) -> Iterator[tuple[Round, int, bool]]:
    """Rounds with a free place and whether somebody waits for it; one of which nobody waits only while it is news."""
    of_round = {"round": OuterRef("pk")}
    is_waited_for, is_news = Exists(_suitable().filter(**of_round)), Exists(_lately_ended(on).filter(**of_round))
    rows = Round.objects.filter(is_waited_for | is_news, centre=centre, closed_on__isnull=False)
    prefetched: list[Any] = [
        Prefetch("candidacies", _holding(on), to_attr="held"),
        Prefetch("candidacies", _in_line().filter(_asked()), to_attr="offered"),
    ]
    for row in rows.annotate(somebody=is_waited_for).prefetch_related(*prefetched):
        free = Places(row.places, len(row.held), len(row.offered)).free
        if free:
            yield row, free, row.somebody


def _lately_ended(on: date) -> QuerySet[Candidacy]:
    return Candidacy.objects.standing().filter(
        application__programme__ended_on__range=(on - NEWS, on - timedelta(days=1))
    )
