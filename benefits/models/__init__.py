from benefits.models.lists import PaymentList, Problem
from benefits.models.payments import Payment
from benefits.models.settlements import AMOUNTS, UNDECIDED, Line, Recovery, Settlement

__all__ = ["AMOUNTS", "UNDECIDED", "Line", "Payment", "PaymentList", "Problem", "Recovery", "Settlement"]
