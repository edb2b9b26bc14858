import secrets
from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.crypto import search_key
from cistor.journal.actions import record
from cistor.notices.models import Feed


@transaction.atomic
def renew_feed(*, by: User, on: date) -> Feed:
    """A new secret address of the own calendar; the one before it is dead from now on."""
    token = secrets.token_urlsafe(32)
    fresh = {"token": token, "token_key": search_key("feed", token), "made_on": on}
    feed, _ = Feed.objects.update_or_create(user=by, defaults=fresh)
    record(feed, "feed_renewed", by=by, centre=by.home_centre)
    return feed
