from participants.models.after import Certificate, Clearance, FollowUp
from participants.models.decisions import Delivery, Extension, ProgrammeRequest, Termination
from participants.models.file import FilePaper
from participants.models.group import Group, GroupLead, Membership
from participants.models.participant import Participant, PaymentMethod, TaxStatement
from participants.models.plan import Annex, Goal, GoalOutcome, Plan
from participants.models.programme import Phase, Programme, Stage
from participants.models.trial import QualificationReply, TrialAssessment

__all__ = [
    "Annex",
    "Certificate",
    "Clearance",
    "Delivery",
    "Extension",
    "FilePaper",
    "FollowUp",
    "Goal",
    "GoalOutcome",
    "Group",
    "GroupLead",
    "Membership",
    "Participant",
    "PaymentMethod",
    "Phase",
    "Plan",
    "Programme",
    "ProgrammeRequest",
    "QualificationReply",
    "Stage",
    "TaxStatement",
    "Termination",
    "TrialAssessment",
]
