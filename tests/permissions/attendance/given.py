from datetime import date
from decimal import Decimal

from attendance.models import IssuedItem, Suspension
from cistor.accounts.roles import Role
from tests.permissions.row import Row
from tests.permissions.world import STARTED, TODAY, World

SEE, GIVE, DECIDE = "see_attendance", "record_incident", "decide_attendance"


def person(world: World) -> dict:
    return {"pk": world.participant.pk}


def programme(world: World) -> dict:
    return {"pk": world.programme.pk}


def group(world: World) -> dict:
    return {"pk": world.group.pk}


def item(world: World) -> dict:
    """Held by the person, not signed for."""
    found = IssuedItem.objects.filter(programme=world.programme, returned_on=None, written_off_on=None).first()
    about = {"kind": "tool", "what": "szlifierka", "value": Decimal("240.00"), "is_returnable": True}
    by = world.people[Role.SOCIAL_WORKER]
    row = found or IssuedItem.objects.create(programme=world.programme, given_on=STARTED, given_by=by, **about)
    return {"pk": row.pk}


def back(world: World) -> dict:
    """Given back by mistake."""
    found = IssuedItem.objects.filter(programme=world.programme, returned_on__isnull=False).first()
    about = {"kind": "key", "what": "klucz", "is_returnable": True, "given_on": STARTED, "returned_on": TODAY}
    by = world.people[Role.SOCIAL_WORKER]
    row = found or IssuedItem.objects.create(programme=world.programme, given_by=by, returned_to=by, **about)
    return {"pk": row.pk}


def thing(world: World) -> dict:
    about = {"kind": "key", "what": "klucz do szafki 12", "quantity": "1", "value": "20", "back": "zwykle"}
    return {"token": "g1", **about, "given_on": str(TODAY), "remark": ""}


def tickets(world: World) -> dict:
    return {**thing(world), "token": "g7", "kind": "ticket", "people": [world.programme.pk]}


def suspension(world: World) -> dict:
    found = Suspension.objects.filter(centre=world.centre).first()
    by, day = world.people[Role.DIRECTOR], date(2026, 3, 12)
    row = found or Suspension.objects.create(
        centre=world.centre, start_on=day, end_on=day, reason="Awaria", by=by, decided_on=TODAY
    )
    return {"pk": row.pk}


def span(world: World) -> dict:
    _ = world.programme
    return {"token": "g4", "start_on": "2026-03-16", "end_on": "2026-03-17", "reason": "Awaria", "pewne": "tak"}


def plan(world: World) -> dict:
    return {"token": "g6", "start_on": str(TODAY), "monday": "6", "tuesday": "7,5", "friday": ""}


ROWS = [
    Row("attendance:items", SEE),
    Row("attendance:person_items", SEE, kwargs=person, of_group=True),
    Row("attendance:issue_item", GIVE, kwargs=programme, post=thing, of_group=True),
    Row("attendance:issue_to_many", GIVE, kwargs=group, post=tickets, of_group=True),
    Row("attendance:sign_item", GIVE, kwargs=item, post_only=True, post=lambda w: {}, of_group=True),
    Row(
        "attendance:return_item",
        GIVE,
        kwargs=item,
        post=lambda w: {"token": "g2", "returned_on": str(TODAY), "remark": ""},
        of_group=True,
    ),
    Row(
        "attendance:write_off_item",
        GIVE,
        kwargs=item,
        post=lambda w: {"token": "g3", "written_off_on": str(TODAY), "remark": "zużyta"},
        of_group=True,
    ),
    Row(
        "attendance:correct_item",
        GIVE,
        kwargs=item,
        post=lambda w: {"token": "g8", "kind": "tool", "what": "wiertarka", "quantity": "1", "value": "100"},
        of_group=True,
    ),
    Row(
        "attendance:reopen_item",
        GIVE,
        kwargs=back,
        post=lambda w: {"token": "g9", "why": "Wróciła inna rzecz."},
        of_group=True,
    ),
    Row("attendance:issue_card", SEE, kwargs=programme, of_group=True),
    Row("attendance:empty_issue_card", SEE),
    Row("attendance:meals", SEE),
    Row("attendance:meal_list", SEE, kwargs=group, of_group=True),
    Row("attendance:suspensions", DECIDE),
    Row("attendance:suspend", DECIDE, post=span),
    Row("attendance:withdraw_suspension", DECIDE, kwargs=suspension, post=lambda w: {"token": "g5"}),
    Row("attendance:hours", SEE, kwargs=group, of_group=True),
    Row("attendance:set_hours", "set_groups", kwargs=group, post=plan),
]
