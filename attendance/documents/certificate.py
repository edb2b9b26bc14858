from datetime import date
from typing import Any

from attendance.reading.years import Month, ProgrammeYears
from cistor.accounts.models import User
from cistor.centres.models import Meaning
from cistor.dates import days_text, month_text, span_text

# Suspended days are none of the person's.
ABSENT = [Meaning.FREE_DAY, Meaning.SICK, Meaning.CARE, Meaning.EXCUSED, Meaning.UNEXCUSED]


def certificate(years: ProgrammeYears, *, with_kinds: bool, by: User, on: date) -> dict[str, Any]:
    """The context of `documents/attendance_certificate.html`; what an absence was for only `with_kinds`."""
    participant, sums = years.programme.participant, years.on_class_days
    return {
        "blank": False,
        "person": {
            "name": f"{participant.last_name} {participant.first_name}",
            "pesel": participant.pesel,
            "birth_on": participant.birth_on,
        },
        "period": span_text(years.start, years.end),
        "rows": [_row(month) for month in years.months],
        "sums": _summed([_row(month) for month in years.months]),
        "kinds": [
            {"label": years.terms.named(years.end, meaning), "days": sums[meaning]}
            for meaning in ABSENT
            if with_kinds and sums[meaning]
        ],
        "signatures": [{"act": "Wystawienie", "name": str(by), "role": by.role_names, "on": on}],
    }


# A year, a month on each line.
LINES = 12


def empty_certificate() -> dict[str, Any]:
    """The same paper to be filled in by hand."""
    return {"blank": True, "lines": LINES, "signatures": [{"act": "Wystawienie", "name": "", "role": "", "on": ""}]}


def _row(month: Month) -> dict[str, Any]:
    here = month.here
    return {
        "month": month_text(month.first),
        "days": days_text(here) if here else "",
        "here": len(here),
        "absent": sum(month.on_class_days[meaning] for meaning in ABSENT),
        "class_days": month.class_days,
    }


def _summed(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(row[name] for row in rows) for name in ("here", "absent", "class_days")}
