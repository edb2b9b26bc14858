from tests.permissions.row import Row

ROWS = [
    Row(
        "documents:download",
        "see_lists",
        kwargs=lambda w: {"pk": w.document("payment_list").pk},
        looks_first=True,
    ),
]
