"""The facts of a day reach whoever came under them after they were stated."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.actions import mark, record_note
from attendance.actions.mornings import settle_day
from attendance.cells import Cell
from attendance.models import Day, LeaveDay, LeaveRequest, Suspension
from attendance.tasks import settle_today
from cistor.centres.models import DayCode
from cistor.desk import traces, words
from cistor.journal.models import Entry
from participants.models import Membership, Participant
from tests.factories import make_group, make_participant, make_programme

TUESDAY, WEDNESDAY = date(2026, 3, 10), date(2026, 3, 11)


def test_who_joins_a_group_later_gets_its_suspended_day(centre, director, social_worker, monkeypatch):
    group, participant = make_group(centre), make_participant(centre)
    programme, other = make_programme(participant, start_on=date(2026, 1, 5)), make_participant(centre)
    note_of = make_programme(other, start_on=date(2026, 1, 5))
    suspended = {"start_on": WEDNESDAY, "end_on": WEDNESDAY, "reason": "awaria", "by": director}
    Suspension.objects.create(centre=centre, group=group, **suspended, decided_on=TUESDAY)
    days = {"start_on": TUESDAY, "end_on": WEDNESDAY, "issued_on": TUESDAY, "delivered_on": TUESDAY}
    record_note(note_of, kind="own", **days, by=social_worker, on=TUESDAY)
    Membership.objects.create(group=group, participant=participant, start_on=WEDNESDAY)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: WEDNESDAY)
    assert settle_today.name in {line["task"] for line in settings.CELERY_BEAT_SCHEDULE.values()}
    settle_today()
    settle_today()
    found = Day.objects.filter(on=WEDNESDAY).values_list("programme", "meaning", "marked_by")
    assert set(found) == {(programme.pk, "suspended", director.pk), (note_of.pk, "sick", social_worker.pk)}


def suspended(centre, director, start_on, end_on, group=None):
    days = {"start_on": start_on, "end_on": end_on, "decided_on": start_on}
    return Suspension.objects.create(centre=centre, group=group, reason="awaria", by=director, **days)


def days_of(programme) -> dict:
    return dict(Day.objects.filter(programme=programme).values_list("on", "meaning"))


def test_a_morning_settles_every_open_day_and_says_so_once(centre, director):
    group, participant = make_group(centre), make_participant(centre)
    programme = make_programme(participant, start_on=date(2026, 1, 5))
    stay = Membership.objects.create(group=group, participant=participant, start_on=date(2026, 1, 5))
    suspended(centre, director, date(2026, 3, 5), date(2026, 3, 13), group)
    suspended(centre, director, date(2026, 1, 5), date(2026, 1, 6))
    assert settle_day(centre, on=WEDNESDAY) == 7
    assert settle_day(centre, on=WEDNESDAY) == 0
    stay.end_on = date(2026, 3, 6)
    stay.save()
    assert settle_day(centre, on=WEDNESDAY) == 5
    assert days_of(programme) == {date(2026, 3, 5): "suspended", date(2026, 3, 6): "suspended"}
    assert Entry.objects.filter(verb="days_settled").count() == 2


def test_the_journal_names_each_person_whose_days_a_morning_wrote_and_by_whose_word(centre, director):
    group, participant = make_group(centre), make_participant(centre)
    programme = make_programme(participant, start_on=date(2026, 1, 5))
    stay = Membership.objects.create(group=group, participant=participant, start_on=date(2026, 1, 5))
    suspended(centre, director, TUESDAY, WEDNESDAY, group)
    make_programme(make_participant(centre), start_on=date(2026, 1, 5))
    settle_day(centre, on=WEDNESDAY)
    stay.end_on = TUESDAY
    stay.save()
    settle_day(centre, on=WEDNESDAY)
    back, first = Entry.objects.filter(verb="days_settled")
    assert {(row.participant, row.object_id, row.by) for row in (back, first)} == {(participant, programme.pk, None)}
    assert first.data == {"days": {"suspension": ["2026-03-10", "2026-03-11"]}}
    assert back.data == {"days": {"hand": ["2026-03-11"]}}
    told = [trace.what for trace in traces.load(traces.of_person(participant, "czynnosci"))]
    assert told[:2] == [
        f"{words.VERBS['days_settled']}: 11 marca (wpis już ich nie dotyczy)",
        f"{words.VERBS['days_settled']}: 10 i 11 marca (zawieszenie zajęć)",
    ]


@pytest.mark.parametrize("people", [2, 12])
def test_any_number_of_people_is_as_many_queries_in_the_morning(centre, director, people):
    for _ in range(people):
        make_programme(make_participant(centre), start_on=date(2026, 1, 5))
    suspended(centre, director, TUESDAY, WEDNESDAY)
    with CaptureQueriesContext(connection) as queries:
        assert settle_day(centre, on=WEDNESDAY) == 2 * people
    assert Entry.objects.filter(verb="days_settled").count() == people
    assert len(queries) == 28


def test_a_mark_meets_the_fact_that_nobody_has_written_yet(centre, director, instructor):
    participant = make_participant(centre, group=make_group(centre, instructor))
    programme = make_programme(participant, start_on=date(2026, 1, 5))
    suspended(centre, director, WEDNESDAY, WEDNESDAY)
    cells = [Cell(programme.pk, None, "unexcused")]
    (conflict,) = mark(centre=centre, on_day=WEDNESDAY, cells=cells, by=instructor, on=WEDNESDAY)
    assert (conflict.meaning, conflict.by) == ("suspended", director)
    assert days_of(programme) == {WEDNESDAY: "suspended"}
    entry = Entry.objects.get(verb="days_settled")
    assert (entry.participant, entry.by, entry.object_id) == (participant, instructor, programme.pk)
    assert entry.data == {"days": {"suspension": ["2026-03-11"]}}
    assert not Entry.objects.filter(verb="attendance_marked").exists()


def test_a_day_without_a_code_keeps_nobody_elses_waiting(centre, director):
    programme = make_programme(make_participant(centre), start_on=date(2026, 1, 5))
    suspended(centre, director, TUESDAY, TUESDAY)
    asked = {"programme": programme, "asked_by": director, "asked_on": TUESDAY, "filed_on": TUESDAY}
    request = LeaveRequest.objects.create(**asked, granted=True, decided_by=director, decided_on=TUESDAY)
    LeaveDay.objects.create(request=request, programme=programme, on=WEDNESDAY)
    DayCode.objects.filter(regulations__centre=centre, meaning="suspended").delete()
    assert settle_day(centre, on=WEDNESDAY) == 1
    assert days_of(programme) == {WEDNESDAY: "free_day"}


def test_a_morning_holds_the_people_before_their_programmes_and_leaves_the_erased(centre, director):
    programme, erased = (make_programme(make_participant(centre), start_on=date(2026, 1, 5)) for _ in range(2))
    suspended(centre, director, WEDNESDAY, WEDNESDAY)
    Participant.objects.filter(pk=erased.participant_id).update(erased_on=TUESDAY)
    with CaptureQueriesContext(connection) as queries:
        settle_day(centre, on=WEDNESDAY)
    held = [row["sql"] for row in queries if "FOR NO KEY UPDATE" in row["sql"]]
    assert 'FROM "participants_participant"' in held[0]
    assert 'FROM "participants_programme"' in held[1]
    assert (days_of(programme), days_of(erased)) == ({WEDNESDAY: "suspended"}, {})
