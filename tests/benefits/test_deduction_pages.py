from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from benefits.actions.deductions import issue_agreement
from benefits.models import Deduction
from cistor.desk import deductions as desk
from cistor.documents import files
from cistor.journal.models import Reading
from participants.models import Clearance
from tests.benefits.debts import ENTERED, FAULT_END, LATER, end, kind_of, make_list, take
from tests.factories import login, make_participant, make_programme, make_user
from tests.pdf import validator
from tests.pdf.samples import LOGO_BYTES


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: LATER)


@pytest.fixture
def as_payroll(client, payroll):
    login(client, payroll)
    return client


def url(name, of, **query):
    return reverse(f"benefits:{name}", args=[of.pk], query=query)


def page(client, name, of):
    answer = client.get(url(name, of))
    assert answer.status_code == 200
    return answer.content.decode()


def terms(programme, code="damage", **over):
    return {
        "token": "t1",
        "kind": kind_of(programme, code).pk,
        "what": "rozbita szlifierka",
        "amount": "1 200,50",
        "instalment": "100",
        "position": "1",
        **over,
    }


def test_a_deduction_goes_from_entry_to_withdrawal_on_pages(as_payroll, owing, letterhead):
    as_payroll.post(url("new_deduction", owing), terms(owing))
    as_payroll.post(url("new_deduction", owing), terms(owing))
    row = Deduction.objects.get()
    assert (str(row.amount), str(row.instalment), row.entered_on) == ("1200.50", "100.00", LATER)
    as_payroll.post(url("deduction_agreement", row))
    assert "Zgoda ZP/1/2026 jest gotowa" in page(as_payroll, "deduction", row)
    scan = SimpleUploadedFile("zgoda.png", LOGO_BYTES)
    as_payroll.post(url("consent", row), {"token": "t2", "consented_on": "2026-08-07", "scan": scan})
    row.refresh_from_db()
    assert (row.consented_on, row.consent_scan.kind) == (date(2026, 8, 7), "deduction_consent")
    assert "Tego kroku nie można teraz zrobić" in page(as_payroll, "consent", row)
    refused = as_payroll.post(url("consent", row), {"token": "t4", "consented_on": "2026-08-07"})
    assert refused.status_code == 422
    assert "data-error-summary" in refused.content.decode()
    assert "1\xa0200,50\xa0zł nie potrąci już żadna lista" in page(as_payroll, "withdraw_consent", row)
    as_payroll.post(url("withdraw_consent", row), {"token": "t3", "withdrawn_on": "2026-08-10", "note": "pismo"})
    shown = page(as_payroll, "deduction", row)
    assert "Nic więcej nie zostanie potrącone" in shown
    assert "10 sierpnia 2026, pismo" in shown


def test_a_kind_whose_condition_is_not_met_is_refused_with_what_is_missing(as_payroll, owing):
    assert "teraz nie" in page(as_payroll, "new_deduction", owing)
    assert Reading.objects.get().what == "deduction"
    answer = as_payroll.post(url("new_deduction", owing), terms(owing, "clothing"))
    assert answer.status_code == 422
    assert "a ten program trwa." in answer.content.decode()
    answer = as_payroll.post(url("new_deduction", owing), terms(owing, "sobriety_test"))
    assert "podaj jego dzień" in answer.content.decode()


def test_before_the_consent_it_is_changed_and_dropped_on_pages(as_payroll, enter):
    row = enter()
    as_payroll.post(url("change_deduction", row), {"token": "a", "what": "młotek", "amount": "45,50", "position": "2"})
    row.refresh_from_db()
    assert (row.what, str(row.amount), row.position, row.instalment) == ("młotek", "45.50", 2, None)
    as_payroll.post(url("drop_deduction", row), {"token": "b", "note": "zapłacono w kasie"})
    assert "zapłacono w kasie" in page(as_payroll, "deduction", row)


def test_the_statement_says_what_every_list_has_taken_and_what_is_left(as_payroll, agreed, owing, centre, payroll):
    row = agreed(amount="200.00")
    take(row, make_list(centre, date(2026, 7, 3)), "60.00", approved_by=payroll)
    shown = page(as_payroll, "statement", owing.participant)
    for said in ("60,00\xa0zł", "140,00\xa0zł", "rozbita szlifierka"):
        assert said in shown
    assert Reading.objects.filter(what="deductions").exists()
    assert "zostało do potrącenia 140,00\xa0zł" in page(as_payroll, "person", owing.participant)


def test_a_centre_whose_regulations_have_no_kinds_is_told_so(client, other_centre):
    login(client, make_user(other_centre, "payroll"))
    stranger = make_programme(make_participant(other_centre), start_on=date(2026, 2, 2))
    for address in (reverse("benefits:deductions"), url("new_deduction", stranger)):
        assert "Regulamin nie przewiduje potrąceń" in client.get(address).content.decode()


def test_the_list_is_narrowed_by_state_and_costs_the_same_for_many(
    as_payroll, enter, agreed, centre, django_assert_max_num_queries
):
    waiting, taking = enter(), agreed()
    take(taking, make_list(centre), "60.00")
    for _ in range(8):
        agreed()
    with django_assert_max_num_queries(16):
        answer = as_payroll.get(reverse("benefits:deductions"))
    assert len(answer.context["accounts"]) == 10
    assert "szlifierka" not in answer.content.decode()
    answer = as_payroll.get(reverse("benefits:deductions", query={"stan": "czeka"}))
    assert "/potracenia/?stan=czeka" in page(as_payroll, "deduction", waiting)
    assert [one.row for one in answer.context["accounts"]] == [waiting]
    assert as_payroll.get(reverse("benefits:deductions", query={"stan": "nic"})).status_code == 404


def test_a_consent_that_is_not_back_in_two_weeks_stands_on_the_desk(enter, payroll, social_worker):
    enter()
    said = [list(desk.consents(payroll, ENTERED + timedelta(days=days))) for days in (13, 14)]
    assert [[matter.text for matter in found] for found in said] == [
        [],
        ["1 zgoda na potrącenie nie wróciła od 14 dni"],
    ]
    assert not list(desk.consents(social_worker, LATER))


def test_missing_things_after_an_end_through_fault_ask_to_consider_a_deduction(enter, owing, payroll, director):
    end(owing, by=director)
    facts = {"cleared_on": FAULT_END, "recorded_on": FAULT_END, "by": director}
    Clearance.objects.create(programme=owing, is_complete=False, note="brak butów", **facts)
    (matter,) = desk.to_consider(payroll, ENTERED)
    assert "Rozważ potrącenie" in matter.text
    assert "butów" not in matter.text
    enter("clothing")
    assert not list(desk.to_consider(payroll, ENTERED))


def test_the_paper_says_what_is_agreed_to_and_that_it_is_voluntary(enter, payroll, letterhead, tmp_path):
    facts = {"suspected_on": date(2026, 7, 3), "suspicion": "woń alkoholu"}
    row = enter("sobriety_test", "45.50", instalment=Decimal("20.00"), what="test z 3 lipca", **facts)
    data = files.read(issue_agreement(row, by=payroll, on=LATER).sha256)
    text = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())
    assert "z wypłat mojego świadczenia integracyjnego i motywacyjnej premii integracyjnej" in text
    for said in ("ZP/1/2026", "45,50 zł", "najwyżej 20,00 zł", "podejrzenie odnotowane dnia", "dobrowolna", "wycofać"):
        assert said in text.replace("\xa0", " ")
    assert "woń" not in text
    paper = tmp_path / "zgoda.pdf"
    paper.write_bytes(data)
    assert not any(validator.broken_rules([paper]).values())
