"""What a project has promised and what its rounds have reached: women, men, places (S2 § 4)."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from participants.models import Participant
from referrals.models import Application, Candidacy, Offer, Project, Round

Sex = Participant.Sex


@dataclass(frozen=True)
class Edition:
    """One round with who got a place in it: qualified, taken from the reserve list, or admitted already."""

    round: Round
    women: int
    men: int

    @property
    def people(self) -> int:
        return self.women + self.men


@dataclass(frozen=True)
class Reached:
    project: Project
    editions: list[Edition]

    @property
    def women(self) -> int:
        return sum(edition.women for edition in self.editions)

    @property
    def men(self) -> int:
        return sum(edition.men for edition in self.editions)

    @property
    def people(self) -> int:
        return self.women + self.men

    @property
    def planned(self) -> int:
        return self.project.planned_women + self.project.planned_men

    @property
    def places(self) -> int:
        return sum(edition.round.places for edition in self.editions)


def reached(project: Project) -> Reached:
    rounds = list(project.rounds.order_by("opened_on", "pk"))
    counts = _counts(rounds)
    of = {(row["round"], row["application__participant__sex"]): row["people"] for row in counts}
    return Reached(
        project,
        [Edition(row, of.get((row.pk, Sex.WOMAN), 0), of.get((row.pk, Sex.MAN), 0)) for row in rounds],
    )


def _counts(rounds: list[Round]):
    accepted = Exists(Offer.objects.filter(candidacy=OuterRef("pk"), is_accepted=True))
    kept = Q(
        application__recruitment_state=Application.Recruitment.QUALIFIED,
        application__status__in=[Application.Status.OPEN, Application.Status.ADMITTED],
    )
    rows = Candidacy.objects.standing().filter(kept, round__in=rounds)
    rows = rows.filter(Q(outcome=Candidacy.Outcome.QUALIFIED) | accepted)
    people = Count("application__participant", distinct=True)
    return rows.order_by().values("round", "application__participant__sex").annotate(people=people)
