"""The whole table, and how a line of it is walked."""

import pytest
from django.conf import settings
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from cistor.accounts.models import User
from tests.factories import login
from tests.permissions import (
    accounts,
    attendance,
    benefits,
    centres,
    desk,
    documents,
    jobs,
    notices,
    participants,
    referrals,
)
from tests.permissions.row import Row

ROOMS = (accounts, attendance, benefits, centres, desk, documents, jobs, notices, participants, referrals)
ROWS = [row for room in ROOMS for row in room.ROWS]


# Where those go who are not let in yet.
DOORS = ("/konto/logowanie/", "/konto/drugi-krok/")


def each(rows):
    return pytest.mark.parametrize("row", list(rows), ids=lambda row: row.name)


def as_(user: User) -> Client:
    """Signed in; with the session that was made with the world, where the user has one (`sign_in`)."""
    client = Client()
    if session := getattr(user, "session", None):
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    else:
        login(client, user)
    return client


def sign_in(*users: User) -> None:
    """Once, for all tests that share their world."""
    for user in users:
        user.session = as_(user).cookies[settings.SESSION_COOKIE_NAME].value


def ask(client: Client, row: Row, kwargs: dict):
    """The page, or the deed without any data where there is no page."""
    url = reverse(row.name, kwargs=kwargs)
    return client.post(url, {}) if row.post_only else client.get(url)


def forms_of(answer) -> list[BaseForm]:
    """The forms that the page was made with."""
    contexts = [layer for context in (answer.context or []) for layer in context]
    return list({id(v): v for layer in contexts for v in layer.values() if isinstance(v, BaseForm)}.values())
