from django import forms
from django.db.models import Q

from cistor.accounts.models import User
from cistor.accounts.roles import Role
from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import Group


class GroupForm(OnceForm):
    name = forms.CharField(label="Nazwa", max_length=80, help_text="Na przykład: Warsztat stolarski.")
    start_on = DayField(label="Działa od")


class LeadForm(OnceForm):
    instructor = forms.ModelChoiceField(label="Instruktor", queryset=User.objects.none(), empty_label="wybierz")
    start_on = DayField(label="Od dnia")
    end_on = DayField(label="Do dnia", required=False, help_text="Zostaw puste, jeżeli do odwołania.")

    def __init__(self, *args, by, on, **kwargs):
        super().__init__(*args, **kwargs)
        staff = User.objects.visible_to(by, on=on).with_role(Role.INSTRUCTOR)
        self.fields["instructor"].queryset = staff.filter(centre__isnull=False)


class EndLeadForm(forms.Form):
    end_on = DayField(label="Ostatni dzień prowadzenia")


class JoinForm(OnceForm):
    group = forms.ModelChoiceField(label="Grupa", queryset=Group.objects.none(), empty_label="wybierz")
    start_on = DayField(label="Od dnia", help_text="Przynależność do dotychczasowej grupy kończy się dzień wcześniej.")

    def __init__(self, *args, by, on, **kwargs):
        super().__init__(*args, **kwargs)
        working = Q(end_on__isnull=True) | Q(end_on__gte=on)
        self.fields["group"].queryset = Group.objects.visible_to(by, on=on, right="set_groups").filter(working)


class LeaveForm(forms.Form):
    end_on = DayField(label="Ostatni dzień w grupie")
