from datetime import UTC, datetime, time, timedelta

from attendance.actions.absences import report_absence
from attendance.actions.excuses import ask_excuse
from attendance.actions.part_days import record_part_day
from attendance.models import Absence, Excuse, PartDay
from participants.models import Programme
from tests.factories import mark
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World
from tests.referrals.papers import make_letterhead

FOLLOW, MARK, DECIDE = "follow_absence", "mark_attendance", "decide_attendance"


def participant(world: World) -> dict:
    return {"pk": world.participant.pk}


def unexcused(programme: Programme) -> Programme:
    """Today without a reason."""
    if not programme.days.filter(on=TODAY).exists():
        mark(programme, {TODAY: "unexcused"})
    return programme


def untouched(world: World) -> dict:
    """Nothing is done about it yet."""
    return {"pk": unexcused(world.trial_programme).pk}


def absence(world: World) -> dict:
    unexcused(world.programme)
    if not world.centre.letterheads.exists():
        make_letterhead(world.centre)
    said = {"by": world.people["social_worker"], "on": TODAY, "at": datetime(2026, 3, 11, 8, 0, tzinfo=UTC)}
    found = Absence.objects.filter(programme=world.programme).first()
    return {"pk": (found or report_absence(world.programme, start_on=TODAY, **said)).pk}


def excuse(world: World) -> dict:
    """Asked for by the social worker."""
    unexcused(world.programme)
    said = {"reason": "Pogrzeb w rodzinie.", "by": world.people["social_worker"], "on": TODAY}
    found = Excuse.objects.filter(programme=world.programme).first()
    return {"pk": (found or ask_excuse(world.programme, day=TODAY, **said)).pk}


def part_day(world: World) -> dict:
    """A request to go early tomorrow, for today the person is away; its paper needs the letterhead."""
    if not world.centre.letterheads.exists():
        make_letterhead(world.centre)
    said = {
        "kind": "early",
        "from_at": time(12),
        "to_at": time(13),
        "reason": "Urząd.",
        "by": world.people["social_worker"],
        "on": TODAY,
    }
    found = PartDay.objects.filter(programme=world.programme).first()
    return {"pk": (found or record_part_day(world.programme, day=TODAY + timedelta(days=1), **said)).pk}


def programme(world: World) -> dict:
    return {"pk": world.programme.pk}


def reason(world: World) -> dict:
    return {"token": "a", "kind": "unknown", "reason": "", "talk_on": ""}


def ending(world: World) -> dict:
    Absence.objects.filter(programme=world.programme).update(reason_kind="unknown")
    return {"token": "a", "arrangement": "talk", "arranged": ""}


def ended_absence(world: World) -> dict:
    """Of yesterday, ended by the instructor of the group."""
    start_on = TODAY - timedelta(days=1)
    facts = {"arrangement": "nothing", "end_on": start_on, "closed_on": TODAY}
    facts["closed_by"] = world.people["instructor"]
    row, _ = Absence.objects.get_or_create(programme=world.trial_programme, start_on=start_on, defaults=facts)
    return {"pk": row.pk}


def talk(world: World) -> dict:
    what = {"way": "phone", "with_whom": "family", "whom": "siostra", "result": "failed", "text": ""}
    return {"token": "a", "day": TODAY.isoformat(), "hour": "09:15", **what}


def minutes(world: World) -> dict:
    what = {"kind": "late", "minutes": "20", "mark": "keep", "reason": "Autobus.", "agreed": ""}
    return {"token": "a", "day": TODAY.isoformat(), **what}


def given(**fields):
    return lambda world: {"token": "t", **fields}


ROWS: list[Row] = [
    Row("attendance:morning", FOLLOW),
    Row("attendance:absences", FOLLOW),
    Row("attendance:report_absence", FOLLOW, kwargs=untouched, post=given(), of_group=True),
    Row("attendance:absence", FOLLOW, kwargs=absence, of_group=True),
    Row("attendance:record_reason", FOLLOW, kwargs=absence, post=reason, of_group=True),
    Row("attendance:close_absence", FOLLOW, kwargs=absence, post=ending, of_group=True),
    Row("attendance:reopen_absence", FOLLOW, kwargs=ended_absence, post=given(reason="Pomyłka."), of_group=True),
    Row("attendance:absence_note", FOLLOW, kwargs=absence, post_only=True, post=given(token="a"), of_group=True),
    Row("attendance:absence_note_draft", FOLLOW, kwargs=absence, of_group=True),
    Row("attendance:empty_absence_note", FOLLOW),
    Row("attendance:contacts", "record_contact", kwargs=participant, of_group=True),
    Row("attendance:new_contact", "record_contact", kwargs=participant, post=talk, of_group=True),
    Row("attendance:ask_excuse", FOLLOW, kwargs=untouched, post=given(reason="Pogrzeb."), of_group=True),
    Row("attendance:excuses", FOLLOW),
    Row("attendance:excuse", FOLLOW, kwargs=excuse, of_group=True),
    Row("attendance:decide_excuse", DECIDE, kwargs=excuse, post_only=True, post=given(refuse="1", note="Bez powodu.")),
    Row("attendance:withdraw_excuse", FOLLOW, kwargs=excuse, post_only=True, post=given(), of_group=True),
    Row("attendance:part_day_list", MARK),
    Row("attendance:part_days", MARK, kwargs=participant, of_group=True),
    Row("attendance:new_part_day", MARK, kwargs=programme, post=minutes, of_group=True),
    Row("attendance:agree_part_day", MARK, kwargs=part_day, post_only=True, post=given(agree="1"), of_group=True),
    Row("attendance:remove_part_day", MARK, kwargs=part_day, post_only=True, post=given(), of_group=True),
    Row("attendance:part_day_request", MARK, kwargs=part_day, of_group=True),
    Row("attendance:empty_part_day_request", MARK),
]
