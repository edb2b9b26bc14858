from tests.permissions.row import Row

ROWS: list[Row] = [
    Row("notices:my_feed", "see_deadlines", office=True),
    Row("notices:renew_feed", "see_deadlines", office=True, post_only=True, post=lambda w: {}),
]
