from benefits.models.bonuses import Bonus, BonusOpinion
from benefits.models.budget import BudgetPlan
from benefits.models.claims import BenefitApplication, Enforcement
from benefits.models.deductions import Deduction, Taken
from benefits.models.lists import PaymentList, Problem
from benefits.models.orders import BankProfile, OrderItem, PaymentOrder
from benefits.models.payer import Insurance, PayerDuty, TaxReturn
from benefits.models.payments import Payment
from benefits.models.recovering import RecoveryTerms
from benefits.models.refunds import Refund, RefundItem, RefundStep
from benefits.models.settlements import AMOUNTS, UNDECIDED, Line, Recovery, Settlement

__all__ = [
    "AMOUNTS",
    "UNDECIDED",
    "BankProfile",
    "BenefitApplication",
    "Bonus",
    "BonusOpinion",
    "BudgetPlan",
    "Deduction",
    "Enforcement",
    "Insurance",
    "Line",
    "OrderItem",
    "PayerDuty",
    "Payment",
    "PaymentList",
    "PaymentOrder",
    "Problem",
    "Recovery",
    "RecoveryTerms",
    "Refund",
    "RefundItem",
    "RefundStep",
    "Settlement",
    "Taken",
    "TaxReturn",
]
