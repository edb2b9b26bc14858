from tests.permissions.row import Row
from tests.permissions.world import World

RIGHT = "set_accounts"


def somebody(world: World) -> dict:
    return {"pk": world.stranger.pk}


def person(world: World) -> dict:
    return {
        "first_name": "Lena",
        "last_name": "Nowiutka",
        "email": "",
        "roles": ["instructor"],
        "superior": world.people["director"].pk,
    }


def new_person(world: World) -> dict:
    return {**person(world), "username": "lena.nowiutka", "office": "", "token": "t1"}


def stand_in(world: World) -> dict:
    people = {"absent": world.people["director"].pk, "deputy": world.stranger.pk}
    return {**people, "start_on": "2026-03-12", "end_on": "2026-03-20", "token": "t2"}


ROWS = [
    Row("accounts:profile", None),
    Row("accounts:password", None),
    Row("accounts:second_step", None),
    Row("accounts:set_up_second_step", None),
    Row("accounts:renew_recovery_codes", None, post_only=True, post=lambda w: {}),
    Row("accounts:logout", None, post_only=True, post=lambda w: {}),
    Row("accounts:users", RIGHT),
    Row("accounts:new_user", RIGHT, post=new_person),
    Row("accounts:user", RIGHT, kwargs=somebody, post=person),
    Row("accounts:new_password", RIGHT, kwargs=somebody, post_only=True, post=lambda w: {}),
    Row("accounts:reset_second_step", RIGHT, kwargs=somebody, post_only=True, post=lambda w: {}),
    Row("accounts:deactivate", RIGHT, kwargs=somebody, post_only=True, post=lambda w: {}),
    Row("accounts:activate", RIGHT, kwargs=somebody, post_only=True, post=lambda w: {}),
    Row("accounts:stand_ins", RIGHT, post=stand_in),
    Row(
        "accounts:end_stand_in",
        RIGHT,
        kwargs=lambda w: {"pk": w.stand_in.pk},
        post=lambda w: {"end_on": "2026-04-02"},
    ),
]
