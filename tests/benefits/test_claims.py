"""The application for the benefit: without it nothing is paid where the regulations ask for one."""

from datetime import date

import pytest

from benefits.actions.claims import record_application
from benefits.models import BenefitApplication
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.documents.brought import make_upload
from tests.factories import make_participant, make_programme, make_user

SIGNED, TODAY = date(2026, 7, 1), date(2026, 7, 15)


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=SIGNED, applied=False)


def test_an_application_keeps_its_day_its_scan_and_who_wrote_it_down(programme, social_worker):
    scan = make_upload(programme.participant, kind="benefit_application_scan", by=social_worker)
    row = record_application(programme, filed_on=date(2026, 7, 2), scan=scan, by=social_worker, on=TODAY)
    assert (row.programme, row.filed_on, row.scan, row.recorded_on) == (programme, date(2026, 7, 2), scan, TODAY)
    assert Entry.objects.get(verb="benefit_applied", object_id=row.pk).by == social_worker


@pytest.mark.parametrize(
    "filed_on, why", [(date(2026, 7, 16), "jeszcze nie było"), (date(2026, 6, 30), "Wniosek składa uczestnik")]
)
def test_it_is_neither_of_the_future_nor_of_before_the_programme(programme, payroll, filed_on, why):
    with pytest.raises(Refused, match=why):
        record_application(programme, filed_on=filed_on, by=payroll, on=TODAY)


def test_a_newer_one_may_follow_but_not_of_the_same_day(programme, payroll):
    for day in (SIGNED, TODAY):
        record_application(programme, filed_on=day, by=payroll, on=TODAY)
    with pytest.raises(Refused, match="już wpisany"):
        record_application(programme, filed_on=TODAY, by=payroll, on=TODAY)
    assert BenefitApplication.objects.count() == 2


def test_nobody_of_another_centre_or_without_the_right_enters_it(programme, instructor, other_centre):
    for by in (instructor, make_user(other_centre, "payroll")):
        with pytest.raises(Refused, match="pracownik socjalny albo kadry"):
            record_application(programme, filed_on=SIGNED, by=by, on=TODAY)
