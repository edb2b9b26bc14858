from cistor.centres.models.calendar import ClosedDay, ExtraClassDay, PublicHoliday
from cistor.centres.models.centre import Agreement, Centre, Office
from cistor.centres.models.lists import (
    Breach,
    DayCode,
    DeadlineLength,
    DeductionKind,
    Ground,
    Meaning,
    Measure,
)
from cistor.centres.models.regulations import DepartureReason, Regulations
from cistor.centres.models.statute import MissingRate, StatutoryRate

__all__ = [
    "Agreement",
    "Breach",
    "Centre",
    "ClosedDay",
    "DayCode",
    "DeadlineLength",
    "DeductionKind",
    "DepartureReason",
    "ExtraClassDay",
    "Ground",
    "Meaning",
    "Measure",
    "MissingRate",
    "Office",
    "PublicHoliday",
    "Regulations",
    "StatutoryRate",
]
