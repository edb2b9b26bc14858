"""The monthly run of a centre on PostgreSQL, without the paper, beside the least that any program has to do.

    python -m benchmarks.run [PEOPLE …]

The baseline saves the very rows of the finished list one by one, as a plain program would, and computes nothing: no
facts are read, no rule applied, no sentence made. Both run by turns in one process on a database of their own, with
three months of marks; the best of the rounds counts. Goals: 1 s for 100 people, 8 s for 1,000.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date

from benchmarks.database import in_own_database

GOALS = {100: 1.0, 1_000: 8.0}
ROUNDS = 3
MONTHS = [date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)]
LAST, COUNTED = date(2026, 7, 31), date(2026, 8, 3)
ABSENCES = ["unexcused", "sick", "care", "excused", "free_day", "late"]
SEED = 20260731


def main(sizes: list[int]) -> None:
    in_own_database(lambda: _table(sizes))


def _table(sizes: list[int]) -> None:
    print(f"{'people':>7} {'lines':>7} {'run s':>8} {'again s':>8} {'saves s':>8} {'ratio':>6} {'ms/person':>10}  goal")
    for size in sizes:
        lines, first, again, saves = measured(size)
        goal = GOALS.get(size)
        verdict = "" if goal is None else f"{goal:.0f} s: {'met' if max(first, again) <= goal else 'MISSED'}"
        row = f"{size:>7} {lines:>7} {first:>8.2f} {again:>8.2f} {saves:>8.2f} {first / saves:>6.2f}"
        print(f"{row} {first / size * 1000:>10.2f}  {verdict}")


def measured(size: int) -> tuple[int, float, float, float]:
    """Lines written; seconds of a first run, of counting the draft again, and of the baseline."""
    from benefits.actions import recount, run_month
    from benefits.models import Line
    from tests.factories import make_user

    centre = _populated(size)
    payroll = make_user(centre, "payroll")
    for month in MONTHS[:-1]:
        run_month(centre=centre, month=month, by=payroll, on=COUNTED)
    firsts, agains, saves = [], [], []
    for _ in range(ROUNDS):
        firsts.append(_seconds(lambda: run_month(centre=centre, month=MONTHS[-1], by=payroll, on=COUNTED)))
        july = centre.payment_lists.get(month=MONTHS[-1])
        agains.append(_seconds(lambda july=july: recount(july, by=payroll, on=COUNTED)))
        lines = Line.objects.filter(settlement__payment_list=july).count()
        saves.append(_baseline(july))
        july.settlements.all().delete()
        july.delete()
    return lines, min(firsts), min(agains), min(saves)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _baseline(july) -> float:
    """Save the rows of the list again, each on its own, in one transaction."""
    from django.db import transaction

    rows = [(row, list(row.lines.all())) for row in july.settlements.prefetch_related("lines")]
    july.settlements.all().delete()

    def save() -> None:
        with transaction.atomic():
            for row, lines in rows:
                row.pk, row._state.adding = None, True
                row.save()
                for line in lines:
                    line.pk, line.settlement, line._state.adding = None, row, True
                    line.save()

    return _seconds(save)


def _populated(size: int):
    """A centre of so many people in the main period, one day in ten something else than present."""
    import pgtrigger

    from attendance.models import Day
    from cistor.dates import class_days
    from tests.factories import LETTERS, make_centre, make_participant, make_programme, make_user

    dice = random.Random(SEED)
    centre, days = make_centre("cistor"), sorted(class_days(MONTHS[0], LAST))
    by = make_user(centre, "social_worker")
    programmes = [make_programme(make_participant(centre), start_on=MONTHS[0], by=by) for _ in range(size)]
    for programme in programmes:
        programme.stages.filter(kind="trial").delete()
        programme.stages.filter(kind="main").update(start_on=MONTHS[0])
    marks = [(pk, on, _meaning(dice)) for pk in (p.pk for p in programmes) for on in days]
    # Mass data: the history of tens of thousands of rows in one transaction is not what is measured.
    with pgtrigger.ignore(*[trigger.get_uri(Day) for trigger in Day._meta.triggers]):
        Day.objects.bulk_create(
            [Day(programme_id=pk, on=on, meaning=m, code=LETTERS[m], marked_by=by) for pk, on, m in marks],
            batch_size=5_000,
        )
    return centre


def _meaning(dice: random.Random) -> str:
    return dice.choice(ABSENCES) if dice.random() < 0.1 else "present"


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(GOALS))
