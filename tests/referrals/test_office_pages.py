from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from referrals.models import Consent, Opinion
from tests.documents.brought import PDF
from tests.factories import login, make_user
from tests.referrals.making import make_application, make_candidacy, make_round, welfare_office
from tests.referrals.papers import make_letterhead

MONDAY = date(2026, 3, 2)
WEDNESDAY = date(2026, 3, 11)


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: WEDNESDAY)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(centre):
    return welfare_office(centre)


@pytest.fixture
def worker(office):
    return make_user(None, "welfare_worker", office=office)


@pytest.fixture
def head(office):
    return make_user(None, "welfare_head", office=office)


def case(centre, state, **over):
    return make_application(centre, office=welfare_office(centre), office_state=state, on=MONDAY, **over)


def shown(client, name, *args) -> str:
    return client.get(reverse(f"referrals:{name}", args=args)).content.decode()


OPINION = {"token": "o1", "interview_on": "2026-03-09", "is_positive": "yes", "text": "Zna osobę i jej dom."}


def test_the_only_office_need_not_be_chosen(client, centre, office, social_worker):
    login(client, social_worker)
    application = make_application(centre, on=MONDAY)
    assert f'<option value="{office.pk}" selected>' in shown(client, "send", application.pk)
    centre.offices.create(kind="cus", name="Centrum Usług Społecznych", short_name="CUS")
    assert " selected>– wybierz –" in shown(client, "send", application.pk)


def test_the_worker_writes_the_opinion_on_screen(client, centre, worker):
    application = case(centre, "received")
    login(client, worker)
    assert "Napisz opinię" in shown(client, "office_case", application.pk)
    answer = client.post(reverse("referrals:opinion", args=[application.pk]), OPINION)
    assert answer.url == reverse("referrals:office_case", args=[application.pk])
    opinion = Opinion.objects.get()
    assert (opinion.author, opinion.done_on, opinion.from_paper) == (str(worker), WEDNESDAY, False)
    page = shown(client, "office_case", application.pk)
    assert "Zna osobę i jej dom." in page
    assert "w terminie do 17.03.2026 (Procedura CISTOR–MOPR" in page
    assert "Skieruj do centrum" in page


def test_a_form_sent_twice_writes_one_opinion(client, centre, worker):
    application = case(centre, "received")
    login(client, worker)
    answers = [client.post(reverse("referrals:opinion", args=[application.pk]), OPINION) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Opinion.objects.count() == 1


def test_what_was_typed_stays_when_something_is_missing(client, centre, worker):
    application = case(centre, "received")
    login(client, worker)
    answer = client.post(reverse("referrals:opinion", args=[application.pk]), {**OPINION, "interview_on": "2026-03-12"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Ten dzień jeszcze nie nadszedł." in page
    assert "Zna osobę i jej dom." in page


def test_the_head_refuses_with_a_reason(client, centre, office, head):
    office.agreements.update(office_steps=["opinion", "consent"])
    application = case(centre, "opined")
    login(client, head)
    url = reverse("referrals:consent", args=[application.pk])
    assert "Potrzebne, gdy zgody nie ma." in client.get(url).content.decode()
    answer = client.post(url, {"token": "z1", "is_granted": "no"})
    assert (answer.status_code, "Brak zgody wymaga uzasadnienia." in answer.content.decode()) == (422, True)
    client.post(url, {"token": "z2", "is_granted": "no", "reason": "Mieszka gdzie indziej."})
    assert Consent.objects.get().author == str(head)
    assert "Mieszka gdzie indziej." in shown(client, "office_case", application.pk)


def test_the_worker_is_not_offered_the_heads_deed(client, centre, office, worker):
    office.agreements.update(office_steps=["opinion", "consent"])
    application = case(centre, "opined")
    login(client, worker)
    assert "Rozstrzygnij o zgodzie" not in shown(client, "office_case", application.pk)
    assert client.get(reverse("referrals:consent", args=[application.pk])).status_code == 403


def test_the_centre_copies_the_opinion_from_paper_with_its_scan(client, centre, social_worker):
    application = case(centre, "received")
    login(client, social_worker)
    assert "Wpisz opinię z papieru" in shown(client, "case", application.pk)
    scan = SimpleUploadedFile("opinia.pdf", PDF, "application/pdf")
    paper = {**OPINION, "done_on": "2026-03-10", "author": "Iga Testowa", "scan": scan}
    answer = client.post(reverse("referrals:opinion", args=[application.pk]), paper)
    assert answer.url == reverse("referrals:case", args=[application.pk])
    opinion = Opinion.objects.get()
    assert (opinion.author, opinion.from_paper, opinion.scan.kind) == ("Iga Testowa", True, "opinion_scan")
    page = shown(client, "case", application.pk)
    assert f"z papieru, wpisano 11.03.2026 ({social_worker})" in page
    assert reverse("referrals:scan_file", args=[application.pk, "opinion"]) in page


def test_a_scan_is_not_demanded_and_what_is_no_scan_is_refused(client, centre, social_worker):
    application = case(centre, "received")
    login(client, social_worker)
    url, paper = (
        reverse("referrals:opinion", args=[application.pk]),
        {**OPINION, "done_on": "2026-03-10", "author": "I"},
    )
    answer = client.post(url, {**paper, "scan": SimpleUploadedFile("opinia.pdf", b"<html>")})
    assert answer.status_code == 422
    assert client.post(url, paper).status_code == 302


def test_an_application_is_sent_to_an_office_of_the_centre(client, centre, office, social_worker):
    application = case(centre, "to_send")
    login(client, social_worker)
    url = reverse("referrals:send", args=[application.pk])
    assert "PUP" not in client.get(url).content.decode()
    client.post(url, {"token": "w1", "office": office.pk, "sent_on": "2026-03-10"})
    application.refresh_from_db()
    assert (application.office_state, application.sent_on) == ("sent", date(2026, 3, 10))
    assert "zostały 2 dni" in shown(client, "case", application.pk)


def test_a_step_that_is_not_next_says_so(client, centre, worker):
    login(client, worker)
    for name in ("receipt", "opinion"):
        assert "Tego kroku nie można teraz zrobić" in shown(client, name, case(centre, "referred").pk)


def test_the_office_reads_what_the_interview_needs_and_nothing_of_the_recruitment(client, centre, worker):
    application = case(centre, "received", stay_address="ul. Inna 4, Toruń")
    candidacy = make_candidacy(make_round(centre), application=application, interview_note="Tajna notatka.")
    login(client, worker)
    page = shown(client, "office_case", application.pk)
    person = application.participant
    for fact in (person.pesel, person.street, person.phone, "ul. Inna 4", application.reason, application.aim):
        assert fact in page
    for hidden in ("Tajna notatka.", candidacy.round.name, "Rekrutacja", "Teczka", f"/uczestnicy/{person.pk}/"):
        assert hidden not in page


def test_the_list_of_the_office_begins_with_what_is_late(client, centre, worker):
    done, late = case(centre, "referred"), case(centre, "sent")
    closed = case(centre, "received", status="withdrawn")
    login(client, worker)
    page = shown(client, "office_cases")
    places = [page.index(row.participant.last_name) for row in (late, closed, done)]
    assert places[0] == min(places)
    assert "1 sprawa czeka na Twój urząd" in page
    assert "6 dni po terminie" in page


def test_a_step_is_taken_back_and_the_case_shows_why(client, centre, worker):
    application = case(centre, "received")
    login(client, worker)
    client.post(reverse("referrals:opinion", args=[application.pk]), OPINION)
    url = reverse("referrals:take_back", args=[application.pk])
    assert client.post(url, {"token": "c1", "reason": ""}).status_code == 422
    client.post(url, {"token": "c1", "reason": "Nie ta osoba."})
    page = shown(client, "office_case", application.pk)
    assert "Nie ta osoba." in page
    assert "Napisz opinię" in page


def test_the_centre_cannot_take_back_what_the_office_wrote(client, centre, worker, social_worker):
    application = case(centre, "received")
    login(client, worker)
    client.post(reverse("referrals:opinion", args=[application.pk]), OPINION)
    login(client, social_worker)
    assert "Cofnij ostatni krok" not in shown(client, "case", application.pk)
    assert "Tego kroku nie można teraz zrobić" in shown(client, "take_back", application.pk)


def test_a_reminder_is_issued_and_stays_in_the_case(client, centre, social_worker):
    make_letterhead(centre)
    application = case(centre, "sent")
    login(client, social_worker)
    url = reverse("referrals:remind", args=[application.pk])
    client.post(url, {"token": "p1", "about": "receipt_confirmation"})
    reminder = application.reminders.get()
    page = shown(client, "case", application.pk)
    assert reminder.document.number in page
    answer = client.get(reverse("referrals:reminder", args=[application.pk, reminder.pk]))
    assert answer["Content-Type"] == "application/pdf"


def test_without_a_letterhead_the_reminder_says_what_is_missing(client, centre, social_worker):
    application = case(centre, "sent")
    login(client, social_worker)
    answer = client.post(
        reverse("referrals:remind", args=[application.pk]), {"token": "p1", "about": "receipt_confirmation"}
    )
    assert answer.status_code == 422
    assert "papieru firmowego" in answer.content.decode()
    assert not application.reminders.exists()


def test_the_office_prints_its_opinion(client, centre, worker):
    make_letterhead(centre)
    application = case(centre, "opined")
    login(client, worker)
    answer = client.get(reverse("referrals:office_paper", args=[application.pk, "opinion"]))
    number = application.number.replace("/", "-")
    assert answer["Content-Disposition"] == f'attachment; filename="opinia-pracownika-socjalnego-{number}.pdf"'
