"""By which letters the versions of a centre's regulations name the days."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date

from cistor.centres.models import DayCode, Regulations


class Letters:
    """Read once for many settlements."""

    def __init__(self, centre_id: int) -> None:
        versions = Regulations.objects.adopted().filter(centre=centre_id).order_by("in_force_from")
        rows = list(versions.values_list("in_force_from", "pk"))
        self._starts, self._versions = [since for since, _ in rows], [pk for _, pk in rows]
        self._codes: dict[int, dict[str, str]] = defaultdict(dict)
        codes = DayCode.objects.filter(regulations__in=self._versions)
        for version, meaning, letters in codes.values_list("regulations", "meaning", "letters"):
            self._codes[version][meaning] = letters

    def on(self, day: date) -> dict[str, str]:
        """By meaning; none before the first version."""
        place = bisect_right(self._starts, day)
        return self._codes[self._versions[place - 1]] if place else {}
