"""An absence without a reason: its days, the report, what was found out, the arrangement (S1 § 3 ust. 4 lit. f)."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from attendance.actions import close
from attendance.actions.absences import close_absence, issue_note, plan_talk, record_reason, report_absence
from attendance.actions.contacts import record_contact
from attendance.models import Absence, Day
from attendance.reading.absences import days_of, open_absences
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.models import Entry
from cistor.notices import deadlines
from participants.models import Participant
from tests.factories import make_group, make_participant, make_programme, make_user, mark
from tests.referrals.papers import make_letterhead

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 3, day) for day in (9, 10, 11, 12))
FRIDAY_BEFORE = date(2026, 3, 6)
NINE = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group, director):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5), by=director)


def absent(programme, **marks):
    mark(programme, {date(2026, 3, int(day[1:])): meaning for day, meaning in marks.items()})


def runs(user, on=WEDNESDAY):
    return [(run.programme.pk, run.days) for run in open_absences(user, on)]


def reported(programme, by, day=WEDNESDAY, on=WEDNESDAY) -> Absence:
    return report_absence(programme, start_on=day, by=by, on=on, at=NINE)


def found(absence, by, on=WEDNESDAY, kind="family"):
    return record_reason(absence, kind=kind, reason="Choroba dziecka.", by=by, on=on)


def closed(absence, by, on=WEDNESDAY, arrangement="talk"):
    return close_absence(absence, arrangement=arrangement, arranged="", by=by, on=on)


# The days ------------------------------------------------------------------------------------------------------------


def test_a_weekend_or_a_free_day_does_not_cut_an_absence_and_a_day_present_does(programme, social_worker):
    absent(programme, d5="unexcused", d6="late", d9="unexcused", d10="free_day", d11="unexcused")
    assert runs(social_worker) == [(programme.pk, [date(2026, 3, 5)]), (programme.pk, [MONDAY, WEDNESDAY])]


def test_what_a_fact_has_made_unexcused_has_its_reason_there(programme, social_worker):
    absent(programme, d9="unexcused", d10="unexcused")
    Day.objects.filter(on=TUESDAY).update(source="sobriety")
    assert runs(social_worker) == [(programme.pk, [MONDAY])]


def test_an_arrangement_ends_it_and_the_next_day_begins_another(programme, social_worker):
    absent(programme, d9="unexcused", d10="unexcused")
    row = closed(_arranged(programme, social_worker), social_worker)
    assert row.end_on == TUESDAY
    absent(programme, d11="unexcused")
    assert runs(social_worker) == [(programme.pk, [WEDNESDAY])]
    assert reported(programme, social_worker).start_on == WEDNESDAY


def test_closed_days_about_which_nothing_was_begun_are_nobodys_duty(programme, social_worker):
    absent(programme, d6="unexcused", d10="unexcused")
    close(programme, start_on=date(2026, 1, 5), end_on=FRIDAY_BEFORE, by=social_worker, on=WEDNESDAY)
    assert runs(social_worker) == [(programme.pk, [TUESDAY])]


def test_a_note_that_came_later_leaves_the_absence_to_be_ended_without_a_reason(programme, social_worker):
    absent(programme, d9="unexcused")
    row = reported(programme, social_worker, MONDAY)
    Day.objects.update(meaning="sick", source="note", by_hand="unexcused")
    assert runs(social_worker) == [(programme.pk, [])]
    assert closed(row, social_worker, arrangement="nothing").end_on == MONDAY
    assert runs(social_worker) == []


def test_a_first_day_marked_by_mistake_is_shown_alone(programme, social_worker):
    absent(programme, d9="unexcused", d10="unexcused")
    row = reported(programme, social_worker, MONDAY)
    Day.objects.filter(on=MONDAY).update(meaning="present")
    assert [day.on for day in days_of(row, WEDNESDAY)] == [MONDAY]
    assert runs(social_worker) == [(programme.pk, []), (programme.pk, [TUESDAY])]


def test_an_instructor_has_own_groups_and_a_stand_in_the_days_of_the_absent(programme, centre, instructor):
    absent(programme, d9="unexcused")
    stranger = make_user(centre, "instructor")
    assert (runs(instructor), runs(stranger)) == ([(programme.pk, [MONDAY])], [])
    instructor.stand_ins.create(deputy=stranger, start_on=WEDNESDAY, end_on=WEDNESDAY)
    stranger = type(stranger).objects.get(pk=stranger.pk)
    assert runs(stranger) == [(programme.pk, [MONDAY])]
    assert runs(stranger, THURSDAY) == []


def test_the_number_of_queries_does_not_grow(centre, programme, group, social_worker, director):
    absent(programme, d9="unexcused")
    reported(programme, social_worker, MONDAY)
    with CaptureQueriesContext(connection) as few:
        open_absences(social_worker, WEDNESDAY)
    for _ in range(5):
        other = make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5), by=director)
        absent(other, d6="unexcused", d9="present", d10="unexcused")
        reported(other, social_worker, TUESDAY)
    with CaptureQueriesContext(connection) as many:
        assert len(open_absences(social_worker, WEDNESDAY)) == 11
    assert len(many) <= len(few) <= 7


# What is done --------------------------------------------------------------------------------------------------------


def _arranged(programme, by) -> Absence:
    return found(reported(programme, by, MONDAY), by)


def test_the_first_report_stands_whoever_reports_again(programme, instructor, social_worker):
    absent(programme, d9="unexcused", d10="unexcused")
    first = reported(programme, instructor, TUESDAY)
    again = reported(programme, social_worker, MONDAY)
    assert (first.pk, first.start_on) == (again.pk, MONDAY)
    assert (again.reported_by, again.reported_at) == (instructor, NINE)
    assert Entry.objects.filter(verb="absence_reported").count() == 1


@pytest.mark.parametrize("day, meaning", [(TUESDAY, None), (TUESDAY, "present"), (TUESDAY, "sick")])
def test_only_an_unexcused_day_is_reported(programme, instructor, day, meaning):
    if meaning:
        mark(programme, {day: meaning})
    with pytest.raises(Refused, match="nie ma u tej osoby niewyjaśnionej"):
        reported(programme, instructor, day)


def test_without_a_reason_it_is_not_ended_and_ended_it_does_not_change(programme, social_worker):
    absent(programme, d9="unexcused")
    row = reported(programme, social_worker, MONDAY)
    with pytest.raises(Refused, match="Najpierw wpisz przyczynę"):
        closed(row, social_worker)
    found(row, social_worker)
    with pytest.raises(Refused, match="na czym stanęło"):
        closed(row, social_worker, arrangement="other")
    row = closed(row, social_worker, arrangement="annex")
    with pytest.raises(Refused, match="zakończono"):
        plan_talk(row, talk_on=THURSDAY, by=social_worker, on=WEDNESDAY)


def test_whoever_does_not_follow_up_is_refused(programme, payroll, outsider, instructor):
    absent(programme, d9="unexcused")
    for user in (payroll, outsider):
        with pytest.raises(Refused, match="wyjaśnia prowadzący"):
            reported(programme, user, MONDAY)


def test_the_note_tells_what_was_done_and_a_later_one_takes_its_place(programme, centre, social_worker):
    make_letterhead(centre)
    absent(programme, d9="unexcused")
    row = found(reported(programme, social_worker, MONDAY), social_worker)
    said = {"way": "phone", "with_whom": "family", "whom": "siostra", "result": "left_word", "text": "Oddzwoni."}
    record_contact(programme.participant, at=NINE, **said, absence=row, by=social_worker, on=WEDNESDAY)
    first = issue_note(row, by=social_worker, on=WEDNESDAY)
    assert first.context["contacts"][0]["whom"] == "rodzina: siostra"
    assert [day["on"] for day in first.context["days"]] == ["2026-03-09"]
    second = issue_note(row, by=social_worker, on=THURSDAY)
    assert (second.replaces, Absence.objects.get().document) == (first, second)


def test_nothing_is_written_about_an_erased_person(as_user, programme, centre, social_worker):
    make_letterhead(centre)
    absent(programme, d9="unexcused")
    row = reported(programme, social_worker, MONDAY)
    Participant.objects.update(erased_on=TUESDAY)
    for act in (found, closed, lambda row, by: issue_note(row, by=by, on=WEDNESDAY)):
        with pytest.raises(Refused, match="usunięto"):
            act(Absence.objects.get(), social_worker)
    page = as_user(social_worker, WEDNESDAY).get(reverse("attendance:absence", args=[row.pk])).content.decode()
    assert "Wpisz" not in page
    assert "Wystaw" not in page


def test_a_day_taken_out_calls_the_talk_off(as_user, programme, social_worker):
    absent(programme, d9="unexcused")
    row = plan_talk(_arranged(programme, social_worker), talk_on=THURSDAY, by=social_worker, on=WEDNESDAY)
    said = {"token": "a", "kind": "family", "reason": "", "talk_on": ""}
    as_user(social_worker, WEDNESDAY).post(reverse("attendance:record_reason", args=[row.pk]), said)
    assert Absence.objects.get().talk_on is None
    assert Entry.objects.filter(verb="absence_talk_called_off").count() == 1


def test_one_form_takes_one_number_and_the_page_tells_of_an_old_note(as_user, programme, centre, social_worker):
    make_letterhead(centre)
    absent(programme, d9="unexcused")
    row = reported(programme, social_worker, MONDAY)
    client = as_user(social_worker, WEDNESDAY)
    for _ in range(2):
        page = client.post(reverse("attendance:absence_note", args=[row.pk]), {"token": "a"}, follow=True)
    assert Document.objects.filter(kind="absence_note").count() == 1
    assert page.context["is_behind"] is False
    found(row, social_worker)
    assert client.get(reverse("attendance:absence", args=[row.pk])).context["is_behind"] is True


# The deadline --------------------------------------------------------------------------------------------------------


def report_of(programme, on):
    rows = deadlines.of_participant(programme.participant, on)
    return [row for row in rows if row.kind == "absence_report"]


def test_the_report_is_due_on_the_first_day_at_ten_and_late_from_the_next(programme, instructor):
    absent(programme, d9="unexcused", d10="unexcused")
    (row,) = report_of(programme, TUESDAY)
    assert (row.due_on, row.source) == (MONDAY, "§3 ust. 4 lit. f")
    assert localtime(row.due_at).time().isoformat() == "10:00:00"
    assert [row.state(day) for day in (MONDAY, TUESDAY)] == ["due_soon", "overdue"]
    reported(programme, instructor, TUESDAY)
    (row,) = report_of(programme, WEDNESDAY)
    assert (row.met_on, row.proof) == (WEDNESDAY, "zgłoszono o 9:00")


def test_what_was_ended_is_met_and_leaves_after_a_month(programme, social_worker):
    absent(programme, d9="unexcused")
    closed(_arranged(programme, social_worker), social_worker)
    assert [row.state(WEDNESDAY) for row in report_of(programme, WEDNESDAY)] == ["met"]
    assert report_of(programme, date(2026, 4, 10)) == []


# The pages -----------------------------------------------------------------------------------------------------------


def test_one_page_leads_from_the_day_to_the_arrangement(as_user, programme, social_worker):
    absent(programme, d10="unexcused")
    client = as_user(social_worker, WEDNESDAY)
    day = client.get(f"{reverse('attendance:day', args=[programme.participant_id])}?dzien=2026-03-10")
    report = dict(day.context["ways"])["Wyjaśnij nieobecność"]
    assert "Zgłosić nieobecność przełożonemu?" in client.get(report).content.decode()
    client.post(report)
    row = Absence.objects.get()
    urls = {
        name: reverse(f"attendance:{name}", args=[row.pk]) for name in ("absence", "record_reason", "close_absence")
    }
    said = {"token": "a", "kind": "other", "reason": "Nie odbiera.", "talk_on": "2026-03-13"}
    client.post(urls["record_reason"], said)
    page = client.get(urls["absence"]).content.decode()
    assert "13 marca 2026" in page
    assert "Zapisz ustalenia" in page
    client.post(urls["close_absence"], {"token": "b", "arrangement": "termination", "arranged": ""})
    page = client.get(urls["absence"]).content.decode()
    assert reverse("attendance:propose_termination", args=[programme.pk]) in page
    ended = client.get(f"{reverse('attendance:absences')}?stan=zakonczone")
    assert list(ended.context["page"]) == [row]
