from decimal import Decimal

from benefits.models import Deduction
from cistor.accounts.roles import Role
from cistor.centres.models import DeductionKind
from tests.permissions.row import Row
from tests.permissions.world import STARTED, TODAY, World

RIGHT = "enter_deduction"


def kind(world: World) -> DeductionKind:
    """Of the centre's regulations; those of the other centre get one, or it could not be shown that nobody sees it."""
    about = {"name": "szkoda w powierzonym mieniu", "condition": "consent", "source": "§ 5"}
    return DeductionKind.objects.get_or_create(regulations=world.regulations, code="damage", defaults=about)[0]


def of_programme(world: World) -> dict:
    if world.foreign:
        kind(world.foreign)
    return {"pk": world.programme.pk}


def entered(world: World) -> Deduction:
    """Waits for the consent."""
    return _deduction(world, consented_on=None)


def agreed(world: World) -> Deduction:
    return _deduction(world, consented_on=STARTED)


def _deduction(world: World, **over) -> Deduction:
    found = Deduction.objects.filter(programme=world.programme, withdrawn_on=None, **over).first()
    terms = {"kind": kind(world), "what": "rozbita szlifierka", "amount": Decimal("200.00"), "entered_on": STARTED}
    by = world.people[Role.PAYROLL]
    return found or Deduction.objects.create(programme=world.programme, entered_by=by, **terms, **over)


def terms(world: World) -> dict:
    return {"kind": kind(world).pk, "what": "młotek", "amount": "45,50", "position": "1", "token": "p1"}


ROWS = [
    Row("benefits:deductions", RIGHT),
    Row("benefits:new_deduction", RIGHT, kwargs=of_programme, post=terms),
    Row("benefits:deduction", RIGHT, kwargs=lambda w: {"pk": entered(w).pk}),
    Row(
        "benefits:change_deduction",
        RIGHT,
        kwargs=lambda w: {"pk": entered(w).pk},
        post=lambda w: {"what": "młotek", "amount": "45,50", "position": "1", "token": "p2"},
    ),
    Row(
        "benefits:deduction_agreement",
        RIGHT,
        kwargs=lambda w: {"pk": entered(w).pk},
        post_only=True,
        post=lambda w: {},
    ),
    Row(
        "benefits:consent",
        RIGHT,
        kwargs=lambda w: {"pk": entered(w).pk},
        post=lambda w: {"consented_on": str(TODAY), "token": "p3"},
    ),
    Row(
        "benefits:withdraw_consent",
        RIGHT,
        kwargs=lambda w: {"pk": agreed(w).pk},
        post=lambda w: {"withdrawn_on": str(TODAY), "note": "pismo", "token": "p4"},
    ),
    Row(
        "benefits:drop_deduction",
        RIGHT,
        kwargs=lambda w: {"pk": entered(w).pk},
        post=lambda w: {"note": "zapłacono w kasie", "token": "p5"},
    ),
    Row("benefits:statement", RIGHT, kwargs=lambda w: {"pk": w.participant.pk}),
]
