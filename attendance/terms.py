"""What holds in a centre day by day: is there a class, and which codes may be written."""

from datetime import date, timedelta
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from cistor.centres import calendar
from cistor.centres.models import Centre, DayCode, Meaning, Regulations
from cistor.dates import SATURDAY, holiday_names

CLASS, WEEKEND, HOLIDAY, CLOSED = "class", "weekend", "holiday", "closed"
# A certificate names a stretch of days, those without classes among them.
BY_CERTIFICATE = frozenset({Meaning.SICK, Meaning.CARE})
# Classes are suspended by a decision of the director, never by a mark.
BY_DECISION = frozenset({Meaning.SUSPENDED})
# No centre closes for longer: so many days away there is no day of classes to go to.
LOOK_AROUND = 60


class Version(NamedTuple):
    """What attendance asks of a version of the regulations; the codes by meaning, in their order."""

    in_force_from: date
    sick_day_unit: str
    codes: dict[str, DayCode]


class Terms:
    """The calendar of a centre and the codes of its regulations, read once for any number of days; two queries."""

    def __init__(self, centre: Centre) -> None:
        days = calendar.named(centre)
        self.closed, self.extra, self.one_off = days.closed, days.extra, days.one_off
        self.versions = _versions(centre)

    def kind(self, day: date) -> str:
        """CLASS, or why there is none. Classes added to a day stand above everything else."""
        if day in self.extra:
            return CLASS
        if day in self.closed:
            return CLOSED
        if day in self.one_off or day in holiday_names(day.year):
            return HOLIDAY
        return WEEKEND if day.weekday() >= SATURDAY else CLASS

    def is_class_day(self, day: date) -> bool:
        return self.kind(day) == CLASS

    def class_day_beside(self, day: date, step: timedelta, *, until: date = date.max) -> date | None:
        """The next day of classes in steps of a day, back or on; None where there is none near, or none by `until`."""
        beside = (day + number * step for number in range(1, LOOK_AROUND + 1))
        return next((other for other in beside if other <= until and self.is_class_day(other)), None)

    def why(self, day: date) -> str:
        """What makes the day differ from the usual week: "Boże Narodzenie", "przerwa"; "" on other days."""
        reasons = {CLASS: self.extra, CLOSED: self.closed, HOLIDAY: {**holiday_names(day.year), **self.one_off}}
        return reasons.get(self.kind(day), {}).get(day, "")

    def version(self, day: date) -> Version | None:
        """The version of the regulations of the day: the newest not after it."""
        return next((row for row in reversed(self.versions) if row.in_force_from <= day), None)

    def codes(self, day: date) -> dict[str, DayCode]:
        """The codes of the day's version by meaning, in the order of the regulations; the retired ones too, for they
        explain marks that stand."""
        version = self.version(day)
        return version.codes if version else {}

    def offered(self, day: date) -> dict[str, DayCode]:
        """The codes of the day's version that are not retired."""
        return {meaning: code for meaning, code in self.codes(day).items() if not code.is_retired}

    def name(self, day: date, meaning: str) -> str:
        """What the regulations of the day call a mark; where they have no word for it, ours."""
        code = self.codes(day).get(meaning)
        return code.name if code else str(Meaning(meaning).label)

    def named(self, day: date, meaning: str) -> str:
        """The same with the letters in front: "NN – nieobecność nieusprawiedliwiona"."""
        code = self.codes(day).get(meaning)
        return f"{code.letters} – {code.name}" if code else self.name(day, meaning)

    def markable(self, day: date) -> dict[str, DayCode]:
        """The codes that may be written on the day: all that are offered on a class day; on another only those of a
        certificate, and only where the regulations count its days by the calendar."""
        codes, version = self.offered(day), self.version(day)
        if self.is_class_day(day):
            return codes
        by_calendar = version is not None and version.sick_day_unit == Regulations.SickUnit.CALENDAR_DAYS
        return {meaning: code for meaning, code in codes.items() if by_calendar and meaning in BY_CERTIFICATE}

    def by_hand(self, day: date) -> dict[str, DayCode]:
        """Those of them that a hand may choose; what only a decision may say, a correction can still write."""
        return {meaning: code for meaning, code in self.markable(day).items() if meaning not in BY_DECISION}


def _versions(centre: Centre) -> list[Version]:
    """The versions from the oldest on, one without codes too; a query."""
    columns = ("id", "regulations_id", "meaning", "letters", "name", "colour", "is_retired")
    code = JSONObject(**{column: column for column in columns})
    codes = DayCode.objects.filter(regulations=OuterRef("pk")).values(row=code)
    rows = Regulations.objects.adopted().filter(centre=centre).order_by("in_force_from")
    rows = rows.values_list("in_force_from", "sick_day_unit", ArraySubquery(codes))
    return [Version(start, unit, {code["meaning"]: DayCode(**code) for code in found}) for start, unit, found in rows]
