from tests.permissions.row import Row
from tests.permissions.world import TODAY, World


def closed_round(world: World) -> dict:
    """With an offer on its reserve list."""
    return {"pk": world.offer.candidacy.round_id}


def in_line(world: World) -> dict:
    return {"pk": world.in_line.pk}


def qualified(world: World) -> dict:
    return {"pk": world.qualified.pk}


def offer(world: World) -> dict:
    return {"pk": world.offer.pk}


def ready(world: World) -> dict:
    return {"pk": world.qualified.application_id}


def person(world: World) -> dict:
    """Somebody nobody has applied for."""
    return {"pk": world.participant.pk}


def offered(world: World) -> dict:
    return {"way": "phone", "offered_on": TODAY, "answer_due_on": "", "token": "propozycja"}


def answered(world: World) -> dict:
    return {"answer": "declined", "answered_on": TODAY, "note": "Podjął pracę.", "token": "odpowiedz"}


def told(world: World) -> dict:
    return {"way": "phone", "told_on": TODAY, "note": "", "token": "powiadomienie"}


def signed(world: World) -> dict:
    return {"signed_on": TODAY, "start_on": TODAY, "despite": "Dokumenty pierwszego dnia zajęć.", "token": "przyjecie"}


ROWS = [
    Row("referrals:reserve", "prepare_programme", kwargs=closed_round),
    Row("referrals:offer", "prepare_programme", kwargs=in_line, post=offered),
    Row("referrals:answer", "prepare_programme", kwargs=offer, post=answered),
    Row("referrals:tell", "prepare_programme", kwargs=qualified, post=told),
    Row("referrals:admit", "decide_programme", kwargs=ready, post=signed),
    Row("referrals:sign", "decide_programme", kwargs=person),
]
