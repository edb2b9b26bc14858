"""Sessions in the database that end after idleness, without a write for every page."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

# So much sooner a session may end than it says: within it a page of a session saved just now saves it no more.
TOLERANCE = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    """A page that reads the session prolongs it, unless that was done a moment ago."""

    def _get_session_from_db(self):
        session = super()._get_session_from_db()
        age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if session and session.expire_date < timezone.now() + age - min(TOLERANCE, age / 10):
            self.modified = True
        return session
