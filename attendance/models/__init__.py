from attendance.models.absences import Absence, Contact, Excuse, PartDay
from attendance.models.days import BY_PEOPLE, Closing, Correction, Day, Source
from attendance.models.given import IssuedItem
from attendance.models.groups import ClassHours, Suspension
from attendance.models.incidents import Accident, BreachEvent, Incident, MeasureTaken, SobrietyTest
from attendance.models.leave import LeaveDay, LeaveOpinion, LeaveRequest
from attendance.models.notes import SickCheck, SickNote
from attendance.models.retractions import Retraction

__all__ = [
    "BY_PEOPLE",
    "Absence",
    "Accident",
    "BreachEvent",
    "ClassHours",
    "Closing",
    "Contact",
    "Correction",
    "Day",
    "Excuse",
    "Incident",
    "IssuedItem",
    "LeaveDay",
    "LeaveOpinion",
    "LeaveRequest",
    "MeasureTaken",
    "PartDay",
    "Retraction",
    "SickCheck",
    "SickNote",
    "SobrietyTest",
    "Source",
    "Suspension",
]
