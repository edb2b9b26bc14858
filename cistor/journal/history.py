"""The history of rows is written by triggers; this says who is named beside a change when no request is served."""

import pghistory
from celery import Task


def acting(act: str, *, by=None) -> pghistory.context:
    """`with acting("demo_data"):` – changes inside carry the act, and the user where there is one.

    Inside a request it adds to what the request has said and never takes the user away.
    """
    return pghistory.context(act=act, user=by.pk) if by else pghistory.context(act=act)


class NamedTask(Task):
    """A background job signs its changes with its name; no task has to remember it."""

    abstract = True

    def __call__(self, *args, **kwargs):
        with acting(self.name):
            return super().__call__(*args, **kwargs)
