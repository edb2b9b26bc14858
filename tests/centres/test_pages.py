from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from cistor.centres import actions
from cistor.centres.models import ClosedDay, DayCode, Regulations, StatutoryRate
from cistor.journal.models import Entry
from tests.factories import login

pytestmark = pytest.mark.django_db
RATE = {
    "token": "raz",
    "kind": "unemployment_benefit",
    "in_force_from": "2027-06-01",
    "value": "1 850,40 zł",
    "source": "obwieszczenie",
    "certainty": "sure",
    "confirmed": "1",
}


def test_the_director_reads_the_version_in_force_with_its_paragraphs(client, centre, director):
    login(client, director)
    page = client.get(reverse("centres:centre")).content.decode()
    assert "§3 ust. 1 lit. d" in page
    assert "1/20" in page
    assert "następny dzień po okresie próbnym" in page


def test_the_history_of_versions_can_be_read(client, centre, director):
    first = Regulations.objects.get(centre=centre)
    later = Regulations.objects.get(centre=centre)
    later.pk, later.in_force_from, later.free_days = None, date(2027, 1, 1), 12
    later._state.adding = True
    later.save()
    login(client, director)
    page = client.get(reverse("centres:regulations", args=[later.pk])).content.decode()
    assert "jeszcze nie obowiązuje" in page
    assert reverse("centres:regulations", args=[first.pk]) in page


def test_a_centre_without_regulations_says_what_to_do(client, director):
    for version in Regulations.objects.all():
        version.deadline_lengths.all().delete()
    Regulations.objects.all().delete()
    login(client, director)
    assert "nie ma jeszcze obowiązującego regulaminu" in client.get(reverse("centres:centre")).content.decode()


def test_the_administrator_adds_a_rate_typed_the_polish_way(client, admin):
    login(client, admin)
    response = client.post(reverse("centres:add_rate"), RATE)
    assert response.status_code == 302
    assert StatutoryRate.objects.value("unemployment_benefit", date(2027, 6, 1)) == Decimal("1850.40")
    assert StatutoryRate.objects.value("unemployment_benefit", date(2027, 5, 31)) == Decimal("1783.90")
    assert Entry.objects.filter(verb="rate_added", by=admin).count() == 1


def test_a_rate_is_asked_once_more_by_its_name(client, admin):
    login(client, admin)
    typed = {name: value for name, value in RATE.items() if name != "confirmed"}
    before = StatutoryRate.objects.count()
    page = client.post(reverse("centres:add_rate"), typed).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "1 850,40 zł od 01.06.2027?" in page
    assert "Zatwierdzone listy zachowują swoje kwoty." in page
    corrected = client.post(reverse("centres:add_rate"), {**typed, "back": "1"})
    assert corrected.context["form"]["value"].value() == RATE["value"]
    assert StatutoryRate.objects.count() == before


def test_a_form_sent_twice_adds_one_rate(client, admin):
    login(client, admin)
    before = StatutoryRate.objects.count()
    for _ in range(2):
        client.post(reverse("centres:add_rate"), RATE)
    assert StatutoryRate.objects.count() == before + 1


def test_a_share_is_typed_as_per_cent(client, admin):
    login(client, admin)
    client.post(reverse("centres:add_rate"), {**RATE, "kind": "pit_rate", "value": "10 %"})
    assert StatutoryRate.objects.value("pit_rate", date(2027, 6, 1)) == Decimal("0.1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "dużo"},
        {"value": "-5"},
        {"value": "NaN"},
        {"value": "1e999"},
        {"value": "9" * 20},
        {"kind": "pit_rate", "value": "12"},
        {"kind": "coś"},
        {"in_force_from": "31.02.2027"},
        {"in_force_from": ""},
        {"source": ""},
        {"source": "x" * 10_000},
        {"source": "a\x00b"},
        {"certainty": "może"},
        {"token": ""},
    ],
)
def test_a_wrong_rate_gets_a_message_and_loses_nothing_typed(client, admin, wrong):
    login(client, admin)
    before = StatutoryRate.objects.count()
    response = client.post(reverse("centres:add_rate"), {**RATE, **wrong})
    assert response.status_code == 422
    assert response.context["form"].errors
    assert "2027-06-01" in response.content.decode() or "in_force_from" in wrong
    assert StatutoryRate.objects.count() == before


def test_rates_are_never_changed_in_place(centre):
    rate = StatutoryRate.objects.first()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        StatutoryRate.objects.filter(pk=rate.pk).update(value=1)


def test_a_sealed_version_and_its_lists_never_change(centre):
    version = Regulations.objects.get(centre=centre)
    actions.seal(version, by=None, on=date(2026, 11, 5))
    for change in (
        lambda: Regulations.objects.filter(pk=version.pk).update(free_days=12),
        lambda: version.daycodes.update(letters="X"),
        lambda: DayCode.objects.create(regulations=version, meaning="x", letters="Y", name="y", colour=1),
    ):
        with pytest.raises(DatabaseError, match="issued"), transaction.atomic():
            change()


def test_nothing_is_moved_into_a_sealed_version(centre, other_centre):
    sealed, other = Regulations.objects.get(centre=centre), Regulations.objects.get(centre=other_centre)
    actions.seal(sealed, by=None, on=date(2026, 11, 5))
    for rows in (other.daycodes.filter(letters="U"), other.grounds.filter(letter="a"), other.deadline_lengths.all()):
        with pytest.raises(DatabaseError, match="issued"), transaction.atomic():
            rows.update(regulations=sealed)
    with pytest.raises(DatabaseError, match="issued"), transaction.atomic():
        sealed.deadline_lengths.update(length=30)


def test_the_director_closes_a_day_and_takes_it_back(client, centre, director):
    login(client, director)
    client.post(reverse("centres:close_day"), {"token": "a", "on": "2199-12-30", "reason": "remont"})
    day = ClosedDay.objects.get()
    assert (day.centre, str(day.on)) == (centre, "2199-12-30")
    client.post(reverse("centres:reopen_day", args=[day.pk]))
    assert not ClosedDay.objects.exists()


@pytest.mark.parametrize("wrong", [{"on": "2026-01-05"}, {"on": "kiedyś"}, {"reason": ""}, {"reason": "x" * 200}])
def test_a_wrong_day_gets_a_message(client, centre, director, wrong):
    login(client, director)
    response = client.post(
        reverse("centres:close_day"), {"token": "a", "on": "2199-12-30", "reason": "remont", **wrong}
    )
    assert response.status_code == 422
    assert response.context["closed_form"].errors


def test_a_day_of_another_centre_is_not_there(client, centre, other_centre, director):
    foreign = ClosedDay.objects.create(centre=other_centre, on=date(2199, 12, 30), reason="obcy")
    login(client, director)
    assert client.post(reverse("centres:reopen_day", args=[foreign.pk])).status_code == 404
    assert "obcy" not in client.get(reverse("centres:year")).content.decode()
