"""The codes stand in one order, that of the regulations, wherever one is chosen or explained."""

import json
from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_group, make_participant, make_programme

MONDAY = date(2026, 3, 9)
# Chosen by the centre: nobody's order of use, nor of a preset.
ORDER = ["unexcused", "present", "care", "free_day", "late", "sick", "excused"]


@pytest.fixture
def group(centre, instructor):
    codes = centre.regulations.get().daycodes
    for position, meaning in enumerate(ORDER):
        codes.filter(meaning=meaning).update(position=position)
    row = make_group(centre, instructor)
    make_programme(make_participant(centre, group=row), start_on=date(2026, 1, 5), by=instructor)
    return row


def test_a_day_a_month_and_a_range_offer_the_codes_in_the_order_of_the_regulations(as_user, instructor, group):
    client = as_user(instructor, MONDAY)
    day, month, span = (
        client.get(reverse(f"attendance:{name}", args=[group.pk])).context for name in ("today", "month", "range")
    )
    assert list(day["page"].codes) == ORDER
    assert [row["meaning"] for row in day["page"].keys] == ORDER
    assert [row["meaning"] for row in json.loads(month["page"].code_sets)[0]] == ORDER
    assert [code.meaning for code in month["page"].codes][: len(ORDER)] == ORDER
    assert [meaning for meaning, _ in span["form"].fields["meaning"].choices if meaning] == ORDER
