"""What people bring is what its content says, or it is refused in words; nobody's browser ever runs it."""

import zlib
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from time import perf_counter
from zipfile import ZipFile

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cistor.desk.contents import faults
from cistor.desk.erasure import erase
from cistor.documents import files, uploads
from cistor.documents.actions import issue, keep_upload
from cistor.documents.forms import UploadField
from cistor.documents.handlers import LARGEST_REQUEST
from cistor.documents.models import Upload
from cistor.errors import Refused
from cistor.journal.models import Entry, Reading
from cistor.triggers import passing
from tests.documents.brought import PDF, make_upload, picture
from tests.documents.test_files import grow_old
from tests.factories import login, make_centre, make_participant, make_user
from tests.pdf import samples

ON = date(2026, 12, 3)
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def pdf_with(more: bytes) -> bytes:
    return PDF.replace(b"xref", more + b"\nxref", 1)


def packed(content: bytes) -> bytes:
    """An object stream, as any modern program writes its PDF."""
    return b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 >>\nstream\r\n" + zlib.compress(content) + b"\nendstream\nendobj"


def zipped() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("umowa.pdf", PDF)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        uploads.content_type(data)
    assert caught.value.field == "file"
    return caught.value.message


# What it is ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data, mime",
    [
        (PDF, "application/pdf"),
        (pdf_with(packed(b"<< /Type /Page >>")), "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("PNG", mode="LA"), "image/png"),
        (picture("JPEG", size=(1600, 1200)), "image/jpeg"),
        (picture("JPEG", mode="CMYK"), "image/jpeg"),
        (PDF.replace(b"%%EOF", b"%" * (uploads.LARGEST - len(PDF)) + b"%%EOF"), "application/pdf"),
    ],
)
def test_the_content_says_what_a_file_is(data, mime):
    assert uploads.content_type(data) == mime


@pytest.mark.parametrize(
    "data",
    [HTML, SVG, zipped(), b"MZ" + PDF, HTML + PDF, picture("GIF"), picture("WEBP"), picture("TIFF"), b"\0" * 100, b"x"],
)
def test_nothing_but_pdf_jpg_and_png_is_taken(data):
    assert refusal(data) == "To nie jest plik PDF, JPG ani PNG."


def test_an_empty_file_and_one_a_byte_too_large_are_refused():
    assert refusal(b"") == "Plik jest pusty."
    assert "najwyżej 10 MB" in refusal(PDF + b"%" * (uploads.LARGEST + 1 - len(PDF)))


@pytest.mark.parametrize("data", [b"%PDF-1.7", PDF[:-20], PDF + HTML * 100, b"%PDF-1.7 %%EOF"])
def test_a_pdf_that_is_cut_or_has_a_tail_is_damaged(data):
    assert "PDF jest uszkodzony" in refusal(data)


@pytest.mark.parametrize(
    "active",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript /JS (app.alert(1)) >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Names << /EmbeddedFiles 7 0 R >> >>",
        b"<< /Type /EmbeddedFile >>",
        packed(b"<< /S /JavaScript /JS (app.alert(1)) >>"),
        packed(b"<< /S /#4cau#6ech >>"),
    ],
)
def test_a_pdf_with_a_script_or_a_file_inside_is_refused(active):
    assert "zawiera skrypt albo inny plik" in refusal(pdf_with(active))


def test_a_pdf_behind_a_password_is_refused():
    assert "zabezpieczony hasłem" in refusal(PDF.replace(b"/Size 3", b"/Size 3 /Encrypt 9 0 R"))


def test_a_pdf_that_unfolds_without_end_is_refused():
    assert "zawiera" in refusal(pdf_with(packed(b"\0" * (uploads.MOST_UNPACKED + 1))))
    assert "zawiera" in refusal(pdf_with(packed(b"\0" * (uploads.MOST_UNPACKED // 2 + 1)) * 2))


def test_a_paper_of_this_program_is_taken_back_when_it_is_signed(centre, letterhead, payroll):
    paper = issue(kind="payment_list", centre=centre, context=samples.payment_list(1), by=payroll, on=ON)
    assert uploads.content_type(files.read(paper.sha256)) == "application/pdf"


@pytest.mark.parametrize("knot", [b"stream\n", b"/ObjStm stream\n", b"endstream ", b"#41", b"%PDF-"])
def test_a_pdf_made_to_keep_the_program_busy_is_answered_soon(knot):
    data = pdf_with(knot * (uploads.LARGEST // len(knot) - 1000))
    began = perf_counter()
    with suppress(Refused):
        uploads.content_type(data)
    assert perf_counter() - began < 10


def test_a_broken_object_stream_says_nothing_of_the_rest():
    broken = packed(b"x").replace(b"\r\nx", b"\r\n\0\0")
    assert uploads.content_type(pdf_with(broken)) == "application/pdf"
    assert "skrypt" in refusal(pdf_with(broken + packed(b"/JavaScript")))


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_that_is_cut_is_damaged(form):
    whole = Image.effect_noise((300, 300), 60).convert("RGB")
    out = BytesIO()
    whole.save(out, form)
    assert uploads.content_type(out.getvalue())
    assert "Obraz jest uszkodzony" in refusal(out.getvalue()[: len(out.getvalue()) // 2])


def test_a_picture_with_another_ones_beginning_is_damaged():
    assert "Obraz jest uszkodzony" in refusal(picture("PNG")[:8] + PDF)
    assert "Obraz jest uszkodzony" in refusal(b"\xff\xd8\xff" + HTML)


NOISE = Image.effect_noise((64, 64), 60)


def saved(form: str) -> bytes:
    out = BytesIO()
    NOISE.save(out, form)
    return out.getvalue()


@given(form=st.sampled_from(["PNG", "JPEG"]), at=st.integers(0, 2000), byte=st.integers(0, 255), cut=st.booleans())
def test_whatever_is_wrong_with_a_picture_is_an_answer(form, at, byte, cut):
    data = bytearray(saved(form))
    data[at % len(data)] = byte
    with suppress(Refused):
        assert uploads.content_type(bytes(data[: at % len(data)] if cut else data)) in uploads.SUFFIXES


@pytest.mark.parametrize("size", [(9000, 9000), (15_000, 15_000)])
def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused(size):
    assert "za dużo punktów" in refusal(picture("PNG", size=size, mode="1"))


# How it comes in -----------------------------------------------------------------------------------------------------


def sent(data: bytes, name="skan.pdf", declared="application/pdf"):
    """The file as a form of ours finds it."""
    request = RequestFactory().post("/", {"file": SimpleUploadedFile(name, data, content_type=declared)})
    return request.FILES["file"]


def test_a_name_and_a_declared_type_convince_nobody():
    with pytest.raises(Exception, match="To nie jest plik PDF"):
        UploadField().clean(sent(HTML))
    assert UploadField().clean(sent(PDF, name="obraz.png", declared="image/png")).read() == PDF


def test_a_field_left_empty_is_none_unless_a_file_is_needed():
    assert UploadField(required=False).clean(None) is None
    with pytest.raises(Exception, match="Wybierz plik"):
        UploadField().clean(None)
    with pytest.raises(Exception, match="Plik jest pusty"):
        UploadField().clean(sent(b""))


def test_what_is_too_large_is_measured_and_not_kept():
    file = sent(PDF + b"%" * (12 * 1024 * 1024))
    assert file.size == len(PDF) + 12 * 1024 * 1024
    assert len(file.read()) < uploads.LARGEST + 200_000
    with pytest.raises(Exception, match="najwyżej 10 MB"):
        UploadField().clean(file)


def test_a_request_that_is_too_large_is_not_read_at_all():
    with pytest.raises(RequestDataTooBig):
        sent(b"%" * (LARGEST_REQUEST + 1))


@pytest.mark.django_db
def test_a_request_that_is_too_large_is_answered_in_words(client, centre):
    login(client, make_user(centre, "director"))
    data = {"logo": SimpleUploadedFile("logo.png", b"%" * (LARGEST_REQUEST + 1))}
    answer = client.post(reverse("documents:letterhead"), data)
    assert answer.status_code == 413
    assert "Plik jest za duży" in answer.content.decode()


# How it is kept ------------------------------------------------------------------------------------------------------


@pytest.fixture
def person(centre):
    return make_participant(centre)


@pytest.fixture
def worker(centre):
    return make_user(centre, "social_worker")


def keep(person, by, *, name="skan.pdf", data=PDF, kind="file_paper"):
    return keep_upload(centre=person.centre, participant=person, kind=kind, name=name, data=data, by=by, on=ON)


def test_a_file_is_kept_under_its_checksum_and_journalled_without_its_name(person, worker):
    upload = keep(person, worker, name=r"C:\moje\Zmyślona Kalina.pdf")
    assert files.read(upload.sha256) == PDF
    assert (upload.name, upload.mime, upload.size) == ("Zmyślona Kalina.pdf", "application/pdf", len(PDF))
    entry = Entry.objects.get(verb="upload_kept")
    assert (entry.participant, entry.by, entry.data) == (person, worker, {"kind": "file_paper"})


def test_the_name_lies_encrypted_in_the_table(person, worker):
    keep(person, worker, name="Zmyślona Kalina.pdf")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM documents_upload")
        assert "Kalina" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    "name, tidied",
    [("../../etc/passwd", "passwd"), ("a\r\nb\0.pdf", "ab.pdf"), ("x" * 500 + ".pdf", "x" * 120), ("", "")],
)
def test_a_name_has_no_path_no_signs_and_an_end(name, tidied):
    assert uploads.tidy_name(name) == tidied


def test_what_is_refused_leaves_no_row_and_no_file(person, worker, media):
    with pytest.raises(Refused):
        keep(person, worker, data=HTML)
    assert not Upload.objects.exists()
    assert not media.exists()


def test_the_sweep_spares_a_file_until_its_person_is_erased(person, worker):
    upload = keep(person, worker)
    grow_old(files.path(upload.sha256), hours=48)
    day_ago = timezone.now() - timedelta(days=1)
    assert files.sweep(older_than=day_ago) == 0
    erase(person, by=worker, on=ON)
    assert list(Upload.objects.values_list("name", "sha256", "size")) == [("", "", len(PDF))]
    assert files.sweep(older_than=day_ago) == 1


def test_a_row_never_changes_otherwise(person, worker):
    upload = keep(person, worker)
    for act in (lambda: Upload.objects.update(sha256=""), upload.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_lost_and_a_damaged_file_are_found_and_an_erased_one_is_not_missed(person, worker):
    lost, damaged, erased = (keep(person, worker, data=picture(size=(n, n))) for n in (1, 2, 3))
    files.path(lost.sha256).unlink()
    files.path(damaged.sha256).write_bytes(b"inne")
    with passing("erasure"):
        Upload.objects.filter(pk=erased.pk).update(name="", sha256="")
    assert set(faults()) == {f"Brak pliku skanu {lost.pk}.", f"Plik skanu {damaged.pk} jest uszkodzony."}


# How it is handed out ------------------------------------------------------------------------------------------------


def fetch(client, user, upload):
    login(client, user)
    return client.get(reverse("documents:upload", args=[upload.pk]))


def test_the_file_comes_to_be_saved_under_a_number_and_can_do_nothing(client, person, worker):
    upload = keep(person, worker, name="Zmyślona.png", data=picture("PNG"))
    answer = fetch(client, worker, upload)
    assert answer.content == picture("PNG")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == f'attachment; filename="dokument-z-teczki-{upload.pk}.png"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_taking_a_file_is_a_reading_of_its_person(client, person, worker):
    fetch(client, worker, keep(person, worker))
    reading = Reading.objects.get()
    assert (reading.participant, reading.by, reading.what) == (person, worker, "file_paper")


# Accounts, enforcement and deductions: of those who pay, not of those who lead the file.
OF_MONEY = {"benefit_application_scan", "bailiff_letter", "deduction_consent"}


@pytest.mark.parametrize("kind", uploads.KINDS)
@pytest.mark.parametrize(
    "role, status, of_money",
    [
        ("director", 200, 200),
        ("social_worker", 200, 403),
        ("payroll", 403, 200),
        ("instructor", 403, 403),
        ("admin", 403, 403),
    ],
)
def test_the_rights_of_the_kind_decide(client, centre, person, worker, kind, role, status, of_money):
    expected = of_money if kind in OF_MONEY else status
    assert fetch(client, make_user(centre, role), make_upload(person, kind=kind, by=worker)).status_code == expected
    assert Reading.objects.exists() == (expected == 200)


@pytest.mark.parametrize("role", ["welfare_worker", "welfare_head"])
def test_an_office_has_no_file_by_its_number(client, centre, person, worker, role):
    user = make_user(None, role, office=centre.offices.first())
    assert fetch(client, user, make_upload(person, kind="opinion_scan", by=worker)).status_code == 403


def test_another_centres_file_and_an_erased_one_are_not_there(client, person, worker):
    upload = keep(person, worker)
    assert fetch(client, make_user(make_centre("rzyszczewo"), "director"), upload).status_code == 404
    with passing("erasure"):
        Upload.objects.filter(pk=upload.pk).update(name="", sha256="")
    assert fetch(client, worker, upload).status_code == 404


def test_in_a_history_a_file_is_called_by_its_kind_and_day(person, worker):
    assert str(keep(person, worker, name="Zmyślona.pdf")) == "Dokument z teczki, 03.12.2026"
