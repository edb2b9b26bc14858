from tests.permissions.row import Row


def paper(world) -> dict:
    return {
        "in_force_from": "2026-05-01",
        "name": "Centrum",
        "body": "",
        "address": "ul. Wymyślona 1",
        "contact": "",
        "place": "Toruń",
        "token": "d1",
    }


ROWS = [
    Row("documents:letterhead", "set_regulations", post=paper),
    Row(
        "documents:download",
        "see_lists",
        kwargs=lambda w: {"pk": w.document.pk},
    ),
    Row("documents:upload", "see_file", kwargs=lambda w: {"pk": w.upload.pk}),
]
