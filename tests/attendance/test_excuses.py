"""A day is excused by the director, asked for or not; the day follows at once, a closed one by a correction."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from attendance.actions import close
from attendance.actions.absences import report_absence
from attendance.actions.corrections import Followed
from attendance.actions.excuses import ask_excuse, decide_excuse, excuse, withdraw_excuse
from attendance.actions.retractions import retract
from attendance.models import Correction, Day, Excuse
from cistor.desk import absences as desk
from cistor.errors import Refused
from cistor.journal.models import Reading
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (9, 10, 11))
NINE = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    row = make_programme(person, start_on=date(2026, 1, 5), by=director)
    mark(row, {MONDAY: "unexcused"}, by=instructor)
    return row


@pytest.fixture
def asked(programme, instructor):
    return ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=instructor, on=WEDNESDAY)


def decided(row, by, granted=True, note=""):
    return decide_excuse(row, granted=granted, note=note, by=by, on=WEDNESDAY)


def standing() -> tuple:
    day = Day.objects.get(on=MONDAY)
    return day.meaning, day.source, day.by_hand


def test_granted_the_day_is_excused_and_the_mark_stands_below(asked, director):
    assert decided(asked, director).followed == Followed(written=1)
    assert standing() == ("excused", "excuse", "unexcused")
    with pytest.raises(Refused, match="rozstrzygnięto już 11 marca 2026"):
        decided(asked, director, granted=False, note="Jednak nie.")


def test_refused_with_a_reason_or_taken_back_the_day_stays(asked, director, instructor, social_worker):
    with pytest.raises(Refused, match="uzasadnienia"):
        decided(asked, director, granted=False)
    with pytest.raises(Refused, match="kto ją wpisał"):
        withdraw_excuse(asked, by=social_worker, on=WEDNESDAY)
    withdraw_excuse(asked, by=instructor, on=WEDNESDAY)
    assert standing() == ("unexcused", "hand", "")


def test_a_closed_day_follows_where_who_asked_may_ask_for_corrections(programme, director, social_worker):
    row = ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=social_worker, on=WEDNESDAY)
    close(programme, start_on=date(2026, 1, 5), end_on=TUESDAY, by=social_worker, on=WEDNESDAY)
    assert decided(row, director).followed == Followed(closed=1, asked=1, granted=1)
    assert standing() == ("excused", "correction", "")
    assert Correction.objects.get().asked_by == social_worker


def test_a_closed_day_of_who_may_not_ask_for_corrections_stays_and_is_told(asked, programme, director, social_worker):
    close(programme, start_on=date(2026, 1, 5), end_on=TUESDAY, by=social_worker, on=WEDNESDAY)
    assert decided(asked, director).followed == Followed(closed=1)
    assert standing() == ("unexcused", "hand", "")


def test_a_day_once_excused_is_not_excused_again(programme, director, instructor, social_worker):
    close(programme, start_on=date(2026, 1, 5), end_on=TUESDAY, by=social_worker, on=WEDNESDAY)
    excuse(programme, day=MONDAY, reason="Pogrzeb.", by=director, on=WEDNESDAY)
    assert standing() == ("unexcused", "hand", "")
    with pytest.raises(Refused, match="9 marca 2026 już usprawiedliwiono; zamknięty dzień zmienia korekta"):
        excuse(programme, day=MONDAY, reason="Pogrzeb.", by=director, on=WEDNESDAY)
    with pytest.raises(Refused, match="już usprawiedliwiono"):
        ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=instructor, on=WEDNESDAY)


def test_no_page_offers_to_excuse_a_day_that_is_excused_already(as_user, programme, director, social_worker):
    absence = report_absence(programme, start_on=MONDAY, by=social_worker, on=WEDNESDAY, at=NINE)
    day = f"{reverse('attendance:day', args=[programme.participant_id])}?dzien={MONDAY}"
    pages = [reverse("attendance:absence", args=[absence.pk]), day]
    close(programme, start_on=date(2026, 1, 5), end_on=TUESDAY, by=social_worker, on=WEDNESDAY)

    def offering() -> list[str]:
        ask, client = reverse("attendance:ask_excuse", args=[programme.pk]), as_user(director, WEDNESDAY)
        return [page for page in pages if ask in client.get(page).content.decode()]

    assert offering() == pages
    done = excuse(programme, day=MONDAY, reason="Pogrzeb.", by=director, on=WEDNESDAY)
    assert offering() == []
    taken_back(done.excuse, director)
    assert offering() == pages


@pytest.mark.parametrize(
    "day, meaning, words",
    [
        (TUESDAY, "present", "była na zajęciach"),
        (TUESDAY, "sick", "inne oznaczenie"),
        (date(2026, 3, 8), None, "nie miała zajęć"),
        (date(2026, 3, 12), None, "jeszcze nie było"),
    ],
)
def test_only_a_day_of_classes_without_the_person_is_excused(programme, instructor, day, meaning, words):
    if meaning:
        mark(programme, {day: meaning})
    with pytest.raises(Refused, match=words):
        ask_excuse(programme, day=day, reason="Pogrzeb.", by=instructor, on=WEDNESDAY)


def test_the_director_needs_no_request_and_nobody_else_decides(programme, director, social_worker, asked):
    with pytest.raises(Refused, match="kierujący centrum"):
        excuse(programme, day=TUESDAY, reason="Pogrzeb.", by=social_worker, on=WEDNESDAY)
    excuse(programme, day=TUESDAY, reason="Pogrzeb.", by=director, on=WEDNESDAY)
    assert Excuse.objects.get(on=TUESDAY).granted
    assert Day.objects.get(on=TUESDAY).meaning == "excused"


def test_the_request_goes_from_the_desk_of_the_director_to_that_of_who_asked(as_user, asked, instructor, director):
    (matter,) = desk.excuses(director, WEDNESDAY)
    url = reverse("attendance:decide_excuse", args=[asked.pk])
    client = as_user(director, WEDNESDAY)
    client.get(reverse("attendance:excuses"))
    assert Reading.objects.filter(what="excuse", by=director).exists()
    assert "Usprawiedliwić ten dzień?" in client.get(matter.url).content.decode()
    answer = client.post(url, {"token": "a", "note": "", "grant": "1"}, follow=True)
    assert "Dzień jest usprawiedliwiony." in answer.content.decode()
    assert list(desk.excuses(director, WEDNESDAY)) == []
    assert [row.word for row in desk.excuses(instructor, WEDNESDAY)] == ["zgoda"]


# Taken back -----------------------------------------------------------------------------------------------------------


def taken_back(row, director):
    return retract(row, why="Nie ta osoba.", by=director, on=WEDNESDAY)


def test_an_excuse_taken_back_says_nothing_any_more_and_the_mark_below_stands_again(asked, programme, director):
    decided(asked, director)
    taken_back(asked, director)
    assert standing() == ("unexcused", "hand", "")
    # Another may be granted for the same day.
    assert excuse(programme, day=MONDAY, reason="Pogrzeb.", by=director, on=WEDNESDAY).followed.written == 1


def test_an_excuse_taken_back_is_crossed_out_on_its_page_and_on_the_list(as_user, asked, director, instructor):
    decided(asked, director)
    page = reverse("attendance:excuse", args=[asked.pk])
    before = as_user(director, WEDNESDAY).get(page).content.decode()
    assert "Wycofaj usprawiedliwienie" in before
    assert "nie da się cofnąć" not in before
    taken_back(asked, director)
    text = as_user(director, WEDNESDAY).get(page).content.decode()
    assert "Wycofaj usprawiedliwienie" not in text
    assert "Usprawiedliwienie jest wycofane" in text
    assert "Nie ta osoba." in text
    shown = as_user(director, WEDNESDAY).get(reverse("attendance:excuses")).content.decode()
    assert "<s>09.03.2026</s>" in shown
    assert [row.word for row in desk.excuses(instructor, WEDNESDAY)] == ["wycofane"]


def test_the_way_to_take_an_excuse_back_is_shown_to_who_decides_alone(as_user, asked, director, instructor):
    page = reverse("attendance:excuse", args=[asked.pk])
    assert "Wycofaj usprawiedliwienie" not in as_user(director, WEDNESDAY).get(page).content.decode()
    decided(asked, director)
    assert "Wycofaj usprawiedliwienie" not in as_user(instructor, WEDNESDAY).get(page).content.decode()


def test_an_excuse_of_a_closed_day_says_what_has_become_of_the_day(as_user, asked, programme, director, social_worker):
    close(programme, start_on=date(2026, 1, 5), end_on=TUESDAY, by=social_worker, on=WEDNESDAY)
    url = reverse("attendance:decide_excuse", args=[asked.pk])
    data = {"token": "a", "note": "", "grant": "1"}
    told = as_user(director, WEDNESDAY).post(url, data, follow=True).content.decode()
    assert "Usprawiedliwienie jest zapisane. Zamknięte dni, o których korektę trzeba jeszcze poprosić: 1." in told
    assert "Dzień jest usprawiedliwiony.<" not in told


def test_the_day_that_is_excused_leads_to_its_excuse_for_who_may_open_it(as_user, asked, director, payroll):
    decided(asked, director)
    day = reverse("attendance:day", args=[asked.programme.participant_id]) + f"?dzien={MONDAY}"
    page = reverse("attendance:excuse", args=[asked.pk])
    assert page in as_user(director, WEDNESDAY).get(day).content.decode()
    text = as_user(payroll, WEDNESDAY).get(day).content.decode()
    assert "usprawiedliwienie" in text
    assert page not in text
