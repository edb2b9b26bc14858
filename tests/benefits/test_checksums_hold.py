"""Of any list, every settlement comes out again; and whichever stored figure is changed, its settlement is found."""

from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benefits.actions import run_month
from benefits.models import Line, Settlement
from benefits.reading.checksums import verify
from cistor.dates import class_days
from tests.benefits.people import COUNTED, JULY, LAST_OF_JULY, make_settled_in
from tests.factories import LETTERS

CLASS_DAYS = sorted(class_days(JULY, LAST_OF_JULY))
# A sum that does not add up is refused by the database itself.
SUMS = [("base",), ("benefit", "net"), ("bonus_cap",), ("zus_pension",)]

absences = st.dictionaries(st.sampled_from(CLASS_DAYS), st.sampled_from(sorted(LETTERS)), max_size=18)
people = st.lists(st.tuples(st.sampled_from([0, 0, 6, 20]), absences), min_size=1, max_size=4)


# Each example goes on from the one before: its people are more. Its list is made anew, without what was changed.
# A seed picks what is changed, for the number of choices grows with the people.
@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=people, pick=st.randoms(use_true_random=True))
def test_a_list_comes_out_again_until_a_figure_of_it_is_changed(centre, payroll, drawn, pick):
    Settlement.objects.all().delete()
    for late, marks in drawn:
        since = JULY + timedelta(days=late)
        make_settled_in(centre, since=since, but={day: kind for day, kind in marks.items() if day >= since})
    july = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    assert verify(july) == []
    row = pick.choice(july.settlements.all())
    _change(row, pick)
    assert [one.settlement for one in verify(july)] == [row]


def _change(row: Settlement, pick) -> None:
    """Behind the program: a złoty more on a line or a sum, another day, another reason, a line less."""
    line = pick.choice(row.lines.all())
    changed = pick.choice(["amount", "sum", "days", "because", "gone"])
    if changed == "sum":
        Settlement.objects.filter(pk=row.pk).update(**{name: getattr(row, name) + 1 for name in pick.choice(SUMS)})
    elif changed == "gone":
        Line.objects.filter(pk=line.pk).delete()
    else:
        values = {"amount": line.amount + 1, "days": [*line.days, JULY], "because": "Inne."}
        Line.objects.filter(pk=line.pk).update(**{changed: values[changed]})
