from datetime import date

import pytest

TODAY = date(2026, 11, 23)


@pytest.fixture
def as_user(client, monkeypatch):
    """`as_user(user)` → the client, signed in as somebody, on Monday 23 November 2026."""
    from tests.factories import login

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)

    def signed_in(user):
        login(client, user)
        return client

    return signed_in
