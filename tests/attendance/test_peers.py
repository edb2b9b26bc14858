"""What neighbouring programs got wrong about attendance; `tests/benefits/test_peers.py` says which test holds what."""

import gzip
from datetime import date

from attendance.models import Day
from tests.attendance.test_month import JULY_END, fill, month_url
from tests.factories import make_group


def test_a_month_of_fifty_people_goes_through_the_line_as_a_light_page(as_user, centre, instructor):
    group = make_group(centre, instructor)
    fill(centre, group, instructor, 50)
    page = as_user(instructor, JULY_END).get(month_url(group)).content
    assert Day.objects.filter(on__range=(date(2026, 7, 1), JULY_END)).count() == 50 * 23
    assert len(page) < 300 * 1024
    assert len(gzip.compress(page)) < 16 * 1024
