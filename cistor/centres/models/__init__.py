from cistor.centres.models.calendar import ClosedDay, ExtraClassDay, PublicHoliday
from cistor.centres.models.centre import Agreement, Centre, Office, OfficeStep
from cistor.centres.models.lists import (
    Breach,
    DayCode,
    DeadlineLength,
    DeductionKind,
    FileItemKind,
    Ground,
    Meaning,
    Measure,
)
from cistor.centres.models.regulations import DepartureReason, Regulations
from cistor.centres.models.statute import MissingRate, StatutoryRate, StatutoryWording

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
    "FileItemKind",
    "Ground",
    "Meaning",
    "Measure",
    "MissingRate",
    "Office",
    "OfficeStep",
    "PublicHoliday",
    "Regulations",
    "StatutoryRate",
    "StatutoryWording",
]
