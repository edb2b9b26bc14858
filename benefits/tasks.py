import logging

from celery import shared_task
from django.utils import timezone

from benefits import actions, running
from benefits.actions.proof import verify_year as make_year
from benefits.actions.slips import make_slips
from cistor.centres.models import Centre
from cistor.jobs import actions as jobs

logger = logging.getLogger(__name__)


@shared_task(name="benefits.draft_trial_lists")
def draft_trial_lists():
    """Every centre's trials that are over today and on no list; what fails in one centre waits for nobody else's."""
    for centre in Centre.objects.all():
        try:
            actions.draft_trial_list(centre=centre, on=timezone.localdate())
        except Exception:
            logger.exception("The trial lists of centre %s were not drafted.", centre.pk)


@shared_task(name="benefits.count_list")
def count_list(job: int) -> None:
    jobs.carry_out(job, running.carry_out)


@shared_task(name="benefits.print_slips")
def print_slips(job: int) -> None:
    jobs.carry_out(job, make_slips)


@shared_task(name="benefits.verify_year")
def verify_year(job: int) -> None:
    jobs.carry_out(job, make_year)
