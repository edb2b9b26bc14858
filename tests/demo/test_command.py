from datetime import date

import pytest
from django.core.management import CommandError, call_command

from cistor.centres.models import Centre
from cistor.demo import logins
from tests.factories import make_centre

DAY = date(2026, 11, 20)


@pytest.mark.django_db
def test_only_a_demonstration_gets_demonstration_data(settings):
    settings.ENV = "production"
    with pytest.raises(CommandError, match="tylko w demonstracji"):
        call_command("demo_data", on=DAY)
    assert not Centre.objects.exists()


@pytest.mark.django_db
def test_data_that_are_there_already_are_left_alone():
    make_centre()
    with pytest.raises(CommandError, match="Użyj pustej bazy"):
        call_command("demo_data", on=DAY)
    assert Centre.objects.count() == 1


@pytest.mark.django_db
def test_where_no_demonstration_was_made_there_are_no_logins_to_show():
    assert logins() == []
