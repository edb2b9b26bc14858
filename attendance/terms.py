"""What holds in a centre day by day: is there a class, and which codes may be written."""

from datetime import date

from cistor.centres.models import Centre, ClosedDay, DayCode, ExtraClassDay, Meaning, PublicHoliday, Regulations
from cistor.dates import SATURDAY, holiday_names

CLASS, WEEKEND, HOLIDAY, CLOSED = "class", "weekend", "holiday", "closed"
# A certificate names a stretch of days, those without classes among them.
BY_CERTIFICATE = frozenset({Meaning.SICK, Meaning.CARE})


class Terms:
    """The calendar of a centre and the codes of its regulations, read once for any number of days; five queries."""

    def __init__(self, centre: Centre) -> None:
        self.closed = dict(ClosedDay.objects.filter(centre=centre).values_list("on", "reason"))
        self.extra = dict(ExtraClassDay.objects.filter(centre=centre).values_list("on", "reason"))
        self.one_off = dict(PublicHoliday.objects.values_list("on", "name"))
        versions = Regulations.objects.filter(centre=centre).order_by("in_force_from").prefetch_related("daycodes")
        self.versions = list(versions)

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

    def why(self, day: date) -> str:
        """What makes the day differ from the usual week: "Boże Narodzenie", "przerwa"; "" on other days."""
        reasons = {CLASS: self.extra, CLOSED: self.closed, HOLIDAY: {**holiday_names(day.year), **self.one_off}}
        return reasons.get(self.kind(day), {}).get(day, "")

    def version(self, day: date) -> Regulations | None:
        """The version of the regulations of the day: the newest not after it."""
        return next((row for row in reversed(self.versions) if row.in_force_from <= day), None)

    def codes(self, day: date) -> dict[str, DayCode]:
        """The codes of the day's version by meaning, in the order of the regulations."""
        version = self.version(day)
        return {code.meaning: code for code in version.daycodes.all()} if version else {}

    def markable(self, day: date) -> dict[str, DayCode]:
        """The codes that may be written on the day: all on a class day; on another only those of a certificate, and
        only where the regulations count its days by the calendar."""
        codes, version = self.codes(day), self.version(day)
        if self.is_class_day(day):
            return codes
        by_calendar = version is not None and version.sick_day_unit == Regulations.SickUnit.CALENDAR_DAYS
        return {meaning: code for meaning, code in codes.items() if by_calendar and meaning in BY_CERTIFICATE}
