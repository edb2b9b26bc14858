import logging

from celery import shared_task
from django.utils import timezone

from attendance.actions.mornings import settle_day
from attendance.actions.sheets import make_sheets
from cistor.centres.models import Centre
from cistor.jobs import actions as jobs

logger = logging.getLogger(__name__)


@shared_task(name="attendance.print_sheets")
def print_sheets(job: int) -> None:
    jobs.carry_out(job, make_sheets)


@shared_task(name="attendance.settle_today")
def settle_today() -> None:
    """Daily; what fails in one centre waits for nobody else's."""
    for centre in Centre.objects.all():
        try:
            settle_day(centre, on=timezone.localdate())
        except Exception:
            logger.exception("The day of centre %s was not settled.", centre.pk)
