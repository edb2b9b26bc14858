"""The journal of acts and the log of reads: found along the object's own paths, final from the first moment."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from cistor.journal.actions import record, record_reading
from cistor.journal.models import Entry, Reading
from tests.factories import make_participant, make_programme

STARTED = date(2026, 1, 5)


def test_an_entry_finds_its_centre_and_participant_along_the_objects_paths(centre, director):
    stage = make_programme(make_participant(centre), start_on=STARTED).stages.get(kind="trial")
    entry = record(stage, "pass_to_main", by=director, on=STARTED)
    assert (entry.centre, entry.participant) == (centre, stage.programme.participant)
    assert (entry.object_kind, entry.object_id) == ("participants.stage", stage.pk)


def test_the_participant_of_a_participants_act_is_the_participant(centre, director):
    person = make_participant(centre)
    assert record(person, "change_participant", by=director).participant == person


def test_a_scheduled_job_acts_without_a_user(centre):
    assert record(make_participant(centre), "sweep", by=None).by is None


def test_the_data_of_an_entry_are_stored_encrypted_and_read_plain(centre, director):
    entry = record(make_participant(centre), "change_participant", by=director, name="Kalina", on=STARTED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM journal_entry WHERE id = %s", [entry.pk])
        assert "Kalina" not in cursor.fetchone()[0]
    assert Entry.objects.get(pk=entry.pk).data == {"name": "Kalina", "on": "2026-01-05"}


def test_a_reading_says_who_looked_at_whom(centre, payroll):
    person = make_participant(centre)
    reading = record_reading(person, "card", by=payroll)
    assert (reading.participant, reading.centre, reading.by, reading.what) == (person, centre, payroll, "card")


@pytest.mark.parametrize("model, field", [(Entry, "verb"), (Reading, "what")])
def test_what_is_written_down_never_changes(centre, director, model, field):
    person = make_participant(centre)
    record(person, "change_participant", by=director)
    record_reading(person, "card", by=director)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**{field: "inne"})
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()
