from datetime import date
from decimal import Decimal

from benefits.actions.bonuses import ask_bonus, opine_bonus
from benefits.models import Bonus
from cistor.accounts.roles import Role
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World
from tests.referrals.papers import make_letterhead

FEBRUARY = date(2026, 2, 1)
SEES = ("ask_bonus", "opine_bonus", "decide_bonus", "see_lists")
WORDS = ("ask_bonus", "opine_bonus", "decide_bonus")


def asked(world: World) -> dict:
    """For February, by the instructor of the group, with a positive opinion; its paper needs the letterhead."""
    if not world.centre.letterheads.exists():
        make_letterhead(world.centre)
    return {"pk": (Bonus.objects.filter(programme=world.marked).first() or _made(world)).pk}


def _made(world: World) -> Bonus:
    said = {"amount": Decimal("150.00"), "reason": "Uczy nowych."}
    row = ask_bonus(world.marked, month=FEBRUARY, **said, by=world.people[Role.INSTRUCTOR], on=TODAY)
    opine_bonus(row, is_positive=True, text="Tak.", by=world.people[Role.PSYCHOLOGIST], on=TODAY)
    return row


def programme(world: World) -> dict:
    return {"pk": world.marked.pk}


def request(world: World) -> dict:
    return {"token": "p1", "month": "2026-02-01", "amount": "150,00", "reason": "Uczy nowych."}


def granted(world: World) -> dict:
    return {"token": "p3", "amount": "150,00", "note": "", "grant": "1"}


def table(world: World) -> dict:
    pk = asked(world)["pk"]
    return {
        "token": "p4",
        "row": pk,
        f"premia-{pk}-verdict": "grant",
        f"premia-{pk}-amount": "150,00",
        "confirmed": "1",
    }


ROWS = [
    Row("benefits:bonuses", SEES),
    Row("benefits:ask_bonus", ("ask_bonus", "decide_bonus"), kwargs=programme, post=request, of_group=True),
    Row("benefits:bonus", SEES, kwargs=asked, of_group=True),
    Row(
        "benefits:opine_bonus",
        "opine_bonus",
        kwargs=asked,
        post_only=True,
        post=lambda w: {"token": "p2", "text": "Pracowita.", "positive": "1"},
    ),
    Row("benefits:decide_bonus", "decide_bonus", kwargs=asked, post_only=True, post=granted),
    Row(
        "benefits:decide_bonuses",
        "decide_bonus",
        post_only=True,
        post=table,
        foreign=lambda w: {"row": asked(w.foreign)["pk"]},
    ),
    Row(
        "benefits:withdraw_bonus",
        ("ask_bonus", "decide_bonus"),
        kwargs=asked,
        post=lambda w: {"token": "p5"},
        of_group=True,
    ),
    Row("benefits:bonus_request", WORDS, kwargs=asked, of_group=True),
]
