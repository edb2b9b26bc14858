"""A round from its opening to its closing. Whoever needs both holds the round before the applications."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.actions import seal
from cistor.centres.models import Centre, Regulations
from cistor.dates import day_text
from cistor.documents.actions import issue
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from referrals import documents, ranking
from referrals.actions.locks import locked_open
from referrals.models import RECRUITMENT_MOVES, Application, Candidacy, Offer, Project, Round, RoundPaper

State, Outcome = Application.Recruitment, Candidacy.Outcome
# What may be set while the round is open; its regulations and method stay those of its first day.
FIELDS = ("name", "places", "project", "classes_on")
PROMISED = ("name", "start_on", "end_on", "planned_women", "planned_men")


@transaction.atomic
def save_project(centre: Centre, project: Project | None = None, *, by: User, on: date, **fields: Any) -> Project:
    """A project with the numbers of women and men it has promised; a new one unless `project` is given."""
    held = Project.objects.select_for_update(no_key=True).get(pk=project.pk) if project else Project(centre=centre)
    if unknown := set(fields) - set(PROMISED):
        raise TypeError(f"not what is said of a project: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(held, name, value)
    refuse_days(start_on=held.start_on, end_on=held.end_on)
    refuse_invalid(held)
    held.save(update_fields=list(fields) if project else None)
    record(held, "project_saved", by=by)
    return held


@transaction.atomic
def open_round(
    centre: Centre,
    *,
    name: str,
    places: int,
    project: Project | None = None,
    classes_on: date | None = None,
    by: User,
    on: date,
) -> Round:
    """By the regulations of the day; Refused where they name no method, or not what the method needs."""
    regulations = Regulations.objects.version(centre, on)
    if obstacle := ranking.obstacle(regulations, on):
        raise Refused(obstacle)
    assert regulations  # noqa: S101 - without regulations there is an obstacle
    opened = Round(centre=centre, regulations=regulations, method=regulations.recruitment, opened_on=on, opened_by=by)
    _set(opened, {"name": name, "places": places, "project": project, "classes_on": classes_on})
    opened.save(force_insert=True)
    record(opened, "round_opened", by=by, places=places)
    return opened


@transaction.atomic
def change_round(in_round: Round, *, by: User, on: date, **fields: Any) -> Round:
    """Correct what was entered, as long as the round is open."""
    held = held_open(in_round)
    _set(held, fields)
    held.save(update_fields=list(fields))
    record(held, "round_changed", by=by, places=held.places)
    return held


def _set(row: Round, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"not what is entered of a round: {sorted(unknown)}")
    is_moved = fields.get("classes_on", row.classes_on) != row.classes_on
    for name, value in fields.items():
        setattr(row, name, value)
    if is_moved and row.classes_on and row.classes_on < row.opened_on:
        told = f"Zajęcia nie zaczynają się przed otwarciem naboru ({day_text(row.opened_on)})."
        raise Refused(told, field="classes_on")
    if row.places < 1:
        raise Refused("Nabór ma co najmniej jedno miejsce.", field="places")
    if row.project and row.project.centre_id != row.centre_id:
        raise Refused("To projekt innego centrum.", field="project")
    refuse_days(classes_on=row.classes_on)
    refuse_invalid(row)


def held_open(in_round: Round) -> Round:
    """The row as it stands now, held to the end of the transaction; Refused when the round is closed."""
    held = Round.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("regulations", "centre").get(pk=in_round.pk)
    refuse_closed(found)
    return found


def refuse_closed(in_round: Round) -> None:
    if in_round.closed_on:
        raise Refused(f"Nabór „{in_round}” zamknięto {day_text(in_round.closed_on)}: jego listy się nie zmieniają.")


@transaction.atomic
def enter_all(
    in_round: Round, applications: Iterable[Application], *, despite_no_consent: bool = False, by: User, on: date
) -> list[Candidacy]:
    """All of them or none; one lock after another in their order, so that two at once wait for each other."""
    ordered = sorted(applications, key=lambda application: application.pk)
    if not ordered:
        raise Refused("Zaznacz, kogo dodać do naboru.")
    despite = {"despite_no_consent": despite_no_consent}
    return [enter_round(application, in_round, **despite, by=by, on=on) for application in ordered]


@transaction.atomic
def enter_round(
    application: Application, in_round: Round, *, despite_no_consent: bool = False, by: User, on: date
) -> Candidacy:
    """Somebody who waits, is on the reserve list of an earlier round or has fallen out of one enters this round.

    Refused while a place is offered, and for a decision of this very round, which has a way back of its own.
    Whom the office's head refused stands in it only where that was said.
    """
    in_round = held_open(in_round)
    application = locked_open(application)
    if application.centre_id != in_round.centre_id:
        raise ValueError("an application of another centre")
    earlier = Candidacy.objects.filter(round=in_round, application=application).first()
    _refuse_entry(application, earlier, on)
    _refuse_unsaid(application, despite_no_consent)
    RECRUITMENT_MOVES.make(application, "enter_round")
    application.save(update_fields=["recruitment_state"])
    candidacy = earlier or Candidacy(round=in_round, application=application)
    candidacy.entered_on, candidacy.entered_by, candidacy.left_on = on, by, None
    candidacy.save()
    record(candidacy, "candidate_entered", by=by, round=in_round.pk)
    return candidacy


def _refuse_entry(application: Application, earlier: Candidacy | None, on: date) -> None:
    if earlier and earlier.left_on is None:
        raise Refused(f"Wniosek {application} jest już w tym naborze.")
    # Of two entries on one day the later row is the newer one.
    if earlier and application.candidacies.filter(left_on=None, entered_on=on, pk__gt=earlier.pk).exists():
        raise Refused(f"Wniosek {application} wszedł dziś do innego naboru. Dodaj go innego dnia.")
    if Offer.objects.filter(candidacy__application=application, is_accepted=None).exists():
        raise Refused(
            f"Wniosek {application}: osobie zaproponowano miejsce z listy rezerwowej i jeszcze nie odpowiedziała."
        )


def _refuse_unsaid(application: Application, despite_no_consent: bool) -> None:
    """The two tracks know nothing of each other: the refusal may be taken back, and until then nobody is admitted."""
    if application.office_state == Application.Office.NO_CONSENT and not despite_no_consent:
        raise Refused(
            f"Wniosek {application}: kierownik urzędu nie zgodził się na skierowanie. Zaznacz, że i tak ją dodajesz.",
            field="despite_no_consent",
        )


# Closing --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def close_round(in_round: Round, *, by: User, on: date) -> Round:
    """Write points, place and outcome of everybody, move the applications, issue the lists. Once and for good.

    Refused while somebody in it is neither scored nor out, and to the second of two who close at once.
    """
    in_round = held_open(in_round)
    candidates = _held_candidates(in_round)
    if numbers := ", ".join(row.application.number for row in ranking.unfinished(in_round)):
        by_scores = in_round.method == Round.Method.SCORES
        said, what = ("są ocenieni", "oceny") if by_scores else ("mają punkty", "punkty")
        raise Refused(f"Nie wszyscy {said}: {numbers}. Zamknij ich {what} albo wycofaj ich z naboru.")
    if not candidates:
        raise Refused("W tym naborze nikogo nie ma, więc nie ma kogo zakwalifikować.")
    _write_places(in_round, candidates, by=by)
    _write_not_met(candidates)
    in_round.closed_on, in_round.closed_by = on, by
    in_round.save(update_fields=["closed_on", "closed_by"])
    # What explains the points must not change any more.
    seal(in_round.regulations, by=by, on=on)
    _issue_papers(in_round, by=by, on=on)
    record(in_round, "round_closed", by=by)
    return in_round


def _held_candidates(in_round: Round) -> list[Candidacy]:
    """Everybody still in the round, the applications held in their order."""
    rows = Candidacy.objects.filter(round=in_round, left_on=None)
    held = Application.objects.select_for_update(no_key=True).filter(pk__in=rows.values("application"))
    applications = {application.pk: application for application in held.order_by("pk")}
    found = list(rows.select_related("application__participant", "round__regulations").prefetch_related("scores"))
    for row in found:
        # What other acts have written until now stands in the held rows.
        applications[row.application_id].participant = row.application.participant
        row.application = applications[row.application_id]
    return [row for row in found if row.application.status == Application.Status.OPEN]


def _write_places(in_round: Round, candidates: list[Candidacy], *, by: User) -> None:
    # Who fell out may be scored by now, in a later round.
    standing = set(in_round.candidacies.standing().values_list("pk", flat=True))
    scored = [row for row in candidates if row.pk in standing and row.application.recruitment_state == State.SCORED]
    for one, row in ranking.ranked(in_round, scored):
        row.points, row.place = one.entrant.points, one.place  # type: ignore[assignment]
        row.outcome = Outcome.QUALIFIED if one.is_within else Outcome.RESERVE
        row.save(update_fields=["points", "place", "outcome"])
        RECRUITMENT_MOVES.make(row.application, "qualify" if one.is_within else "put_on_reserve")
        row.application.save(update_fields=["recruitment_state"])
        record(row, "candidate_placed", by=by, place=one.place, outcome=row.outcome)


def _write_not_met(candidates: list[Candidacy]) -> None:
    for row in candidates:
        if row.is_formally_met is False:
            row.outcome = Outcome.NOT_MET
            row.save(update_fields=["outcome"])


def _issue_papers(in_round: Round, *, by: User, on: date) -> None:
    """Each list twice: with the names for the house, and with the numbers alone for the notice board."""
    for kind in RoundPaper.Kind:
        for is_public in (False, True):
            context = documents.context("ranking", in_round, on, which=kind, is_public=is_public)
            people = [] if is_public else context["people"]
            paper = "public_ranking" if is_public else "ranking"
            document = issue(kind=paper, centre=in_round.centre, context=context, people=people, by=by, on=on)
            RoundPaper.objects.create(round=in_round, kind=kind, is_public=is_public, document=document)
