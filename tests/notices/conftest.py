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
