from cistor.notices.models.deadline import Discharge, Reminder, Run
from cistor.notices.models.incoming import IncomingLetter
from cistor.notices.models.letter import LETTER_MOVES, Dispatch, Letter, LetterPerson, Withholding
from cistor.notices.models.mail import Feed, Mail

__all__ = [
    "LETTER_MOVES",
    "Discharge",
    "Dispatch",
    "Feed",
    "IncomingLetter",
    "Letter",
    "LetterPerson",
    "Mail",
    "Reminder",
    "Run",
    "Withholding",
]
