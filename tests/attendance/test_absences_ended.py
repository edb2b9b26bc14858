"""An absence is closed: after the programme has ended too, with a request where one is promised; and opened again."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from attendance.actions.absences import close_absence, issue_note, record_reason, reopen_absence, report_absence
from attendance.actions.excuses import ask_excuse, withdraw_excuse
from attendance.models import Absence
from attendance.reading.absences import days_of, open_absences
from cistor.centres.models import DayCode
from cistor.desk import absences as desk
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import end, make_group, make_participant, make_programme, mark
from tests.referrals.papers import make_letterhead

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in range(2, 7))
NEXT_MONDAY = date(2026, 3, 9)
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=director)


@pytest.fixture
def absence(programme, social_worker):
    """From Monday to Friday, reported on Monday."""
    mark(programme, dict.fromkeys((MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY), "unexcused"))
    return report_absence(programme, start_on=MONDAY, by=social_worker, on=MONDAY, at=NINE)


@pytest.fixture
def ended(absence):
    """The programme has ended on the last day of the absence."""
    end(absence.programme, ended_on=FRIDAY)
    return Absence.objects.get()


def close(row, by, arrangement="termination", on=NEXT_MONDAY):
    return close_absence(row, arrangement=arrangement, arranged="", by=by, on=on)


# After the programme -------------------------------------------------------------------------------------------------


def test_after_the_programme_an_absence_waits_on_the_list_and_the_desk_until_it_is_closed(ended, social_worker):
    (run,) = open_absences(social_worker, NEXT_MONDAY)
    assert (run.row, len(run.days)) == (ended, 5)
    texts = [matter.text for matter in desk.waiting(social_worker, NEXT_MONDAY)]
    assert texts == ["Nieobecności do wyjaśnienia: 1, najstarsza: 7 dni"]
    record_reason(ended, kind="left", reason="", by=social_worker, on=NEXT_MONDAY)
    close(ended, social_worker)
    assert open_absences(social_worker, NEXT_MONDAY) == []


def test_after_the_programme_what_nobody_began_is_nobodys_duty(ended, social_worker):
    Absence.objects.all().delete()
    assert open_absences(social_worker, NEXT_MONDAY) == []


def test_after_the_programme_the_reason_is_asked_and_all_its_days_stand_on_page_and_paper(ended, centre, social_worker):
    make_letterhead(centre)
    with pytest.raises(Refused, match="Najpierw wpisz przyczynę"):
        close(ended, social_worker)
    record_reason(ended, kind="left", reason="", by=social_worker, on=NEXT_MONDAY)
    row = close(ended, social_worker)
    assert row.end_on == FRIDAY
    assert [day.on.day for day in days_of(row, NEXT_MONDAY)] == [2, 3, 4, 5, 6]
    assert len(issue_note(row, by=social_worker, on=NEXT_MONDAY).context["days"]) == 5


def test_page_and_paper_name_the_days_as_the_regulations_of_the_centre_do(as_user, absence, centre, social_worker):
    make_letterhead(centre)
    DayCode.objects.filter(regulations__centre=centre, meaning="unexcused").update(name="nieobecność bez powodu")
    paper = issue_note(absence, by=social_worker, on=FRIDAY)
    assert {day["name"] for day in paper.context["days"]} == {"nieobecność bez powodu"}
    page = as_user(social_worker, FRIDAY).get(reverse("attendance:absence", args=[absence.pk])).content.decode()
    assert "NN – nieobecność bez powodu" in page


# With a request ------------------------------------------------------------------------------------------------------


def found(row, by):
    return record_reason(row, kind="family", reason="", by=by, on=FRIDAY)


def test_a_request_to_excuse_is_promised_only_after_one_was_made(absence, social_worker):
    found(absence, social_worker)
    with pytest.raises(Refused, match="Nikt jeszcze nie poprosił o usprawiedliwienie"):
        close(absence, social_worker, "excuse", on=FRIDAY)
    asked = ask_excuse(absence.programme, day=TUESDAY, reason="Pogrzeb.", by=social_worker, on=FRIDAY)
    withdraw_excuse(asked, by=social_worker, on=FRIDAY)
    with pytest.raises(Refused, match="Nikt jeszcze nie poprosił o usprawiedliwienie"):
        close(absence, social_worker, "excuse", on=FRIDAY)
    ask_excuse(absence.programme, day=TUESDAY, reason="Pogrzeb.", by=social_worker, on=FRIDAY)
    assert close(absence, social_worker, "excuse", on=FRIDAY).end_on == FRIDAY


def test_closed_with_a_request_it_leads_to_those_that_nobody_has_made(as_user, absence, social_worker):
    found(absence, social_worker)
    ask_excuse(absence.programme, day=TUESDAY, reason="Pogrzeb.", by=social_worker, on=FRIDAY)
    close(absence, social_worker, "excuse", on=FRIDAY)
    page = as_user(social_worker, FRIDAY).get(reverse("attendance:absence", args=[absence.pk]))
    assert [day.on for day in page.context["to_excuse"]] == [MONDAY, WEDNESDAY, THURSDAY, FRIDAY]
    assert "Poproś o usprawiedliwienie 05.03.2026" in page.content.decode()


# Opened again --------------------------------------------------------------------------------------------------------


def reopened(row, by, reason="Wpisano nie te ustalenia."):
    return reopen_absence(row, reason=reason, by=by, on=NEXT_MONDAY)


def test_who_closed_it_or_the_director_opens_it_again_and_it_waits(absence, centre, social_worker, director):
    found(absence, social_worker)
    for user in (social_worker, director):
        row = reopened(close(absence, social_worker, on=FRIDAY), user)
        assert (row.closed_on, row.end_on, row.arrangement, row.reason_kind) == (None, None, "", "family")
        assert [run.row for run in open_absences(social_worker, NEXT_MONDAY)] == [absence]
    assert Entry.objects.filter(verb="absence_reopened").count() == 2
    with pytest.raises(Refused, match="nie jest zakończona"):
        reopened(absence, director)


def test_another_does_not_open_it_again_nor_anybody_without_a_reason(absence, instructor, social_worker):
    found(absence, social_worker)
    close(absence, social_worker, on=FRIDAY)
    with pytest.raises(Refused, match="ten, kto ją zakończył, albo kierujący centrum"):
        reopened(absence, instructor)
    with pytest.raises(Refused, match="dlaczego"):
        reopened(absence, social_worker, reason=" ")


def test_it_is_not_opened_again_after_what_followed_has_been_begun(absence, social_worker):
    found(absence, social_worker)
    close(absence, social_worker, on=FRIDAY)
    mark(absence.programme, {NEXT_MONDAY: "unexcused"})
    report_absence(absence.programme, start_on=NEXT_MONDAY, by=social_worker, on=NEXT_MONDAY, at=NINE)
    with pytest.raises(Refused, match="zaczęto już następną, od 9 marca 2026"):
        reopened(absence, social_worker)


def test_the_page_asks_why_and_shows_it_until_the_case_is_closed_again(as_user, absence, social_worker):
    found(absence, social_worker)
    close(absence, social_worker, on=FRIDAY)
    client, url = as_user(social_worker, NEXT_MONDAY), reverse("attendance:reopen_absence", args=[absence.pk])
    assert url in client.get(reverse("attendance:absence", args=[absence.pk])).content.decode()
    assert "Otworzyć sprawę na nowo?" in client.get(url).content.decode()
    page = client.post(url, {"token": "a", "reason": "Osoba się odezwała."}, follow=True).content.decode()
    assert "Sprawa znów czeka na ustalenia." in page
    assert "Osoba się odezwała." in page
    assert client.get(url).status_code == 302


# The table on the card -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["contacts", "absences"])
def test_open_absences_stand_under_the_heads_of_their_columns(as_user, absence, social_worker, name):
    args = [absence.programme.participant_id] if name == "contacts" else []
    page = as_user(social_worker, FRIDAY).get(reverse(f"attendance:{name}", args=args)).content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
    cells = re.findall(r'<td data-label="([^"]+)"', page)
    assert heads[1:] == cells
    assert cells[0] == "Co dalej"
