from participants.forms.ending import (
    CertificateForm,
    ClearanceForm,
    DeliveryForm,
    EndForm,
    FollowUpForm,
    TerminationDecisionForm,
)
from participants.forms.extension import AskExtensionForm, DecideExtensionForm
from participants.forms.file import PaperForm
from participants.forms.group import EndLeadForm, GroupForm, JoinForm, LeadForm, LeaveForm
from participants.forms.participant import CheckForm, FilterForm, NewPersonForm, PersonForm, SearchForm
from participants.forms.payment import EndTaxStatementForm, PaymentForm, TaxStatementForm
from participants.forms.programme import OfficeForm, PassForm, SignForm
from participants.forms.trial import AssessForm

__all__ = [
    "AskExtensionForm",
    "AssessForm",
    "CertificateForm",
    "CheckForm",
    "ClearanceForm",
    "DecideExtensionForm",
    "DeliveryForm",
    "EndForm",
    "EndLeadForm",
    "EndTaxStatementForm",
    "FilterForm",
    "FollowUpForm",
    "GroupForm",
    "JoinForm",
    "LeadForm",
    "LeaveForm",
    "NewPersonForm",
    "OfficeForm",
    "PaperForm",
    "PassForm",
    "PaymentForm",
    "PersonForm",
    "SearchForm",
    "SignForm",
    "TaxStatementForm",
    "TerminationDecisionForm",
]
