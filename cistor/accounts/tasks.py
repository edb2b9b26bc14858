from datetime import timedelta

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from cistor.journal import once


@shared_task(name="accounts.sweep")
def sweep() -> None:
    """What nobody can use any more: ended sessions, and the keys of forms no open page can still send."""
    call_command("clearsessions")
    once.forget(before=timezone.now() - timedelta(days=7))
