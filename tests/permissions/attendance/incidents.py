from datetime import UTC, datetime

from django.utils.timezone import localtime

from attendance.actions.breaches import record_breach
from attendance.actions.contacts import record_contact
from attendance.actions.incidents import record_incident
from attendance.models import BreachEvent, Incident
from attendance.reading.order import doubts
from cistor.accounts.roles import Role
from cistor.centres.models import Breach
from tests.permissions.centres import draft
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

RECORD, READ = "record_incident", "see_diagnosis"
BOTH = (RECORD, READ)


def programme(world: World) -> dict:
    return {"pk": world.programme.pk}


def beside_letters_elsewhere(world: World) -> dict:
    """The other centre has letters too, if only in a draft: its regulations in force have no such list."""
    if world.foreign and not Breach.objects.filter(regulations__centre=world.foreign.centre).exists():
        own = {"letter": "a", "text": "Hałas w pracowni.", "source": "§5"}
        Breach.objects.create(regulations_id=draft(world.foreign)["pk"], **own)
    return programme(world)


def person(world: World) -> dict:
    return {"pk": world.participant.pk}


def incident(world: World) -> dict:
    """After a denial, and the register has no line of it yet."""
    found = Incident.objects.filter(programme=world.programme).first()
    if found is None:
        told = {"on_day": TODAY, "at": localtime().time(), "substance": "alcohol", "suspicion": "Woń alkoholu."}
        # A row before this one may have marked the day.
        told["despite"] = doubts(world.programme, TODAY)
        found = record_incident(
            world.programme, **told, outcome="tested", talk_on=TODAY, by=world.people[Role.SOCIAL_WORKER], on=TODAY
        ).incident
    return {"pk": found.pk}


def breach(world: World) -> dict:
    found = BreachEvent.objects.filter(programme=world.programme).first()
    if found is None:
        point = world.regulations.breachs.first()
        told = {"breach": point, "on_day": TODAY, "text": "Kłótnia w stolarni."}
        found = record_breach(world.programme, **told, by=world.people[Role.SOCIAL_WORKER], on=TODAY)
    return {"pk": found.pk}


def new_incident(world: World) -> dict:
    told = {"substance": "alcohol", "suspicion": "Woń alkoholu.", "outcome": "admitted", "talk_on": TODAY.isoformat()}
    return {"token": "a", "on_day": TODAY.isoformat(), "at": "07:40", **told}


def register_line(world: World) -> dict:
    line = {"test_on": TODAY.isoformat(), "test_at": "07:55", "device": "alkomat", "result": "0,00 mg/l"}
    return {"token": "a", **line, "is_positive": "no", "is_signed": "yes"}


def new_breach(world: World) -> dict:
    point = world.regulations.breachs.first()
    told = {"breach": point.pk} if point else {}
    return {"token": "a", "on_day": TODAY.isoformat(), **told, "text": "Kłótnia w stolarni."}


def contact(world: World) -> dict:
    """Written down by the instructor of the group."""
    found = world.participant.contacts.first()
    if found is None:
        told = {"at": datetime(2026, 3, 10, 9, 0, tzinfo=UTC), "way": "phone", "with_whom": "participant"}
        by = world.people[Role.INSTRUCTOR]
        found = record_contact(world.participant, **told, result="failed", by=by, on=TODAY)
    return {"kind": "contact", "pk": found.pk}


def new_accident(world: World) -> dict:
    told = {"place": "stolarnia", "what": "Skaleczenie dłutem.", "hurt": "described", "injury": "palec"}
    return {"token": "a", "on_day": TODAY.isoformat(), "at": "09:10", **told}


ROWS: list[Row] = [
    Row("attendance:order", BOTH),
    Row("attendance:person_order", BOTH, kwargs=person, of_group=True),
    Row("attendance:new_incident", RECORD, kwargs=programme, of_group=True, post=new_incident),
    Row("attendance:incident", BOTH, kwargs=incident, of_group=True),
    Row("attendance:add_test", READ, kwargs=incident, post=register_line),
    Row(
        "attendance:plan_talk", RECORD, kwargs=incident, of_group=True, post=lambda w: {"token": "a", "talk_on": TODAY}
    ),
    Row("attendance:withdraw_incident", RECORD, kwargs=incident, of_group=True, post=lambda w: {"token": "a"}),
    Row("attendance:sobriety_protocol", READ, kwargs=incident, post_only=True),
    Row(
        "attendance:take_measure_of_incident",
        RECORD,
        kwargs=incident,
        of_group=True,
        post=lambda w: {"token": "a", "kind": "talk"},
    ),
    Row("attendance:empty_sobriety_protocol", BOTH),
    Row("attendance:empty_reprimand", BOTH),
    Row("attendance:tests", READ),
    Row("attendance:tests_file", READ),
    Row("attendance:new_breach", RECORD, kwargs=beside_letters_elsewhere, of_group=True, post=new_breach),
    Row("attendance:breach", BOTH, kwargs=breach, of_group=True),
    Row(
        "attendance:take_measure",
        RECORD,
        kwargs=breach,
        of_group=True,
        post=lambda w: {"token": "a", "kind": "talk"},
    ),
    Row("attendance:withdraw_breach", RECORD, kwargs=breach, of_group=True, post=lambda w: {"token": "a"}),
    Row("attendance:accidents", BOTH),
    Row(
        "attendance:retract",
        ("record_contact", "visit_sick", RECORD, "decide_attendance"),
        kwargs=contact,
        of_group=True,
        beside="record_contact",
        post=lambda w: {"token": "a", "why": "Wpisano przy niewłaściwej osobie."},
    ),
    Row("attendance:new_accident", RECORD, kwargs=programme, of_group=True, post=new_accident),
]
