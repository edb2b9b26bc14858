from tests.permissions.row import Row

ROWS = [
    Row("desk:desk", None),
    Row("desk:way", "see_overview", kwargs=lambda w: {"pk": w.participant.pk}, of_group=True),
    Row("desk:traces", "see_traces", kwargs=lambda w: {"pk": w.participant.pk}, of_group=True),
    Row(
        "desk:erase",
        "see_traces",
        kwargs=lambda w: {"pk": w.participant.pk},
        post=lambda w: {"last_name": w.participant.last_name},
        of_group=True,
    ),
    Row("desk:own_acts", "see_own_acts"),
]
