from datetime import date

from cistor.centres.actions import make_binding, start_draft
from tests.permissions.row import Row
from tests.permissions.world import TODAY

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


def draft(world) -> dict:
    """A draft of the centre, the same one for the whole walk."""
    known = world.centre.regulations.filter(is_draft=True).first()
    return {"pk": (known or started(world)).pk}


def started(world):
    who = {"by": world.people["director"], "on": TODAY}
    return start_draft(
        centre=world.centre, origin=world.regulations, title="Nowy regulamin", in_force_from=date(2026, 9, 1), **who
    )


def upcoming(world) -> dict:
    """A version adopted for days to come."""
    known = world.centre.regulations.filter(in_force_from__gt=TODAY, is_draft=False).first()
    return {"pk": (known or make_binding(started(world), by=world.people["director"], on=TODAY)).pk}


def bonus(world) -> dict:
    return {"bonus_cap": "50%", "bonus_basis": "full_rate", "bonus_cap_source": "§3 ust. 2"}


def grounds(world) -> dict:
    row = {"letter": "a", "meaning": "theft", "text": "zabór mienia", "source": "§6"}
    return {
        "rows-TOTAL_FORMS": "1",
        "rows-INITIAL_FORMS": "0",
        **{f"rows-0-{name}": value for name, value in row.items()},
    }


def new_draft(world) -> dict:
    return {"origin": "statute", "title": "Nowy", "in_force_from": "2026-09-01", "raise_rights": "on", "token": "r1"}


ROWS = [
    Row("centres:centre", READ),
    Row("centres:compare", READ),
    Row("centres:start_draft", SET, post=new_draft),
    Row(
        "centres:name_draft",
        SET,
        kwargs=draft,
        post=lambda w: {"title": "Inny", "in_force_from": "2026-10-01", "token": "r2"},
    ),
    Row("centres:edit_settings", SET, kwargs=lambda w: {**draft(w), "slug": "premia"}, post=bonus),
    Row("centres:edit_list", SET, kwargs=lambda w: {**draft(w), "slug": "podstawy"}, post=grounds),
    Row("centres:delete_draft", SET, kwargs=draft, post=lambda w: {"token": "r3"}),
    Row("centres:take_back", SET, kwargs=upcoming, post=lambda w: {"token": "r4"}),
    Row("adoption:adopt", SET, kwargs=draft, post=lambda w: {"token": "r5"}),
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
    Row("centres:offices", READ),
    Row(
        "centres:office",
        SET,
        kwargs=lambda w: {"pk": w.office.pk},
        post=lambda w: {"name": "Ośrodek", "short_name": "OPS", "email": "pisma@ops.example", "token": "o1"},
    ),
    Row("centres:rates", "see_rates"),
    Row("centres:add_rate", "set_rates", post=rate),
]
