"""Free days: asked for, opined, decided, cancelled; and the balance that is right at every moment."""

from datetime import date, timedelta

import pytest

from attendance.actions import (
    ask_leave,
    cancel_leave,
    close,
    decide_leave,
    give_up_day,
    mark,
    opine_leave,
    record_note,
    settle,
    withdraw_leave,
)
from attendance.actions.corrections import Followed
from attendance.actions.suspensions import suspend_classes
from attendance.cells import Cell
from attendance.models import Correction, Day, LeaveDay
from attendance.reading.leave import Balance, balance
from cistor.accounts.models import StandIn
from cistor.centres.models import StatutoryRate
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import make_group, make_participant, make_programme, make_user
from tests.factories import mark as stamp
from tests.together import together

# Wednesday; the trial ended on 3 June.
TODAY, START = date(2026, 7, 1), date(2026, 5, 4)
MONDAY = date(2026, 7, 13)


def days(count=1, first=MONDAY) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


@pytest.fixture
def programme(centre, instructor):
    return make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=START)


@pytest.fixture
def ask(programme, social_worker):
    def ask(*, on=TODAY, filed_on=TODAY, by=social_worker, **over):
        asked = {"days": days(), "reason": "Wesele w rodzinie.", **over}
        return ask_leave(programme, **asked, filed_on=filed_on, by=by, on=on)

    return ask


@pytest.fixture
def opined(ask, social_worker, instructor):
    """A request with the opinions that the regulations ask for."""

    def opined(**over):
        request = ask(**over)
        for person in (social_worker, instructor):
            opine_leave(request, is_positive=True, text="", by=person, on=TODAY)
        return request

    return opined


def grant(request, director, *, waiver="", on=TODAY):
    return decide_leave(request, granted=True, note="", waiver=waiver, by=director, on=on)


def standing(programme) -> dict:
    return {day.on: (day.meaning, day.source) for day in programme.days.all()}


def test_granted_days_stand_in_attendance_and_in_the_balance(programme, opined, director):
    request = opined(days=days(2))
    assert balance(programme, on=MONDAY) == Balance(limit=4, pending=2)
    assert grant(request, director).followed == Followed(written=2)
    assert standing(programme) == dict.fromkeys(days(2), ("free_day", "leave"))
    assert balance(programme, on=MONDAY) == Balance(limit=4, granted=2)
    verbs = Entry.objects.filter(verb__startswith="leave_").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["leave_asked", "leave_opined", "leave_opined", "leave_granted"]


def test_a_refused_and_a_withdrawn_request_give_their_days_back(programme, ask, social_worker, director):
    decide_leave(ask(), granted=False, note="Egzamin tego dnia.", by=director, on=TODAY)
    withdraw_leave(ask(days=days(2)), by=social_worker, on=TODAY)
    assert balance(programme, on=MONDAY) == Balance(limit=4)
    assert set(LeaveDay.objects.values_list("release", flat=True)) == {"refused", "withdrawn"}


def test_cancelled_before_they_begin_the_days_are_open_again(programme, opined, social_worker, director):
    request = opined(days=days(2))
    grant(request, director)
    cancel_leave(request, by=social_worker, on=MONDAY - timedelta(days=1))
    assert standing(programme) == {}
    assert balance(programme, on=MONDAY).left == 4
    with pytest.raises(Refused, match="jeszcze nie odwołane"):
        cancel_leave(request, by=social_worker, on=TODAY)


def test_days_that_have_begun_are_not_cancelled(opined, social_worker, director):
    request = opined()
    grant(request, director)
    with pytest.raises(Refused, match="już się zaczęły"):
        cancel_leave(request, by=social_worker, on=MONDAY)


@pytest.mark.parametrize(
    "over, words",
    [
        ({"days": days(5)}, "Zostały 4 dni z 4, a we wniosku: 5 dni zajęć."),
        ({"days": [date(2026, 6, 3)], "filed_on": START}, "trwa okres próbny"),
        ({"days": [date(2026, 7, 11)]}, "nie ma zajęć"),
        ({"days": [date(2027, 6, 1)]}, "poza zaplanowanym programem"),
        ({"days": [date(2026, 6, 30)]}, "minął przed złożeniem"),
        ({"days": []}, "nie ma o co prosić"),
        ({"filed_on": date(2026, 7, 2)}, "jeszcze nie było"),
        ({"filed_on": date(2025, 7, 1)}, "nie była jeszcze w programie. Sprawdź rok"),
    ],
)
def test_what_nobody_may_waive_is_refused_at_once(ask, over, words):
    with pytest.raises(Refused, match=words):
        ask(**over)
    assert not LeaveDay.objects.exists()


def test_a_day_asked_for_twice_and_a_sick_day_are_refused(programme, ask, social_worker):
    ask()
    with pytest.raises(Refused, match="już poproszono"):
        ask()
    sick = {"kind": "own", "start_on": MONDAY + timedelta(days=1), "end_on": MONDAY + timedelta(days=1)}
    record_note(programme, **sick, issued_on=TODAY, delivered_on=TODAY, by=social_worker, on=TODAY)
    with pytest.raises(Refused, match="zwolnienie lekarskie"):
        ask(days=days(1, MONDAY + timedelta(days=1)))


def test_a_day_of_suspended_classes_is_not_asked_for(centre, programme, ask, director):
    suspend_classes(centre, start_on=MONDAY, end_on=MONDAY, reason="Awaria ogrzewania.", by=director, on=TODAY)
    with pytest.raises(Refused, match="zajęcia są zawieszone"):
        ask(days=days(2))


def test_a_day_on_which_the_person_came_is_not_granted(programme, opined, director):
    request = opined()
    stamp(programme, {MONDAY: "late"})
    with pytest.raises(Refused, match="13 lipca 2026 ta osoba była na zajęciach"):
        grant(request, director, on=date(2026, 7, 14))
    assert standing(programme) == {MONDAY: ("late", "hand")}


def test_the_days_ahead_are_waived_with_a_reason_and_by_nobody_else(opined, director):
    request = opined(days=[date(2026, 7, 7), date(2026, 7, 8)])
    with pytest.raises(Refused, match="za późno dla: 7 lipca"):
        grant(request, director)
    assert grant(request, director, waiver="Nagły wyjazd do sądu.").request.waiver


def test_the_opinions_that_the_regulations_ask_for_come_first(centre, ask, instructor, social_worker, director):
    request = ask()
    opine_leave(request, is_positive=False, text="Dużo nieobecności.", by=instructor, on=TODAY)
    with pytest.raises(Refused, match="brakuje jeszcze: pracownik socjalny CIS"):
        grant(request, director)
    with pytest.raises(Refused, match="Opinia negatywna wymaga"):
        opine_leave(request, is_positive=False, text=" ", by=social_worker, on=TODAY)
    centre.regulations.update(leave_opinions=[])
    assert grant(request, director).followed.written == 1


def test_who_entered_decides_only_where_the_paper_is_filed_with_the_head(centre, ask, director):
    centre.regulations.update(leave_opinions=[])
    request = ask(by=director)
    with pytest.raises(Refused, match="ktoś inny niż osoba, która wpisała"):
        grant(request, director)
    centre.regulations.update(leave_request_to="director")
    deputy = make_user(centre, "payroll")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=TODAY, end_on=TODAY)
    with pytest.raises(Refused, match="ktoś inny niż osoba, która wpisała"):
        grant(ask(by=deputy, days=days(1, date(2026, 7, 20))), deputy)
    assert grant(request, director).request.granted


def test_the_statute_caps_what_the_regulations_give(centre, programme, ask):
    centre.regulations.update(free_days=20)
    assert balance(programme, on=MONDAY).limit == 12
    StatutoryRate.objects.create(kind="free_days_limit", in_force_from=date(2026, 7, 14), value=1, source="ustawa")
    assert balance(programme, on=MONDAY).limit == 12
    with pytest.raises(Refused, match="Został 1 dzień z 1"):
        ask(days=days(2))


def test_a_sick_note_gives_a_granted_day_back(programme, opined, social_worker, director):
    grant(opined(days=days(2)), director)
    sick = {"kind": "own", "start_on": MONDAY, "end_on": MONDAY, "issued_on": MONDAY, "delivered_on": MONDAY}
    record_note(programme, **sick, by=social_worker, on=MONDAY)
    assert balance(programme, on=MONDAY) == Balance(limit=4, granted=1)


def test_a_day_closed_before_the_decision_asks_for_a_correction(programme, opined, social_worker, director):
    request = opined()
    stamp(programme, {MONDAY: "unexcused"})
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=date(2026, 7, 20))
    assert grant(request, director, on=date(2026, 7, 20)).followed[:3] == (0, 1, 1)
    assert Correction.objects.get().meaning == "free_day"
    assert standing(programme) == {MONDAY: ("free_day", "correction")}


def test_everything_that_stands_against_a_request_is_said_at_once(programme, ask, social_worker):
    ask()
    wrong = [date(2026, 6, 30), date(2026, 7, 11), *days(4), date(2027, 6, 1)]
    with pytest.raises(Refused) as refusal:
        ask(days=wrong)
    for words in (
        "O dni wolne już poproszono: 13 lipca.",
        "30 czerwca 2026 minął przed złożeniem",
        "11 lipca 2026 nie ma zajęć",
        "1 czerwca 2027 leży poza",
        "Zostały 3 dni z 4, a we wniosku: 7 dni zajęć.",
    ):
        assert words in refusal.value.message


def test_the_director_may_grant_some_of_the_days_and_says_why_not_the_others(programme, opined, director):
    request = opined(days=days(3))
    stamp(programme, {MONDAY: "present"})
    with pytest.raises(Refused, match="Napisz, dlaczego nie przyznajesz: 13 i 15 lipca"):
        decide_leave(request, granted=True, note="", days=days(2)[1:], by=director, on=TODAY)
    with pytest.raises(Refused, match="Zaznacz przynajmniej jeden dzień"):
        decide_leave(request, granted=True, note="", days=[], by=director, on=TODAY)
    with pytest.raises(Refused, match="nie ma już we wniosku: 20 lipca"):
        decide_leave(request, granted=True, note="", days=[date(2026, 7, 20)], by=director, on=TODAY)
    said = {"note": "W poniedziałek był na zajęciach.", "days": days(3)[1:]}
    assert decide_leave(request, granted=True, **said, by=director, on=date(2026, 7, 14)).followed.written == 2
    assert standing(programme) == {MONDAY: ("present", "hand"), **dict.fromkeys(days(3)[1:], ("free_day", "leave"))}
    assert LeaveDay.objects.get(on=MONDAY).release == "refused"
    assert balance(programme, on=MONDAY) == Balance(limit=4, granted=2)


# Given up one by one --------------------------------------------------------------------------------------------------


def given_up(day, by, *, on=MONDAY, reason="Przyszła na zajęcia."):
    return give_up_day(LeaveDay.objects.standing().get(on=day), reason=reason, by=by, on=on)


def test_whoever_came_on_a_granted_day_has_it_back_and_can_be_marked(programme, opined, director, instructor):
    grant(opined(days=days(3)), director)
    with pytest.raises(Refused, match="Napisz, co się stało"):
        given_up(MONDAY, instructor, reason=" ")
    assert given_up(MONDAY, instructor).followed.written == 1
    assert LeaveDay.objects.get(on=MONDAY).release == "came"
    assert balance(programme, on=MONDAY) == Balance(limit=4, granted=2)
    cells = [Cell(programme.pk, None, "present")]
    assert not mark(centre=instructor.home_centre, on_day=MONDAY, cells=cells, by=instructor, on=MONDAY)
    assert standing(programme)[MONDAY] == ("present", "hand")


def test_the_days_ahead_of_a_request_that_has_begun_are_given_up_one_by_one(programme, opined, director, social_worker):
    request = opined(days=days(3))
    grant(request, director)
    given_up(days(3)[2], social_worker, reason="Wraca wcześniej.")
    assert LeaveDay.objects.get(on=days(3)[2]).release == "cancelled"
    assert list(standing(programme)) == days(2)
    assert Entry.objects.get(verb="leave_day_given_up").data["reason"] == "Wraca wcześniej."


def test_a_day_that_is_closed_gone_or_not_granted_is_not_given_up(programme, opined, director, social_worker, payroll):
    request = opined()
    with pytest.raises(Refused, match="nie jest już przyznany"):
        given_up(MONDAY, social_worker)
    grant(request, director)
    with pytest.raises(Refused, match="Dzień wolny oddaje"):
        given_up(MONDAY, make_user(director.home_centre, "instructor"))
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=date(2026, 7, 20))
    with pytest.raises(Refused, match="zmienia go tylko korekta"):
        given_up(MONDAY, payroll, on=date(2026, 7, 20))


# Marked by hand -------------------------------------------------------------------------------------------------------


def free(programme, by, *on_days, seen=None):
    for day in on_days:
        cells = [Cell(programme.pk, seen, "free_day")]
        mark(centre=by.home_centre, on_day=day, cells=cells, by=by, on=date(2026, 7, 31))


def test_a_free_day_by_hand_counts_and_none_is_marked_beyond_the_balance(programme, opined, social_worker, director):
    grant(opined(days=days(2)), director)
    free(programme, social_worker, date(2026, 7, 6), date(2026, 7, 7))
    assert balance(programme, on=MONDAY) == Balance(limit=4, granted=2, by_hand=2)
    with pytest.raises(Refused, match="więcej niż 4 dni wolnych w programie"):
        free(programme, social_worker, date(2026, 7, 8))
    assert balance(programme, on=MONDAY).left == 0


def test_a_day_marked_before_its_paper_was_entered_counts_once(programme, ask, social_worker):
    free(programme, social_worker, MONDAY)
    ask(days=days(4), on=date(2026, 7, 20))
    assert balance(programme, on=MONDAY) == Balance(limit=4, pending=4)


def test_no_free_day_is_marked_in_the_trial(programme, social_worker):
    with pytest.raises(Refused, match="w okresie próbnym nie ma dni wolnych"):
        free(programme, social_worker, date(2026, 6, 3))
    assert not Day.objects.exists()


def test_a_mark_below_a_note_counts_until_its_day_is_closed(programme, social_worker):
    free(programme, social_worker, MONDAY)
    sick = {"kind": "own", "start_on": MONDAY, "end_on": MONDAY, "issued_on": MONDAY, "delivered_on": MONDAY}
    record_note(programme, **sick, by=social_worker, on=MONDAY)
    assert balance(programme, on=MONDAY).by_hand == 1
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=date(2026, 7, 20))
    assert balance(programme, on=MONDAY).by_hand == 0


def test_settling_again_changes_nothing(centre, programme, opined, director):
    grant(opined(), director)
    assert settle([programme.pk], TODAY, date(2026, 7, 31), centre=centre, by=director) == (0, [])


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_of_requests_and_marks_at_once_no_day_goes_beyond_the_balance(programme, ask, social_worker, instructor):
    results = together(
        lambda: ask(days=days(3)),
        lambda: ask(days=days(3, date(2026, 7, 20)), by=instructor),
        lambda: free(programme, social_worker, date(2026, 7, 6), date(2026, 7, 7)),
    )
    assert sum(isinstance(result, Refused) for result in results) in (1, 2)
    assert 0 <= balance(programme, on=MONDAY).left < 4


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_day_given_up_and_cancelled_at_once_comes_back_once(programme, opined, social_worker, instructor, director):
    request = opined()
    grant(request, director)
    results = together(
        lambda: given_up(MONDAY, social_worker, on=TODAY),
        lambda: given_up(MONDAY, instructor, on=TODAY),
        lambda: cancel_leave(request, by=social_worker, on=TODAY),
    )
    assert sum(isinstance(result, tuple) for result in results) == 1
    assert balance(programme, on=MONDAY) == Balance(limit=4)
    assert standing(programme) == {}
