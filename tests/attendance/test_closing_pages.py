"""Closing a month on screen: what is missing, for whom, and the deed once more."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from attendance.actions import close
from attendance.models import Closing
from participants.models import Membership
from tests.factories import make_group, make_participant, make_programme, mark, mark_present

JULY, JULY_END, AUGUST = date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 3)


@pytest.fixture
def group(centre):
    return make_group(centre, name="Stolarnia")


@pytest.fixture
def programme(centre, group, social_worker):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=social_worker)


def address(name="closing", month="2026-07", group=None):
    return reverse(f"attendance:{name}") + f"?miesiac={month}" + (f"&grupa={group.pk}" if group else "")


def close_month(client, month="2026-07", group=None, once="a"):
    return client.post(address("close_month", month, group), {"token": once}, follow=True)


# The check list -------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_one_link_from_its_cell(as_user, group, programme, payroll):
    mark_present(programme, JULY, date(2026, 7, 29))
    mark(programme, {date(2026, 7, 30): "unexcused"}, provisional=True)
    page = as_user(payroll, AUGUST).get(address()).content.decode()
    month = f"{reverse('attendance:month', args=[group.pk])}?miesiac=2026-07"
    assert f'href="{month}#c-{programme.pk}-2026-07-31">31.07<' in page
    assert f'href="{month}#c-{programme.pk}-2026-07-30">30.07<' in page
    assert "Zamknij lipiec 2026" not in page


def test_a_day_links_to_the_group_of_that_day(as_user, centre, group, programme, payroll):
    Membership.objects.filter(group=group).update(end_on=date(2026, 7, 12))
    later = make_group(centre)
    Membership.objects.create(group=later, participant=programme.participant, start_on=date(2026, 7, 13))
    mark_present(programme, JULY, JULY_END, but={date(2026, 7, 10): "late"})
    programme.days.filter(on__in=[date(2026, 7, 10), date(2026, 7, 13)]).delete()
    page = as_user(payroll, AUGUST).get(address()).content.decode()
    for one, day in ((group, "2026-07-10"), (later, "2026-07-13")):
        url = f"{reverse('attendance:month', args=[one.pk])}?miesiac=2026-07#c-{programme.pk}-{day}"
        assert f'href="{url}"' in page


def test_a_day_without_a_group_links_to_where_one_is_given(as_user, centre, payroll):
    programme = make_programme(make_participant(centre), start_on=JULY_END)
    page = as_user(payroll, AUGUST).get(address()).content.decode()
    assert f'href="{reverse("participants:membership", args=[programme.participant_id])}">31.07 (bez grupy)' in page
    assert "1 dzień jest bez grupy" in page


def test_the_counters_count_days_and_people(as_user, centre, group, programme, payroll):
    mark_present(programme, JULY, date(2026, 7, 28))
    mark(programme, {date(2026, 7, 29): "sick"}, provisional=True)
    state = as_user(payroll, AUGUST).get(address()).context["state"]
    assert (state.people, state.unmarked, state.provisional, state.open, state.homeless) == (1, 2, 1, 1, 0)


def test_days_to_come_are_no_duty_yet(as_user, programme, payroll):
    mark_present(programme, JULY, date(2026, 7, 15))
    state = as_user(payroll, date(2026, 7, 16)).get(address()).context["state"]
    assert (state.unmarked, len(state.waiting)) == (1, 1)


def test_each_group_of_the_centre_says_how_far_it_is(as_user, centre, group, programme, payroll, social_worker):
    def one(name):
        return make_programme(make_participant(centre, group=make_group(centre, name=name)), start_on=JULY)

    ready, closed = one("Kuchnia"), one("Ogród")
    make_group(centre, name="Pusta")
    for each in (ready, closed):
        mark_present(each, JULY, JULY_END)
    close(closed, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    page = as_user(payroll, AUGUST).get(address())
    groups = page.context["groups"]
    assert {row.name: state.badge[1] for row, state in groups} == {
        "Stolarnia": "do uzupełnienia",
        "Kuchnia": "gotowe do zamknięcia",
        "Ogród": "zamknięte",
    }
    deeds = {row.name for row, _ in groups if escape(address("close_month", group=row)) in page.content.decode()}
    assert deeds == {"Kuchnia"}


def test_a_month_not_over_yet_says_when_it_may_be_closed(as_user, programme, payroll):
    mark_present(programme, JULY, date(2026, 7, 30))
    client = as_user(payroll, date(2026, 7, 30))
    page = client.get(address())
    assert "trwają do 31 lipca 2026" in page.content.decode()
    assert [state.badge[1] for _, state in page.context["groups"]] == ["miesiąc trwa"]
    assert "trwają do 31 lipca 2026" in client.get(address("close_month")).content.decode()


def test_the_lists_of_all_groups_are_one_click_away(as_user, group, programme, payroll):
    client, sheets = as_user(payroll, AUGUST), f"{reverse('attendance:sheets')}?miesiac=2026-07"
    assert sheets in client.get(address()).content.decode()
    assert sheets not in client.get(address(group=group)).content.decode()


def test_who_closed_it_and_when_is_said(as_user, programme, social_worker, payroll):
    mark_present(programme, JULY, JULY_END)
    close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    page = as_user(payroll, AUGUST).get(address()).content.decode()
    assert "Wszystkie dni tego miesiąca są zamknięte" in page
    assert f"Zamknięto: 03.08.2026, {social_worker}." in page


# The deed -------------------------------------------------------------------------------------------------------------


def test_a_month_that_is_ready_is_asked_about_once_more_and_closed(as_user, group, programme, social_worker):
    mark_present(programme, JULY, JULY_END)
    client = as_user(social_worker, AUGUST)
    assert f'href="{address("close_month").replace("&", "&amp;")}"' in client.get(address()).content.decode()
    page = client.get(address("close_month")).content.decode()
    assert "Zamknąć obecność za lipiec 2026?" in page
    assert "Tego nie da się cofnąć." in page
    assert not Closing.objects.exists()
    assert "Miesiąc jest zamknięty." in close_month(client).content.decode()
    closing = Closing.objects.get()
    assert (closing.programme, closing.start_on, closing.end_on) == (programme, JULY, JULY_END)


def test_the_same_form_sent_twice_closes_once_and_is_answered_calmly(as_user, programme, social_worker):
    mark_present(programme, JULY, JULY_END)
    client = as_user(social_worker, AUGUST)
    close_month(client)
    assert "Ten formularz już zapisano." in close_month(client).content.decode()
    assert Closing.objects.count() == 1


def test_without_its_token_a_form_closes_nothing(as_user, programme, social_worker):
    mark_present(programme, JULY, JULY_END)
    assert close_month(as_user(social_worker, AUGUST), once="").status_code == 422
    assert not Closing.objects.exists()


def test_a_month_that_is_not_ready_stays_open_whoever_posts(as_user, programme, director):
    page = close_month(as_user(director, AUGUST)).content.decode()
    assert "Nie można zamknąć: u 1 osoby" in page
    assert not Closing.objects.exists()


def test_a_closed_month_is_not_asked_about_again(as_user, programme, director):
    mark_present(programme, JULY, JULY_END)
    client = as_user(director, AUGUST)
    close_month(client)
    assert "są już zamknięte" in client.get(address("close_month")).content.decode()


def test_a_group_is_closed_alone(as_user, centre, group, programme, director):
    make_programme(make_participant(centre), start_on=JULY)
    mark_present(programme, JULY, JULY_END)
    close_month(as_user(director, AUGUST), group=group)
    assert [closing.programme for closing in Closing.objects.all()] == [programme]


def test_the_group_of_another_centre_does_not_exist(as_user, other_centre, director):
    foreign = make_group(other_centre)
    client = as_user(director, AUGUST)
    for name in ("closing", "close_month"):
        assert client.get(address(name, group=foreign)).status_code == 404
    assert close_month(client, group=foreign).status_code == 404


@pytest.mark.parametrize("query", ["miesiac=2026-13", "miesiac=2026-07&grupa=x", f"grupa={'9' * 40}"])
def test_nonsense_closes_nothing(as_user, programme, director, query):
    mark_present(programme, JULY, JULY_END)
    client = as_user(director, AUGUST)
    assert client.post(f"{reverse('attendance:close_month')}?{query}", {"token": "a"}).status_code == 404
    assert client.get(f"{reverse('attendance:closing')}?{query}").status_code == 404
    assert not Closing.objects.exists()


def test_the_page_takes_the_same_queries_for_any_number_of_groups(
    as_user, centre, payroll, social_worker, django_assert_max_num_queries
):
    client = as_user(payroll, AUGUST)
    client.get(address())
    for groups in (2, 10):
        for _ in range(groups):
            person = make_participant(centre, group=make_group(centre))
            make_programme(person, start_on=JULY, by=social_worker)
        with django_assert_max_num_queries(18):
            client.get(address())
