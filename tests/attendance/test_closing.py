"""Closing a month."""

from datetime import date

import pytest

from attendance.actions import close, close_many, close_month
from attendance.closing import checklist
from attendance.models import Closing
from cistor.centres.models import ExtraClassDay
from cistor.errors import Refused
from cistor.journal.models import Entry
from participants.models import Membership
from tests.factories import end, make_group, make_participant, make_programme, mark, mark_present

JULY, JULY_END, AUGUST = date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 3)


@pytest.fixture
def group(centre):
    return make_group(centre)


@pytest.fixture
def programme(centre, group, social_worker):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4))


def spans(programme):
    return list(programme.closings.values_list("start_on", "end_on"))


# The low-level act ----------------------------------------------------------------------------------------------------


def test_only_the_parts_that_are_still_open_are_closed(programme, social_worker):
    by = {"by": social_worker, "on": AUGUST}
    close(programme, start_on=date(2026, 7, 6), end_on=date(2026, 7, 10), **by)
    close(programme, start_on=date(2026, 7, 20), end_on=date(2026, 7, 20), **by)
    assert close(programme, start_on=JULY, end_on=JULY_END, **by) == 3
    assert spans(programme) == [
        (date(2026, 7, 1), date(2026, 7, 5)),
        (date(2026, 7, 6), date(2026, 7, 10)),
        (date(2026, 7, 11), date(2026, 7, 19)),
        (date(2026, 7, 20), date(2026, 7, 20)),
        (date(2026, 7, 21), date(2026, 7, 31)),
    ]
    assert close(programme, start_on=JULY, end_on=JULY_END, **by) == 0


def test_overlapping_spans_of_one_programme_are_closed_once(programme, social_worker):
    parts = [(programme, date(2026, 6, 15), date(2026, 7, 14)), (programme, JULY, JULY_END)]
    close_many(parts, by=social_worker, on=AUGUST)
    assert spans(programme) == [(date(2026, 6, 15), JULY_END)]


def test_nothing_to_close_closes_nothing(centre, social_worker):
    assert close_many([], by=social_worker, on=AUGUST) == 0
    assert not Entry.objects.filter(verb="attendance_closed").exists()


def test_hundreds_are_closed_in_a_fixed_number_of_statements(centre, social_worker, django_assert_num_queries):
    programmes = [make_programme(make_participant(centre), start_on=JULY, by=social_worker) for _ in range(60)]
    for some in (programmes[:5], programmes[5:]):
        with django_assert_num_queries(7):
            close_many([(programme, JULY, JULY_END) for programme in some], by=social_worker, on=AUGUST)
    assert Closing.objects.count() == 60


def test_the_journal_names_who_closed_which_days(programme, social_worker):
    close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    entry = Entry.objects.get(verb="attendance_closed")
    assert (entry.by, entry.participant) == (social_worker, programme.participant)
    assert entry.data == {"spans": [[programme.pk, "2026-07-01", "2026-07-31"]]}


# The month, checked first ---------------------------------------------------------------------------------------------


def test_the_checklist_names_unmarked_and_provisional_days(centre, programme):
    mark_present(programme, JULY, date(2026, 7, 29), but={date(2026, 7, 15): "late"})
    mark(programme, {date(2026, 7, 30): "unexcused"}, provisional=True)
    (part,) = checklist(centre, JULY)
    assert (part.programme, part.start_on, part.end_on) == (programme, JULY, JULY_END)
    assert part.unmarked == [date(2026, 7, 31)]
    assert part.provisional == [date(2026, 7, 30)]


def test_a_month_with_days_not_ready_is_not_closed(centre, programme, social_worker):
    mark_present(programme, JULY, date(2026, 7, 30))
    with pytest.raises(Refused, match="u 1 osoby"):
        close_month(centre=centre, month=JULY, by=social_worker, on=AUGUST)
    assert not Closing.objects.exists()


def test_a_month_that_is_ready_is_closed_as_far_as_the_programme_lasts(centre, programme, social_worker):
    end(programme, ended_on=date(2026, 7, 15))
    mark_present(programme, JULY, date(2026, 7, 15))
    close_month(centre=centre, month=JULY, by=social_worker, on=AUGUST)
    assert spans(programme) == [(JULY, date(2026, 7, 15))]


def test_a_month_still_to_come_is_not_closed(centre, programme, social_worker):
    with pytest.raises(Refused, match="jeszcze się nie zaczął"):
        close_month(centre=centre, month=date(2026, 9, 1), by=social_worker, on=AUGUST)


@pytest.mark.parametrize("today", [date(2026, 5, 28), date(2026, 5, 29)])
def test_a_month_is_not_closed_before_its_last_class_day_has_passed(centre, programme, social_worker, today):
    mark_present(programme, date(2026, 5, 4), date(2026, 5, 29))
    with pytest.raises(Refused, match="trwają do 29 maja 2026"):
        close_month(centre=centre, month=date(2026, 5, 1), by=social_worker, on=today)
    assert not Closing.objects.exists()


def test_the_day_after_its_last_class_day_a_month_is_closed_to_its_end(centre, programme, social_worker):
    mark_present(programme, date(2026, 5, 4), date(2026, 5, 29))
    close_month(centre=centre, month=date(2026, 5, 1), by=social_worker, on=date(2026, 5, 30))
    assert spans(programme) == [(date(2026, 5, 4), date(2026, 5, 31))]


def test_an_extra_class_day_at_the_end_keeps_the_month_open(centre, programme, social_worker):
    ExtraClassDay.objects.create(centre=centre, on=date(2026, 5, 30), reason="Dzień otwarty")
    mark_present(programme, date(2026, 5, 4), date(2026, 5, 29))
    with pytest.raises(Refused, match="trwają do 30 maja 2026"):
        close_month(centre=centre, month=date(2026, 5, 1), by=social_worker, on=date(2026, 5, 30))


def test_a_group_is_closed_as_far_as_people_were_in_it(centre, group, programme, social_worker):
    Membership.objects.filter(group=group).update(end_on=date(2026, 7, 12))
    Membership.objects.create(group=make_group(centre), participant=programme.participant, start_on=date(2026, 7, 13))
    make_programme(make_participant(centre), start_on=JULY)  # in no group, not marked
    mark_present(programme, JULY, date(2026, 7, 10))
    close_month(centre=centre, month=JULY, group=group, by=social_worker, on=AUGUST)
    assert spans(programme) == [(JULY, date(2026, 7, 12))]


def test_days_closed_before_are_nobodys_duty(centre, programme, social_worker):
    close(programme, start_on=JULY, end_on=date(2026, 7, 30), by=social_worker, on=AUGUST)
    (part,) = checklist(centre, JULY)
    assert (part.unmarked, part.is_closed) == ([date(2026, 7, 31)], False)
    mark(programme, {JULY_END: "present"})
    close_month(centre=centre, month=JULY, by=social_worker, on=AUGUST)
    (part,) = checklist(centre, JULY)
    assert (part.is_ready, part.is_closed) == (True, True)


def test_a_month_closed_already_is_closed_again_without_a_word(centre, programme, social_worker):
    mark_present(programme, JULY, JULY_END)
    assert [close_month(centre=centre, month=JULY, by=social_worker, on=AUGUST) for _ in range(2)] == [1, 0]


def test_another_centre_is_neither_listed_nor_closed(centre, other_centre, social_worker):
    foreign = make_programme(make_participant(other_centre), start_on=JULY)
    mark_present(foreign, JULY, JULY_END)
    assert checklist(centre, JULY) == []
    with pytest.raises(Refused, match="nie ma nikogo do zamknięcia"):
        close_month(centre=centre, month=JULY, by=social_worker, on=AUGUST)
    assert not Closing.objects.exists()


def test_the_checklist_takes_the_same_queries_for_five_and_for_thirty(centre, social_worker, django_assert_num_queries):
    for people in (5, 25):
        for _ in range(people):
            make_programme(make_participant(centre), start_on=JULY, by=social_worker)
        with django_assert_num_queries(10):
            checklist(centre, JULY)
