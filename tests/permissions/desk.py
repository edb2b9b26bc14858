from tests.permissions.row import Row

ROWS = [
    Row("desk:desk", None),
]
