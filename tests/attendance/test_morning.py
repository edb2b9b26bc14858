"""The report of the morning and the desks: groups not marked, people absent without a reason, who is told of them."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.actions.absences import plan_talk, record_reason, report_absence
from attendance.actions.contacts import record_contact
from attendance.models import Absence, Day
from attendance.reading.absences import open_absences
from attendance.reading.morning import morning
from cistor.accounts.models import StandIn
from cistor.desk import absences as desk
from cistor.desk.waiting import matters
from tests.factories import make_group, make_participant, make_programme, make_user, mark

TUESDAY, WEDNESDAY = date(2026, 3, 10), date(2026, 3, 11)
# A quarter to ten and a quarter past it, in Warsaw.
BEFORE, AFTER = datetime(2026, 3, 11, 8, 45, tzinfo=UTC), datetime(2026, 3, 11, 9, 15, tzinfo=UTC)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor, name="Stolarnia")


@pytest.fixture
def programme(centre, group, director):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5), by=director)


@pytest.fixture
def absent(programme):
    mark(programme, {WEDNESDAY: "unexcused"})
    return programme


def reported(programme, by, at=BEFORE) -> Absence:
    return report_absence(programme, start_on=WEDNESDAY, by=by, on=WEDNESDAY, at=at)


def texts(question, user, on=WEDNESDAY) -> list[str]:
    return [matter.text for matter in question(user, on, open_absences(user, on))]


def test_a_group_not_marked_is_late_after_the_hour_and_not_before(programme, instructor):
    early, late = (morning(instructor, WEDNESDAY, at, on=WEDNESDAY) for at in (BEFORE, AFTER))
    assert [str(row.group) for row in early.unmarked] == ["Stolarnia"]
    assert (early.is_past, late.is_past) == (False, True)


@pytest.mark.parametrize(
    "at, badge",
    [(None, ("late", "po terminie")), (BEFORE, ("done", "zgłoszono")), (AFTER, ("done", "zgłoszono po terminie"))],
)
def test_who_is_absent_stands_with_the_report(absent, instructor, at, badge):
    if at:
        reported(absent, instructor, at)
    (row,) = morning(instructor, WEDNESDAY, AFTER, on=WEDNESDAY).absent
    assert (str(row.group), row.badge) == ("Stolarnia", badge)


def test_a_group_that_is_complete_says_whom_to_report(as_user, absent, group, instructor):
    def badge() -> tuple[str, str]:
        (row,) = morning(instructor, WEDNESDAY, BEFORE, on=WEDNESDAY).complete
        return row.badge

    assert badge() == ("soon", "do zgłoszenia: 1")
    reported(absent, instructor)
    assert badge() == ("done", "zgłoszono: 1")
    Day.objects.update(meaning="present")
    assert badge() == ("done", "nikogo do zgłoszenia")
    assert "nikogo do zgłoszenia" in as_user(instructor, WEDNESDAY).get(reverse("attendance:morning")).content.decode()
    Day.objects.all().delete()
    assert morning(instructor, WEDNESDAY, BEFORE, on=WEDNESDAY).complete == []


def test_on_a_day_without_classes_there_is_no_report(absent, instructor):
    page = morning(instructor, date(2026, 3, 14), AFTER, on=date(2026, 3, 14))
    assert (page.is_class_day, page.unmarked, page.absent) == (False, [], [])


def test_who_led_the_group_that_day_and_does_not_today_reads_no_names(absent, group, instructor):
    group.leads.update(end_on=WEDNESDAY)
    later = morning(instructor, WEDNESDAY, AFTER, on=date(2026, 3, 12))
    assert (later.unmarked, later.absent) == ([], [])


def test_the_page_shows_both_and_takes_the_report(as_user, absent, centre, group, instructor):
    make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5))
    client = as_user(instructor, WEDNESDAY)
    page = client.get(reverse("attendance:morning")).content.decode()
    assert "do 10:00 (§3 ust. 4 lit. f)" in page
    assert "nieoznaczone: 1 z 2" in page
    assert str(absent.participant) in page
    url = f"{reverse('attendance:report_absence', args=[absent.pk])}?dzien=2026-03-11"
    answer = client.post(url, follow=True)
    assert "Nieobecność jest zgłoszona." in answer.content.decode()
    assert Absence.objects.get().reported_by == instructor


def test_pages_take_the_same_queries_for_any_number(as_user, absent, centre, group, director):
    names = ("morning", "absences", "excuses")
    client = as_user(director, WEDNESDAY)
    urls = [reverse(f"attendance:{name}") for name in names]
    urls.append(reverse("attendance:contacts", args=[absent.participant_id]))

    def queries() -> list[int]:
        counts = []
        for url in urls:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            counts.append(len(captured))
        return counts

    reported(absent, director)
    queries()
    few = queries()
    for number in range(4):
        other = make_group(centre, make_user(centre, "instructor"))
        for day in (TUESDAY, WEDNESDAY):
            programme = make_programme(make_participant(centre, group=other), start_on=date(2026, 1, 5))
            mark(programme, {day: "unexcused"})
        reported(programme, director)
        said = {"way": "phone", "with_whom": "family", "result": "failed", "by": director, "on": WEDNESDAY}
        record_contact(absent.participant, at=BEFORE, whom=f"osoba {number}", **said)
    assert all(more <= before + 1 for more, before in zip(queries(), few, strict=True))


# The desks -----------------------------------------------------------------------------------------------------------


def test_the_instructor_is_asked_to_report_and_then_for_the_reason(absent, instructor, social_worker):
    name = str(absent.participant)
    assert texts(desk.to_report, instructor) == [f"{name}: zgłoś nieobecność od 11 marca 2026"]
    assert texts(desk.to_report, social_worker) == []
    row = reported(absent, instructor)
    assert texts(desk.to_report, instructor) == []
    assert texts(desk.to_follow_up, instructor) == [f"{name}: ustal przyczynę nieobecności"]
    record_reason(row, kind="travel", reason="", by=instructor, on=WEDNESDAY)
    assert texts(desk.to_follow_up, instructor) == []


def test_where_the_social_worker_finds_out_the_instructor_is_not_asked(other_centre):
    instructor, worker = make_user(other_centre, "instructor"), make_user(other_centre, "social_worker")
    person = make_participant(other_centre, group=make_group(other_centre, instructor))
    programme = make_programme(person, start_on=date(2026, 1, 5))
    mark(programme, {WEDNESDAY: "unexcused"})
    reported(programme, instructor)
    assert texts(desk.to_follow_up, instructor) == []
    assert texts(desk.to_follow_up, worker) == ["Nieobecności do wyjaśnienia: 1, najstarsza: dziś"]


def test_the_director_is_told_unless_the_lead_has_another_superior(absent, centre, instructor, director):
    boss = make_user(centre, "social_worker")
    assert texts(desk.of_the_morning, director) == ["Raport poranny: 1 nieobecność niezgłoszona"]
    assert texts(desk.of_the_morning, boss) == []
    instructor.superior = boss
    instructor.save()
    assert texts(desk.of_the_morning, director) == []
    assert texts(desk.of_the_morning, boss) == ["Raport poranny: 1 nieobecność niezgłoszona"]
    reported(absent, instructor)
    assert texts(desk.of_the_morning, boss) == ["Nieobecni bez znanej przyczyny: 1 osoba"]


def test_the_talk_waits_until_somebody_has_talked_with_the_person(absent, social_worker):
    row = reported(absent, social_worker)
    plan_talk(row, talk_on=WEDNESDAY, by=social_worker, on=WEDNESDAY)
    talk = f"{absent.participant}: rozmowa o nieobecności"
    said = {"at": BEFORE, "way": "talk", "text": "Wróci jutro.", "by": social_worker, "on": WEDNESDAY, "absence": row}
    record_contact(absent.participant, with_whom="family", result="reached", **said)
    assert talk in texts(desk.to_follow_up, social_worker)
    record_contact(absent.participant, with_whom="participant", result="reached", **said)
    assert talk not in texts(desk.to_follow_up, social_worker)


def test_a_talk_to_come_outlives_the_ending(as_user, absent, social_worker):
    row = reported(absent, social_worker)
    record_reason(row, kind="family", reason="", by=social_worker, on=WEDNESDAY)
    plan_talk(row, talk_on=WEDNESDAY, by=social_worker, on=WEDNESDAY)
    ending = reverse("attendance:close_absence", args=[row.pk])
    client = as_user(social_worker, WEDNESDAY)
    assert "Rozmowa wyznaczona na 11 marca 2026 zostaje" in client.get(ending).content.decode()
    client.post(ending, {"token": "a", "arrangement": "nothing", "arranged": ""})
    assert "Wpisz rozmowę" in client.get(reverse("attendance:absence", args=[row.pk])).content.decode()
    talk = f"{absent.participant}: rozmowa o nieobecności"
    assert texts(desk.to_follow_up, social_worker) == [talk]
    said = {"at": BEFORE, "way": "talk", "text": "Wróci jutro.", "by": social_worker, "on": WEDNESDAY, "absence": row}
    record_contact(absent.participant, with_whom="participant", result="reached", **said)
    assert texts(desk.to_follow_up, social_worker) == []


@pytest.mark.parametrize("at, word", [(BEFORE, ("soon", "dziś")), (AFTER, ("late", "minęła 10:00"))])
def test_a_group_to_be_marked_says_that_the_hour_has_passed(monkeypatch, programme, instructor, at, word):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    found = [matter for matter in matters(instructor, on=WEDNESDAY) if "nie oznaczono jeszcze" in matter.text]
    assert [(matter.kind, matter.word) for matter in found] == [word]


def test_the_superior_is_told_of_days_before_that_nobody_reported(programme, instructor, director):
    mark(programme, {TUESDAY: "unexcused", WEDNESDAY: "present"})
    text = "Nieobecności niezgłoszone z poprzednich dni: 1"
    assert texts(desk.of_the_morning, director) == [text]
    instructor.superior = make_user(programme.participant.centre, "social_worker")
    instructor.save()
    assert texts(desk.of_the_morning, director) == []
    assert texts(desk.of_the_morning, instructor.superior) == [text]
    report_absence(programme, start_on=TUESDAY, by=instructor, on=WEDNESDAY, at=BEFORE)
    assert texts(desk.of_the_morning, instructor.superior) == []


@pytest.mark.parametrize("role", ["psychologist", "career_adviser", "therapist"])
def test_advisers_are_told_of_the_talk_and_not_of_the_reason(as_user, absent, centre, social_worker, role):
    adviser = make_user(centre, role)
    row = reported(absent, social_worker)
    record_reason(row, kind="other", reason="Siostra mówi o nałogu.", by=social_worker, on=WEDNESDAY)
    plan_talk(row, talk_on=date(2026, 3, 13), by=social_worker, on=WEDNESDAY)
    (matter,) = desk.waiting(adviser, WEDNESDAY)
    assert (matter.text, matter.due) == (f"{absent.participant}: rozmowa po nieobecności", date(2026, 3, 13))
    friday = date(2026, 3, 13)
    client = as_user(adviser, friday)
    page = client.get(matter.url).content.decode()
    assert "od 11.03.2026" in page
    assert "nałog" not in page
    said = {"token": "a", "day": "2026-03-13", "hour": "09:15", "way": "talk", "with_whom": "participant"}
    answer = client.post(matter.url, {**said, "result": "reached", "text": "Wróci.", "absence": row.pk})
    assert answer.url == reverse("attendance:contacts", args=[absent.participant_id])
    assert list(desk.waiting(adviser, friday)) == []


def test_an_adviser_who_stands_in_for_the_director_keeps_the_own_talks(absent, centre, social_worker, director):
    row = reported(absent, social_worker)
    plan_talk(row, talk_on=date(2026, 3, 13), by=social_worker, on=WEDNESDAY)
    text = f"{absent.participant}: rozmowa po nieobecności"
    adviser = make_user(centre, "psychologist")
    StandIn.objects.create(absent=director, deputy=adviser, start_on=WEDNESDAY, end_on=WEDNESDAY)
    assert [matter.text for matter in desk.waiting(adviser, WEDNESDAY)].count(text) == 1
    # Whoever has the talks of a social worker among theirs reads each of them once.
    adviser.roles = ["psychologist", "social_worker"]
    talks = [matter for matter in desk.waiting(adviser, WEDNESDAY) if "rozmowa" in matter.text]
    assert len(talks) == 1


def test_a_desk_reads_the_absences_once(absent, director):
    director.roles = ["social_worker", "director"]
    with CaptureQueriesContext(connection) as captured:
        assert len(list(desk.waiting(director, WEDNESDAY))) == 2
    days = [query["sql"] for query in captured if query["sql"].startswith('SELECT "attendance_day"')]
    assert len(days) == 1
