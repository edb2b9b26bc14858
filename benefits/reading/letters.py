"""By which codes and letters the versions of a centre's regulations name the days."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date

from cistor.centres.models import DayCode, Regulations


class Letters:
    """Read once for many settlements; two queries."""

    def __init__(self, centre_id: int) -> None:
        versions = Regulations.objects.adopted().filter(centre=centre_id).order_by("in_force_from")
        rows = list(versions.values_list("in_force_from", "pk"))
        self._starts, self._versions = [since for since, _ in rows], [pk for _, pk in rows]
        self._codes: dict[int, dict[str, DayCode]] = defaultdict(dict)
        for code in DayCode.objects.filter(regulations__in=self._versions):
            self._codes[code.regulations_id][code.meaning] = code

    def codes_on(self, day: date) -> dict[str, DayCode]:
        """By meaning, in the order of the regulations; none before the first version."""
        place = bisect_right(self._starts, day)
        return self._codes[self._versions[place - 1]] if place else {}

    def on(self, day: date) -> dict[str, str]:
        """By meaning."""
        return {meaning: code.letters for meaning, code in self.codes_on(day).items()}
