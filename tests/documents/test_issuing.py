import threading
from datetime import date
from io import BytesIO

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError
from pypdf import PdfReader

from cistor.documents import files
from cistor.documents.actions import adopt_letterhead, issue, next_number, working_copy
from cistor.documents.models import Document, Sequence
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import make_centre, make_participant
from tests.pdf import samples

ON = date(2026, 12, 3)


def issue_list(centre, by, *, on=ON, **over):
    context = samples.payment_list(1, reductions=0)
    return issue(**{"kind": "payment_list", "centre": centre, "context": context, "by": by, "on": on, **over})


def text(data):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_an_issued_paper_has_number_letterhead_and_file(centre, letterhead, payroll):
    document = issue_list(centre, payroll)
    assert (document.number, document.title, document.issued_on) == ("LW/1/2026", "Lista wypłat", ON)
    data = files.read(document.sha256)
    assert len(data) == document.size
    words = text(data)
    assert "Lista wypłat nr LW/1/2026" in words
    assert "Centrum Integracji Społecznej „Wymyślone”" in words
    assert "Toruń, 3 grudnia 2026 r." in words
    assert "Art. 15 ustawy z dnia 13 czerwca 2003 r. o zatrudnieniu socjalnym" in words


def test_the_act_stands_in_the_journal(centre, letterhead, payroll):
    document = issue_list(centre, payroll)
    entry = Entry.objects.get(verb="document_issued", object_id=document.pk)
    assert (entry.centre, entry.by, entry.data["sha256"]) == (centre, payroll, document.sha256)


def test_the_data_of_the_paper_are_kept_and_the_database_cannot_read_them(centre, letterhead, payroll):
    document = issue_list(centre, payroll)
    kept = Document.objects.get(pk=document.pk).context
    assert kept["people"][0]["name"] == samples.NAMES[0]
    assert kept["letterhead"]["logo"] == {"sha256": letterhead.logo_sha256, "mime": "image/png"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT context FROM documents_document WHERE id = %s", [document.pk])
        assert samples.NAMES[0] not in cursor.fetchone()[0]


def test_the_letterhead_is_the_one_in_force_that_day(centre, letterhead, payroll):
    new = {"name": "Nowa nazwa", "address": "ul. Inna 2", "place": "Toruń"}
    adopt_letterhead(centre=centre, in_force_from=date(2026, 12, 4), by=payroll, **new)
    assert issue_list(centre, payroll).context["letterhead"]["name"] == letterhead.name
    assert issue_list(centre, payroll, on=date(2026, 12, 4)).context["letterhead"]["name"] == "Nowa nazwa"


def test_a_centre_without_a_letterhead_is_refused_and_spends_no_number(centre, payroll):
    with pytest.raises(Refused, match="papieru firmowego na dzień 3 grudnia 2026"):
        issue_list(centre, payroll)
    assert not Sequence.objects.filter(last__gt=0).exists()


def test_the_foot_names_the_regulations_where_the_context_does(centre, letterhead, payroll):
    context = {**samples.payment_list(1), "basis": "§ 3 Regulaminu"}
    assert "2025 r. poz. 83); § 3 Regulaminu" in text(files.read(issue_list(centre, payroll, context=context).sha256))


def test_a_working_copy_has_no_number_and_leaves_no_trace(centre, letterhead, media):
    before = sorted(media.rglob("*"))
    data = working_copy(kind="payment_list", centre=centre, context=samples.payment_list(1), on=ON)
    assert "wydruk roboczy" in text(data)
    assert not Document.objects.exists()
    assert not Sequence.objects.exists()
    assert sorted(media.rglob("*")) == before


def test_a_sheet_to_fill_in_is_no_draft_without_its_number(centre, letterhead):
    data = working_copy(kind="attendance_sheet", centre=centre, context=samples.attendance_sheet(1), on=ON)
    assert "Lista obecności" in text(data)
    assert "wydruk roboczy" not in text(data)


def test_every_series_begins_each_year_and_in_each_centre_with_one(centre, payroll):
    other = make_centre("rzyszczewo")
    numbers = [
        next_number(centre=centre, series="LW", year=2026),
        next_number(centre=centre, series="LW", year=2026),
        next_number(centre=centre, series="LO", year=2026),
        next_number(centre=centre, series="LW", year=2027),
        next_number(centre=other, series="LW", year=2026),
    ]
    assert numbers == ["LW/1/2026", "LW/2/2026", "LO/1/2026", "LW/1/2027", "LW/1/2026"]


def test_a_paper_that_failed_leaves_no_gap(centre, letterhead, payroll):
    with transaction.atomic():
        issue_list(centre, payroll)
        transaction.set_rollback(True)
    assert issue_list(centre, payroll).number == "LW/1/2026"


def test_a_paper_is_replaced_once(centre, letterhead, payroll):
    first = issue_list(centre, payroll)
    second = issue_list(centre, payroll, replaces=first)
    assert first.replaced_by == second
    with pytest.raises(Refused, match="LW/1/2026 został już zastąpiony"):
        issue_list(centre, payroll, replaces=first)


@pytest.mark.parametrize(
    "change",
    [
        lambda row: Document.objects.filter(pk=row.pk).update(title="Inny"),
        lambda row: Document.objects.filter(pk=row.pk).update(sha256="0" * 64),
        lambda row: row.delete(),
    ],
)
def test_an_issued_paper_neither_changes_nor_goes(centre, letterhead, payroll, change):
    document = issue_list(centre, payroll)
    with pytest.raises((IntegrityError, InternalError), match="issued, never changes"), transaction.atomic():
        change(document)


def test_a_paper_about_somebody_belongs_to_that_person(centre, letterhead, payroll):
    participant = make_participant(centre)
    document = issue_list(centre, payroll, participant=participant)
    assert Entry.objects.get(verb="document_issued", object_id=document.pk).participant == participant


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_the_same_moment_have_neither_gaps_nor_twins():
    centre = make_centre("cistor")
    barrier = threading.Barrier(8)
    numbers = []

    def take(worker):
        barrier.wait()
        try:
            for turn in range(5):
                take_or_fail(centre, numbers, fails=(worker + turn) % 4 == 0)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[worker]) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == sorted(f"LW/{n}/2026" for n in range(1, 31))


def take_or_fail(centre, numbers, *, fails):
    with transaction.atomic():
        number = next_number(centre=centre, series="LW", year=2026)
        transaction.set_rollback(fails)
    if not fails:
        numbers.append(number)
