from django.core.files.uploadedfile import SimpleUploadedFile

from cistor.documents.models import Letterhead
from tests.documents.brought import PDF
from tests.factories import make_participant, pesel
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

NEW = {"last_name": "Nowa", "first_name": "Wera", "pesel": pesel(TODAY.replace(year=1990), serial=901)}
DAY = str(TODAY)


def case(world: World) -> dict:
    return {"pk": world.application.pk}


def refusable(world: World) -> dict:
    """The letter needs the centre's letterhead."""
    given = {"name": "Centrum", "address": "ul. Zmyślona 1", "place": "Toruń"}
    Letterhead.objects.get_or_create(centre=world.centre, in_force_from=TODAY.replace(day=1), defaults=given)
    return case(world)


def draft(world: World) -> dict:
    return {"pk": world.draft.pk}


def withdrawn(world: World) -> dict:
    return {"pk": world.withdrawn_application.pk}


def newcomer(world: World) -> dict:
    return {"pk": make_participant(world.centre).pk}


def applicant(world: World) -> dict:
    return {"pk": world.application.participant_id}


def given(**fields):
    return lambda world: {"token": "t", **fields}


ROWS = [
    Row("referrals:check", "enter_application", post=given(**NEW)),
    Row("referrals:new_person", "enter_application", post=given(**NEW)),
    Row("referrals:begin", "enter_application", kwargs=newcomer, post=given()),
    Row("referrals:case", "enter_application", kwargs=case),
    Row("referrals:person", "enter_application", kwargs=applicant),
    Row("referrals:edit", "enter_application", kwargs=draft, post=given(applied_on=DAY, applicant="person")),
    Row("referrals:submit", "enter_application", kwargs=draft, post=given()),
    Row("referrals:exclusions", "enter_application", kwargs=case, post=given(declared_on=DAY, has_any="nie")),
    Row(
        "referrals:scan",
        "enter_application",
        kwargs=case,
        post=lambda world: {"token": "t", "file": SimpleUploadedFile("skan.pdf", PDF)},
    ),
    Row("referrals:withdraw", "enter_application", kwargs=case, post=given(reason="Prośba osoby.")),
    Row("referrals:refuse", "enter_application", kwargs=refusable, post=given(reason="Ma emeryturę.")),
    Row("referrals:reopen", "enter_application", kwargs=withdrawn, post=given()),
]
