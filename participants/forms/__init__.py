from participants.forms.file import PaperForm
from participants.forms.group import EndLeadForm, GroupForm, JoinForm, LeadForm, LeaveForm
from participants.forms.participant import CheckForm, FilterForm, NewPersonForm, PersonForm, SearchForm
from participants.forms.payment import EndTaxStatementForm, PaymentForm, TaxStatementForm
from participants.forms.programme import EndForm, PassForm, SignForm

__all__ = [
    "CheckForm",
    "EndForm",
    "EndLeadForm",
    "EndTaxStatementForm",
    "FilterForm",
    "GroupForm",
    "JoinForm",
    "LeadForm",
    "LeaveForm",
    "NewPersonForm",
    "PaperForm",
    "PassForm",
    "PaymentForm",
    "PersonForm",
    "SearchForm",
    "SignForm",
    "TaxStatementForm",
]
