from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from cistor.documents import files


@shared_task(name="documents.sweep")
def sweep() -> None:
    files.sweep(older_than=timezone.now() - timedelta(days=1))
