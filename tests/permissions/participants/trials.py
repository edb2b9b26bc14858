from participants.actions import ask_extension
from participants.models import Extension
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World
from tests.referrals.papers import make_letterhead

LATE = "Urząd zapowiedział odpowiedź na jutro."


def trial(world: World) -> dict:
    return {"pk": world.trial_programme.pk}


def main(world: World) -> dict:
    return {"pk": world.programme.pk}


def extension(world: World) -> dict:
    """Asked for by the social worker, of the programme in its main period; its papers need the letterhead."""
    if not world.centre.letterheads.exists():
        make_letterhead(world.centre)
    asked = Extension.objects.filter(programme=world.programme).first() or ask_extension(
        world.programme,
        origin="opinion",
        months=2,
        reason="Egzamin w marcu.",
        by=world.people["social_worker"],
        on=TODAY,
    )
    return {"pk": asked.pk}


def given(**fields):
    return lambda world: {"token": "t", **fields}


def office(world: World) -> dict:
    return {"token": "t", "office": world.centre.offices.filter(kind="welfare").first().pk}


SEES = ("prepare_programme", "decide_programme")
ROWS = [
    Row(
        "participants:assess_trial",
        "assess_trial",
        kwargs=trial,
        post=given(outcome="yes", text="Obecny, chętny."),
        of_group=True,
    ),
    Row("participants:pass_on", "decide_programme", kwargs=trial, post=given(months="11", provisional_reason=LATE)),
    Row("participants:office", "prepare_programme", kwargs=trial, post=office),
    Row("participants:extensions", SEES),
    Row("participants:empty_extension_request", SEES),
    Row(
        "participants:ask_extension",
        "prepare_programme",
        kwargs=main,
        post=given(origin="participant", months="3", reason="Egzamin."),
    ),
    Row("participants:decide_extension", SEES, kwargs=extension),
    Row("participants:extension_request", SEES, kwargs=extension),
    Row(
        "participants:extension_decision",
        "decide_programme",
        kwargs=extension,
        post_only=True,
        post=given(months="2", note="Za mało miejsc.", refuse="1"),
    ),
    Row(
        "participants:withdraw_extension",
        "prepare_programme",
        kwargs=extension,
        post_only=True,
        post=given(),
    ),
]
