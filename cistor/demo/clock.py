"""The time on the demonstration's clock, for rows that otherwise take the database's.

Everywhere else a moment is what the database says it is. Here a year is made in half a minute, and the register would
claim that all of it happened just now.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pghistory.models
import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.db.models.signals import pre_save
from django.utils import timezone

from cistor.journal.history import acting

# Marks and transfers are written in bulk; their moment follows from their day. What a fact has written follows the act,
# and in the journal, where it is told in bulk too, the entry of the mark that came after it.
OF_THEIR_DAY = """
UPDATE attendance_day SET marked_at = ("on" + time '07:35' + (programme_id %% 7 + 3 * (id %% 5)) * interval '1 minute')
    AT TIME ZONE 'Europe/Warsaw' WHERE source = 'hand';
UPDATE attendance_day d SET marked_at = e.pgh_created_at
    FROM (SELECT pgh_obj_id, max(pgh_created_at) AS pgh_created_at FROM attendance_dayevent GROUP BY pgh_obj_id) e
    WHERE d.source <> 'hand' AND e.pgh_obj_id = d.id;
UPDATE attendance_dayevent e SET marked_at = d.marked_at, pgh_created_at = d.marked_at
    FROM attendance_day d WHERE d.id = e.pgh_obj_id AND d.source = 'hand';
UPDATE journal_entry e SET at = o.at FROM journal_entry o WHERE e.verb = 'days_settled'
    AND o.id = (SELECT min(id) FROM journal_entry WHERE id > e.id AND verb <> 'days_settled');
UPDATE benefits_payment SET recorded_at = ("on" + time '13:10') AT TIME ZONE 'Europe/Warsaw';
"""
CONTEXTS = """
UPDATE pghistory_context c SET created_at = step.at, updated_at = step.at
    FROM unnest(%s::uuid[], %s::timestamptz[]) AS step (id, at) WHERE c.id = step.id
"""
EVENTS = """
UPDATE {} e SET pgh_created_at = c.created_at FROM pghistory_context c WHERE c.id = e.pgh_context_id
"""


class Clock:
    """Acts inside `running()` are dated; every act takes a minute or two of the clock."""

    def __init__(self):
        self.now = timezone.now()
        self.steps: dict[str, datetime] = {}

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def set(self, day: date, at: time) -> None:
        """On a busy day the next thing begins when the one before it is done."""
        planned = timezone.make_aware(datetime.combine(day, at))
        self.now = max(planned, self.now) if day == self.today else planned

    @contextmanager
    def act(self, *, by) -> Iterator[None]:
        """The history of what is done inside carries the user and, in the end, the moment."""
        with acting("demo_data", by=by) as context:
            yield
        self.steps[str(context.id)] = self.now
        self.now += timedelta(seconds=70 + len(self.steps) % 5 * 20)

    @contextmanager
    def running(self) -> Iterator[None]:
        # A receiver is out of house style, and exact: acts never pass a moment, so there is no other door.
        pre_save.connect(self._stamp)
        try:
            yield
            self._date_the_history()
        finally:
            pre_save.disconnect(self._stamp)

    def _stamp(self, sender: type[models.Model], instance: models.Model, **_: object) -> None:
        if instance._state.adding:
            for field in moments(sender):
                setattr(instance, field.name, self.now)

    def _date_the_history(self) -> None:
        events = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
        silent = [trigger.get_uri(model) for model, trigger in pgtrigger.registered()]
        with transaction.atomic(), pgtrigger.ignore(*silent), connection.cursor() as cursor:
            cursor.execute(CONTEXTS, [list(self.steps), list(self.steps.values())])
            for model in events:
                cursor.execute(EVENTS.format(connection.ops.quote_name(model._meta.db_table)))
            cursor.execute(OF_THEIR_DAY)


def moments(model: type[models.Model]) -> list[models.Field]:
    """The columns that take the database's time."""
    return [field for field in model._meta.concrete_fields if isinstance(field.db_default, Now)]
