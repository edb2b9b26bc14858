from datetime import date

import pytest
from django.urls import reverse

from cistor.documents import files
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.documents.reach import number_for
from cistor.journal.models import Reading
from tests.factories import login, make_centre, make_participant, make_user
from tests.pdf import samples


@pytest.fixture
def give(centre, payroll):
    """An issued document of the kind, without the trouble of rendering it."""

    def make(kind="payment_list", by=payroll, **over):
        number = Document.objects.count() + 1
        facts = {"centre": centre, "number": f"X/{number}/2026", "title": "Próba", "issued_on": date(2026, 12, 3)}
        data = b"%PDF-1.7"
        return Document.objects.create(
            **{**facts, "kind": kind, "issued_by": by, "sha256": files.store(data), "size": len(data), **over}
        )

    return make


def fetch(client, user, document):
    login(client, user)
    return client.get(reverse("documents:download", args=[document.pk]))


def test_the_file_comes_as_it_was_issued_and_is_kept_by_no_cache(client, centre, letterhead, payroll):
    document = issue(
        kind="payment_list", centre=centre, context=samples.payment_list(1), by=payroll, on=date(2026, 12, 3)
    )
    response = fetch(client, payroll, document)
    assert response.content == files.read(document.sha256)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="LW-1-2026.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_another_centre_does_not_find_it(client, give):
    stranger = make_user(make_centre("rzyszczewo"), "director")
    assert fetch(client, stranger, give()).status_code == 404


def test_the_right_of_the_kind_is_needed(client, centre, give):
    assert fetch(client, make_user(centre, "director"), give()).status_code == 200
    assert fetch(client, make_user(centre, "social_worker"), give()).status_code == 403


def test_an_instructor_has_the_sheets_they_printed_and_no_other(client, centre, give):
    instructor, colleague = make_user(centre, "instructor"), make_user(centre, "instructor")
    assert fetch(client, instructor, give("attendance_sheet", by=instructor)).status_code == 200
    assert fetch(client, instructor, give("attendance_sheet", by=colleague)).status_code == 403
    assert fetch(client, instructor, give("attendance_sheet", by=None)).status_code == 403


def test_reading_a_paper_about_somebody_is_written_down(client, centre, payroll, give):
    participant = make_participant(centre)
    fetch(client, payroll, give(participant=participant))
    reading = Reading.objects.get()
    assert (reading.participant, reading.by, reading.what) == (participant, payroll, "payment_list")


def test_a_paper_refused_is_not_a_paper_read(client, centre, give):
    document = give(participant=make_participant(centre))
    assert fetch(client, make_user(centre, "social_worker"), document).status_code == 403
    assert not Reading.objects.exists()


@pytest.mark.parametrize("pk", ["0", "999999999999999999999999"])
def test_a_document_that_is_not_there_is_404(client, payroll, pk):
    login(client, payroll)
    assert client.get(f"/dokumenty/{pk}/").status_code == 404


def test_downloading_changes_nothing_so_nothing_else_is_answered(client, payroll, give):
    login(client, payroll)
    assert client.post(reverse("documents:download", args=[give().pk])).status_code == 405


def test_the_number_of_a_paper_is_a_link_only_where_its_file_may_be_had(centre, payroll, give):
    document, day = give(), date(2026, 12, 3)
    link = f'<a href="{reverse("documents:download", args=[document.pk])}">{document.number}</a>'
    assert number_for(document, payroll, on=day) == link
    assert number_for(document, make_user(centre, "social_worker"), on=day) == document.number
    assert number_for(give(sha256=""), payroll, on=day) == "X/2/2026"
