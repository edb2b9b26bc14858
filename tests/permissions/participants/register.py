from participants.models import Participant, PaymentMethod, TaxStatement
from tests.factories import make_group, make_participant, nrb, pesel
from tests.participants.papers import make_paper
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

NEW = {"last_name": "Nowa", "first_name": "Wera", "pesel": pesel(TODAY.replace(year=1990), serial=900)}
DAY = str(TODAY)


def person(world: World) -> dict:
    return {"pk": world.participant.pk}


def newcomer(world: World) -> dict:
    """Somebody in a group and without a programme."""
    known = Participant.objects.filter(centre=world.centre, programmes=None).first()
    return {"pk": (known or make_participant(world.centre, group=world.group)).pk}


def paper(world: World) -> dict:
    return {"pk": make_paper(world.participant, by=world.people["social_worker"]).pk}


def trial(world: World) -> dict:
    return {"pk": world.trial_programme.pk}


def statement(world: World) -> dict:
    row, _ = TaxStatement.objects.get_or_create(participant=world.participant, start_on=TODAY.replace(day=1))
    return {"pk": row.pk}


def lead(world: World) -> dict:
    return {"pk": world.group.leads.get().pk}


def given(**fields):
    return lambda world: {"token": "t", **fields}


ROWS = [
    Row("participants:list", "see_overview"),
    Row("participants:check", "enter_application", post=given(**NEW)),
    Row("participants:new", "enter_application", post=given(**NEW)),
    Row("participants:card", "see_overview", kwargs=person, of_group=True),
    Row("participants:edit", "enter_application", kwargs=person, post=given(**NEW)),
    Row("participants:programme", ("see_overview", "decide_programme"), kwargs=person, of_group=True),
    Row(
        "participants:sign",
        "decide_programme",
        kwargs=newcomer,
        post=given(signed_on=DAY, start_on=DAY, despite="Teczka jest na papierze."),
    ),
    Row("participants:payment", "see_account", kwargs=person),
    Row(
        "participants:set_method",
        "enter_account",
        kwargs=person,
        post=given(start_on=DAY, kind=PaymentMethod.Kind.ACCOUNT, nrb=nrb(5), holder="Wera Nowa"),
    ),
    Row("participants:set_tax_statement", "enter_account", kwargs=person, post=given(start_on=DAY, share="1")),
    Row("participants:end_tax_statement", "see_account", kwargs=statement, post=given(end_on=DAY)),
    Row("participants:file", "see_file", kwargs=person),
    Row("participants:add_paper", "see_file", kwargs=person, post=given(code="safety_card", received_on=DAY)),
    Row("participants:remove_paper", "see_file", kwargs=paper, post=given()),
    Row("participants:membership", "see_overview", kwargs=person, of_group=True),
    Row(
        "participants:join",
        "set_groups",
        kwargs=person,
        post=lambda world: {"token": "t", "group": make_group(world.centre).pk, "start_on": DAY},
    ),
    Row("participants:leave", "set_groups", kwargs=person, post=given(end_on=DAY)),
    Row(
        "participants:end",
        "decide_programme",
        kwargs=trial,
        post=given(ended_on=DAY, kind="declaration", through_fault="no", reason="", confirmed="1"),
    ),
    Row("participants:groups", "set_groups"),
    Row("participants:new_group", "set_groups", post=given(name="Nowa grupa", start_on=DAY)),
    Row(
        "participants:group",
        "set_groups",
        kwargs=lambda world: {"pk": world.group.pk},
        post=lambda world: {"token": "t", "instructor": world.stranger.pk, "start_on": DAY},
    ),
    Row("participants:end_lead", "set_groups", kwargs=lead, post=given(end_on=DAY)),
]
