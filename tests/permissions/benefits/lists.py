from datetime import date, timedelta

from django.db.models.functions import Now

from benefits.actions import approve, check, record_payments, record_return, run_month
from benefits.models import PaymentList, Settlement
from cistor.accounts.roles import Role
from cistor.documents import files
from cistor.documents.models import Letterhead
from cistor.jobs.models import Job
from tests.benefits.people import REASON
from tests.permissions.row import Row
from tests.permissions.world import STARTED, TODAY, World

FEBRUARY = date(2026, 2, 1)
EVE = TODAY - timedelta(days=1)


def drafted(world: World) -> PaymentList:
    """The list of February, with the trial that was over by then."""
    known = world.centre.payment_lists.filter(number=1).first()
    return known or run_month(centre=world.marked.participant.centre, month=FEBRUARY, by=payroll(world), on=TODAY)


def checked(world: World) -> PaymentList:
    payment_list = drafted(world)
    if payment_list.status == PaymentList.Status.DRAFT:
        check(payment_list, by=payroll(world), on=TODAY)
    return drafted(world)


def approved(world: World) -> PaymentList:
    payment_list = checked(world)
    if not payment_list.is_open:
        return payment_list
    Letterhead.objects.create(
        centre=world.centre, in_force_from=STARTED, name="Centrum", address="ul. Zmyślona 1", place="Toruń"
    )
    return approve(payment_list, departure_reason=REASON, by=world.people[Role.DIRECTOR], on=EVE)


def paid(world: World) -> Settlement:
    payment_list = approved(world)
    if payment_list.settlements.never_paid().exists():
        record_payments(payment_list, paid_on=EVE, by=payroll(world), on=TODAY)
    return payment_list.settlements.filter(payout__gt=0).first()


def returned(world: World) -> Settlement:
    row = paid(world)
    if not row.payments.filter(kind="returned").exists():
        record_return(row, returned_on=EVE, by=payroll(world), on=TODAY)
    return row


def settled(world: World) -> Settlement:
    return drafted(world).settlements.first()


def year_job(world: World) -> Job:
    """Made for payroll."""
    data = {"year": 2026}
    asked = {"centre": world.centre, "by": payroll(world), "kind": "verified_year", "data": data, "asked_on": TODAY}
    file = {"result_sha256": files.store(b"[]"), "result_name": "sprawdzenie.json"}
    return Job.objects.filter(**asked).first() or Job.objects.create(
        **asked, **file, title="Sprawdzenie roku 2026", total=1, done=1, finished_at=Now()
    )


def slips_job(world: World) -> Job:
    """Made for payroll."""
    data = {"list": drafted(world).pk, "form": "pdf"}
    asked = {"centre": world.centre, "by": payroll(world), "kind": "slips", "data": data, "asked_on": TODAY}
    file = {"result_sha256": files.store(b"%PDF-1.7"), "result_name": "paski.pdf"}
    return Job.objects.filter(**asked).first() or Job.objects.create(
        **asked, **file, title="Paski świadczeń", total=1, done=1, finished_at=Now()
    )


def payroll(world: World):
    return world.people[Role.PAYROLL]


def month(world: World) -> dict:
    _ = world.marked
    return {"month": "2026-02-01", "number": "1"}


def certificate(world: World) -> dict:
    """Somebody was paid in March."""
    paid(world)
    return {"token": "d1", "start": "2026-03-01", "end": "2026-03-01"}


ROWS = [
    Row("benefits:lists", "see_lists"),
    Row("benefits:run", "run_month", post_only=True, post=month),
    Row("benefits:draft_trials", "run_month", post_only=True, post=lambda w: {}),
    Row("benefits:list", "see_lists", kwargs=lambda w: {"pk": drafted(w).pk}),
    Row("benefits:sheet", "see_lists", kwargs=lambda w: {"pk": drafted(w).pk}),
    Row("benefits:recount", "run_month", kwargs=lambda w: {"pk": drafted(w).pk}, post_only=True, post=lambda w: {}),
    Row("benefits:run_state", "see_lists", kwargs=lambda w: {"pk": drafted(w).pk}),
    Row("benefits:check", "run_month", kwargs=lambda w: {"pk": drafted(w).pk}, post=lambda w: {"seen": "-"}),
    Row("benefits:take_back", "run_month", kwargs=lambda w: {"pk": checked(w).pk}, post_only=True, post=lambda w: {}),
    Row(
        "benefits:send_back",
        "approve_list",
        kwargs=lambda w: {"pk": checked(w).pk},
        post=lambda w: {"reason": "Brakuje zaświadczenia.", "token": "zwrot"},
    ),
    Row(
        "benefits:approve",
        "approve_list",
        kwargs=lambda w: {"pk": checked(w).pk},
        post=lambda w: {"seen": "-", "departure_reason": REASON},
    ),
    Row("benefits:payments", "see_lists", kwargs=lambda w: {"pk": approved(w).pk}),
    Row(
        "benefits:record_return",
        "run_month",
        kwargs=lambda w: {"pk": paid(w).pk},
        post=lambda w: {"returned_on": str(TODAY), "token": "wrócił"},
    ),
    Row(
        "benefits:pay_again",
        "run_month",
        kwargs=lambda w: {"pk": returned(w).pk},
        post=lambda w: {"paid_on": str(TODAY), "token": "jeszcze raz"},
    ),
    Row(
        "benefits:record_payments",
        "run_month",
        kwargs=lambda w: {"pk": approved(w).pk},
        post=lambda w: {"paid_on": "2026-03-11"},
    ),
    Row("benefits:verify_list", "see_lists", kwargs=lambda w: {"pk": drafted(w).pk}),
    Row("benefits:settlement", "see_lists", kwargs=lambda w: {"pk": settled(w).pk}),
    Row("benefits:slips", "see_lists", kwargs=lambda w: {"pk": drafted(w).pk}, post=lambda w: {"plik": "zip"}),
    Row("benefits:slips_file", "see_lists", kwargs=lambda w: {"pk": slips_job(w).pk}, owner=Role.PAYROLL),
    Row("benefits:slip", "see_lists", kwargs=lambda w: {"pk": settled(w).pk}),
    Row("benefits:verify_settlement", "see_lists", kwargs=lambda w: {"pk": settled(w).pk}),
    Row("benefits:certificate", "run_month", kwargs=lambda w: {"pk": w.participant.pk}, post=certificate),
    Row("benefits:person", "see_lists", kwargs=lambda w: {"pk": w.participant.pk}),
    Row("benefits:what_if", "see_lists"),
    Row("benefits:year", "see_lists", kwargs=lambda w: {"year": 2026}, unscoped=True),
    Row("benefits:verify_year", "see_lists", kwargs=lambda w: {"year": 2026}, unscoped=True),
    Row("benefits:verified_year", "see_lists", kwargs=lambda w: {"pk": year_job(w).pk}, owner=Role.PAYROLL),
    Row("benefits:year_sheet", "see_lists", kwargs=lambda w: {"year": approved(w).payday.year}),
]
