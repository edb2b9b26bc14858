"""The recruitment: rounds, who stands in them, the scores, and the reserve list's offers."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from cistor.crypto import EncryptedField
from cistor.fields import FractionField, ends_after_start
from cistor.moves import Moves
from cistor.scope import Scoped
from cistor.triggers import append_only, frozen, tracked
from referrals.models.application import Application

State = Application.Recruitment
IN_ROUND = [State.ENTERED, State.CHECKED, State.INTERVIEWED, State.SCORED]
DECIDED = [State.QUALIFIED, State.RESERVE]

RECRUITMENT_MOVES = Moves(
    {
        "enter_round": ([State.WAITING, State.RESERVE, State.DECLINED], State.ENTERED),
        "pass_formal_check": ([State.ENTERED], State.CHECKED),
        "hold_interview": ([State.CHECKED], State.INTERVIEWED),
        "close_scoring": ([State.CHECKED, State.INTERVIEWED], State.SCORED),
        "qualify": ([State.SCORED, State.RESERVE], State.QUALIFIED),
        "put_on_reserve": ([State.SCORED], State.RESERVE),
        "decline": ([*IN_ROUND, *DECIDED], State.DECLINED),
        # The application was closed, its place given to somebody else, and then it was opened again.
        "lose_place": ([State.QUALIFIED], State.RESERVE),
        # The ways back for mistakes.
        "leave_round": (IN_ROUND, State.WAITING),
        "leave_round_to_reserve": (IN_ROUND, State.RESERVE),
        "take_back_formal_check": ([State.CHECKED], State.ENTERED),
        "take_back_interview": ([State.INTERVIEWED], State.CHECKED),
        "reopen_scoring": ([State.SCORED], State.INTERVIEWED),
        "reopen_scoring_without_interview": ([State.SCORED], State.CHECKED),
        # To where it stood before.
        **{f"take_back_decline_to_{state}": ([State.DECLINED], state) for state in (*IN_ROUND, *DECIDED)},
    },
    field="recruitment_state",
)


@tracked
class Project(models.Model):
    """A project of several yearly editions, with the numbers it has promised (S2 § 4)."""

    centre_path = "centre"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="projects")
    name = models.CharField("nazwa", max_length=200)
    start_on = models.DateField("od")
    end_on = models.DateField("do", null=True, blank=True)
    planned_women = models.PositiveSmallIntegerField("planowana liczba kobiet", default=0)
    planned_men = models.PositiveSmallIntegerField("planowana liczba mężczyzn", default=0)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-start_on", "id"]
        constraints = [ends_after_start("project_ends_after_start")]

    def __str__(self):
        return self.name


@tracked
class Round(models.Model):
    """One recruitment: so many places, by the method of the regulations. Closed once; then its lists stand."""

    centre_path = "centre"

    class Method(models.TextChoices):
        SCORES = "scores", "oceny: motywacja, potencjał, rokowanie"
        POINTS = "points", "punkty: dochód, czas bez pracy"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="rounds")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="rounds")
    # Scale, weights, threshold and points are read from it.
    regulations = models.ForeignKey("centres.Regulations", models.PROTECT, related_name="rounds")
    name = models.CharField("nazwa", max_length=120)
    method = models.CharField("sposób", max_length=10, choices=Method)
    places = models.PositiveSmallIntegerField("miejsca")
    classes_on = models.DateField("początek zajęć", null=True, blank=True)
    opened_on = models.DateField("otwarto")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_on = models.DateField("zamknięto", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"], name="round_name_once", violation_error_message="Taki nabór już jest."
            ),
            models.CheckConstraint(
                name="round_closed_complete",
                condition=Q(closed_on__isnull=True, closed_by__isnull=True)
                | Q(closed_on__isnull=False, closed_by__isnull=False),
            ),
        ]
        triggers = [
            frozen(
                "closed_round",
                when="OLD.closed_on IS NOT NULL",
                business=("centre_id", "project_id", "regulations_id", "method", "places", "opened_on", "closed_on"),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


# What the lists of a closed round were made from; the erasure of a person may empty the facts, never the decision.
DECIDED_BY = ("round_id", "application_id", "points", "place", "outcome", "is_formally_met", "scoring_closed_on")
LISTED = " OR ".join(
    f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in (*DECIDED_BY, "income_per_head", "jobless_since")
)


class CandidacyQuerySet(Scoped):
    def newest(self):
        """Where each application stands now: whoever came to a later round has left the earlier one."""
        return self.filter(~_later(), left_on=None)

    def standing(self):
        """Of those, who has not fallen out."""
        return self.newest().filter(declined_on=None)

    def with_past(self):
        """`is_past`: the application came to a later round."""
        return self.annotate(is_past=_later())


def _later() -> Exists:
    newer = Q(entered_on__gt=OuterRef("entered_on")) | Q(entered_on=OuterRef("entered_on"), pk__gt=OuterRef("pk"))
    return Exists(Candidacy.objects.filter(newer, application=OuterRef("application"), left_on=None))


@tracked
class Candidacy(models.Model):
    """Somebody's application in a round: what was checked, found and decided."""

    centre_path = "round__centre"
    participant_path = "application__participant"
    without_person = dict.fromkeys(
        ("formal_note", "interview_note", "consultation_note", "told_note", "decline_reason"), ""
    ) | {"income_per_head": None, "jobless_since": None}

    class IncomeProof(models.TextChoices):
        STATEMENT = "statement", "oświadczenie kandydata"
        CERTIFICATE = "certificate", "zaświadczenie z OPS"

    class Outcome(models.TextChoices):
        QUALIFIED = "qualified", "zakwalifikowany"
        RESERVE = "reserve", "lista rezerwowa"
        NOT_MET = "not_met", "nie spełnia kryteriów"

    class Way(models.TextChoices):
        PHONE = "phone", "telefonicznie"
        EMAIL = "email", "e-mailem"
        LETTER = "letter", "listem"
        IN_PERSON = "in_person", "osobiście"

    round = models.ForeignKey(Round, models.PROTECT, related_name="candidacies")
    application = models.ForeignKey(Application, models.PROTECT, related_name="candidacies")
    entered_on = models.DateField("w naborze od")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    left_on = models.DateField("wycofano z naboru", null=True, blank=True)

    formal_on = models.DateField("ocena formalna", null=True, blank=True)
    formal_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    is_formally_met = models.BooleanField("spełnia kryteria", null=True, blank=True)
    formal_note = EncryptedField("uwagi do oceny formalnej", blank=True)

    interview_on = models.DateField("rozmowa", null=True, blank=True)
    interview_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    interview_note = EncryptedField("notatka z rozmowy", blank=True)
    consultation_on = models.DateField("konsultacja psychiatryczna: poproszono", null=True, blank=True)
    consultation_note = EncryptedField("konsultacja psychiatryczna", blank=True)

    # Facts of the method of points
    income_per_head = models.DecimalField("dochód na osobę", max_digits=8, decimal_places=2, null=True, blank=True)
    income_proof = models.CharField("źródło", max_length=12, choices=IncomeProof, blank=True)
    jobless_since = models.DateField("bez pracy od", null=True, blank=True)

    scoring_closed_on = models.DateField("oceny zamknięto", null=True, blank=True)
    scoring_closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    # Written when the round is closed; never afterwards.
    points = FractionField("punkty", null=True, blank=True)
    place = models.PositiveSmallIntegerField("miejsce", null=True, blank=True)
    outcome = models.CharField("wynik", max_length=10, choices=Outcome, blank=True)

    told_on = models.DateField("powiadomiono", null=True, blank=True)
    told_way = models.CharField("jak", max_length=10, choices=Way, blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    told_note = EncryptedField("uwagi", blank=True)

    declined_on = models.DateField("odpadł", null=True, blank=True)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decline_reason = EncryptedField("powód", blank=True)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        ordering = ["round", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "application"],
                name="candidacy_once_in_round",
                violation_error_message="Ten wniosek jest już w naborze.",
            ),
            models.UniqueConstraint(
                fields=["round", "place"], condition=Q(place__isnull=False), name="candidacy_place_once"
            ),
            models.CheckConstraint(
                name="candidacy_formal_complete",
                condition=Q(formal_on__isnull=True, formal_by__isnull=True, is_formally_met__isnull=True)
                | Q(formal_on__isnull=False, formal_by__isnull=False, is_formally_met__isnull=False),
            ),
        ]
        triggers = [
            # Telling, declining and leaving go on after the closing; what the lists were made from does not.
            frozen(
                "listed",
                when=f"OLD.outcome <> '' AND (TG_OP = 'DELETE' OR {LISTED})",
                business=DECIDED_BY,
            )
        ]

    def __str__(self):
        return f"{self.application_id} w naborze {self.round_id}"


class ScoreQuerySet(Scoped):
    def visible_to(self, user, *, on):
        """The own ones, and everybody's once the scoring of the candidate is closed."""
        return super().visible_to(user, on=on).exclude(~Q(recruiter=user.pk) & Score.unread)


@tracked
class Score(models.Model):
    """What one recruiter says of a candidate; nobody else reads it until the scoring is closed."""

    # Rows whose history nobody reads yet either.
    unread = Q(candidacy__scoring_closed_on=None)

    centre_path = "candidacy__round__centre"
    participant_path = "candidacy__application__participant"
    without_person = {"note": ""}

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="scores")
    recruiter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    motivation = models.PositiveSmallIntegerField("motywacja")
    potential = models.PositiveSmallIntegerField("potencjał")
    prognosis = models.PositiveSmallIntegerField("rokowanie")
    note = EncryptedField("uwagi", blank=True)
    scored_on = models.DateField("oceniono")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["candidacy", "id"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "recruiter"], name="score_once_a_recruiter"),
            models.CheckConstraint(
                name="score_from_one", condition=Q(motivation__gte=1, potential__gte=1, prognosis__gte=1)
            ),
        ]
        triggers = [
            frozen(
                "listed",
                when="EXISTS (SELECT FROM referrals_candidacy WHERE id = OLD.candidacy_id AND outcome <> '')",
                business=("candidacy_id", "recruiter_id", "motivation", "potential", "prognosis", "scored_on"),
            )
        ]

    def __str__(self):
        return f"{self.candidacy_id} {self.recruiter_id}"


class RoundPaper(models.Model):
    """A list that a closed round has issued."""

    centre_path = "round__centre"

    class Kind(models.TextChoices):
        RANKING = "ranking", "lista rankingowa"
        QUALIFIED = "qualified", "lista osób zakwalifikowanych"
        RESERVE = "reserve", "lista rezerwowa"

    round = models.ForeignKey(Round, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind)
    # Without names.
    is_public = models.BooleanField()
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "is_public"], name="round_paper_once"),
        ]
        triggers = [append_only("round_id", "kind", "is_public", "document_id")]

    def __str__(self):
        return f"{self.kind} {self.round_id}"


@tracked
class Offer(models.Model):
    """A free place offered to somebody on the reserve list."""

    centre_path = "candidacy__round__centre"
    participant_path = "candidacy__application__participant"
    without_person = {"note": ""}

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="offers")
    offered_on = models.DateField("zaproponowano")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way = models.CharField("jak", max_length=10, choices=Candidacy.Way)
    answer_due_on = models.DateField("odpowiedź do")
    answered_on = models.DateField("odpowiedziano", null=True, blank=True)
    is_accepted = models.BooleanField("przyjęto", null=True, blank=True)
    answer_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = EncryptedField("uwagi", blank=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-offered_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy"], condition=Q(is_accepted__isnull=True), name="offer_one_open"),
            models.CheckConstraint(
                name="offer_answer_complete",
                condition=Q(answered_on__isnull=True, is_accepted__isnull=True, answer_by__isnull=True)
                | Q(answered_on__isnull=False, is_accepted__isnull=False, answer_by__isnull=False),
            ),
            models.CheckConstraint(name="offer_due_after_made", condition=Q(answer_due_on__gte=models.F("offered_on"))),
        ]

    def __str__(self):
        return f"{self.candidacy_id} {self.offered_on}"
