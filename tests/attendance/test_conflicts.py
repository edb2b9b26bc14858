"""Two people at once: nobody overwrites what they have not seen."""

import random
from datetime import date

import pytest

from attendance.actions import close, mark
from attendance.cells import Cell
from attendance.models import Closing, Day
from cistor.errors import Refused
from tests.factories import make_centre, make_group, make_participant, make_programme, make_user
from tests.together import together

FRIDAY = date(2026, 7, 10)


def put(programme, meaning, *, by, seen=None, **flags):
    cells = [Cell(programme.pk, seen, meaning, **flags)]
    return mark(centre=programme.participant.centre, on_day=FRIDAY, cells=cells, by=by, on=FRIDAY)


@pytest.fixture
def programme(centre, social_worker):
    return make_programme(make_participant(centre), start_on=date(2026, 5, 4))


def test_the_second_is_told_who_was_first_with_what_and_when(programme, social_worker, director):
    put(programme, "unexcused", by=social_worker, provisional=True)
    (conflict,) = put(programme, "present", by=director)
    assert (conflict.meaning, conflict.code, conflict.provisional) == ("unexcused", "NN", True)
    assert conflict.by == social_worker
    assert conflict.at == programme.days.get().marked_at
    assert programme.days.get().meaning == "unexcused"


def test_a_day_unmarked_in_between_is_a_conflict_too(programme, social_worker, director):
    put(programme, "unexcused", by=social_worker)
    put(programme, None, seen="unexcused", by=social_worker)
    (conflict,) = put(programme, "sick", seen="unexcused", by=director)
    assert conflict.meaning is None
    assert conflict.at is not None
    assert not programme.days.exists()


def test_only_a_seen_provisional_mark_may_be_confirmed(programme, social_worker, director):
    put(programme, "unexcused", by=social_worker, provisional=True)
    assert (
        len(put(programme, "unexcused", seen="unexcused", seen_provisional=False, provisional=True, by=director)) == 0
    )
    assert len(put(programme, "sick", seen="unexcused", seen_provisional=False, by=director)) == 1
    assert put(programme, "unexcused", seen="unexcused", seen_provisional=True, by=director) == []
    assert programme.days.get().provisional is False


def test_two_who_meant_the_same_are_in_no_conflict(programme, social_worker, director):
    put(programme, "present", by=social_worker)
    assert put(programme, "present", by=director) == []
    assert programme.days.get().marked_by == social_worker


def test_a_conflict_in_one_cell_leaves_the_others_written(centre, programme, social_worker, director):
    other = make_programme(make_participant(centre), start_on=date(2026, 5, 4))
    put(programme, "sick", by=social_worker)
    cells = [Cell(programme.pk, None, "present"), Cell(other.pk, None, "present")]
    conflicts = mark(centre=centre, on_day=FRIDAY, cells=cells, by=director, on=FRIDAY)
    assert [conflict.cell.programme_id for conflict in conflicts] == [programme.pk]
    assert other.days.get().meaning == "present"


# Real threads ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def shared(transactional_db):
    centre = make_centre()
    first, second = make_user(centre, "social_worker"), make_user(centre, "director")
    group = make_group(centre)
    people = [make_participant(centre, group=group) for _ in range(6)]
    return centre, (first, second), [make_programme(person, start_on=date(2026, 5, 4)) for person in people]


@pytest.mark.concurrency
@pytest.mark.parametrize("seed", range(5))
def test_of_two_at_once_each_cell_has_one_winner_and_the_loser_knows(shared, seed):
    centre, users, programmes = shared
    dice = random.Random(seed)
    wishes = [{p.pk: dice.choice(["present", "unexcused", "sick"]) for p in programmes} for _ in users]
    orders = [dice.sample(programmes, len(programmes)) for _ in users]

    def save(user, wish, order):
        cells = [Cell(programme.pk, None, wish[programme.pk]) for programme in order]
        return lambda: mark(centre=centre, on_day=FRIDAY, cells=cells, by=user, on=FRIDAY)

    results = together(*map(save, users, wishes, orders))
    stored = {day.programme_id: day for day in Day.objects.select_related("marked_by")}
    assert set(stored) == {programme.pk for programme in programmes}
    for user, wish, conflicts in zip(users, wishes, results, strict=True):
        lost = {conflict.cell.programme_id: conflict for conflict in conflicts}
        for pk, day in stored.items():
            if day.meaning == wish[pk]:
                assert pk not in lost
            else:
                assert (lost[pk].meaning, lost[pk].by) == (day.meaning, day.marked_by)
                assert day.marked_by != user


@pytest.mark.concurrency
@pytest.mark.parametrize("seed", range(3))
def test_a_mark_and_a_closing_at_once_never_both_pass_unnoticed(shared, seed):
    centre, (social_worker, director), (programme, *_) = shared

    def save():
        return mark(centre=centre, on_day=FRIDAY, cells=[Cell(programme.pk, None, "sick")], by=social_worker, on=FRIDAY)

    def shut():
        close(programme, start_on=FRIDAY, end_on=FRIDAY, by=director, on=FRIDAY)
        # What a closing sees after it holds the programme is what stands for good.
        return Day.objects.filter(programme=programme, on=FRIDAY).count()

    marked, seen = together(save, shut)
    assert Closing.objects.count() == 1
    if isinstance(marked, Refused):
        assert (seen, Day.objects.count()) == (0, 0)
    else:
        assert (marked, seen, Day.objects.count()) == ([], 1, 1)
