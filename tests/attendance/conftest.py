from datetime import date

import pytest


@pytest.fixture
def as_user(client, monkeypatch):
    """`as_user(user, day)` → the client, signed in as somebody, on a day."""
    from tests.factories import login

    def signed_in(user, day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)
        login(client, user)
        return client

    return signed_in


@pytest.fixture
def letterhead(centre):
    """Without one no paper is printed."""
    from cistor.documents.models import Letterhead

    head = {"name": centre.name, "address": "ul. Wymyślona 1", "place": "Toruń"}
    return Letterhead.objects.create(centre=centre, in_force_from=date(2014, 6, 1), **head)
