"""The work of a month by hand, in two centres whose regulations differ."""

import pytest

from tests.browser.place import Place
from tests.browser.story import (
    approve_last_month,
    hand_over_last_month,
    mark_today,
    pay_last_month,
    print_list,
    read_explanation,
    run_last_month,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("preset", ["cistor", "rzyszczewo"])
def test_from_a_marked_day_to_a_printed_list(browse, today, preset):
    place = Place(preset)
    place.mark_until_yesterday()
    mark_today(browse(), place, today)
    payroll = browse()
    run_last_month(payroll, place)
    read_explanation(payroll, place)
    hand_over_last_month(payroll)
    director = browse()
    approve_last_month(director, place)
    assert print_list(director, today).startswith(b"%PDF-")
    pay_last_month(payroll, place)
