from datetime import date, timedelta

from django import forms
from django.db.models import Q

from participants.forms.day import DayField
from participants.models import Group

WEEKS, LONGEST = 12, 366


class StatisticsForm(forms.Form):
    """From which day to which, of one group or of all that the reader reaches."""

    od = DayField(label="Od dnia")
    do = DayField(label="Do dnia")
    grupa = forms.ModelChoiceField(Group.objects.none(), label="Grupa", required=False, empty_label="wszystkie")

    def __init__(self, data, *, groups, today: date):
        self.today, (start, end) = today, usual(today)
        super().__init__({"od": start, "do": end, **data.dict()})
        self.fields["grupa"].queryset = groups

    def clean(self):
        start, end = self.cleaned_data.get("od"), self.cleaned_data.get("do")
        if start and end and end < start:
            self.add_error("do", "Ten dzień jest przed pierwszym.")
        if start and start > self.today:
            self.add_error("od", "Ten dzień jeszcze nie nadszedł.")
        elif start and end and (end - start).days >= LONGEST:
            self.add_error("od", "Statystyka obejmuje najwyżej rok.")
        if end:
            self.cleaned_data["do"] = min(end, self.today)
        return self.cleaned_data

    @property
    def span(self) -> tuple[date, date]:
        return (self.cleaned_data["od"], self.cleaned_data["do"]) if self.is_valid() else usual(self.today)

    @property
    def group(self) -> Group | None:
        return self.cleaned_data.get("grupa") if self.is_valid() else None


def usual(today: date) -> tuple[date, date]:
    """Some whole weeks and the present one."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS), today


def existing(groups, start: date, end: date):
    """Those that existed on a day of the span."""
    return groups.filter(start_on__lte=end).filter(Q(end_on__isnull=True) | Q(end_on__gte=start))
