"""Papers that name an erased person: the file goes, number and day stay; lists of payments stay as issued."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cistor.desk import contents
from cistor.desk.erasure import erase
from cistor.documents import files
from cistor.documents.kinds import EVIDENCE, KINDS
from cistor.documents.models import Document, Upload
from cistor.triggers import passing
from referrals import actions
from referrals.models import Candidacy
from tests.documents.brought import make_upload
from tests.factories import login, make_centre, make_participant, make_user
from tests.referrals.making import make_application, make_candidacy, make_round
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db
APPLIED, ERASED = date(2026, 3, 2), date(2032, 1, 5)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def person(centre):
    make_letterhead(centre)
    return make_participant(centre, first_name="Bogna", last_name="Znikająca")


def paper(centre, kind, data, **over):
    """An issued document of its own bytes."""
    number = Document.objects.count() + 1
    facts = {
        "number": f"X/{number}/2026",
        "title": "Próba",
        "issued_on": APPLIED,
        "context": {"rows": [], "people": []},
    }
    return Document.objects.create(centre=centre, kind=kind, sha256=files.store(data), size=len(data), **facts, **over)


def stored(media) -> set[bytes]:
    """What is left on the disk after the next sweep."""
    files.sweep(older_than=datetime.now(UTC) + timedelta(days=1))
    return {path.read_bytes() for path in media.rglob("*") if path.is_file()}


def test_lists_of_payments_orders_to_pay_and_applications_for_a_refund_alone_are_evidence_of_the_books():
    assert EVIDENCE == ["payment_list", "payment_order", "refund_application"]


@pytest.mark.parametrize("kind", [code for code, kind in KINDS.items() if kind.numbered and code not in EVIDENCE])
def test_a_paper_about_the_person_loses_its_file(centre, person, director, media, kind):
    other = make_participant(centre)
    gone, kept = paper(centre, kind, b"Znika", participant=person), paper(centre, kind, b"Inna", participant=other)
    erase(person, by=director, on=ERASED)
    assert stored(media) == {b"Inna"}
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.number, gone.issued_on, gone.sha256, gone.context) == ("X/1/2026", APPLIED, "", None)
    assert kept.sha256 == files.store(b"Inna")


def test_a_list_of_a_round_that_names_the_person_goes_and_the_public_copy_stays(centre, person, director, media):
    other = make_participant(centre)
    paper(centre, "ranking", b"Z nazwiskami", people=[person.pk, other.pk])
    paper(centre, "ranking", b"Bez nazwisk")
    paper(centre, "ranking", b"Inna runda", people=[other.pk])
    erase(person, by=director, on=ERASED)
    assert stored(media) == {b"Bez nazwisk", b"Inna runda"}


@pytest.mark.parametrize("kind", EVIDENCE)
def test_evidence_of_the_books_stays_as_issued(centre, person, director, media, kind):
    paper(centre, kind, b"Lista", people=[person.pk])
    erase(person, by=director, on=ERASED)
    assert stored(media) == {b"Lista"}


def test_whoever_asks_for_the_file_is_told_where_it_went(client, centre, person, director):
    document = paper(centre, "refusal_letter", b"Znika", participant=person)
    erase(person, by=director, on=ERASED)
    login(client, director)
    answer = client.get(reverse("documents:download", args=[document.pk]))
    assert answer.status_code == 410
    assert "Plik usunięto razem z danymi osoby." in answer.content.decode()


def test_the_page_of_whom_it_was_about_leads_to_no_missing_file(client, centre, person, director):
    application = make_application(centre, participant=person, office_state="opined", on=APPLIED)
    upload = make_upload(person, kind="application_scan", by=director)
    actions.attach_scan(application, upload, by=director, on=APPLIED)
    letter = actions.refuse(application, reason="Prawo do renty.", by=director, on=APPLIED)
    login(client, director)
    url, scan = reverse("referrals:case", args=[application.pk]), reverse("documents:upload", args=[upload.pk])
    before = client.get(url).content.decode()
    assert reverse("referrals:reopen", args=[application.pk]) in before
    assert reverse("documents:download", args=[letter.pk]) in before
    assert scan in before
    erase(person, by=director, on=ERASED)
    after = client.get(url).content.decode()
    assert reverse("documents:download", args=[letter.pk]) not in after
    assert scan not in after
    assert f"{letter.number}</a>" not in after
    assert "plik usunięto razem z danymi osoby" in after
    assert not [name for name in ("reopen", "scan") if reverse(f"referrals:{name}", args=[application.pk]) in after]


def test_a_check_of_the_store_misses_no_file_that_went_with_a_person(centre, person, director):
    paper(centre, "qualified_letter", b"Znika", participant=person)
    erase(person, by=director, on=ERASED)
    assert contents.faults() == []


@pytest.mark.parametrize("act", ["rotation", "erasure"])
def test_no_act_gives_a_paper_another_file(centre, person, director, act):
    paper(centre, "refusal_letter", b"Pismo", participant=person)
    make_upload(person, kind="application_scan", by=director)
    for model in (Document, Upload):
        with passing(act), pytest.raises(IntegrityError, match="issued, never changes"), transaction.atomic():
            model.objects.update(sha256="0" * 64)


def test_a_rotation_of_keys_empties_no_file(centre, person):
    paper(centre, "refusal_letter", b"Pismo", participant=person)
    with passing("rotation"), pytest.raises(IntegrityError, match="issued, never"), transaction.atomic():
        Document.objects.update(sha256="")


def test_who_stood_in_a_closed_round_is_erased_with_what_its_lists_said(client):
    centre = make_centre("rzyszczewo")
    director = make_user(centre, "director")
    make_letterhead(centre)
    person = make_participant(centre, first_name="Bogna", last_name="Znikająca")
    in_round = make_round(centre, places=1)
    rows = [
        make_candidacy(in_round, state="scored", application=make_application(centre, participant=one, on=APPLIED))
        for one in (person, make_participant(centre, last_name="Zostająca"))
    ]
    actions.close_round(in_round, by=director, on=APPLIED)
    named = Document.objects.filter(kind="ranking", people__contains=[person.pk])
    assert "Znikająca" in str([document.context for document in named])
    before = [(row.points, row.place, row.outcome) for row in Candidacy.objects.order_by("pk")]
    actions.refuse(rows[0].application, reason="Prawo do renty.", by=director, on=APPLIED)
    erase(person, by=director, on=ERASED)
    assert [(row.points, row.place, row.outcome) for row in Candidacy.objects.order_by("pk")] == before
    assert [row.income_per_head for row in Candidacy.objects.order_by("pk")] == [None, Decimal("400.00")]
    lists = Document.objects.filter(kind="ranking")
    said = str([document.context for document in lists])
    assert "Znikająca" not in said
    assert "Zostająca" in said
    assert {bool(document.sha256) for document in lists if person.pk in document.people} == {False}
    assert all(document.sha256 for document in lists if person.pk not in document.people)
    login(client, director)
    page = client.get(reverse("referrals:round", args=[in_round.pk])).content.decode()
    linked = {document.pk for document in lists if reverse("documents:download", args=[document.pk]) in page}
    assert linked == {document.pk for document in lists if person.pk not in document.people}
