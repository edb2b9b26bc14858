from referrals.models.application import STATUS_MOVES, Application, ExclusionStatement
from referrals.models.office import OFFICE_MOVES, Consent, OfficeReminder, Opinion, Referral
from referrals.models.recruitment import (
    RECRUITMENT_MOVES,
    Candidacy,
    Offer,
    Project,
    Round,
    RoundPaper,
    Score,
)

__all__ = [
    "OFFICE_MOVES",
    "RECRUITMENT_MOVES",
    "STATUS_MOVES",
    "Application",
    "Candidacy",
    "Consent",
    "ExclusionStatement",
    "Offer",
    "OfficeReminder",
    "Opinion",
    "Project",
    "Referral",
    "Round",
    "RoundPaper",
    "Score",
]
