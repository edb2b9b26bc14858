"""The same acts at once: nobody waits in a circle, and in the end each open day says what its facts say."""

from datetime import timedelta
from random import Random

import pytest

from attendance.actions import settle
from attendance.models import Closing
from cistor.errors import Refused
from tests.attendance.test_sequences import FIRST, LAST, Life, Step
from tests.factories import make_centre, make_user, mark
from tests.together import together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
BEFORE = ["note", "leave", "ask", "close"]
AT_ONCE = ["note", "leave", "mark", "excuse", "incident", "suspend", "close", "take_back", "cancel", "decide"]
AT_ONCE += ["deliver", "give_up", "retract", "morning"]


@pytest.mark.parametrize("seed", range(3))
def test_acts_at_once_leave_each_day_as_its_facts_say(seed):
    centre, chance = make_centre(), Random(seed)
    life = Life(centre, *(make_user(centre, role) for role in ("instructor", "social_worker", "director")))
    life.hand = {FIRST: "unexcused", FIRST + timedelta(days=1): "present"}
    mark(life.programme, life.hand, by=life.instructor)

    def step(act):
        return Step(act, chance.randrange(6), chance.randint(1, 4), chance.randrange(30))

    for act in BEFORE:
        life.take(step(act))
    chosen = [step(act) for act in chance.sample(AT_ONCE, 6)]
    results = together(*(lambda one=one: getattr(life, one.act)(one) for one in chosen))
    assert not [found for found in results if isinstance(found, Exception) and not isinstance(found, Refused)]
    assert None in results
    # What a closed day says stands; the open ones are asked of the papers, and of the code under test.
    life.closed = {}
    for closing in Closing.objects.filter(programme=life.pk):
        life.shut(closing.start_on, closing.end_on)
    life.check()
    assert settle([life.pk], FIRST, LAST, centre=centre, by=life.director).written == 0
