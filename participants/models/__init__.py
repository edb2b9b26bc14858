from participants.models.group import Group, GroupLead, Membership
from participants.models.participant import Participant, PaymentMethod, TaxStatement
from participants.models.programme import Programme, Stage

__all__ = [
    "Group",
    "GroupLead",
    "Membership",
    "Participant",
    "PaymentMethod",
    "Programme",
    "Stage",
    "TaxStatement",
]
