from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

READERS = ("prepare_letter", "sign_letter")


def draft(world: World) -> dict:
    return {"pk": world.draft_letter.pk}


def signed(world: World) -> dict:
    return {"pk": world.signed_letter.document_id}


def everywhere(world: World) -> dict:
    """A letter in either centre; the address names none."""
    _ = world.draft_letter, world.foreign and world.foreign.draft_letter
    return {}


ROWS = [
    Row("notices:to_sign", READERS, kwargs=everywhere, unscoped=True),
    Row(
        "notices:sign_many",
        "sign_letter",
        kwargs=everywhere,
        unscoped=True,
        post_only=True,
        post=lambda world: {"letters": world.draft_letter.pk, "confirmed": "1"},
    ),
    Row("notices:signed_many", "sign_letter", kwargs=lambda world: {"pk": world.signed_job.pk}, owner="director"),
    Row("notices:letter", READERS, kwargs=draft),
    Row("notices:letter_pdf", READERS, kwargs=draft),
    Row(
        "notices:save_text",
        "prepare_letter",
        kwargs=draft,
        post_only=True,
        post=lambda world: {"token": "t", "text": "Bez zastrzeżeń."},
    ),
    Row("notices:sign", "sign_letter", kwargs=draft, post_only=True),
    Row(
        "notices:return",
        "sign_letter",
        kwargs=draft,
        post=lambda world: {"token": "t", "remark": "Brakuje przebiegu."},
    ),
    Row("notices:void", "sign_letter", kwargs=draft, post=lambda world: {"token": "t", "reason": "Pomyłka."}),
    Row(
        "notices:withhold",
        "sign_letter",
        kwargs=lambda world: {"pk": world.signed_letter.pk},
        post=lambda world: {"token": "t", "reason": "Pomyłka."},
    ),
    Row(
        "notices:dispatch",
        "send_letter",
        kwargs=signed,
        post=lambda world: {"token": "t", "way": "paper", "sent_on": f"{TODAY}", "proof": "R 1"},
    ),
    Row("notices:mail_again", "send_letter", kwargs=lambda world: {"pk": world.lost_mail.pk}, post_only=True),
]
