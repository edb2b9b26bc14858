from cistor.centres.forms.calendar import ClosedDayForm, ExtraClassDayForm
from cistor.centres.forms.drafts import NameForm, StartForm
from cistor.centres.forms.lists import list_formset
from cistor.centres.forms.offices import OfficeForm
from cistor.centres.forms.rates import RateForm
from cistor.centres.forms.settings import settings_form

__all__ = [
    "ClosedDayForm",
    "ExtraClassDayForm",
    "NameForm",
    "OfficeForm",
    "RateForm",
    "StartForm",
    "list_formset",
    "settings_form",
]
