from benefits.actions.claims import answer_enforcement, record_enforcement
from benefits.models import Enforcement
from cistor.accounts.roles import Role
from cistor.documents.models import Letterhead
from tests.permissions.row import Row
from tests.permissions.world import STARTED, TODAY, World

LETTER = {"bailiff": "Komornik Sądowy przy Sądzie Rejonowym", "signature": "Km 12/26", "city": "Toruń"}


def letter(world: World) -> Enforcement:
    """Without an answer yet."""
    _letterhead(world)
    known = world.participant.enforcements.filter(answer=None).first()
    return known or record_enforcement(world.participant, **LETTER, received_on=TODAY, by=_payroll(world), on=TODAY)


def answered(world: World) -> Enforcement:
    known = world.participant.enforcements.exclude(answer=None).first()
    return known or answer_enforcement(letter(world), by=_payroll(world), on=TODAY)


def _payroll(world: World):
    return world.people[Role.PAYROLL]


def _letterhead(world: World) -> None:
    head = {"name": "Centrum", "address": "ul. Zmyślona 1", "place": "Toruń"}
    if not Letterhead.objects.filter(centre=world.centre).exists():
        Letterhead.objects.create(centre=world.centre, in_force_from=STARTED, **head)


def new_letter(world: World) -> dict:
    return {**LETTER, "token": "k1", "street": "", "postal_code": "87-100", "received_on": str(TODAY)}


ROWS = [
    Row(
        "benefits:apply",
        "enter_account",
        kwargs=lambda w: {"pk": w.programme.pk},
        post=lambda w: {"token": "w1", "filed_on": str(TODAY)},
    ),
    Row("benefits:application_form", "enter_account", kwargs=lambda w: {"pk": w.programme.pk}),
    Row("benefits:empty_application", "enter_account"),
    Row("benefits:paydays", "see_lists"),
    Row("benefits:enforcements", "answer_bailiff", post=lambda w: {"text": "Zmyślona"}),
    Row("benefits:new_enforcement", "answer_bailiff", kwargs=lambda w: {"pk": w.participant.pk}, post=new_letter),
    Row("benefits:enforcement", "answer_bailiff", kwargs=lambda w: {"pk": answered(w).pk}),
    Row(
        "benefits:answer_enforcement",
        "answer_bailiff",
        kwargs=lambda w: {"pk": letter(w).pk},
        post=lambda w: {"token": "o1"},
    ),
]
