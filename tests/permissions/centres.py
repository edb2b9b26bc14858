from tests.permissions.row import Row

READ, SET = "see_regulations", "set_regulations"


def day(on: str, token: str):
    return lambda world: {"on": on, "reason": "Wyjazd integracyjny", "token": token}


def rate(world) -> dict:
    return {
        "kind": "pit_rate",
        "in_force_from": "2026-04-01",
        "value": "12%",
        "source": "ustawa",
        "certainty": "sure",
        "token": "c3",
        "confirmed": "1",
    }


ROWS = [
    Row("centres:centre", READ),
    Row("centres:regulations", READ, kwargs=lambda w: {"pk": w.regulations.pk}),
    Row("centres:year", READ),
    Row("centres:close_day", SET, post_only=True, post=day("2026-06-05", "c1")),
    Row("centres:reopen_day", SET, kwargs=lambda w: {"pk": w.closed_day.pk}, post_only=True, post=lambda w: {}),
    Row("centres:add_extra_class_day", SET, post_only=True, post=day("2026-06-06", "c2")),
    Row(
        "centres:remove_extra_class_day",
        SET,
        kwargs=lambda w: {"pk": w.extra_day.pk},
        post_only=True,
        post=lambda w: {},
    ),
    Row("centres:rates", "see_rates"),
    Row("centres:add_rate", "set_rates", post=rate),
]
