from datetime import date

import pytest

from participants import actions
from participants.models import Group, GroupLead, Membership, Participant
from tests.factories import make_group, make_participant, make_user
from tests.participants.refusals import refusal

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
OPENED = date(2026, 1, 1)


@pytest.fixture
def group(centre):
    return make_group(centre, name="Stolarnia", start_on=OPENED)


@pytest.fixture
def person(centre):
    return make_participant(centre)


def join(person, group, by, start_on):
    return actions.join_group(person, group=group, start_on=start_on, by=by, on=TODAY)


def lead(group, instructor, by, start_on=OPENED, end_on=None):
    return actions.lead_group(group, instructor=instructor, start_on=start_on, end_on=end_on, by=by, on=TODAY)


def test_a_groups_name_is_taken_once_in_a_centre(centre, other_centre, social_worker):
    given = {"name": " Kuchnia  mała", "start_on": OPENED, "by": social_worker, "on": TODAY}
    assert actions.create_group(centre=centre, **given).name == "Kuchnia mała"
    assert refusal(actions.create_group, centre=centre, **given) == (None, "Taka grupa już jest.")
    assert actions.create_group(centre=other_centre, **given).pk


def test_a_lead_reaches_the_group_on_the_leads_days_only(group, instructor, social_worker):
    lead(group, instructor, social_worker, date(2026, 2, 1), date(2026, 2, 28))
    reached = [
        Group.objects.visible_to(instructor, on=on).exists()
        for on in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))
    ]
    assert reached == [False, True, True, False]


def test_a_group_is_led_by_an_active_instructor_of_the_same_centre(group, payroll, outsider, centre, social_worker):
    gone = make_user(centre, "instructor", is_active=False)
    assert [refusal(lead, group, who, social_worker)[0] for who in (payroll, outsider, gone)] == ["instructor"] * 3


def test_two_instructors_may_lead_one_group_but_nobody_leads_it_twice(group, instructor, centre, social_worker):
    lead(group, instructor, social_worker)
    lead(group, make_user(centre, "instructor"), social_worker)
    assert refusal(lead, group, instructor, social_worker, date(2026, 5, 1))[0] == "instructor"


def test_a_lead_lies_in_the_time_the_group_works(group, instructor, social_worker):
    assert refusal(lead, group, instructor, social_worker, date(2025, 12, 31))[0] == "start_on"
    group.end_on = date(2026, 6, 30)
    group.save()
    assert refusal(lead, group, instructor, social_worker, OPENED, date(2026, 7, 1))[0] == "end_on"


def test_an_ended_lead_counts_to_its_last_day(group, instructor, social_worker):
    row = lead(group, instructor, social_worker)
    actions.end_lead(row, end_on=date(2026, 6, 30), by=social_worker, on=TODAY)
    assert GroupLead.objects.in_force(date(2026, 6, 30)).exists()
    assert not GroupLead.objects.in_force(date(2026, 7, 1)).exists()
    assert refusal(actions.end_lead, row, end_on=date(2025, 6, 30), by=social_worker, on=TODAY)[0] == "end_on"


def test_joining_ends_the_earlier_membership_the_day_before(group, person, centre, social_worker):
    other = make_group(centre, start_on=OPENED)
    join(person, group, social_worker, date(2026, 3, 2))
    join(person, other, social_worker, date(2026, 5, 4))
    assert [(m.group, m.start_on, m.end_on) for m in Membership.objects.all()] == [
        (other, date(2026, 5, 4), None),
        (group, date(2026, 3, 2), date(2026, 5, 3)),
    ]
    assert list(Participant.objects.in_group(group, date(2026, 5, 3))) == [person]
    assert not Participant.objects.in_group(group, date(2026, 5, 4)).exists()


def test_a_wrong_group_is_corrected_on_its_first_day(group, person, centre, social_worker):
    other = make_group(centre, start_on=OPENED)
    join(person, group, social_worker, date(2026, 3, 2))
    join(person, other, social_worker, date(2026, 3, 2))
    assert [m.group for m in Membership.objects.all()] == [other]


def test_nobody_joins_what_cannot_be_joined(group, person, other_centre, social_worker):
    strange = make_group(other_centre)
    assert refusal(join, person, strange, social_worker, date(2026, 3, 2))[0] == "group"
    assert refusal(join, person, group, social_worker, date(2025, 12, 31))[0] == "start_on"
    assert refusal(join, person, group, social_worker, date(1, 1, 1))[0] == "start_on"
    join(person, group, social_worker, date(2026, 3, 2))
    assert refusal(join, person, group, social_worker, date(2026, 4, 1))[0] == "group"


def test_a_membership_promised_for_later_is_not_overtaken(group, person, centre, social_worker):
    join(person, group, social_worker, date(2026, 12, 1))
    field, message = refusal(join, person, make_group(centre), social_worker, date(2026, 11, 2))
    assert (field, "01.12.2026" in message) == ("start_on", True)


def test_a_closed_group_takes_nobody_after_its_last_day(group, person, social_worker):
    group.end_on = date(2026, 6, 30)
    group.save()
    assert refusal(join, person, group, social_worker, date(2026, 7, 1))[0] == "start_on"


def test_leaving_keeps_the_last_day(group, person, social_worker):
    join(person, group, social_worker, date(2026, 3, 2))
    actions.leave_group(person, end_on=date(2026, 3, 31), by=social_worker, on=TODAY)
    assert list(Participant.objects.in_group(group, date(2026, 3, 31))) == [person]
    again = refusal(actions.leave_group, person, end_on=date(2026, 4, 1), by=social_worker, on=TODAY)
    assert again == ("end_on", "Tego dnia uczestnik nie należy do żadnej grupy.")
