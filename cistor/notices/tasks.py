import logging

from celery import shared_task
from django.db import connection
from django.utils import timezone

from cistor.centres.models import Centre
from cistor.notices.actions.prepare import prepare
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
