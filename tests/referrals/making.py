"""Applications, rounds and candidates in any state, straight into the tables; every name is invented."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from cistor.accounts.models import User
from cistor.accounts.roles import Role
from cistor.centres.models import Centre, Office, Regulations
from participants.models import Participant
from referrals.models import Application, Candidacy, Consent, Opinion, Referral, Round, Score
from tests.factories import make_participant, make_user

# A Monday; the day of the permission walks and of the browser tests comes nine days later.
SUBMITTED = date(2026, 3, 2)
STATES = list(Application.Office.values)
_numbers = count(1)


def somebody(centre: Centre) -> User:
    return User.objects.filter(centre=centre).order_by("pk").first() or make_user(centre, Role.SOCIAL_WORKER)


def welfare_office(centre: Centre) -> Office:
    return centre.offices.filter(kind="welfare").first() or Office.objects.create(
        centre=centre, kind="welfare", name="Ośrodek Pomocy Społecznej", short_name="OPS"
    )


def make_application(
    centre: Centre,
    *,
    participant: Participant | None = None,
    status: str = "open",
    office: Office | None = None,
    office_state: str = "to_send",
    recruitment_state: str = "waiting",
    on: date = SUBMITTED,
    by: User | None = None,
    **over,
) -> Application:
    """Somebody's application with everything that its states imply: opinion, consent and referral stand as rows."""
    by = by or somebody(centre)
    number = next(_numbers)
    said = {
        "applied_on": on,
        "applicant": "person",
        "consent_on": on,
        "category": "long_term_unemployed",
        "registered_at_pup": True,
        "reason": "Bez pracy od trzech lat.",
        "aim": "Powrót do pracy.",
    }
    submitted = {} if status == "draft" else {"number": f"W/{number}/{on.year}", "submitted_on": on, "submitted_by": by}
    closed = {"closed_on": on, "closed_by": by} if status in {"withdrawn", "refused"} else {}
    sent = {} if office_state == "to_send" else {"office": office or welfare_office(centre), "sent_on": on}
    if STATES.index(office_state) >= STATES.index("received"):
        sent["received_on"] = on + timedelta(days=1)
    application = Application.objects.create(
        **{
            "centre": centre,
            "participant": participant or make_participant(centre),
            "status": status,
            "office": office,
            "office_state": office_state,
            "recruitment_state": recruitment_state,
            "begun_on": on,
            "begun_by": by,
            **said,
            **submitted,
            **closed,
            **sent,
            **over,
        }
    )
    _add_deeds(application, office_state, on=on, by=by)
    return application


def _add_deeds(application: Application, state: str, *, on: date, by: User) -> None:
    shared = {"application": application, "by": by, "recorded_on": on, "from_paper": True}
    if state in {"opined", "consented", "referred", "no_consent"}:
        opined_on = on + timedelta(days=5)
        Opinion.objects.create(
            **shared, done_on=opined_on, interview_on=opined_on, author="Iga Testowa", is_positive=True, text="Tak."
        )
    if state in {"consented", "no_consent"}:
        granted = state == "consented"
        Consent.objects.create(
            **shared,
            done_on=on + timedelta(days=6),
            author="Ewa Testowa",
            is_granted=granted,
            reason="" if granted else "Nie.",
        )
    if state == "referred":
        Referral.objects.create(**shared, done_on=on + timedelta(days=7), author="Iga Testowa")


def make_round(
    centre: Centre, *, places: int = 2, closed_on: date | None = None, on: date = SUBMITTED, **over
) -> Round:
    """By the method of the centre's regulations of the day."""
    by, regulations = somebody(centre), Regulations.objects.version(centre, on)
    return Round.objects.create(
        **{
            "centre": centre,
            "regulations": regulations,
            "name": f"Nabór {next(_numbers)}",
            "method": regulations.recruitment or "scores",
            "places": places,
            "opened_on": on,
            "opened_by": by,
            "closed_on": closed_on,
            "closed_by": by if closed_on else None,
            **over,
        }
    )


def make_candidacy(
    in_round: Round, *, state: str = "entered", application: Application | None = None, on: date = SUBMITTED, **over
) -> Candidacy:
    """An application in the round, as far as `state` (of the recruitment track) says."""
    by = somebody(in_round.centre)
    application = application or make_application(in_round.centre, recruitment_state=state, on=on)
    Application.objects.filter(pk=application.pk).update(recruitment_state=state)
    application.recruitment_state = state
    facts = {"round": in_round, "application": application, "entered_on": on, "entered_by": by}
    if state != "entered":
        facts |= {"formal_on": on, "formal_by": by, "is_formally_met": True}
    if state not in {"entered", "checked"}:
        facts |= {"interview_on": on, "interview_by": by}
    if state in {"scored", "qualified", "reserve"}:
        facts |= {"scoring_closed_on": on, "scoring_closed_by": by}
    if state in {"qualified", "reserve"}:
        facts["outcome"] = state
    if in_round.method == Round.Method.POINTS:
        facts |= {
            "income_per_head": Decimal("400.00"),
            "income_proof": "statement",
            "jobless_since": on - timedelta(days=800),
        }
    return Candidacy.objects.create(**{**facts, **over})


def make_score(candidacy: Candidacy, recruiter: User, *, motivation=3, potential=3, prognosis=3, on=SUBMITTED) -> Score:
    return Score.objects.create(
        candidacy=candidacy,
        recruiter=recruiter,
        motivation=motivation,
        potential=potential,
        prognosis=prognosis,
        scored_on=on,
    )
