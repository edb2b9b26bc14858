"""What waits for whom on the desk, by the rights of the day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.models import PaymentList, Problem
from cistor.accounts.models import StandIn
from cistor.centres.models import ClosedDay
from cistor.desk import waiting
from cistor.desk.waiting import Matter
from cistor.documents.models import Document
from tests.factories import login, make_group, make_participant, make_programme, make_user, mark

WEDNESDAY = date(2026, 3, 11)
STARTED = date(2026, 1, 5)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor, name="Stolarnia")


@pytest.fixture
def programme(centre, group, director):
    return make_programme(make_participant(centre, group=group), start_on=STARTED, by=director)


def texts(user, on=WEDNESDAY) -> list[str]:
    return [matter.text for matter in waiting.matters(user, on=on)]


def of_today(user, on=WEDNESDAY) -> list[str]:
    return [text for text in texts(user, on) if "nie oznaczono jeszcze" in text]


def draft(centre, payday=date(2026, 3, 5), month=date(2026, 2, 1)) -> PaymentList:
    return PaymentList.objects.create(centre=centre, kind="month", payday=payday, month=month, prepared_on=payday)


def settled(programme, row: PaymentList):
    return row.settlements.create(
        programme=programme, span="2026-02", start_on=date(2026, 2, 5), end_on=date(2026, 2, 28), inputs={}, person={}
    )


def test_the_instructor_sees_the_own_groups_not_marked_yet(instructor, programme, centre):
    make_participant(centre, group=make_group(centre, name="Kuchnia"))
    assert of_today(instructor) == ["Stolarnia: nie oznaczono jeszcze 1 osoby"]
    mark(programme, {WEDNESDAY: "present"}, by=instructor)
    assert of_today(instructor) == []


@pytest.mark.parametrize("day", [date(2026, 3, 14), date(2026, 5, 1)])
def test_on_a_day_without_classes_nobody_waits_to_be_marked(instructor, programme, day):
    assert of_today(instructor, day) == []


def test_on_a_closed_day_nobody_waits_to_be_marked(instructor, programme, centre):
    ClosedDay.objects.create(centre=centre, on=WEDNESDAY, reason="Remont")
    assert of_today(instructor) == []


def test_who_stands_in_for_an_instructor_is_told_and_sees_the_groups(centre, instructor, programme):
    deputy = make_user(centre, "instructor")
    StandIn.objects.create(absent=instructor, deputy=deputy, start_on=WEDNESDAY, end_on=WEDNESDAY)
    assert of_today(deputy) == ["Stolarnia: nie oznaczono jeszcze 1 osoby"]
    assert f"Zastępujesz: {instructor}" in texts(deputy)


def test_payroll_is_told_of_the_month_nobody_has_counted(payroll, programme, centre):
    assert "Nie policzono jeszcze świadczeń za luty 2026" in texts(payroll)
    draft(centre)
    assert not [text for text in texts(payroll) if "Nie policzono" in text]


@pytest.mark.parametrize(
    "day, kind, word", [(date(2026, 3, 4), "soon", "do 05.03"), (date(2026, 3, 6), "late", "po terminie")]
)
def test_the_month_nobody_has_counted_is_late_after_its_payday(payroll, programme, day, kind, word):
    matter = next(matter for matter in waiting.matters(payroll, on=day) if "Nie policzono" in matter.text)
    assert (matter.kind, matter.word) == (kind, word)


def test_an_approved_list_waits_until_its_payments_are_recorded(director, payroll, programme, centre):
    row = draft(centre)
    settlement = settled(programme, row)
    settlement.benefit = settlement.net = Decimal("758.00")
    settlement.save()
    approved(row, director)
    assert "Lista wypłat za luty 2026: do wypłaty" in texts(payroll)
    settlement.payments.create(kind="paid", on=WEDNESDAY, amount=settlement.net)
    assert "Lista wypłat za luty 2026: do wypłaty" not in texts(payroll)


def approved(row: PaymentList, by):
    """As the act leaves it."""
    numbered = {"kind": "payment_list", "number": "LW/1/2026", "title": "Lista wypłat", "issued_on": WEDNESDAY}
    row.document = Document.objects.create(centre=row.centre, sha256="0" * 64, size=1, **numbered)
    row.status, row.approved_by, row.approved_on, row.checksum = "approved", by, WEDNESDAY, "0" * 64
    row.save()


def test_without_participants_there_is_nothing_to_count(payroll):
    assert texts(payroll) == []


def test_a_draft_without_problems_waits_for_payroll_to_look_through_it(director, payroll, programme, centre):
    settled(programme, draft(centre))
    assert "Lista wypłat za luty 2026: do sprawdzenia" in texts(payroll)
    assert not [text for text in texts(director) if text.startswith("Lista")]


def test_a_checked_list_waits_for_the_director_and_payroll_sees_that(director, payroll, programme, centre):
    row = draft(centre)
    settled(programme, row)
    row.status, row.checked_by, row.checked_on = "checked", payroll, WEDNESDAY
    row.save()
    assert "Lista wypłat za luty 2026: czeka na zatwierdzenie" in texts(director)
    assert "Lista wypłat za luty 2026: u dyrektora do zatwierdzenia" in texts(payroll)


def test_a_transfer_that_came_back_waits_for_payroll_until_it_is_sent_again(director, payroll, programme, centre):
    row = draft(centre)
    settlement = settled(programme, row)
    settlement.benefit = settlement.net = Decimal("758.00")
    settlement.save()
    approved(row, director)
    for kind in ("paid", "returned"):
        settlement.payments.create(kind=kind, on=WEDNESDAY, amount=settlement.net)
    told = f"{programme.participant}: wrócił przelew 758,00\N{NO-BREAK SPACE}zł (11 marca 2026)"
    assert told in texts(payroll)
    assert "Lista wypłat za luty 2026: do wypłaty" not in texts(payroll)
    assert told not in texts(director)
    settlement.payments.create(kind="paid", on=date(2026, 3, 12), amount=settlement.net)
    assert told not in texts(payroll)


def test_a_draft_with_problems_waits_for_payroll(director, payroll, programme, centre):
    row = draft(centre)
    settled(programme, row)
    Problem.objects.create(payment_list=row, programme=programme, kind="unmarked", text="dni")
    assert any("1 sprawa do wyjaśnienia" in text for text in texts(payroll))
    assert not [text for text in texts(director) if "zatwierdzenie" in text]


@pytest.mark.parametrize("day, word", [(date(2026, 4, 2), "do 03.04"), (date(2026, 4, 4), "po terminie")])
def test_a_payday_on_a_day_off_is_the_working_day_before_it(payroll, programme, day, word):
    # 5 April 2026 is Easter Sunday.
    words = {matter.word for matter in waiting.matters(payroll, on=day) if "marzec" in matter.text.lower()}
    assert words == {word}


def test_a_list_past_its_payday_is_late_and_stands_first(director, programme, centre, group):
    settled(programme, draft(centre))
    first = waiting.matters(director, on=WEDNESDAY)[0]
    assert (first.kind, first.word) == ("late", "po terminie")


@pytest.mark.parametrize(
    "start_on, kind",
    [(date(2026, 2, 19), None), (date(2026, 2, 18), "soon"), (date(2026, 2, 12), "soon"), (date(2026, 2, 11), "late")],
)
def test_the_director_decides_on_a_trial_in_its_last_week(director, centre, start_on, kind):
    # From 18 February to 17 March: the last week begins on 11 March.
    make_programme(make_participant(centre), start_on=start_on, main=False, by=director)
    found = [matter.kind for matter in waiting.matters(director, on=WEDNESDAY) if "okres próbny" in matter.text]
    assert found == ([kind] if kind else [])


@pytest.mark.parametrize(
    "kind, due, heading",
    [
        ("late", date(2026, 3, 5), "Po terminie"),
        ("soon", None, "Na dziś"),
        ("soon", WEDNESDAY, "Na dziś"),
        ("soon", date(2026, 3, 17), "W tym tygodniu"),
        ("soon", date(2026, 3, 18), "Później"),
        ("info", None, "Do wiadomości"),
    ],
)
def test_a_matter_stands_under_its_urgency(kind, due, heading):
    assert Matter(kind, "", "", "/", due).heading(WEDNESDAY) == heading


def test_what_is_overdue_stands_above_what_is_for_today(programme, centre):
    user = make_user(centre, "social_worker", "director")
    make_programme(make_participant(centre), start_on=date(2026, 2, 11), main=False, by=user)
    headings = [heading for heading, _ in waiting.by_urgency(user, on=WEDNESDAY)]
    assert headings[:2] == ["Po terminie", "Na dziś"]


def test_another_centre_waits_elsewhere(outsider, programme, centre):
    settled(programme, draft(centre))
    assert texts(outsider) == []


def test_the_administrator_has_deeds_and_no_participants(admin, programme):
    assert texts(admin) == ["Codzienne przygotowanie pism jeszcze nie działało"]
    labels = [label for label, _ in waiting.links(admin, on=WEDNESDAY)]
    assert labels == ["Załóż konto", "Dodaj zastępstwo", "Dodaj stawkę ustawową", "Moje czynności"]


def test_staff_of_an_office_see_an_honest_empty_desk(client, centre):
    office = centre.offices.first() or centre.offices.create(kind="welfare", name="OPS", short_name="OPS")
    login(client, make_user(None, "welfare_worker", office=office))
    page = client.get("/").content.decode()
    assert "Żadna sprawa nie czeka teraz na Ciebie" in page
    assert 'href="/uczestnicy/"' not in page


def test_the_desk_greets_with_the_day(client, instructor, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 11, 21))
    login(client, instructor)
    assert "sobota, 21 listopada 2026" in client.get("/").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_groups(client, centre, director):
    user = make_user(centre, "instructor", "social_worker", "payroll", "director")
    login(client, user)

    def grow(number):
        for _ in range(number):
            group = make_group(centre, user)
            for _ in range(2):
                make_programme(make_participant(centre, group=group), start_on=STARTED, main=False, by=director)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    grow(1)
    queries()
    few = queries()
    grow(4)
    assert queries() <= few
