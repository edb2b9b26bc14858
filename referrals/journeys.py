"""The days on which applications reached the steps of their way, out of the tables."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Least

from referrals.models import Application, Candidacy, Consent, Offer, Opinion, Referral
from referrals.way import STEPS, Journey


def journeys(rows: QuerySet[Application]) -> list[Journey]:
    """One query, whatever their number; what was taken back and who left a round do not count."""
    found = rows.annotate(
        opinion=_deed(Opinion.objects.all()),
        consent=_deed(Consent.objects.filter(is_granted=True)),
        referral=_deed(Referral.objects.all()),
        entered=_first(Candidacy.objects.filter(left_on=None), "entered_on"),
        interview=_first(Candidacy.objects.filter(left_on=None), "interview_on"),
        qualified=Least(_qualified_by_list(), _qualified_by_offer()),
    )
    columns = ("submitted_on", "sent_on", "received_on", "opinion", "consent", "referral", "entered", "interview")
    days = found.values_list(*columns, "qualified", "programme__signed_on")
    return [dict(zip((step.name for step in STEPS), row, strict=True)) for row in days]


def _deed(rows: QuerySet) -> Subquery:
    return Subquery(rows.filter(application=OuterRef("pk"), taken_back_on=None).values("done_on")[:1])


def _first(candidacies: QuerySet[Candidacy], column: str) -> Subquery:
    rows = candidacies.filter(application=OuterRef("pk"), **{f"{column}__isnull": False})
    return Subquery(rows.order_by(column).values(column)[:1])


def _qualified_by_list() -> Subquery:
    rows = Candidacy.objects.filter(outcome=Candidacy.Outcome.QUALIFIED)
    return _first(rows, "round__closed_on")


def _qualified_by_offer() -> Subquery:
    """From the reserve list: when the free place was accepted."""
    rows = Offer.objects.filter(candidacy__application=OuterRef("pk"), is_accepted=True)
    return Subquery(rows.order_by("answered_on").values("answered_on")[:1])
