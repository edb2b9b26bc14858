"""Two runs at once, a signature beside a run, and a run that is cut off: no letter is lost, none comes twice."""

import random
import time
from collections import Counter
from threading import Thread

import pytest
from django.db import connection, transaction

from cistor.errors import Refused
from cistor.journal.models import Entry
from cistor.notices import tasks
from cistor.notices.actions.letters import sign
from cistor.notices.actions.prepare import prepare
from cistor.notices.models import Letter, LetterPerson, Run
from tests.factories import make_centre, make_user
from tests.notices.making import SIGNED, Kind, make_letter, make_signed
from tests.referrals.papers import make_letterhead
from tests.together import together
from tests.workers import wait_for

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

KILLS = 20
PLACES = ["notices_letter", "notices_letterperson", "journal_entry", "notices_run"]
# Of the run under way: whether it waits for somebody, and its end.
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
CUT_OFF = "SELECT pg_terminate_backend(%s)"


def assert_each_once(programmes):
    """Everybody stands in one list and was told once; no letter is empty, and each was written down."""
    found = Counter(LetterPerson.objects.values_list("programme", "kind"))
    wanted = {(row.pk, kind) for row in programmes for kind in (Kind.ADMISSION_LIST, Kind.INSURANCE_TOLD)}
    assert found == dict.fromkeys(wanted, 1)
    assert not Letter.objects.filter(people=None).exists()
    assert Entry.objects.filter(verb="letter_prepared").count() == Letter.objects.count()
    added = Entry.objects.filter(verb="letter_person_added").count()
    assert Letter.objects.count() + added == LetterPerson.objects.count()


def test_of_two_runs_at_once_one_writes_and_the_other_finds_it_written():
    centre = make_centre("cistor")
    programmes = [make_signed(centre) for _ in range(4)]
    runs = together(*[lambda: prepare(centre, on=SIGNED)] * 2)
    assert sorted((run.prepared, run.joined, run.failed) for run in runs) == [(0, 0, 0), (5, 3, 0)]
    assert_each_once(programmes)


def test_who_comes_while_the_list_is_signed_stands_in_it_or_in_the_next():
    centre = make_centre("cistor")
    make_letterhead(centre)
    director = make_user(centre, "director")
    listed, late = make_signed(centre), make_signed(centre)
    letter = make_letter(listed)
    signed, run = together(
        lambda: sign(letter, by=director, on=SIGNED),
        lambda: prepare(centre, on=SIGNED),
    )
    assert (signed.status, run.failed) == ("signed", 0)
    person = LetterPerson.objects.get(kind=Kind.ADMISSION_LIST, programme=late)
    in_paper = late.participant_id in signed.document.people
    assert in_paper == (person.letter == letter)


def test_of_two_signatures_one_stands():
    centre = make_centre("cistor")
    make_letterhead(centre)
    director = make_user(centre, "director")
    letter = make_letter(make_signed(centre))
    results = together(*[lambda: sign(letter, by=director, on=SIGNED)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Letter", "Refused"]
    assert [result.message for result in results if isinstance(result, Refused)] == [
        "Tej czynności nie można teraz wykonać. Obecny stan: podpisane."
    ]


def answer(sql, pid) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, [pid])
        return cursor.fetchone()[0]


class Killed(Thread):
    """A run in a session of its own, whose number in the database is known."""

    def __init__(self, centre):
        super().__init__()
        self.centre, self.pid = centre, None

    def run(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.pid = cursor.fetchone()[0]
        tasks.prepare_centre(self.centre.pk)
        connection.close()


def kill_a_run_at(place, centre, pause) -> bool:
    """It gets as far as the pause lets it, then to the next writing in that place and no further; False when it was
    over by then."""
    run = Killed(centre)
    run.start()
    wait_for(lambda: run.pid)
    time.sleep(pause)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {place} IN SHARE MODE")
        wait_for(lambda: not run.is_alive() or answer(WAITS, run.pid))
        is_stopped = run.is_alive()
        answer(CUT_OFF, run.pid)
    run.join(timeout=60)
    return is_stopped


def test_a_run_killed_twenty_times_at_random_leaves_nothing_half_done(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: SIGNED)
    chance, centre = random.Random(20261223), make_centre("cistor")
    programmes, kills = [], 0
    while kills < KILLS:
        programmes.append(make_signed(centre))
        kills += kill_a_run_at(chance.choice(PLACES), centre, chance.uniform(0, 0.05))
        assert not Letter.objects.filter(people=None).exists()
    assert Run.objects.exclude(failure="").count() == KILLS
    tasks.prepare_centre(centre.pk)
    assert (Run.objects.first().failure, Run.objects.first().failed) == ("", 0)
    assert_each_once(programmes)
