"""The integration benefit, to the grosz: `settle(inputs)` gives a settlement with every line explained.

Pure: the standard library, `cistor.dates` and `cistor.money`; statutory values, settings and marks are handed in.
"""

from benefits.rules.calculation import RULES, largest_bonus, settle
from benefits.rules.differences import Correction, correct, differences, owed
from benefits.rules.errors import ContradictoryInputs, MissingRegulations, MissingStatutoryRate, RuleError, WrongSetting
from benefits.rules.inputs import EarlierPayment, Inputs, Line, Settlement
from benefits.rules.payment import BonusCap, carried
from benefits.rules.places import Place, Row, place, row_of
from benefits.rules.programme import PaidSpan, Programme, Span, payday, span_of, spans
from benefits.rules.rulebook import Calendar, Rulebook, Version
from benefits.rules.settings import SETTINGS, Settings
from benefits.rules.statute import Parameter, Statute

__all__ = [
    "RULES",
    "SETTINGS",
    "BonusCap",
    "Calendar",
    "ContradictoryInputs",
    "Correction",
    "EarlierPayment",
    "Inputs",
    "Line",
    "MissingRegulations",
    "MissingStatutoryRate",
    "PaidSpan",
    "Parameter",
    "Place",
    "Programme",
    "Row",
    "RuleError",
    "Rulebook",
    "Settings",
    "Settlement",
    "Span",
    "Statute",
    "Version",
    "WrongSetting",
    "carried",
    "correct",
    "differences",
    "largest_bonus",
    "owed",
    "payday",
    "place",
    "row_of",
    "settle",
    "span_of",
    "spans",
]
