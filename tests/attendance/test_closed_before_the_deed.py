"""Leave and an excuse for a closed day: what stands, who has paid and what a yes changes is read before the deed."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.actions import ask_leave, close, decide_leave
from attendance.actions.excuses import ask_excuse, decide_excuse
from attendance.models import Correction, Day, Excuse, LeaveRequest
from benefits.actions import run_month
from cistor.money import NBSP
from tests.benefits.months import approved_unprinted
from tests.factories import make_group, make_participant, make_programme, make_user, mark_present

JULY, JULY_END, AUGUST = date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 3)
MONDAY, TUESDAY, AHEAD = date(2026, 7, 13), date(2026, 7, 14), date(2026, 8, 17)
FILED = date(2026, 7, 1)
# Of two days unexcused, 178,39 zł, one is left, 89,20 zł.
PAYS = "różnicę rozliczy najbliższa lista miesięczna"


@pytest.fixture
def programme(centre, instructor):
    """July is marked, with two days of absence."""
    centre.regulations.update(leave_opinions=[])
    row = make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 5, 4))
    mark_present(row, date(2026, 5, 4), JULY_END, but={MONDAY: "unexcused", TUESDAY: "unexcused"}, by=instructor)
    return row


def shut(programme, by) -> None:
    close(programme, start_on=date(2026, 5, 4), end_on=JULY_END, by=by, on=AUGUST)


@pytest.fixture
def closed(programme, payroll):
    shut(programme, payroll)
    return programme


def leave(programme, by, *days: date) -> LeaveRequest:
    return ask_leave(programme, days=days, filed_on=FILED, reason="Sprawa w urzędzie.", by=by, on=AUGUST)


def excuse(programme, by, day: date = MONDAY) -> Excuse:
    return ask_excuse(programme, day=day, reason="Pogrzeb.", by=by, on=AUGUST)


def page(client, name: str, row) -> str:
    return client.get(reverse(f"attendance:{name}", args=[row.pk])).content.decode().replace(NBSP, " ")


def unchanged() -> bool:
    return not Correction.objects.exists() and set(Day.objects.filter(on=MONDAY).values_list("meaning")) == {
        ("unexcused",)
    }


# Leave ----------------------------------------------------------------------------------------------------------------


def test_before_leave_is_granted_the_page_says_which_day_is_closed_and_what_becomes_of_it(
    as_user, closed, payroll, instructor, director
):
    row = leave(closed, payroll, MONDAY, AHEAD)
    text = page(as_user(director, AUGUST), "leave_request", row)
    assert f"13 lipca 2026</a>: NN – nieobecność nieusprawiedliwiona ({instructor}, " in text
    assert f"zamknięto 3 sierpnia 2026 ({payroll})" in text
    assert "Zgoda zmieni od razu dzień zamknięty: 13 lipca (NN → UW)." in text
    assert "Świadczenie wzrośnie o 89,19 zł." in text
    assert "Żadna zatwierdzona lista wypłat nie obejmuje jeszcze tego dnia" in text
    assert unchanged()
    row.refresh_from_db()
    assert row.is_open
    told = decide_leave(row, granted=True, note="", by=director, on=AUGUST)
    assert (told.followed.closed, Day.objects.get(on=MONDAY).meaning) == (1, "free_day")
    assert "Świadczenie" not in page(as_user(director, AUGUST), "leave_request", row)


def test_of_two_closed_days_the_page_says_the_sum(as_user, closed, payroll, director):
    text = page(as_user(director, AUGUST), "leave_request", leave(closed, payroll, MONDAY, TUESDAY))
    assert "Zgoda zmieni od razu dni zamknięte: 13 i 14 lipca (NN → UW)." in text
    assert "Świadczenie wzrośnie o 178,39 zł." in text


def test_the_word_of_a_correction_is_called_one(as_user, closed, payroll, director, social_worker):
    first = decide_excuse(excuse(closed, social_worker), granted=True, note="", by=director, on=AUGUST)
    assert first.excuse.granted
    text = page(as_user(director, AUGUST), "leave_request", leave(closed, payroll, MONDAY))
    assert f"NU – nieobecność usprawiedliwiona, z korekty ({social_worker}, " in text


def test_where_the_director_entered_the_paper_a_closed_day_waits_for_a_correction(as_user, closed, centre, director):
    centre.regulations.update(leave_request_to="director")
    text = page(as_user(director, AUGUST), "leave_request", leave(closed, director, MONDAY))
    assert "Dopiero osobna korekta zmieni dzień zamknięty: 13 lipca (NN → UW)." in text
    assert "Po korekcie świadczenie wzrośnie o 89,19 zł." in text
    assert "zmieni od razu" not in text


def test_who_does_not_decide_reads_that_the_day_is_closed(as_user, closed, payroll, social_worker):
    text = page(as_user(social_worker, AUGUST), "leave_request", leave(closed, payroll, MONDAY))
    assert "NN – nieobecność nieusprawiedliwiona" in text
    assert "Zgoda zmieni od razu albo dopiero po osobnej korekcie dzień zamknięty: 13 lipca (NN → UW)." in text


def test_of_open_days_alone_nothing_is_said_of_closing(as_user, programme, payroll, director):
    text = page(as_user(director, AUGUST), "leave_request", leave(programme, payroll, MONDAY))
    assert "zamknięt" not in text.lower()
    assert "lista" not in text[text.index('class="panel deed"') :].lower()


@pytest.mark.parametrize("may_open", [True, False])
def test_the_list_that_has_paid_is_named_and_opens_for_who_may_see_lists(
    as_user, programme, centre, letterhead, payroll, director, social_worker, may_open
):
    counted = run_month(centre=centre, month=JULY, number=1, by=payroll, on=AUGUST)
    paid = approved_unprinted(counted, by=make_user(centre, "director"), on=AUGUST)
    row = leave(programme, payroll, MONDAY)
    text = page(as_user(director if may_open else social_worker, AUGUST), "leave_request", row)
    assert f"{paid.title}" in text
    assert PAYS in text
    assert (f'href="{reverse("benefits:list", args=[paid.pk])}"' in text) == may_open
    for_excuse = excuse(programme, social_worker)
    text = page(as_user(director, AUGUST), "excuse", for_excuse)
    assert (paid.title in text, PAYS in text) == (True, True)


def test_who_enters_a_paper_for_a_closed_day_is_cautioned(as_user, closed, payroll):
    client, url = as_user(payroll, AUGUST), reverse("attendance:ask_leave", args=[closed.pk])
    words = "Dzień zamknięty we wniosku: 13 lipca (NN). Zgoda zmieni go i jego rozliczenie."
    assert words in client.get(f"{url}?od=2026-07-13").content.decode()
    assert "zamknięt" not in client.get(f"{url}?od=2026-08-17").content.decode()
    sent = {"token": "a", "start_on": "2026-07-13", "others": "17.08", "filed_on": "2026-07-01", "reason": "Urząd."}
    told = client.post(url, sent, follow=True).content.decode()
    assert words in told
    assert LeaveRequest.objects.get().days.count() == 2


# Excuse ---------------------------------------------------------------------------------------------------------------


def test_before_a_closed_day_is_excused_the_page_says_what_stands_and_what_it_costs(
    as_user, closed, social_worker, instructor, director
):
    row = excuse(closed, social_worker)
    text = page(as_user(director, AUGUST), "excuse", row)
    assert f"NN – nieobecność nieusprawiedliwiona ({instructor}, " in text
    assert "Zgoda zmieni od razu dzień zamknięty: 13 lipca (NN → NU)." in text
    assert "Teraz: 1. dzień NN" in text
    assert "Po zmianie:" in text
    assert "Świadczenie wzrośnie o 89,19 zł." in text
    assert "Żadna zatwierdzona lista" in text
    assert unchanged()
    url, sent = reverse("attendance:decide_excuse", args=[row.pk]), {"token": "a", "note": "", "grant": "1"}
    told = as_user(director, AUGUST).post(url, sent, follow=True).content.decode()
    assert "Dzień jest usprawiedliwiony. Zamknięte dni zmienione od razu: 1." in told


def test_an_open_day_says_its_mark_and_what_excusing_does_to_the_benefit(as_user, programme, social_worker, director):
    text = page(as_user(director, AUGUST), "excuse", excuse(programme, social_worker))
    assert "NN – nieobecność nieusprawiedliwiona" in text
    assert "Zgoda: dzień będzie od razu usprawiedliwiony (NN → NU)." in text
    assert "Świadczenie wzrośnie o 89,19 zł." in text
    assert "zamknięt" not in text.lower()


def test_who_asked_without_a_right_to_corrections_leaves_the_closed_day_to_one(as_user, closed, instructor, director):
    text = page(as_user(director, AUGUST), "excuse", excuse(closed, instructor))
    assert "Dopiero osobna korekta zmieni dzień zamknięty: 13 lipca (NN → NU)." in text


def test_the_director_who_excuses_at_once_reads_it_on_the_form(as_user, closed, programme, director):
    url = f"{reverse('attendance:ask_excuse', args=[closed.pk])}?dzien={MONDAY}"
    text = as_user(director, AUGUST).get(url).content.decode().replace(NBSP, " ")
    assert "zamknięto 3 sierpnia 2026" in text
    assert "Dopiero osobna korekta zmieni dzień zamknięty: 13 lipca (NN → NU)." in text
    assert "Po korekcie świadczenie wzrośnie o 89,19 zł." in text
    assert not Excuse.objects.exists()
