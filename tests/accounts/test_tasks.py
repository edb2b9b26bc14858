from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from cistor import settings
from cistor.accounts.tasks import sweep
from cistor.journal.models import UsedToken
from cistor.journal.once import claim


def test_the_night_sweeps_ended_sessions_and_tokens_older_than_a_week(director):
    now = timezone.now()
    for days in (-1, 1):
        Session.objects.create(session_key=f"key{days}", session_data="", expire_date=now + timedelta(days=days))
    for token, days in (("old", 8), ("young", 6)):
        claim(token, by=director)
        UsedToken.objects.filter(token=token).update(at=now - timedelta(days=days))
    sweep()
    assert [session.session_key for session in Session.objects.all()] == ["key1"]
    assert [used.token for used in UsedToken.objects.all()] == ["young"]


def test_the_sweep_is_on_the_schedule():
    assert sweep.name in {line["task"] for line in settings.CELERY_BEAT_SCHEDULE.values()}
