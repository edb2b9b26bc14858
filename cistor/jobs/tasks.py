from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from cistor.jobs import actions


@shared_task(name="jobs.sweep")
def sweep() -> None:
    actions.sweep(older_than=timezone.now() - timedelta(days=1))


@shared_task(name="jobs.wake")
def wake() -> None:
    actions.wake(older_than=timezone.now() - timedelta(minutes=1))
