from tests.permissions.row import Row

ROWS: list[Row] = []
