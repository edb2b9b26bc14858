"""Whose row is this: every model names one path to its centre, and one to its participant where it has one."""

from django.db import models


class Scoped(models.QuerySet):
    """Rows are fetched as somebody: another centre's row is as good as absent."""

    def visible_to(self, user, *, on):
        """The rows of the user's own centre; narrower rooms override this. `on` is the day the question is asked."""
        return self.filter(**{self.model.centre_path: user.home_centre_id}) if user.home_centre_id else self.none()


class Dated(Scoped):
    """Rows with `start_on` and `end_on`, both days included; an empty end is open."""

    def in_force(self, on):
        return self.filter(start_on__lte=on).filter(models.Q(end_on__isnull=True) | models.Q(end_on__gte=on))

    def touching(self, start, end):
        return self.filter(start_on__lte=end).filter(models.Q(end_on__isnull=True) | models.Q(end_on__gte=start))


def follow(obj, path: str | None):
    """The object at the end of a `__` path, or None where a link is empty; "" is the object itself."""
    for name in (path or "").split("__") if path else []:
        obj = getattr(obj, name, None)
        if obj is None:
            return None
    return obj


def centre_id_of(obj) -> int | None:
    path = getattr(obj, "centre_path", None)
    if path is None:
        return None
    *steps, last = path.split("__")
    owner = follow(obj, "__".join(steps))
    return getattr(owner, f"{last}_id", None) if last != "pk" else obj.pk


def participant_id_of(obj) -> int | None:
    path = getattr(obj, "participant_path", None)
    if path is None:
        return None
    *steps, last = path.split("__")
    owner = follow(obj, "__".join(steps))
    return getattr(owner, f"{last}_id", None) if last != "pk" else obj.pk
