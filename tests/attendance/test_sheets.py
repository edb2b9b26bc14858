"""The lists of all groups of a month in one file, made in the background."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from attendance.tasks import print_sheets
from cistor.desk import waiting
from cistor.documents.models import Letterhead
from cistor.jobs.models import Job
from cistor.journal.models import Entry, Reading
from participants.models import GroupLead
from tests.factories import make_group, make_participant, make_programme
from tests.pdf import validator

TODAY, MARCH = date(2026, 3, 11), "2026-03"
HTMX = {"HX-Request": "true"}
SHEETS, PRINT = reverse("attendance:sheets"), reverse("attendance:print_sheets")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def groups(centre, instructor, director):
    """The instructor leads the first of two; a third one has nobody in the programme, a fourth nobody at all."""
    Letterhead.objects.create(
        centre=centre, in_force_from=date(2014, 6, 1), name=centre.name, address="ul. Wymyślona 1", place="Toruń"
    )
    leads = {"Pracownia brązowa": instructor, "Pracownia żółta": None, "Pracownia pusta": None, "Bez ludzi": None}
    groups = [make_group(centre, lead, name=name) for name, lead in leads.items()]
    for group in groups[:3]:
        person = make_participant(centre, group=group, last_name=f"Osoba-{group.name.split()[1].title()}")
        if group.name != "Pracownia pusta":
            make_programme(person, start_on=date(2026, 1, 1), by=director)
    return groups


def asked(client, month=MARCH, codes="tak"):
    """The job that the button starts, carried out as the worker would."""
    answer = client.post(PRINT, {"miesiac": month, "kody": codes})
    job = Job.objects.latest("pk")
    assert answer.url == job.get_absolute_url()
    print_sheets(job.pk)
    job.refresh_from_db()
    return job


def pages(answer):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages]


def test_every_group_with_people_has_its_sheet_with_pages_of_its_own(as_user, groups, director):
    client = as_user(director, TODAY)
    job = asked(client)
    assert (job.title, job.total, job.done) == ("Listy obecności, marzec 2026", 3, 3)
    answer = client.get(job.file_url)
    assert answer["Content-Disposition"] == 'attachment; filename="listy-obecnosci-2026-03.pdf"'
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    for page, colour in zip(pages(answer), ("brązowa", "żółta"), strict=True):
        assert [f"Pracownia {colour}" in page, f"Osoba-{colour.title()}" in page, "strona 1 z 1" in page] == [True] * 3


def test_one_file_of_many_sheets_is_fit_for_archives_and_for_screen_readers(as_user, groups, director, tmp_path):
    client, path = as_user(director, TODAY), tmp_path / "sheets.pdf"
    path.write_bytes(client.get(asked(client).file_url).content)
    assert set(map(tuple, validator.broken_rules([path]).values())) == {()}


def test_an_instructor_gets_the_own_groups_only(as_user, groups, instructor):
    client = as_user(instructor, TODAY)
    page = client.get(SHEETS).content.decode()
    assert "Pracownia brązowa" in page
    assert "Pracownia żółta" not in page
    [only] = pages(client.get(asked(client).file_url))
    assert "Pracownia brązowa" in only


def test_taking_the_file_is_a_reading_of_everybody_on_it_and_an_act(as_user, groups, director):
    client = as_user(director, TODAY)
    job = asked(client, codes="nie")
    assert not Reading.objects.exists()
    client.get(job.file_url)
    assert {(row.by, row.what) for row in Reading.objects.all()} == {(director, "attendance_sheet")}
    assert {row.participant_id for row in Reading.objects.all()} == set(job.people)
    assert len(job.people) == 2
    entry = Entry.objects.get(verb="attendance_sheets_printed")
    assert entry.data == {"month": "2026-03-01", "filled": False, "groups": [group.pk for group in groups[:3]]}


def test_who_no_longer_leads_the_group_no_longer_gets_the_file(as_user, groups, instructor):
    client = as_user(instructor, TODAY)
    job = asked(client)
    GroupLead.objects.update(end_on=date(2026, 3, 10))
    assert client.get(job.file_url).status_code == 404


def test_the_job_waits_on_the_desk_and_on_the_page_until_the_file_is_taken(as_user, groups, director):
    client = as_user(director, TODAY)
    client.post(PRINT, {"miesiac": MARCH})
    job = Job.objects.get()
    lines = []
    file_url = reverse("attendance:sheets_file", args=[job.pk])
    for act in (lambda: None, lambda: print_sheets(job.pk), lambda: client.get(file_url)):
        act()
        lines.append([(m.word, m.url) for m in waiting.matters(director, on=TODAY) if m.text == job.title])
        assert (job.title in client.get(SHEETS).content.decode()) == bool(lines[-1])
    url = job.get_absolute_url()
    assert lines == [[("czeka na swoją kolej", url)], [("gotowe", url)], []]


def test_the_page_of_the_job_leads_to_the_file_or_says_what_is_wrong(as_user, groups, director):
    client = as_user(director, TODAY)
    made = asked(client)
    assert made.file_url in client.get(made.get_absolute_url()).content.decode()
    Letterhead.objects.all().delete()
    failed = asked(client)
    page = client.get(failed.get_absolute_url()).content.decode()
    assert "Centrum nie ma papieru firmowego" in page
    answer = client.post(reverse("jobs:retry", args=[failed.pk]))
    assert answer.url == Job.objects.latest("pk").get_absolute_url() != failed.get_absolute_url()


def test_a_script_is_told_only_what_is_new(as_user, groups, director):
    client = as_user(director, TODAY)
    client.post(PRINT, {"miesiac": MARCH})
    url = Job.objects.get().get_absolute_url()
    assert client.get(f"{url}?widziano=czeka na swoją kolej", headers=HTMX).status_code == 204
    part = client.get(f"{url}?widziano=0 z 3 grup", headers=HTMX)
    assert part.status_code == 200
    assert "<html" not in part.content.decode()


def test_a_screen_that_asks_by_itself_does_not_keep_its_user_logged_in(as_user, groups, director):
    client = as_user(director, TODAY)
    client.post(PRINT, {"miesiac": MARCH})
    url, soon = Job.objects.get().get_absolute_url(), timezone.now() + timedelta(minutes=5)
    Session.objects.update(expire_date=soon)
    for seen in ("czeka na swoją kolej", ""):
        client.get(url, {"widziano": seen}, headers=HTMX)
    assert Session.objects.get().expire_date == soon
    client.get(url)
    assert Session.objects.get().expire_date > soon


def test_a_screen_is_told_that_its_job_is_gone_and_asks_no_more(as_user, groups, director):
    client = as_user(director, TODAY)
    client.post(PRINT, {"miesiac": MARCH})
    url = Job.objects.get().get_absolute_url()
    Job.objects.all().delete()
    answer = client.get(url, headers=HTMX)
    assert answer.status_code == 286
    assert "Poproś o niego jeszcze raz" in answer.content.decode()
    assert client.get(url).status_code == 404


def test_while_the_file_is_put_together_no_group_is_left_to_count(as_user, groups, director):
    client = as_user(director, TODAY)
    client.post(PRINT, {"miesiac": MARCH})
    Job.objects.update(started_at=timezone.now(), done=3)
    page = client.get(Job.objects.get().get_absolute_url()).content.decode()
    assert "składanie pliku" in page
    assert "value=" not in page.partition("<progress")[2].partition(">")[0]


def test_next_month_is_printed_before_it_begins(as_user, groups, director):
    client = as_user(director, TODAY)
    assert "?miesiac=2026-04" in client.get(SHEETS).content.decode()
    assert "?miesiac=2026-05" not in client.get(SHEETS, {"miesiac": "2026-04"}).content.decode()
    assert "kwiecień 2026" in pages(client.get(asked(client, "2026-04", "nie").file_url))[0]


def test_where_nobody_was_there_is_nothing_to_make(as_user, centre, groups, director):
    client = as_user(director, TODAY)
    answer = client.post(PRINT, {"miesiac": "2013-01"}, follow=True)
    assert "nikogo nie było w grupach" in answer.content.decode()
    assert not Job.objects.exists()
    # Members there were, but none of them in a programme.
    assert asked(client, "2020-01").failure == "W tym miesiącu nikogo nie było w grupach."


def test_the_sheet_of_a_big_group_is_made_in_the_background(as_user, groups, instructor, director):
    for _ in range(40):
        make_programme(make_participant(groups[0].centre, group=groups[0]), start_on=date(2026, 1, 1), by=director)
    client = as_user(instructor, TODAY)
    asking = client.get(reverse("attendance:sheet", args=[groups[0].pk]), {"miesiac": MARCH}, follow=True)
    assert "Lista dużej grupy powstaje w tle" in asking.content.decode()
    assert list(asking.context["groups"]) == [groups[0]]
    assert not Job.objects.exists()
    answer = client.post(PRINT, {"miesiac": MARCH, "kody": "nie", "grupa": groups[0].pk})
    job = Job.objects.get()
    assert answer.url == job.get_absolute_url()
    assert job.data == {"month": "2026-03-01", "filled": False, "groups": [groups[0].pk]}
    print_sheets(job.pk)
    file = client.get(reverse("attendance:sheets_file", args=[job.pk]))
    pages = PdfReader(BytesIO(b"".join(file) if file.streaming else file.content)).pages
    assert len(pages) == 2
    assert all("Lp." in page.extract_text() for page in pages)
