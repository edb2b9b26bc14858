"""What was really paid to one person, on a numbered paper that never changes."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from benefits.actions import record_payments
from benefits.actions.certificates import issue_certificate
from benefits.models import Payment
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.models import Entry, Reading
from tests.benefits.months import JULY, correct, pay_month
from tests.benefits.people import PAYDAY, make_settled_in
from tests.factories import login

TODAY = date(2026, 8, 20)
AUGUST = {"start": date(2026, 8, 1), "end": date(2026, 8, 31)}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def paid(approved, payroll):
    """The transfer of July went out on its payday."""
    record_payments(approved, paid_on=PAYDAY, by=payroll, on=TODAY)
    return approved.settlements.get()


@pytest.fixture
def as_payroll(client, payroll):
    login(client, payroll)
    return client


def issued(row, by, **days):
    return issue_certificate(row.programme.participant, **(days or AUGUST), by=by, on=TODAY)


def send_back(row, by, on):
    Payment.objects.create(settlement=row, kind="returned", on=on, amount=row.payout, recorded_by=by)


def send_again(row, by, on):
    Payment.objects.create(settlement=row, kind="paid", on=on, amount=row.payout, recorded_by=by)


def test_it_says_what_was_paid_for_what_and_when(paid, payroll):
    [row] = issued(paid, payroll).context["rows"]
    assert row == {
        "period": "lipiec 2026",
        "difference": False,
        "paid_on": "2026-08-05",
        "benefit": "1694.70",
        "bonus": "0.00",
        "tax": "-203.00",
        "deductions": "0.00",
        "withheld": "0.00",
        "paid": "1491.70",
    }


def test_rows_and_sums_add_up(paid, payroll):
    context = issued(paid, payroll).context
    for row in (*context["rows"], context["sums"]):
        parts = [Decimal(row[name]) for name in ("benefit", "bonus", "tax", "deductions", "withheld")]
        assert sum(parts) == Decimal(row["paid"])


def test_what_was_overpaid_and_withheld_has_its_rows_so_that_all_adds_up(centre, payroll, director, letterhead):
    """July was paid with one unexcused day, then turns out to have four: all is taken from August."""
    sixth, august = date(2026, 7, 6), date(2026, 8, 3)
    row = make_settled_in(centre, until=date(2026, 8, 31), but={sixth: "unexcused", august: "unexcused"})
    july = pay_month(centre, JULY, by=payroll, director=director)
    record_payments(july, paid_on=PAYDAY, by=payroll, on=TODAY)
    correct(row, {sixth.replace(day=day): "unexcused" for day in (7, 8, 9)})
    pay_month(centre, date(2026, 8, 1), by=payroll, director=director)
    until_september = {"start": date(2026, 8, 1), "end": date(2026, 9, 30)}
    participant = row.participant
    context = issue_certificate(participant, **until_september, by=payroll, on=date(2026, 9, 20)).context
    found = [
        (one["period"], one["difference"], one["benefit"], one["withheld"], one["paid"]) for one in context["rows"]
    ]
    assert found == [
        ("lipiec 2026", False, "1694.70", "0.00", "1491.70"),
        ("lipiec 2026", True, "-1694.70", "1694.70", "0.00"),
        ("sierpień 2026", False, "1694.70", "-1694.70", "0.00"),
    ]
    assert context["overpaid"] is True
    sums = context["sums"]
    assert (sums["benefit"], sums["tax"], sums["withheld"], sums["paid"]) == ("1694.70", "-203.00", "0.00", "1491.70")


def test_it_names_its_months(paid, payroll):
    assert issued(paid, payroll).context["when"] == "w sierpniu 2026"
    year = {"start": date(2025, 9, 1), "end": date(2026, 8, 31)}
    assert issued(paid, payroll, **year).context["when"] == "od września 2025 do sierpnia 2026"


def test_a_payment_counts_in_the_month_it_went_out_not_the_one_it_is_for(paid, payroll):
    with pytest.raises(Refused, match="nic tej osobie nie wypłacono"):
        issued(paid, payroll, start=date(2026, 7, 1), end=date(2026, 7, 31))


def test_what_is_approved_but_not_paid_is_not_on_it(approved, payroll):
    with pytest.raises(Refused, match="nic tej osobie nie wypłacono"):
        issued(approved.settlements.get(), payroll)


def test_a_transfer_that_came_back_is_not_on_it(paid, payroll):
    send_back(paid, payroll, date(2026, 8, 7))
    with pytest.raises(Refused, match="nic tej osobie nie wypłacono"):
        issued(paid, payroll)


def test_one_sent_again_counts_once_on_its_last_day(paid, payroll):
    send_back(paid, payroll, date(2026, 8, 7))
    send_again(paid, payroll, date(2026, 8, 10))
    [row] = issued(paid, payroll).context["rows"]
    assert (row["paid_on"], row["paid"]) == ("2026-08-10", "1491.70")


def test_a_refused_certificate_leaves_no_gap_in_the_numbers(paid, payroll):
    with pytest.raises(Refused):
        issued(paid, payroll, start=date(2026, 7, 1), end=date(2026, 7, 31))
    assert [issued(paid, payroll).number for _ in range(2)] == ["ZW/1/2026", "ZW/2/2026"]


def test_payroll_issues_it_from_the_tab_and_finds_it_there(as_payroll, paid, programme, payroll):
    page = as_payroll.get(reverse("benefits:certificate", args=[programme.participant_id]))
    form = page.context["form"]
    assert (form["start"].value(), form["end"].value()) == ("2026-08-01", "2026-08-01")
    sent = {"token": "abc", "start": "2026-08-01", "end": "2026-08-01"}
    for _ in range(2):  # sent twice, issued once
        answer = as_payroll.post(page.request["PATH_INFO"], sent, follow=True)
    document = Document.objects.get(kind="payments_certificate")
    assert reverse("documents:download", args=[document.pk]) in answer.content.decode()
    assert Entry.objects.get(verb="document_issued", object_id=document.pk).by == payroll


def test_the_paper_names_the_person_and_its_download_is_a_reading(as_payroll, paid, payroll):
    document = issued(paid, payroll)
    answer = as_payroll.get(reverse("documents:download", args=[document.pk]))
    words = " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())
    person = paid.programme.participant
    for expected in ("ZW/1/2026", str(person.pesel), person.last_name, "5 sierpnia 2026", "1 491,70 zł", "−203,00"):
        assert expected in words
    assert Reading.objects.get(what="payments_certificate").participant == person


@pytest.mark.parametrize(
    "days, field",
    [
        ({"start": "2026-08-01", "end": "2099-01-01"}, "end"),
        ({"start": "sierpień", "end": "2026-08-01"}, "start"),
        ({"start": "", "end": ""}, "start"),
    ],
)
def test_a_wrong_month_is_answered_beside_the_field(as_payroll, paid, programme, days, field):
    answer = as_payroll.post(reverse("benefits:certificate", args=[programme.participant_id]), {"token": "abc", **days})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Document.objects.filter(kind="payments_certificate").exists()


def test_without_a_payment_the_form_says_so(as_payroll, programme):
    sent = {"token": "abc", "start": "2026-08-01", "end": "2026-08-01"}
    answer = as_payroll.post(reverse("benefits:certificate", args=[programme.participant_id]), sent)
    assert "nic tej osobie nie wypłacono" in answer.content.decode()


def test_a_longer_past_offers_the_last_twelve_months_first(as_payroll, paid, programme, payroll):
    send_again(paid, payroll, date(2025, 1, 7))
    form = as_payroll.get(reverse("benefits:certificate", args=[programme.participant_id])).context["form"]
    assert (form["start"].value(), form["end"].value()) == ("2025-09-01", "2026-08-01")
    assert len(form.fields["start"].choices) == 20


def test_the_director_reads_but_does_not_issue(client, paid, programme, director):
    login(client, director)
    assert client.get(reverse("benefits:certificate", args=[programme.participant_id])).status_code == 403
