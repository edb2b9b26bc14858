"""The slip of one settlement, and those of a whole list."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from benefits.actions import recount, run_month
from benefits.actions.slips import ask_for_slips, to_print
from benefits.documents import slip_context
from benefits.reading.letters import Letters
from benefits.tasks import print_slips
from cistor.documents.models import Letterhead
from cistor.jobs.models import Job
from cistor.journal.models import Entry, Reading
from tests.benefits.people import COUNTED, JULY, SIXTH, make_settled_in
from tests.factories import login
from tests.pdf import validator


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: COUNTED)


@pytest.fixture
def as_user(client):
    def signed_in(user):
        login(client, user)
        return client

    return signed_in


def pages(answer):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages]


def slip_of(client, row):
    return client.get(reverse("benefits:slip", args=[row.pk]))


def test_a_slip_says_where_the_amount_comes_from_on_one_page(as_user, approved, payroll):
    row = approved.settlements.get()
    answer = slip_of(as_user(payroll), row)
    [page] = pages(answer)
    for words in (
        "Pasek świadczenia",
        "Centrum Integracji Społecznej „Wymyślone”",
        row.name,
        "lipiec 2026",
        "środa, 5 sierpnia 2026",
        "Za 1 dzień NN (6 lipca) odjęto 1 × 1/20 × 1 783,90 zł = 89,20 zł.",
        "Zasiłek dla bezrobotnych od 1 czerwca 2026, ustawa z 20 marca 2025",
        "Stawka zaliczki na podatek",
        "NN nieobecność nieusprawiedliwiona",
    ):
        assert words in page
    assert "projekt" not in page
    assert answer["Content-Disposition"] == f'attachment; filename="pasek-2026-07-{row.pk}.pdf"'
    assert answer["Cache-Control"] == "private, no-store"


def test_of_the_account_only_the_end_is_printed(as_user, approved, payroll):
    row = approved.settlements.get()
    [page] = pages(slip_of(as_user(payroll), row))
    assert f"na rachunek …{row.account[-4:]}" in page
    assert row.account[:-4] not in page.replace(" ", "")


def test_the_slip_of_a_draft_says_that_it_is_one(as_user, july, payroll):
    [page] = pages(slip_of(as_user(payroll), july.settlements.get()))
    assert "Pasek świadczenia – projekt" in page
    assert "kwoty mogą się zmienić" in page


def test_printing_a_slip_is_an_act_and_a_reading(as_user, approved, programme, payroll):
    row = approved.settlements.get()
    slip_of(as_user(payroll), row)
    assert Entry.objects.get(verb="slip_printed").object_id == row.pk
    reading = Reading.objects.get(what="benefit_slip")
    assert (reading.participant_id, reading.by) == (programme.participant_id, payroll)


def test_without_a_letterhead_the_page_says_so(as_user, july, payroll):
    Letterhead.objects.all().delete()
    answer = as_user(payroll).get(reverse("benefits:slip", args=[july.settlements.get().pk]), follow=True)
    assert "Centrum nie ma papieru firmowego" in answer.content.decode()
    assert not Reading.objects.filter(what="benefit_slip").exists()


def test_who_gets_nothing_reads_why(as_user, centre, letterhead, payroll):
    days = [SIXTH.replace(day=day) for day in (6, 7, 8, 9)]
    make_settled_in(centre, but=dict.fromkeys(days, "unexcused"))
    row = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED).settlements.get()
    [page] = pages(slip_of(as_user(payroll), row))
    assert "Nic do wypłaty. 9 lipca 2026 to 4. dzień NN" in page
    assert "na rachunek" not in page


@pytest.mark.parametrize("role", ["social_worker", "instructor", "admin"])
def test_who_may_not_see_lists_gets_no_slip(request, as_user, approved, role):
    user = request.getfixturevalue(role)
    assert slip_of(as_user(user), approved.settlements.get()).status_code == 403


# Those of a whole list ------------------------------------------------------------------------------------------------


@pytest.fixture
def everybody(centre, letterhead, payroll):
    """A list of three, whose names begin with letters that only Polish orders so."""
    for name in ("Łąka", "Żuraw", "Lis"):
        make_settled_in(centre, last_name=name, first_name="Kalina")
    return run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)


def made(client, payment_list, form):
    """The job that the button starts, carried out as the worker would."""
    answer = client.post(reverse("benefits:slips", args=[payment_list.pk]), {"plik": form})
    job = Job.objects.latest("pk")
    assert answer.url == job.get_absolute_url()
    print_slips(job.pk)
    job.refresh_from_db()
    return job


def test_one_file_holds_everybody_in_the_order_of_names_a_page_each(as_user, everybody, payroll):
    client = as_user(payroll)
    job = made(client, everybody, "pdf")
    assert (job.title, job.total, job.done) == ("Paski świadczeń: Lista wypłat za lipiec 2026", 3, 3)
    answer = client.get(job.file_url)
    assert answer["Content-Disposition"] == f'attachment; filename="paski-2026-08-05-{everybody.pk}.pdf"'
    found = pages(answer)
    assert [name in page for name, page in zip(("Lis", "Łąka", "Żuraw"), found, strict=True)] == [True] * 3
    assert all("strona 1 z 1" in page for page in found)


def test_the_slips_of_three_ask_as_often_as_those_of_two(as_user, everybody, payroll):
    def asked():
        rows = list(to_print(everybody))
        letters = Letters(everybody.centre_id)
        return [slip_context(row, letters)["name"] for row in rows]

    with CaptureQueriesContext(connection) as three:
        assert len(asked()) == 3
    everybody.settlements.last().delete()
    with CaptureQueriesContext(connection) as two:
        assert len(asked()) == 2
    assert len(three) == len(two)


def test_an_archive_holds_a_file_each_without_names(as_user, everybody, payroll):
    client = as_user(payroll)
    answer = client.get(made(client, everybody, "zip").file_url)
    assert answer["Content-Type"] == "application/zip"
    archive = ZipFile(BytesIO(answer.content))
    programmes = [row.programme_id for row in everybody.settlements.order_by("programme__participant__order_key")]
    assert archive.namelist() == [f"pasek-{place:03}-{pk}.pdf" for place, pk in enumerate(programmes, 1)]
    assert "Łąka Kalina" in PdfReader(BytesIO(archive.read(archive.namelist()[1]))).pages[0].extract_text()


def test_taking_the_file_is_an_act_and_a_reading_of_everybody_in_it(as_user, everybody, payroll):
    client = as_user(payroll)
    job = made(client, everybody, "pdf")
    assert not Reading.objects.filter(what="benefit_slip").exists()
    client.get(job.file_url)
    read = Reading.objects.filter(what="benefit_slip").values_list("participant", flat=True)
    assert sorted(read) == job.people == sorted(row.programme.participant_id for row in everybody.settlements.all())
    assert Entry.objects.get(verb="slips_printed").data == {"list": everybody.pk, "form": "pdf"}


def test_the_page_shows_what_waits_until_it_is_taken(as_user, everybody, payroll):
    client = as_user(payroll)
    address = reverse("benefits:slips", args=[everybody.pk])
    assert "3 paski, w kolejności nazwisk" in client.get(address).content.decode()
    job = made(client, everybody, "pdf")
    assert job.file_url in client.get(address).content.decode()
    client.get(job.file_url)
    assert job.file_url not in client.get(address).content.decode()


def test_nobody_but_the_one_who_asked_gets_the_file(as_user, everybody, payroll, director):
    job = made(as_user(payroll), everybody, "pdf")
    assert as_user(director).get(job.file_url).status_code == 404


def test_a_list_that_was_emptied_meanwhile_leaves_no_file(as_user, everybody, payroll):
    job = ask_for_slips(everybody, form="zip", by=payroll, on=COUNTED)
    everybody.settlements.all().delete()
    print_slips(job.pk)
    job.refresh_from_db()
    assert (job.failure, job.file_url) == ("Na liście nie ma nikogo.", "")
    answer = as_user(payroll).post(reverse("benefits:slips", args=[everybody.pk]), follow=True)
    assert "Na liście nie ma nikogo." in answer.content.decode()


@pytest.mark.parametrize("form", ["pdf", "zip"])
def test_a_list_that_grew_or_shrank_meanwhile_has_the_slips_of_those_on_it_now(centre, everybody, payroll, form):
    job = ask_for_slips(everybody, form=form, by=payroll, on=COUNTED)
    everybody.settlements.order_by("pk").first().delete()
    for _ in range(2):
        make_settled_in(centre)
    recount(everybody, by=payroll, on=COUNTED)
    print_slips(job.pk)
    job.refresh_from_db()
    assert (job.failure, job.done, job.total, len(job.people)) == ("", 5, 5, 5)


def test_the_slips_of_a_list_are_fit_for_archives_and_for_screen_readers(as_user, everybody, payroll, tmp_path):
    client, path = as_user(payroll), tmp_path / "slips.pdf"
    path.write_bytes(client.get(made(client, everybody, "pdf").file_url).content)
    assert set(map(tuple, validator.broken_rules([path]).values())) == {()}
