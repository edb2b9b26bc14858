from benefits.models.lists import PaymentList, Problem
from benefits.models.payments import Payment
from benefits.models.settlements import AMOUNTS, Line, Recovery, Settlement

__all__ = ["AMOUNTS", "Line", "Payment", "PaymentList", "Problem", "Recovery", "Settlement"]
