from tests.permissions.row import Row

ROWS = [
    Row("referrals:list", "enter_application"),
]
