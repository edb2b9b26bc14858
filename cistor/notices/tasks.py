import logging

from celery import shared_task
from django.db import connection
from django.utils import timezone

from cistor.centres.models import Centre
from cistor.jobs import actions as jobs
from cistor.notices import morning
from cistor.notices.actions import mail
from cistor.notices.actions.prepare import prepare
from cistor.notices.actions.signing import sign_letters
from cistor.notices.models import Run

logger = logging.getLogger(__name__)


@shared_task(name="notices.prepare_centre")
def prepare_centre(centre_id: int) -> None:
    """After an act."""
    _prepare(Centre.objects.get(pk=centre_id), is_daily=False)


@shared_task(name="notices.prepare_all")
def prepare_all() -> None:
    """Daily; what fails in one centre waits for nobody else's."""
    for centre in Centre.objects.all():
        _prepare(centre, is_daily=True)


def _prepare(centre: Centre, *, is_daily: bool) -> None:
    on = timezone.localdate()
    try:
        prepare(centre, on=on, is_daily=is_daily)
    except Exception as error:
        logger.exception("The letters of centre %s were not prepared.", centre.pk)
        if not connection.is_usable():
            # Cut off in the middle: the next question opens a new connection.
            connection.close()
        failure = f"Przygotowanie pism przerwał błąd ({type(error).__name__})."
        Run.objects.create(centre=centre, on=on, is_daily=is_daily, failure=failure)


@shared_task(name="notices.sign_many")
def sign_many(job: int) -> None:
    jobs.carry_out(job, sign_letters)


@shared_task(name="notices.send_mails")
def send_mails() -> None:
    mail.send_waiting(now=timezone.now())


@shared_task(name="notices.morning")
def morning_mails() -> None:
    """What fails in one centre waits for nobody else's."""
    if not mail.is_set_up():
        return
    for centre in Centre.objects.all():
        try:
            morning.morning_mails(centre, timezone.localdate())
        except Exception:
            logger.exception("The morning mails of centre %s were not written.", centre.pk)
            if not connection.is_usable():
                connection.close()
