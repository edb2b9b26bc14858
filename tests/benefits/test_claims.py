"""The application for the benefit: without it nothing is paid where the regulations ask for one."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from benefits.actions.claims import record_application, record_enforcement
from benefits.documents.claim import benefit_application
from benefits.models import BenefitApplication
from benefits.reading import claims
from cistor.centres.models import Regulations
from cistor.desk import claims as desk
from cistor.documents.models import Upload
from cistor.errors import Refused
from cistor.journal.models import Entry, Reading
from cistor.triggers import passing
from participants.models import PaymentMethod, Programme
from tests.documents.brought import PDF, make_upload
from tests.factories import end, login, make_participant, make_programme, make_user

SIGNED, TODAY = date(2026, 7, 1), date(2026, 7, 15)


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=SIGNED, applied=False)


def test_an_application_keeps_its_day_its_scan_and_who_wrote_it_down(programme, social_worker):
    scan = make_upload(programme.participant, kind="benefit_application_scan", by=social_worker)
    row = record_application(programme, filed_on=date(2026, 7, 2), scan=scan, by=social_worker, on=TODAY)
    assert (row.programme, row.filed_on, row.scan, row.recorded_on) == (programme, date(2026, 7, 2), scan, TODAY)
    assert Entry.objects.get(verb="benefit_applied", object_id=row.pk).by == social_worker


@pytest.mark.parametrize(
    "filed_on, why", [(date(2026, 7, 16), "jeszcze nie było"), (date(2026, 6, 30), "Wniosek składa uczestnik")]
)
def test_it_is_neither_of_the_future_nor_of_before_the_programme(programme, payroll, filed_on, why):
    with pytest.raises(Refused, match=why):
        record_application(programme, filed_on=filed_on, by=payroll, on=TODAY)


def test_a_scan_of_another_person_is_refused(centre, programme, payroll):
    person = programme.participant
    scan = make_upload(make_participant(centre), kind="benefit_application_scan", by=payroll)
    letter = {"bailiff": "Komornik", "signature": "KM 1/26", "received_on": TODAY}
    for act in (
        lambda: record_application(programme, filed_on=TODAY, scan=scan, by=payroll, on=TODAY),
        lambda: record_enforcement(person, **letter, scan=scan, by=payroll, on=TODAY),
    ):
        with pytest.raises(Refused, match="innej osoby"):
            act()


def test_a_newer_one_may_follow_but_not_of_the_same_day(programme, payroll):
    for day in (SIGNED, TODAY):
        record_application(programme, filed_on=day, by=payroll, on=TODAY)
    with pytest.raises(Refused, match="już wpisany"):
        record_application(programme, filed_on=TODAY, by=payroll, on=TODAY)
    assert BenefitApplication.objects.count() == 2


def test_nobody_of_another_centre_or_without_the_right_enters_it(programme, instructor, other_centre):
    for by in (instructor, make_user(other_centre, "payroll")):
        with pytest.raises(Refused, match="pracownik socjalny albo kadry"):
            record_application(programme, filed_on=SIGNED, by=by, on=TODAY)


def lacks(centre, on=TODAY):
    return {one.programme.pk: one.says for one in claims.lacking(Programme.objects.all(), centre, on=on)}


def test_who_lacks_the_application_or_an_account_is_named_with_what(centre, programme):
    both = make_programme(make_participant(centre, account=False), start_on=SIGNED, applied=False)
    account = make_programme(make_participant(centre, account=False), start_on=SIGNED)
    make_programme(make_participant(centre), start_on=SIGNED)
    assert lacks(centre) == {
        programme.pk: "brak wniosku o wypłatę",
        both.pk: "brak wniosku o wypłatę i brak rachunku",
        account.pk: "brak rachunku",
    }


def test_nobody_lacks_what_the_regulations_do_not_ask_for(centre, programme):
    Regulations.objects.filter(centre=centre).update(benefit_needs_application=False)
    assert lacks(centre) == {}


def test_the_cash_desk_is_no_way_where_the_regulations_know_none(centre, other_centre):
    person = make_programme(make_participant(centre, account=False), start_on=SIGNED).participant
    PaymentMethod.objects.create(participant=person, kind="cash_desk", start_on=SIGNED)
    assert list(lacks(centre).values()) == ["regulamin nie przewiduje wypłaty w kasie"]
    assert lacks(other_centre) == {}


def test_those_who_left_before_last_month_are_not_asked_any_more(centre, programme):
    end(programme, ended_on=date(2026, 7, 3))
    assert lacks(centre, on=date(2026, 8, 31)) == {programme.pk: "brak wniosku o wypłatę"}
    assert lacks(centre, on=date(2026, 9, 1)) == {}


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


def test_the_page_keeps_the_scan_once_and_then_asks_for_the_account(client, centre, social_worker, today):
    login(client, social_worker)
    row = make_programme(make_participant(centre, account=False), start_on=SIGNED, applied=False)
    url = reverse("benefits:apply", args=[row.pk])
    assert "Nie wiadomo jeszcze, dokąd wypłacać" in client.get(url).content.decode()
    for _ in range(2):
        sent = {"token": "w", "filed_on": "2026-07-10", "file": SimpleUploadedFile("wniosek.pdf", PDF)}
        answer = client.post(url, sent)
    assert answer.url == reverse("participants:set_method", args=[row.participant_id])
    application = row.benefit_applications.get()
    assert (application.filed_on, application.scan.kind) == (date(2026, 7, 10), "benefit_application_scan")


def test_the_scan_bears_the_account_and_is_for_who_may_see_it(client, programme, social_worker, payroll, today):
    scan = make_upload(programme.participant, kind="benefit_application_scan", by=social_worker)
    record_application(programme, filed_on=SIGNED, scan=scan, by=social_worker, on=TODAY)
    page, file = reverse("benefits:apply", args=[programme.pk]), reverse("documents:upload", args=[scan.pk])
    for user, status in ((social_worker, 403), (payroll, 200)):
        login(client, user)
        assert client.get(file).status_code == status
        assert (file in client.get(page).content.decode()) is (status == 200)
        assert Reading.objects.filter(what="benefit_application", by=user).exists()
    with passing("erasure"):
        Upload.objects.filter(pk=scan.pk).update(name="", sha256="")
    assert file not in client.get(page).content.decode()


def test_the_paper_bears_the_account_for_who_may_see_it_and_boxes_for_who_may_not(centre, programme):
    number = programme.participant.payment_methods.get().nrb
    filled = benefit_application(centre, programme, with_account=True, on=TODAY)
    hidden = benefit_application(centre, programme, with_account=False, on=TODAY)
    assert (filled["account"], hidden["account"]) == (number, "")
    assert [(way["code"], way["ticked"]) for way in filled["ways"]] == [("account", True)]


def test_the_empty_form_offers_the_cash_desk_only_where_the_regulations_do(centre, other_centre):
    offered = [
        [way["code"] for way in benefit_application(where, None, with_account=False, on=TODAY)["ways"]]
        for where in (centre, other_centre)
    ]
    assert offered == [["account"], ["account", "cash_desk"]]


def test_the_social_worker_is_told_by_name_and_payroll_how_many(centre, programme, social_worker, payroll, director):
    [matter] = desk.lacking(social_worker, TODAY)
    assert matter.text == f"{programme.participant}: brak wniosku o wypłatę"
    assert matter.url == reverse("benefits:apply", args=[programme.pk])
    [counted] = desk.lacking(payroll, TODAY)
    assert counted.text == "1 osobie brakuje wniosku o wypłatę albo rachunku"
    assert counted.url == f"{reverse('benefits:paydays')}#brak"
    assert list(desk.lacking(director, TODAY)) == []


def test_both_tabs_of_the_person_say_whether_it_came(client, programme, payroll, today):
    login(client, payroll)
    for name in ("benefits:person", "participants:payment"):
        page = client.get(reverse(name, args=[programme.participant_id])).content.decode()
        assert "Nie wpisano jeszcze wniosku" in page
        assert reverse("benefits:apply", args=[programme.pk]) in page
