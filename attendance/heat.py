"""The whole programme as a heat map: months by the days of the month."""

from datetime import date

from django.urls import reverse

from attendance.grid import Span
from attendance.models import Day
from attendance.roster import spans_of
from attendance.terms import Terms
from cistor.dates import day_text, days_between, month_end, month_text, months
from cistor.drawings import Cell, Drawing, heat_map
from participants.models import Programme

DESC = "Wiersze to miesiące programu, kolumny to dni miesiąca. Litery są oznaczeniami; kreskowane pola są nieoznaczone."
COLUMNS = [str(number) for number in range(1, 32)]


def of_programme(programme: Programme, terms: Terms, *, today: date) -> Drawing:
    """Each day as it is marked; one query, if the stages are at hand."""
    spans = spans_of(programme)
    marks = {row.on: row for row in Day.objects.filter(programme=programme)}
    rows = list(months(spans[0].start_on, spans[-1].end_on)) if spans else []
    address = reverse("attendance:day", args=[programme.participant_id])
    cells = [
        [_cell(day, marks.get(day), spans, terms, today, address) for day in days_between(month, month_end(month))]
        for month in rows
    ]
    names = [month_text(month) for month in rows]
    padded = [[*row, *[None] * (len(COLUMNS) - len(row))] for row in cells]
    return heat_map(
        names, COLUMNS, padded, name="programme", title="Obecność w całym programie", desc=DESC, corner="Miesiąc"
    )


def _cell(day: date, mark: Day | None, spans: list[Span], terms: Terms, today: date, address: str) -> Cell | None:
    if not any(span.covers(day) for span in spans):
        return None
    url = f"{address}?dzien={day:%Y-%m-%d}"
    if mark:
        code = terms.codes(day).get(mark.meaning)
        maybe = ", tymczasowo" if mark.provisional else ""
        title = f"{day_text(day)}: {mark.get_meaning_display()}{maybe}"
        return Cell(f"code-{code.colour}" if code else "off", mark.code, title, url)
    if not terms.is_class_day(day):
        return Cell("off", title=f"{day_text(day)}: bez zajęć")
    if day > today:
        return Cell("coming", title=f"{day_text(day)}: jeszcze nie było")
    return Cell("unmarked", title=f"{day_text(day)}: nieoznaczone", url=url)
