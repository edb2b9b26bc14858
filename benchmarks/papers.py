"""What explains the marks, made from the marks themselves, in bulk and without history: not what is measured.

A note for each day of sickness, a granted request for each free one, a granted excuse, an absence for each day without
a reason, with a try to reach the person. No suspension, no incident, no correction.
"""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from benchmarks.centres import Mark, without_checks
from cistor.crypto import encrypt
from participants.models import Programme

# One mark in ten is something else than present, three in forty have a paper.
SPECIAL = (
    Mark("late"),
    Mark("sick", "note"),
    Mark("unexcused"),
    Mark("free_day", "leave"),
    Mark("late"),
    Mark("sick", "note"),
    Mark("unexcused"),
    Mark("excused", "excuse", below="unexcused"),
)
MARKS = [mark for special in SPECIAL for mark in (*[Mark("present")] * 9, special)]

DAYS = 'FROM attendance_day d WHERE d.programme_id = ANY(%(programmes)s) AND d."on" <= %(today)s'

NOTES = f"""
INSERT INTO attendance_sicknote (programme_id, kind, number, start_on, end_on, issued_on, due_on, delivered_on,
    entered_by_id, entered_on, note)
SELECT programme_id, 'own', %(secret)s, "on", "on", "on", "on" + 2, "on", marked_by_id, "on", ''
{DAYS} AND meaning = 'sick'
"""

# Asked for ten days ahead.
FREE_DAYS = f"""
WITH request AS (
    INSERT INTO attendance_leaverequest (programme_id, filed_on, asked_by_id, asked_on, reason, granted, decided_by_id,
        decided_on, note, waiver)
    SELECT programme_id, "on" - 10, marked_by_id, "on" - 10, %(secret)s, true, marked_by_id, "on" - 9, '', ''
    {DAYS} AND meaning = 'free_day'
    RETURNING id, programme_id, filed_on
)
INSERT INTO attendance_leaveday (request_id, programme_id, "on", release)
SELECT id, programme_id, filed_on + 10, '' FROM request
"""

EXCUSES = f"""
INSERT INTO attendance_excuse (programme_id, "on", asked_by_id, asked_on, reason, granted, decided_by_id, decided_on,
    note)
SELECT programme_id, "on", marked_by_id, "on", %(secret)s, true, marked_by_id, "on" + 1, ''
{DAYS} AND meaning = 'excused'
"""

# Those of the open month are reported and no more; of this morning's nobody has begun any.
ABSENCES = f"""
WITH begun AS (
    INSERT INTO attendance_absence (programme_id, start_on, end_on, reported_at, reported_by_id, reason_kind, reason,
        found_on, found_by_id, arrangement, arranged, closed_on, closed_by_id)
    SELECT programme_id, "on", ended, "on" + interval '7 hours', marked_by_id, CASE WHEN ended IS NULL THEN '' ELSE
        'travel' END, CASE WHEN ended IS NULL THEN '' ELSE %(secret)s END, ended, by_id, CASE WHEN ended IS NULL THEN ''
        ELSE 'talk' END, '', ended + 2, by_id
    FROM (
        SELECT *, CASE WHEN "on" < %(open_from)s THEN "on" END AS ended,
            CASE WHEN "on" < %(open_from)s THEN marked_by_id END AS by_id
        {DAYS} AND meaning = 'unexcused' AND "on" < %(today)s
    ) day
    RETURNING id, programme_id, reported_at, reported_by_id
)
INSERT INTO attendance_contact (participant_id, absence_id, at, way, with_whom, whom, result, text, by_id, recorded_on)
SELECT p.participant_id, a.id, a.reported_at, 'phone', 'participant', '', 'failed', %(secret)s, a.reported_by_id,
    a.reported_at::date
FROM begun a JOIN participants_programme p ON p.id = a.programme_id
"""

# Month by month, as payment lists close them.
CLOSINGS = """
INSERT INTO attendance_closing (programme_id, start_on, end_on, closed_on, closed_by_id)
SELECT p.id, GREATEST(p.signed_on, month::date), LEAST(p.ended_on, last_on), last_on + 3, p.signed_by_id
FROM participants_programme p, generate_series(date_trunc('month', p.signed_on), %(open_from)s::date - 1, '1 month')
    month, LATERAL (SELECT (month + interval '1 month - 1 day')::date AS last_on) span
WHERE p.id = ANY(%(programmes)s) AND (p.ended_on IS NULL OR p.ended_on >= month)
"""


def explain(centres: Sequence[int], *, open_from: date, today: date) -> None:
    """The papers of all days until today; the months before `open_from` are closed, and so are their absences."""
    programmes = list(Programme.objects.filter(participant__centre__in=centres).values_list("pk", flat=True))
    given = {"programmes": programmes, "open_from": open_from, "today": today, "secret": encrypt("Wymyślone.")}
    with connection.cursor() as cursor:
        with without_checks(cursor):
            for statement in (NOTES, FREE_DAYS, EXCUSES, ABSENCES, CLOSINGS):
                cursor.execute(statement, given)
        cursor.execute("ANALYZE")
