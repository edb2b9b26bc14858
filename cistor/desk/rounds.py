"""What waits in the open rounds: for each recruiter, for who ends the scoring, and for who closes the round."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.query import QuerySet
from django.urls import reverse

from cistor.accounts.models import User
from cistor.desk.matters import Matter
from cistor.templatetags.cistor import plural
from referrals.models import Application, Candidacy, Round, Score
from referrals.ranking import STATE, UNFINISHED
from referrals.recruiting import SCORED_IN

State, Method = Application.Recruitment, Round.Method


def to_score(user: User, on: date) -> Iterator[Matter]:
    """Nobody else knows whom the user has scored, so nobody else can remind."""
    if not user.may("score", on=on):
        return
    asked = Q(**{f"{STATE}__in": SCORED_IN}, round__method=Method.SCORES) & ~_scored_by(user)
    for pk, name, people in _by_round(_going_on(user, on).filter(asked)):
        word = plural(people, "kandydat czeka,kandydatów czeka,kandydatów czeka")
        yield Matter("soon", "oceń", f"{name}: {people} {word} na Twoją ocenę", _url(pk))


def to_end(user: User, on: date) -> Iterator[Matter]:
    """Whose scores can be closed. Before the user's own score it would only tell them to leave it out."""
    if not user.may("prepare_programme", on=on):
        return
    known = Q(income_per_head__isnull=False) | Q(jobless_since__isnull=False)
    by_points = Q(**{f"{STATE}__in": SCORED_IN}, round__method=Method.POINTS) & known
    by_scores = Q(**{STATE: State.INTERVIEWED}, round__method=Method.SCORES) & _scored_by(user)
    for pk, name, people in _by_round(_going_on(user, on).filter(by_points | by_scores)):
        word = plural(people, "kandydata,kandydatów,kandydatów")
        yield Matter("info", "do zamknięcia", f"{name}: oceny {people} {word} można zamknąć", _url(pk))


def to_close(user: User, on: date) -> Iterator[Matter]:
    """Rounds in which everybody left is scored."""
    if not user.may("decide_programme", on=on):
        return
    unfinished = Count("pk", filter=Q(**{f"{STATE}__in": UNFINISHED}))
    rows = _going_on(user, on).filter(**{f"{STATE}__in": [*UNFINISHED, State.SCORED]})
    ready = rows.values("round", "round__name").annotate(unfinished=unfinished).filter(unfinished=0)
    for row in ready.order_by("round__opened_on", "round"):
        yield Matter("soon", "zamknij", f"{row['round__name']}: wszyscy ocenieni, można zamknąć", _url(row["round"]))


def _going_on(user: User, on: date) -> QuerySet[Candidacy]:
    rows = Candidacy.objects.visible_to(user, on=on).standing()
    return rows.filter(round__closed_on=None, application__status=Application.Status.OPEN)


def _scored_by(user: User) -> Q:
    return Q(Exists(Score.objects.filter(candidacy=OuterRef("pk"), recruiter=user)))


def _by_round(rows: QuerySet[Candidacy]) -> Iterator[tuple[int, str, int]]:
    """(pk and name of the round, number of people), the oldest round first."""
    counted = rows.values("round", "round__name").annotate(people=Count("pk")).order_by("round__opened_on", "round")
    return iter(counted.values_list("round", "round__name", "people"))


def _url(pk: int) -> str:
    return reverse("referrals:round", args=[pk])
