"""Ten years of a centre, day by day through the jobs: no letter is lost, none comes twice, none without a reason late.

The same ten years every time, so that a red run is red again; `CISTOR_SEED=random` lives others, and `CISTOR_SEED=17`
those that a random run has named.
"""

import os
import random
import sys
from datetime import date

import pytest
from celery import current_app
from django.db import connection

from cistor.dates import days_between
from cistor.notices import tasks
from cistor.notices.models import Letter, LetterPerson, Run
from tests.factories import make_centre, make_user
from tests.notices.simulated import Centre
from tests.referrals.papers import make_letterhead

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

FIRST, LAST = date(2026, 1, 5), date(2036, 1, 4)


@pytest.fixture
def chance():
    asked = os.environ.get("CISTOR_SEED", "7")
    seed = str(random.SystemRandom().randrange(10**6)) if asked == "random" else asked
    sys.stdout.write(f"CISTOR_SEED={seed}\n")
    return random.Random(seed)


@pytest.fixture
def executioner():
    """A second connection, to cut the first."""
    second = connection.copy()
    yield second
    second.close()


@pytest.fixture
def life(chance, executioner, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    centre = make_centre("cistor")
    make_letterhead(centre)
    life = Centre(centre, make_user(centre, "director"), chance, executioner)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: life.today)
    monkeypatch.setattr(current_app, "send_task", lambda name, args: life.messages.append(name))
    return life


def test_in_ten_years_no_letter_is_lost_none_comes_twice_and_none_is_late_without_a_reason(life):
    """Twice and lost are asserted on the way, after every run that nobody cut off."""
    for day in days_between(FIRST, LAST):
        life.live(day)
    tasks.prepare_all()
    life.see()
    # Late is only what was asked for while the job stood still, or broke, between the fact and the due day.
    late = [key for key, day in life.written_on.items() if day > life.due_on[key]]
    for key in late:
        assert life.troubled.intersection(days_between(life.asked_on[key], life.due_on[key])), key
    assert len(life.written_on) == LetterPerson.objects.count()
    assert set(Letter.objects.values_list("kind", flat=True)) == set(Letter.Kind.values)
    assert not Run.objects.filter(failed__gt=0).exists()
    told = f"{len(life.lives)} lives, {len(life.written_on)} letters, {len(late)} late, {life.crashes} crashes"
    sys.stdout.write(f"{told}\n")
    assert life.crashes
    assert life.rendered
