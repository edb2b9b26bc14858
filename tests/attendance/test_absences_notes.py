"""The official note tells how an absence stood on its day; the page says when more is known since."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from attendance.actions.absences import issue_note, report_absence
from attendance.actions.contacts import record_contact
from attendance.actions.excuses import ask_excuse, decide_excuse
from attendance.actions.notes import record_note
from attendance.documents.absences import is_behind
from attendance.models import Absence
from attendance.reading.absences import named
from cistor.documents.models import Document
from cistor.journal.models import Reading
from cistor.money import NBSP
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (9, 10, 11))
NINE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
OLD = "powstała przed tym, co wpisano później"


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=director)


@pytest.fixture
def absence(programme, letterhead, social_worker):
    """Two days, with a note on file that tells of both."""
    mark(programme, dict.fromkeys((MONDAY, TUESDAY), "unexcused"))
    row = report_absence(programme, start_on=MONDAY, by=social_worker, on=MONDAY, at=NINE)
    issue_note(row, by=social_worker, on=TUESDAY)
    return Absence.objects.get()


@pytest.fixture
def page(as_user, absence, social_worker):
    """`page(day)` → what the social worker reads about the absence."""
    url = reverse("attendance:absence", args=[absence.pk])
    return lambda day=WEDNESDAY: as_user(social_worker, day).get(url).content.decode()


def test_a_note_that_tells_of_all_its_days_is_not_behind(page, programme):
    assert OLD not in page()
    mark(programme, {WEDNESDAY: "present"})
    assert OLD not in page()


def test_a_note_is_behind_once_a_day_was_excused(page, programme, social_worker, director):
    row = ask_excuse(programme, day=TUESDAY, reason="Pogrzeb.", by=social_worker, on=WEDNESDAY)
    assert OLD not in page()
    decide_excuse(row, granted=True, note="", by=director, on=WEDNESDAY)
    assert OLD in page()


def test_a_note_is_behind_once_a_sick_note_took_a_day(page, programme, social_worker):
    paper = {"number": "ZAA0000001", "start_on": TUESDAY, "end_on": TUESDAY, "issued_on": TUESDAY}
    record_note(programme, **paper, by=social_worker, on=WEDNESDAY)
    assert OLD in page()


def test_a_note_is_behind_once_another_day_was_missed(page, programme):
    mark(programme, {WEDNESDAY: "unexcused"})
    assert OLD in page()


def test_a_note_is_behind_when_its_absence_was_told_at_another_hour(page, absence):
    Absence.objects.update(reported_at=datetime(2026, 3, 9, 8, 30, tzinfo=UTC))
    assert OLD in page()


def test_a_try_made_since_leaves_the_note_behind_until_it_is_issued_anew(page, absence, programme, social_worker):
    what = {"way": "phone", "with_whom": "family", "whom": "siostra", "result": "failed", "text": ""}
    record_contact(programme.participant, absence=absence, at=NINE, **what, by=social_worker, on=WEDNESDAY)
    assert OLD in page()
    issue_note(absence, by=social_worker, on=WEDNESDAY)
    assert OLD not in page()


def test_before_a_note_is_issued_its_page_names_it_and_says_what_it_cannot_tell_yet(as_user, programme, social_worker):
    mark(programme, {MONDAY: "unexcused"})
    row = report_absence(programme, start_on=MONDAY, by=social_worker, on=MONDAY, at=NINE)
    text = as_user(social_worker, TUESDAY).get(reverse("attendance:absence", args=[row.pk])).content.decode()
    assert "Wystaw notatkę o nieobecności od 09.03.2026" in text
    assert "Nie wpisano żadnej próby kontaktu. Przyczyna nie jest jeszcze ustalona. Dostanie numer" in text
    assert "tego nie da się cofnąć" in text


def test_a_draft_of_the_note_is_read_before_it_takes_a_number(as_user, programme, letterhead, social_worker):
    mark(programme, {MONDAY: "unexcused"})
    row = report_absence(programme, start_on=MONDAY, by=social_worker, on=MONDAY, at=NINE)
    client, url = as_user(social_worker, TUESDAY), reverse("attendance:absence_note_draft", args=[row.pk])
    assert url in client.get(reverse("attendance:absence", args=[row.pk])).content.decode()
    text = PdfReader(BytesIO(client.get(url).content)).pages[0].extract_text().replace(NBSP, " ")
    assert programme.participant.last_name in text
    assert "Notatka służbowa" in text
    assert not Document.objects.exists()
    assert Reading.objects.filter(by=social_worker, what="absence_note", participant=programme.participant).exists()


def test_the_number_of_the_note_leads_only_those_to_it_who_may_open_it(
    as_user, absence, instructor, social_worker, director
):
    number, url = absence.document.number, reverse("documents:download", args=[absence.document_id])
    for user, opens in ((instructor, False), (social_worker, True), (director, True)):
        client = as_user(user, WEDNESDAY)
        text = client.get(reverse("attendance:absence", args=[absence.pk])).content.decode()
        assert number in text
        assert (url in text, client.get(url).status_code) == (opens, 200 if opens else 403)


def test_the_number_of_an_own_note_leads_to_it(as_user, absence, instructor):
    own = issue_note(absence, by=instructor, on=WEDNESDAY)
    text = as_user(instructor, WEDNESDAY).get(reverse("attendance:absence", args=[absence.pk])).content.decode()
    assert f'<a href="{reverse("documents:download", args=[own.pk])}">{own.number}</a>' in text


def test_a_note_that_writes_its_hours_with_a_nought_is_not_behind_for_that(absence, programme, social_worker):
    what = {"way": "phone", "with_whom": "family", "result": "failed"}
    record_contact(programme.participant, absence=absence, at=NINE, **what, by=social_worker, on=MONDAY)
    issue_note(absence, by=social_worker, on=TUESDAY)
    row = Absence.objects.get()
    told = row.document.context
    assert (told["reported"][:16], told["contacts"][0]["at"]) == ("09.03.2026, 9:00", "09.03.2026, 9:00")
    told["reported"] = told["reported"].replace(", 9:", ", 09:")
    told["contacts"][0]["at"] = "09.03.2026, 09:00"
    assert not is_behind(row, named(row, WEDNESDAY))
    told["contacts"][0]["at"] = "09.03.2026, 10:00"
    assert is_behind(row, named(row, WEDNESDAY))
