"""The tab of the personal file: what it shows, how a paper comes in and goes out, and what signing asks."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cistor.centres import presets
from cistor.centres.models import FileItemKind
from cistor.documents import files
from cistor.documents.models import Upload
from cistor.journal.models import Entry, Reading
from participants.models import FilePaper, Participant
from tests.documents.brought import PDF, make_upload
from tests.factories import make_centre, make_participant, make_user
from tests.participants.conftest import TODAY
from tests.participants.papers import fill_file, make_paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def person(centre):
    return make_participant(centre)


@pytest.fixture
def worker(centre):
    return make_user(centre, "social_worker")


def page(client, person) -> str:
    return client.get(f"/uczestnicy/{person.pk}/teczka/").content.decode()


def add(client, person, **over):
    data = {"token": "a", "code": "safety_card", "received_on": "2026-11-20", **over}
    return client.post(f"/uczestnicy/{person.pk}/teczka/dokument/", data)


def badges(answer) -> dict[str, str]:
    return {item.kind.code: item.badge[1] for item in answer.context["items"]}


def test_the_tab_says_what_is_there_missing_and_ending(as_user, person, worker):
    make_paper(person, valid_until=date(2026, 12, 1), place="segregator 3", note="oryginał u osoby", by=worker)
    make_paper(person, "safety_card", valid_until=date(2026, 11, 22), by=worker)
    html = page(as_user(worker), person)
    for said in (
        "1 z 9 obowiązkowych",
        "segregator 3",
        "oryginał u osoby",
        "01.12.2026",
        "traci ważność",
        "po terminie",
    ):
        assert said in html
    assert html.count("brak</span>") == 7
    assert Reading.objects.get().what == "personal_file"


@pytest.mark.parametrize("account, said", [(True, "zapisany"), (False, "jeszcze nie zapisany")])
def test_the_tab_says_whether_it_is_known_where_to_pay(as_user, centre, worker, account, said):
    html = page(as_user(worker), make_participant(centre, account=account))
    assert f"Sposób wypłaty: {said}." in html


def test_what_stands_outside_the_list_is_shown_beside_it(as_user, centre, person, worker):
    make_paper(person, "safety_card", removed_on=TODAY, removed_by=worker, by=worker)
    make_paper(person, "workplace_instruction", by=worker)
    FileItemKind.objects.filter(regulations__centre=centre, code="workplace_instruction").delete()
    html = page(as_user(worker), person)
    assert "Spoza obecnego regulaminu" in html
    assert "Workplace_instruction" in html
    assert "Usunięte z teczki (1)" in html
    assert f"usunięto 23.11.2026, {worker}" in html


def test_a_centre_that_names_nothing_says_so(as_user, centre, person, worker):
    FileItemKind.objects.filter(regulations__centre=centre).delete()
    assert "Regulamin nie wymienia dokumentów" in page(as_user(worker), person)


def test_the_file_of_an_erased_person_offers_no_deed_and_no_file(as_user, person, worker):
    make_paper(person, upload=make_upload(person, by=worker), by=worker)
    Participant.objects.filter(pk=person.pk).update(erased_on=TODAY)
    html = page(as_user(worker), person)
    assert "Dodaj" not in html
    assert "/usun/" not in html


def test_a_paper_comes_in_with_its_scan(as_user, person, worker):
    scan = SimpleUploadedFile("Zmyślona.pdf", PDF, content_type="image/png")
    client = as_user(worker)
    answer = add(client, person, place="szafa", file=scan)
    assert answer.url == f"/uczestnicy/{person.pk}/teczka/"
    paper = FilePaper.objects.get()
    assert (paper.code, paper.place, paper.entered_by, paper.upload.kind) == (
        "safety_card",
        "szafa",
        worker,
        "file_paper",
    )
    assert files.read(paper.upload.sha256) == PDF
    html = page(client, person)
    assert f"/dokumenty/pliki/{paper.upload.pk}/" in html
    assert "Zmyślona.pdf" not in html


def test_the_kind_chosen_on_the_tab_stands_in_the_form(as_user, person, worker):
    client = as_user(worker)
    answer = client.get(f"/uczestnicy/{person.pk}/teczka/dokument/?rodzaj=fire_safety")
    assert '<option value="fire_safety" selected>' in answer.content.decode()
    assert 'enctype="multipart/form-data"' in answer.content.decode()


@pytest.mark.parametrize(
    "over, field",
    [
        ({"file": SimpleUploadedFile("skan.pdf", b"<html>")}, "file"),
        ({"file": SimpleUploadedFile("skan.pdf", b"")}, "file"),
        ({"code": "horoscope"}, "code"),
        ({"code": "medical_certificate"}, "valid_until"),
        ({"received_on": "2026-11-24"}, "received_on"),
        ({"valid_until": "2026-11-19"}, "valid_until"),
        ({"place": "x" * 121}, "place"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_kept(as_user, person, worker, media, over, field):
    answer = add(as_user(worker), person, **over)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not FilePaper.objects.exists()
    assert not Upload.objects.exists()


def test_a_refused_paper_keeps_no_row_of_its_scan(as_user, person, worker):
    scan = SimpleUploadedFile("skan.pdf", PDF)
    assert add(as_user(worker), person, code="medical_certificate", file=scan).status_code == 422
    assert not Upload.objects.exists()
    assert not Entry.objects.filter(verb="upload_kept").exists()


def test_the_same_form_sent_twice_is_one_paper(as_user, person, worker):
    client = as_user(worker)
    for _ in range(2):
        assert add(client, person).status_code == 302
    assert FilePaper.objects.count() == 1


def test_a_paper_goes_out_after_a_question_and_its_row_stays(as_user, person, worker):
    paper, client = make_paper(person, by=worker), as_user(worker)
    url = f"/uczestnicy/teczka/{paper.pk}/usun/"
    assert "zaświadczenie lekarskie" in client.get(url).content.decode()
    assert client.post(url, {"token": "a"}).url == f"/uczestnicy/{person.pk}/teczka/"
    assert badges(client.get(f"/uczestnicy/{person.pk}/teczka/"))["medical_certificate"] == "brak"
    again = client.post(url, {"token": "b"})
    assert again.status_code == 422
    assert "usunięto z teczki już" in again.content.decode()


def test_who_may_not_see_the_file_gets_to_none_of_its_pages(as_user, centre, person, worker):
    paper = make_paper(person, by=worker)
    urls = [f"{person.pk}/teczka/", f"{person.pk}/teczka/dokument/", f"teczka/{paper.pk}/usun/"]
    for user, status in ((make_user(centre, "payroll"), 403), (make_user(make_centre(), "director"), 404)):
        client = as_user(user)
        assert [client.get(f"/uczestnicy/{url}").status_code for url in urls] == [status] * 3


def test_a_fuller_file_asks_the_database_no_more_often(as_user, person, worker, django_assert_max_num_queries):
    client = as_user(worker)
    make_paper(person, by=worker)
    page(client, person)
    with django_assert_max_num_queries(30) as few:
        page(client, person)
    fill_file(person, by=worker)
    for _ in range(3):
        make_paper(person, "other", upload=make_upload(person, by=worker), by=worker)
        make_paper(person, "other", removed_on=TODAY, removed_by=worker, by=worker)
    with django_assert_max_num_queries(len(few) + 1):
        page(client, person)


# Signing -------------------------------------------------------------------------------------------------------------


def sign(client, person, **over):
    data = {"token": "a", "signed_on": "2026-11-23", "start_on": "2026-11-24", **over}
    return client.post(f"/uczestnicy/{person.pk}/program/nowy/", data)


def test_the_page_of_signing_names_what_is_missing_and_asks_for_the_reason(as_user, person, director):
    fill_file(person, but=("safety_card", "medical_certificate"))
    make_paper(person, valid_until=date(2026, 11, 22))
    client = as_user(director)
    html = client.get(f"/uczestnicy/{person.pk}/program/nowy/").content.decode()
    assert "zaświadczenie lekarskie (po terminie) i karta szkolenia BHP</dd>" in html
    answer = sign(client, person)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["despite"]
    assert sign(client, person, despite="Szkolenie BHP jest w poniedziałek.").status_code == 302


def test_a_complete_file_is_said_to_be_complete(as_user, person, director):
    fill_file(person)
    client = as_user(director)
    assert "niczego" in client.get(f"/uczestnicy/{person.pk}/program/nowy/").content.decode()
    assert sign(client, person).status_code == 302


def test_where_the_regulations_ask_for_nothing_no_reason_is_asked_for(as_user, centre, person, director):
    FileItemKind.objects.filter(regulations__centre=centre).delete()
    client = as_user(director)
    html = client.get(f"/uczestnicy/{person.pk}/program/nowy/").content.decode()
    assert "teczce" not in html
    assert sign(client, person).status_code == 302


def test_a_version_to_come_may_ask_for_what_todays_does_not(as_user, centre, person, director):
    """The first day of the programme decides, and its reason can be given on the page."""
    FileItemKind.objects.filter(regulations__centre=centre).delete()
    later = presets.load_regulations("cistor", centre, in_force_from=date(2026, 12, 1))
    assert later.fileitemkinds.exists()
    client, start = as_user(director), {"start_on": "2026-12-01"}
    answer = sign(client, person, **start)
    assert list(answer.context["form"].errors) == ["despite"]
    assert sign(client, person, **start, despite="Teczka jest na papierze.").status_code == 302
