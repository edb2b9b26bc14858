"""Classes suspended for a group or the whole centre: full benefit, and free days given back."""

import re
from datetime import date

import pytest
from django.urls import reverse

from attendance.actions import close, mark_range
from attendance.actions import mark as mark_cells
from attendance.actions.mornings import settle_day
from attendance.actions.suspensions import suspend_classes, withdraw_suspension
from attendance.cells import Cell
from attendance.models import Correction, Day, LeaveDay, LeaveRequest, SickNote, Suspension
from cistor.errors import Refused
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, FRIDAY, NEXT_MONDAY = (date(2026, 3, day) for day in (9, 10, 13, 16))


@pytest.fixture
def group(centre):
    return make_group(centre)


@pytest.fixture
def programme(centre, group):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5))


@pytest.fixture
def elsewhere(centre):
    """Somebody in another group."""
    return make_programme(make_participant(centre, group=make_group(centre)), start_on=date(2026, 1, 5))


def suspended(director, start=MONDAY, last=TUESDAY, on=MONDAY, **over):
    about = {"start_on": start, "end_on": last, "reason": "Awaria ogrzewania.", **over}
    return suspend_classes(director.home_centre, **about, by=director, on=on)


def standing(programme) -> dict:
    return dict(Day.objects.filter(programme=programme).values_list("on", "meaning"))


def test_a_suspension_of_the_centre_reaches_everybody_and_its_end_brings_the_marks_back(programme, elsewhere, director):
    mark(programme, {MONDAY: "unexcused"})
    outcome = suspended(director, FRIDAY, NEXT_MONDAY)
    # Friday and Monday; on a weekend there are no classes to suspend.
    assert (outcome.people, outcome.days, outcome.followed.closed) == (2, 2, 0)
    outcome = suspended(director)
    assert standing(programme) == dict.fromkeys((MONDAY, TUESDAY, FRIDAY, NEXT_MONDAY), "suspended")
    assert standing(elsewhere) == standing(programme)
    withdraw_suspension(outcome.suspension, by=director, on=TUESDAY)
    assert standing(programme) == {MONDAY: "unexcused", FRIDAY: "suspended", NEXT_MONDAY: "suspended"}
    with pytest.raises(Refused, match="odwołano już 10 marca 2026"):
        withdraw_suspension(outcome.suspension, by=director, on=TUESDAY)


def test_a_suspension_of_a_group_reaches_its_people_on_their_days_in_it(programme, elsewhere, group, director):
    programme.participant.memberships.update(end_on=MONDAY)
    outcome = suspended(director, group=group)
    assert (outcome.people, standing(programme), standing(elsewhere)) == (1, {MONDAY: "suspended"}, {})


def granted(programme, director, *on_days):
    decided = {"granted": True, "decided_by": director, "decided_on": MONDAY}
    asked = {"programme": programme, "asked_by": director, "asked_on": MONDAY, "filed_on": MONDAY}
    request = LeaveRequest.objects.create(**asked, **decided)
    return [LeaveDay.objects.create(request=request, programme=programme, on=day) for day in on_days]


def free() -> list:
    return list(LeaveDay.objects.standing().order_by("on").values_list("on", flat=True))


def test_free_days_in_it_are_given_back_and_granted_again_when_it_is_withdrawn(programme, director):
    granted(programme, director, TUESDAY, FRIDAY)
    outcome = suspended(director)
    assert (outcome.leave, free()) == (1, [FRIDAY])
    returned = withdraw_suspension(outcome.suspension, by=director, on=MONDAY).returned
    assert ([day.on for day in returned.back], returned.kept) == ([TUESDAY], [])
    assert free() == [TUESDAY, FRIDAY]
    assert standing(programme) == {TUESDAY: "free_day"}


def test_a_free_day_that_something_else_has_by_then_does_not_come_back_and_is_named(
    as_user, centre, programme, director
):
    granted(programme, director, TUESDAY)
    row = suspended(director).suspension
    sick = {"start_on": TUESDAY, "end_on": TUESDAY, "issued_on": MONDAY, "delivered_on": MONDAY}
    SickNote.objects.create(programme=programme, kind="own", entered_by=director, entered_on=MONDAY, **sick)
    client, url = as_user(director, MONDAY), reverse("attendance:withdraw_suspension", args=[row.pk])
    assert dict(client.get(url).context["facts"])["Dni wolne, które zajęło"] == 1
    told = client.post(url, {"token": "b"}, follow=True).content.decode()
    assert f"Nie wróciły: {programme.participant} 10 marca (jest zwolnienie lekarskie)." in told
    assert (free(), standing(programme)) == ([], {TUESDAY: "sick"})


def test_who_joins_the_group_later_gets_the_free_day_back_in_the_morning(centre, programme, elsewhere, group, director):
    granted(elsewhere, director, TUESDAY, FRIDAY)
    suspended(director, group=group)
    assert free() == [TUESDAY, FRIDAY]
    elsewhere.participant.memberships.update(group=group)
    settle_day(centre, on=TUESDAY)
    assert (free(), standing(elsewhere)) == ([FRIDAY], {MONDAY: "suspended", TUESDAY: "suspended", FRIDAY: "free_day"})
    assert LeaveDay.objects.get(on=TUESDAY).release == "suspended"


def test_of_a_closed_day_nobody_asks_in_the_name_of_who_decides_unless_alone(programme, centre, director):
    mark(programme, {MONDAY: "unexcused"})
    close(programme, start_on=MONDAY, end_on=MONDAY, by=director, on=TUESDAY)
    outcome = suspended(director, on=TUESDAY)
    assert (outcome.followed.closed, outcome.followed.asked) == (1, 0)
    assert standing(programme) == {MONDAY: "unexcused", TUESDAY: "suspended"}
    assert not Correction.objects.exists()
    centre.single_handed = True
    centre.save()
    alone = type(director).objects.get(pk=director.pk)
    withdraw_suspension(outcome.suspension, by=alone, on=TUESDAY)
    assert suspended(alone, on=TUESDAY).followed.asked == 1
    assert Correction.objects.get().meaning == "suspended"


@pytest.mark.parametrize(
    "over, said",
    [
        ({"start": date(2026, 3, 21), "last": date(2026, 3, 22)}, "i tak nie ma zajęć"),
        ({"last": date(2026, 3, 8)}, "wcześniejszy"),
        ({"last": date(2026, 12, 31)}, "92 dni"),
        ({"reason": " "}, "dlaczego nie ma zajęć"),
        ({"start": date(2026, 3, 16), "last": date(2026, 3, 20)}, "już zawieszone: 13–16 marca 2026"),
    ],
)
def test_what_is_no_suspension_is_refused(director, over, said):
    suspended(director, FRIDAY, NEXT_MONDAY)
    with pytest.raises(Refused, match=said):
        suspended(director, **over)


def test_only_the_head_of_the_centre_suspends_and_only_own_groups(director, social_worker, other_centre):
    with pytest.raises(Refused, match="kierujący"):
        suspended(social_worker)
    with pytest.raises(Refused, match="grupy nie ma"):
        suspended(director, group=make_group(other_centre))


def test_on_its_page_a_suspension_is_counted_first_and_done_second(as_user, programme, group, director):
    client, url = as_user(director, MONDAY), reverse("attendance:suspend")
    data = {"token": "a", "group": group.pk, "start_on": "2026-03-09", "end_on": "2026-03-10", "reason": "Awaria."}
    facts = dict(client.post(url, data).context["facts"])
    assert (facts["Ile osób"], facts["Dni zajęć"], standing(programme)) == (1, 2, {})
    page = client.post(url, {**data, "pewne": "tak"}, follow=True)
    assert "Zajęcia są zawieszone: 1 osoba, 2 dni." in page.content.decode()
    again = client.post(url, {**data, "pewne": "tak"}, follow=True)
    assert "Ten formularz już zapisano." in again.content.decode()
    assert standing(programme) == {MONDAY: "suspended", TUESDAY: "suspended"}
    row = Suspension.objects.get()
    withdrawal = reverse("attendance:withdraw_suspension", args=[row.pk])
    assert dict(client.get(withdrawal).context["facts"])["Ile osób"] == 1
    client.post(withdrawal, {"token": "b"})
    assert standing(programme) == {}


def test_a_closed_free_day_and_an_erased_person_are_left_to_others(programme, elsewhere, director):
    asked = {"programme": programme, "asked_by": director, "asked_on": MONDAY, "filed_on": MONDAY}
    request = LeaveRequest.objects.create(**asked, granted=True, decided_by=director, decided_on=MONDAY)
    day = LeaveDay.objects.create(request=request, programme=programme, on=MONDAY)
    for row in (programme, elsewhere):
        close(row, start_on=MONDAY, end_on=MONDAY, by=director, on=MONDAY)
    type(elsewhere.participant).objects.filter(pk=elsewhere.participant_id).update(erased_on=MONDAY)
    outcome = suspended(director, last=MONDAY, on=TUESDAY)
    assert (outcome.people, outcome.leave) == (1, 0)
    assert (outcome.followed.closed, outcome.followed.asked) == (1, 0)
    day.refresh_from_db()
    assert day.released_on is None


def test_of_what_a_suspension_took_the_page_says_what_waits_again_and_what_is_lost(
    as_user, centre, programme, director
):
    asked = {"programme": programme, "asked_by": director, "asked_on": MONDAY, "filed_on": MONDAY}
    emptied, waiting = (LeaveRequest.objects.create(**asked) for _ in range(2))
    for request, on_day in ((emptied, MONDAY), (waiting, TUESDAY), (waiting, FRIDAY)):
        LeaveDay.objects.create(request=request, programme=programme, on=on_day)
    row = suspended(director).suspension
    client, url = as_user(director, MONDAY), reverse("attendance:withdraw_suspension", args=[row.pk])
    assert dict(client.get(url).context["facts"])["Dni wolne, które zajęło"] == 2
    told = client.post(url, {"token": "b"}, follow=True).content.decode()
    assert "Dni wolne, które znów czekają na decyzję: 1." in told
    assert "Znów przyznane" not in told
    assert f"{programme.participant} 9 marca (wniosek zamknięto, trzeba poprosić na nowo)" in told
    assert free() == [TUESDAY, FRIDAY]


# By hand --------------------------------------------------------------------------------------------------------------


def by_hand(programme, meaning, *, by, seen=None):
    cells = [Cell(programme.pk, seen, meaning)]
    return mark_cells(centre=programme.participant.centre, on_day=MONDAY, cells=cells, by=by, on=TUESDAY)


def test_no_mark_suspends_classes(programme, group, social_worker):
    with pytest.raises(Refused, match="zajęcia zawiesza decyzja kierującego centrum"):
        by_hand(programme, "suspended", by=social_worker)
    days = {"start_on": MONDAY, "end_on": TUESDAY, "people": [programme.participant]}
    with pytest.raises(Refused, match="zajęcia zawiesza decyzja kierującego centrum"):
        mark_range(group=group, **days, meaning="suspended", by=social_worker, on=TUESDAY)
    assert standing(programme) == {}


@pytest.mark.parametrize("page", ["today", "month", "range"])
def test_no_page_offers_it_as_a_mark(as_user, programme, group, social_worker, page):
    found = as_user(social_worker, TUESDAY).get(reverse(f"attendance:{page}", args=[group.pk]))
    offered = found.context["form"].fields["meaning"].choices if page == "range" else ()
    assert "suspended" not in dict(offered)
    assert not re.search(r'value="suspended"|&quot;suspended&quot;|"meaning": "suspended"', found.content.decode())


def test_one_that_stands_is_shown_and_can_be_changed(as_user, programme, group, social_worker):
    mark(programme, {MONDAY: "suspended"})
    client = as_user(social_worker, TUESDAY)
    address = f"{reverse('attendance:today', args=[group.pk])}?dzien={MONDAY}"
    assert "Stoi: ZZ – zajęcia zawieszone" in client.get(address).content.decode()
    sent = {f"{programme.pk}-seen": "suspended"}
    client.post(address, sent)
    assert standing(programme) == {MONDAY: "suspended"}
    client.post(address, {**sent, f"{programme.pk}-meaning": "present"})
    assert standing(programme) == {MONDAY: "present"}


def test_a_correction_may_still_say_it(as_user, programme, director):
    mark(programme, {MONDAY: "unexcused"})
    close(programme, start_on=MONDAY, end_on=TUESDAY, by=director, on=TUESDAY)
    address = reverse("attendance:ask_correction", args=[programme.participant_id])
    page = as_user(director, TUESDAY).get(f"{address}?dzien={MONDAY}")
    assert "suspended" in dict(page.context["form"].fields["meaning"].choices)
