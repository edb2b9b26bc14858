"""Several at once about one closed day."""

from datetime import date

import pytest

from attendance.actions import ask_correction, close, decide_correction, withdraw_correction
from attendance.models import Correction, Day
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import make_centre, make_participant, make_programme, make_user, mark
from tests.together import together

FRIDAY, AUGUST = date(2026, 7, 10), date(2026, 8, 3)

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    centre = make_centre()
    return [make_user(centre, role) for role in ("social_worker", "director", "director")]


@pytest.fixture
def programme(people):
    asker, *_ = people
    programme = make_programme(make_participant(asker.centre), start_on=date(2026, 5, 4))
    mark(programme, {FRIDAY: "unexcused"}, by=asker)
    close(programme, start_on=date(2026, 7, 1), end_on=date(2026, 7, 31), by=asker, on=AUGUST)
    return programme


def asking(programme, by, meaning="sick"):
    return ask_correction(programme, on_day=FRIDAY, meaning=meaning, reason="Jest druk.", by=by, on=AUGUST)


def refusals(results) -> list[str]:
    return [result.message for result in results if isinstance(result, Refused)]


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_who_ask_at_once_one_question_is_open(people, programme, attempt):
    results = together(*(lambda user=user: asking(programme, user) for user in people[:2]))
    assert Correction.objects.open().count() == 1
    (told,) = refusals(results)
    assert "już ktoś poprosił" in told


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_directors_at_once_one_decides(people, programme, attempt):
    asker, *directors = people
    correction = asking(programme, asker)

    def decide(user, granted):
        return lambda: decide_correction(correction, granted=granted, note="Tak.", by=user, on=AUGUST)

    results = together(decide(directors[0], True), decide(directors[1], False))
    (told,) = refusals(results)
    assert "rozstrzygnięto już" in told
    (decided,) = (result for result in results if isinstance(result, Correction))
    correction.refresh_from_db()
    assert (correction.granted, correction.decided_by) == (decided.granted, decided.decided_by)
    assert Day.objects.get().meaning == ("sick" if correction.granted else "unexcused")
    assert Entry.objects.filter(verb__in=["correction_granted", "correction_refused"]).count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_a_question_withdrawn_while_it_is_decided_has_one_end(people, programme, attempt):
    asker, director, _ = people
    correction = asking(programme, asker)
    results = together(
        lambda: withdraw_correction(correction, by=asker, on=AUGUST),
        lambda: decide_correction(correction, granted=True, note="", by=director, on=AUGUST),
    )
    assert len(refusals(results)) == 1
    correction.refresh_from_db()
    assert (correction.withdrawn_on is None) == bool(correction.granted)
    assert Day.objects.get().meaning == ("sick" if correction.granted else "unexcused")
