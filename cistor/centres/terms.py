"""How long a term is and who says so: the agreement with an office, then the regulations, then the centre itself."""

from collections.abc import Iterable, Iterator
from datetime import date

from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Agreement, DeadlineLength, Regulations
from cistor.deadlines import COUNTING, due

Term = tuple[date | None, str]


class TermBook:
    """The terms of some centres with all their offices, read once in four queries; a calendar changed later is read
    by the next book."""

    def __init__(self, centres: Iterable[int], codes: Iterable[str] = ()) -> None:
        self.centres = centres = list(centres)
        self.one_off = one_off_holidays()
        self.agreements = list(Agreement.objects.filter(office__centre__in=centres))
        versions = Regulations.objects.adopted().filter(centre__in=centres).order_by("-in_force_from")
        self.versions = list(versions.values_list("pk", "centre_id", "in_force_from"))
        lengths = DeadlineLength.objects.filter(centre__in=centres)
        lengths = lengths.filter(code__in=codes) if codes else lengths
        self.lengths = {(row.centre_id, row.code, row.regulations_id, row.agreement_id): row for row in lengths}

    def length(self, code: str, *, centre: int, office: int | None, on: date) -> DeadlineLength | None:
        """What holds on the day; None where nobody has set such a term."""
        for origin in self._origins(centre, office, on):
            if row := self.lengths.get((centre, code, *origin)):
                return row
        return None

    def term(self, code: str, event_on: date, *, centre: int, office: int | None, on: date | None = None) -> Term:
        """The last day counted from an event, and whose term that is: what holds on the day `on`, else on the day of
        the event. (None, "") where nobody set a term that is counted in days, so that there is only an age."""
        row = self.length(code, centre=centre, office=office, on=on or event_on)
        if row is None or row.length is None or row.unit not in COUNTING:
            return None, ""
        return due(row.unit, event_on, row.length, self.one_off), row.source

    def _origins(self, centre: int, office: int | None, on: date) -> Iterator[tuple[int | None, int | None]]:
        """Pairs (regulations, agreement) of primary keys."""
        for row in self.agreements:
            if row.office_id == office and row.start_on <= on and (not row.end_on or on <= row.end_on):
                yield None, row.pk
        version = (pk for pk, of, since in self.versions if of == centre and since <= on)
        yield next(version, None), None
        yield None, None
