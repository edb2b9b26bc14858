from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

OUTGOING = ("prepare_letter", "send_letter", "sign_letter")


def signed(world: World) -> dict:
    _ = world.signed_letter, world.foreign and world.foreign.signed_letter
    return {}


def asked(world: World) -> dict:
    return {"pk": world.asked_programme.pk}


def registered(world: World) -> dict:
    _ = world.incoming_letter, world.foreign and world.foreign.incoming_letter
    return {}


ROWS = [
    Row("notices:register", OUTGOING, kwargs=signed, unscoped=True, post=lambda world: {"text": "T/1"}),
    Row("notices:register_file", OUTGOING, kwargs=signed, unscoped=True),
    Row("notices:incoming", "register_letter", kwargs=registered, unscoped=True),
    Row(
        "notices:new_incoming",
        "register_letter",
        post=lambda world: {
            "token": "t",
            "kind": "office",
            "received_on": f"{TODAY}",
            "way": "paper",
            "office": world.office.pk,
        },
    ),
    Row(
        "notices:record_reply",
        "enter_opinion_from_paper",
        kwargs=asked,
        post=lambda world: {"token": "t", "answer": "yes", "received_on": f"{TODAY}", "way": "email"},
    ),
    # Staff of the centre stop at the door; whose programme it is, test_reply_pages.py says.
    Row("notices:qualify", "give_consent", kwargs=asked, office=True, unscoped=True),
]
