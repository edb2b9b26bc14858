"""How the demonstration is looked at."""

from contextlib import contextmanager

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import Centre
from participants.models import Programme


def centre(preset):
    return Centre.objects.get(short_name={"cistor": "CISTOR", "rzyszczewo": "CIS Rzyszczewo"}[preset])


def user(username):
    return User.objects.get(username=username)


def open_programmes(preset):
    return Programme.objects.filter(participant__centre=centre(preset), ended_on=None)


@contextmanager
def undone():
    """What is tried inside stays inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
