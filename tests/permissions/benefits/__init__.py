from tests.permissions.benefits import bonuses, claims, deductions, lists, orders, payer, recovering, refunds

ROWS = [
    row for subject in (lists, bonuses, deductions, claims, orders, recovering, refunds, payer) for row in subject.ROWS
]
