from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

BY_OFFICE = ("give_opinion", "enter_opinion_from_paper")
SEEN_BY = ("give_opinion", "enter_application")


def to_send(world: World) -> dict:
    return {"pk": world.application.pk}


def sent(world: World) -> dict:
    return {"pk": world.sent_application.pk}


def received(world: World) -> dict:
    return {"pk": world.received_application.pk}


def opined(world: World) -> dict:
    return {"pk": world.opined_application.pk}


def consentable(world: World) -> dict:
    """The office is asked for its head's consent."""
    world.office.agreements.update(office_steps=["opinion", "consent"])
    return {"pk": world.opined_application.pk}


def scanned(world: World) -> dict:
    return {"pk": world.scanned_application.pk, "what": "opinion"}


def printed(world: World) -> dict:
    return {"pk": world.opined_application.pk, "kind": "opinion"}


def reminded(world: World) -> dict:
    return {"pk": world.received_application.pk, "reminder": world.reminder.pk}


def paper(**more):
    return lambda world: {"token": "t", "done_on": f"{TODAY}", "author": "Iga Testowa", **more}


ROWS = [
    Row(
        "referrals:send",
        "enter_application",
        kwargs=to_send,
        post=lambda world: {"token": "t", "office": world.office.pk, "sent_on": f"{TODAY}"},
    ),
    Row(
        "referrals:receipt",
        BY_OFFICE,
        kwargs=sent,
        post=lambda world: {"token": "t", "received_on": f"{TODAY}"},
        office=True,
    ),
    Row(
        "referrals:opinion",
        BY_OFFICE,
        kwargs=received,
        post=paper(interview_on=f"{TODAY}", is_positive="yes", text="Zna osobę."),
        office=True,
    ),
    Row(
        "referrals:consent",
        ("give_consent", "enter_opinion_from_paper"),
        kwargs=consentable,
        post=paper(is_granted="yes"),
        office=True,
    ),
    Row("referrals:referral", BY_OFFICE, kwargs=opined, post=paper(reference="DP.1"), office=True),
    Row(
        "referrals:take_back",
        BY_OFFICE,
        kwargs=sent,
        post=lambda world: {"token": "t", "reason": "Pomyłka."},
        office=True,
    ),
    Row("referrals:remind", "enter_application", kwargs=received),
    Row("referrals:office_cases", "give_opinion", office=True),
    Row("referrals:office_case", SEEN_BY, kwargs=opined, office=True),
    Row("referrals:scan_file", SEEN_BY, kwargs=scanned, office=True),
    Row("referrals:office_paper", SEEN_BY, kwargs=printed, office=True),
    Row("referrals:reminder", SEEN_BY, kwargs=reminded, office=True),
]
