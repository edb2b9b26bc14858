"""Two centres, two regulations, one way: from the signature to the transfer, through the acts and the pages."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from attendance.actions import mark
from attendance.cells import Cell
from benefits.actions.claims import record_application
from benefits.models import PaymentList
from benefits.tasks import draft_trial_lists
from cistor.dates import class_days
from participants.actions import create_participant, pass_to_main, set_payment_method, sign_programme
from tests.benefits.people import REASON, checked
from tests.factories import login, make_reply, make_user, nrb, pesel

SIGNED = date(2026, 6, 16)
TRIAL_END = date(2026, 7, 15)
COUNTED = date(2026, 8, 3)
BORN = date(1985, 5, 5)


@pytest.fixture
def today(monkeypatch):
    """The day of every request and task that follows."""

    def set_to(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)

    return set_to


class Staff:
    """The people of one centre, each in a browser of their own."""

    def __init__(self, centre):
        self.centre = centre
        self.director, self.payroll, self.worker = (
            make_user(centre, role) for role in ("director", "payroll", "social_worker")
        )

    def post(self, user, name, *args, **data):
        client = Client()
        login(client, user)
        return client.post(reverse(name, args=args), data, follow=True)

    def sign(self, serial: int, method: dict):
        participant = create_participant(
            centre=self.centre,
            by=self.worker,
            on=SIGNED,
            first_name="Kalina",
            last_name="Zmyślona",
            pesel=pesel(BORN, serial=serial),
            birth_on=BORN,
            sex="woman",
            street="ul. Wymyślona 1",
            postal_code="87-100",
            city="Toruń",
        )
        set_payment_method(participant, start_on=SIGNED, by=self.worker, on=SIGNED, **method)
        signed = {"signed_on": SIGNED, "start_on": SIGNED, "despite": "Teczka jest na papierze."}
        programme = sign_programme(participant, **signed, by=self.director, on=SIGNED)
        record_application(programme, filed_on=SIGNED, by=self.worker, on=SIGNED)
        return programme

    def attend(self, programme, start, end, but=None):
        for day in sorted(class_days(start, end)):
            meaning = (but or {}).get(day, "present")
            mark(centre=self.centre, on_day=day, cells=[Cell(programme.pk, None, meaning)], by=self.worker, on=day)


def test_cistor_pays_the_trial_apart_and_the_rest_of_july_by_calendar_days(centre, letterhead, today):
    staff = Staff(centre)
    programme = staff.sign(1, {"kind": "account", "nrb": nrb(1), "holder": "Zmyślona Kalina"})
    staff.attend(programme, SIGNED, TRIAL_END - timedelta(days=1))
    today(TRIAL_END)
    draft_trial_lists()
    trials = PaymentList.objects.get()
    assert trials.problems.get().days == [TRIAL_END]

    staff.attend(programme, TRIAL_END, TRIAL_END)
    make_reply(programme, by=staff.director)
    pass_to_main(programme, by=staff.director, on=TRIAL_END)
    staff.post(staff.payroll, "benefits:recount", trials.pk)
    approve(staff, trials)

    staff.attend(programme, date(2026, 7, 16), date(2026, 7, 31), but={date(2026, 7, 20): "unexcused"})
    today(COUNTED)
    staff.post(staff.payroll, "benefits:run", month="2026-07-01", number="1")
    july = PaymentList.objects.get(kind="month")
    approve(staff, july)
    today(date(2026, 8, 5))
    page = staff.post(staff.payroll, "benefits:record_payments", july.pk, paid_on="2026-08-05")

    assert "Wypłacona" in page.content.decode()
    assert figures() == [
        # 50 % of 1 783.90, rounded up to ten grosz; 16 of 31 days of 1 783.90 less a twentieth of it.
        ("trial", "892.00", "107.00", "785.00", date(2026, 7, 16)),
        ("2026-07", "831.52", "100.00", "731.52", date(2026, 8, 5)),
    ]


def test_rzyszczewo_pays_trial_and_main_period_with_the_month_by_class_days(other_centre, other_letterhead, today):
    staff = Staff(other_centre)
    programme = staff.sign(2, {"kind": "cash_desk"})
    staff.attend(programme, SIGNED, TRIAL_END, but={date(2026, 6, 22): "care"})
    make_reply(programme, by=staff.director)
    pass_to_main(programme, by=staff.director, on=TRIAL_END)
    staff.attend(programme, date(2026, 7, 16), date(2026, 7, 31), but={date(2026, 7, 20): "excused"})
    today(TRIAL_END)
    draft_trial_lists()
    assert not PaymentList.objects.exists()

    for month, counted in (("2026-06-01", date(2026, 7, 1)), ("2026-07-01", COUNTED)):
        today(counted)
        staff.post(staff.payroll, "benefits:run", month=month, number="1")
        approve(staff, PaymentList.objects.get(month=month))

    assert figures() == [
        # 11 of 21 class days of 892.00 less 1/30 of it; 11 and 12 of 23 class days less 1/30 of 1 783.90.
        ("2026-06", "437.51", "53.00", "384.51", date(2026, 7, 10)),
        ("2026-07", "1297.88", "156.00", "1141.88", date(2026, 8, 10)),
    ]
    assert PaymentList.objects.last().document.context["payments"][0]["way"] == "w kasie banku"


def approve(staff, payment_list):
    checked(payment_list, on=payment_list.prepared_on)
    client = Client()
    login(client, staff.director)
    page = client.get(reverse("benefits:approve", args=[payment_list.pk]))
    seen = page.context["form"].initial["seen"]
    staff.post(staff.director, "benefits:approve", payment_list.pk, seen=seen, departure_reason=REASON)
    payment_list.refresh_from_db()
    assert payment_list.status == "approved"
    paper = client.get(reverse("documents:download", args=[payment_list.document_id]))
    assert paper.content.startswith(b"%PDF")


def figures():
    rows = [row for payment_list in PaymentList.objects.order_by("payday") for row in payment_list.settlements.all()]
    return [(row.span, str(row.benefit), str(row.tax), str(row.net), row.payment_list.payday) for row in rows]
