"""Whose row is this: every model names one path to its centre, and one to its participant where it has one."""

from datetime import date
from typing import Any, Self

from django.db import models


class Scoped(models.QuerySet):
    """Rows are fetched as somebody: another centre's row is as good as absent."""

    def visible_to(self, user: Any, *, on: date) -> Self:
        """The rows of the user's own centre; narrower rooms override this. `on` is the day the question is asked."""
        path = self.model.centre_path  # type: ignore[attr-defined]
        return self.filter(**{path: user.home_centre_id}) if user.home_centre_id else self.none()


class Dated(Scoped):
    """Rows with `start_on` and `end_on`, both days included; an empty end is open."""

    def in_force(self, on: date) -> Self:
        return self.touching(on, on)

    def touching(self, start: date, end: date) -> Self:
        return self.filter(start_on__lte=end).filter(models.Q(end_on__isnull=True) | models.Q(end_on__gte=start))


def centre_id_of(obj: models.Model) -> int | None:
    return _id_along(obj, getattr(obj, "centre_path", None))


def participant_id_of(obj: models.Model) -> int | None:
    return _id_along(obj, getattr(obj, "participant_path", None))


def _id_along(obj: Any, path: str | None) -> int | None:
    """The primary key at the end of a `__` path; None without a path, or where a link is empty."""
    if path is None:
        return None
    *steps, last = path.split("__")
    for step in steps:
        obj = getattr(obj, step, None)
    return getattr(obj, last if last == "pk" else f"{last}_id", None)
