from participants.models.file import FilePaper
from participants.models.group import Group, GroupLead, Membership
from participants.models.participant import Participant, PaymentMethod, TaxStatement
from participants.models.programme import Phase, Programme, Stage

__all__ = [
    "FilePaper",
    "Group",
    "GroupLead",
    "Membership",
    "Participant",
    "PaymentMethod",
    "Phase",
    "Programme",
    "Stage",
    "TaxStatement",
]
