from datetime import date

import pytest
from django.db import DatabaseError, transaction

from attendance.models import Closing, Day
from benefits.actions import recount, run_month
from benefits.reading.checksums import list_checksum, seen_checksum, verify
from cistor.accounts.models import StandIn
from cistor.centres.models import ClosedDay, Regulations
from cistor.documents import files
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.models import Entry
from participants.models import PaymentMethod
from tests.benefits.people import COUNTED, JULY, LAST_OF_JULY, SIXTH, check_and_approve, make_settled_in, nets, said
from tests.factories import make_user, nrb

# The decision ---------------------------------------------------------------------------------------------------------


def test_the_director_approves_and_the_list_gets_number_paper_and_checksum(approved, director):
    approved.refresh_from_db()
    assert (approved.status, approved.approved_by, approved.approved_on) == ("approved", director, COUNTED)
    assert approved.document.number == "LW/1/2026"
    assert approved.checksum == list_checksum(approved, approved.settlements.all())
    assert files.read(approved.document.sha256).startswith(b"%PDF")


def test_the_paper_says_what_the_list_says(approved):
    context = approved.document.context
    row = approved.settlements.get()
    assert context["checksum"] == approved.checksum
    assert context["period"] == "lipiec 2026"
    assert [column["label"] for column in context["reductions"]] == ["NN"]
    person = context["people"][0]
    assert person["account"] == row.account
    assert (person["benefit"], person["tax"], person["net"]) == ("1694.70", "-203.00", "1491.70")
    assert person["reductions"] == [{"days": 1, "amount": "-89.20"}]
    assert person["stretches"] == [
        {
            "stage": "właściwy",
            "start_on": "2026-07-01",
            "end_on": "2026-07-31",
            "base": "1783.9000",
            "rate": "100%",
            "amount": "1783.90",
        }
    ]
    assert context["sums"]["net"] == "1491.70"
    assert context["payments"] == [{"way": "przelewem", "people": 1, "amount": "1491.70"}]


def test_the_paper_lists_people_in_the_polish_order(centre, letterhead, payroll, director):
    for name in ("Żabka", "Łata", "Zając", "Lis"):
        make_settled_in(centre, last_name=name)
    july = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    people = check_and_approve(july, by=director, on=COUNTED).document.context["people"]
    assert [person["name"].split()[0] for person in people] == ["Lis", "Łata", "Zając", "Żabka"]


def test_who_prepared_a_list_does_not_approve_it(centre, programme, letterhead):
    both = make_user(centre, "payroll", "director")
    july = run_month(centre=centre, month=JULY, by=both, on=COUNTED)
    with pytest.raises(Refused, match="ktoś inny niż osoba, która ją sporządziła"):
        check_and_approve(july, by=both, on=COUNTED)


def test_who_counted_it_last_has_prepared_it(centre, july):
    both = make_user(centre, "payroll", "director")
    recount(july, by=both, on=COUNTED)
    with pytest.raises(Refused, match="ktoś inny"):
        check_and_approve(july, by=both, on=COUNTED)


def test_who_counted_it_once_does_not_approve_it_after_another_has(centre, july, payroll):
    both = make_user(centre, "payroll", "director")
    recount(july, by=both, on=COUNTED)
    recount(july, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="ktoś inny"):
        check_and_approve(july, by=both, on=COUNTED)


def test_in_a_centre_of_one_person_the_same_may_do_both(centre, programme, letterhead):
    centre.single_handed = True
    centre.save()
    both = make_user(centre, "payroll", "director")
    july = run_month(centre=centre, month=JULY, by=both, on=COUNTED)
    assert check_and_approve(july, by=both, on=COUNTED).status == "approved"


def test_payroll_does_not_approve(july, centre):
    with pytest.raises(Refused, match="kierujący centrum"):
        check_and_approve(july, by=make_user(centre, "payroll"), on=COUNTED)


def test_the_stand_in_approves_on_their_days(july, centre, director):
    deputy = make_user(centre, "social_worker")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=date(2026, 8, 4), end_on=date(2026, 8, 5))
    with pytest.raises(Refused, match="kierujący centrum"):
        check_and_approve(july, by=deputy, on=COUNTED)
    deputy = type(deputy).objects.get(pk=deputy.pk)
    assert check_and_approve(july, by=deputy, on=date(2026, 8, 4)).approved_by == deputy


def test_the_director_of_another_centre_does_not_approve(july, outsider):
    with pytest.raises(Refused, match="kierujący centrum"):
        check_and_approve(july, by=outsider, on=COUNTED)


def test_a_list_with_problems_is_not_approved(july, director, programme, payroll):
    Day.objects.filter(programme=programme, on=SIXTH).delete()
    recount(july, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="przeszkody"):
        check_and_approve(july, by=director, on=COUNTED)


def test_an_empty_list_is_not_approved(july, director, programme, payroll):
    programme.stages.all().delete()
    recount(july, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="nie ma nikogo"):
        check_and_approve(july, by=director, on=COUNTED)


def test_an_approved_list_is_not_approved_again(approved, director):
    with pytest.raises(Refused, match="zatwierdzona"):
        check_and_approve(approved, by=director, on=COUNTED)
    assert Document.objects.count() == 1


def test_without_a_letterhead_nothing_happens(centre, programme, payroll, director):
    july = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="papieru firmowego"):
        check_and_approve(july, by=director, on=COUNTED)
    july.refresh_from_db()
    assert july.is_open
    assert not Closing.objects.exists()
    assert not Regulations.objects.exclude(sealed_on=None).exists()


# Facts that changed ---------------------------------------------------------------------------------------------------


def test_a_mark_changed_since_the_count_refuses_the_approval(july, programme, director):
    Day.objects.filter(programme=programme, on=date(2026, 7, 7)).update(meaning="sick")
    with pytest.raises(Refused, match="Dane zmieniły się od przeliczenia"):
        check_and_approve(july, by=director, on=COUNTED)
    assert not Document.objects.exists()


def test_a_day_unmarked_since_the_count_refuses_the_approval(july, programme, director):
    Day.objects.filter(programme=programme, on=date(2026, 7, 7)).delete()
    with pytest.raises(Refused, match="Dane zmieniły się"):
        check_and_approve(july, by=director, on=COUNTED)


def test_somebody_who_came_since_the_count_refuses_the_approval(july, centre, director):
    make_settled_in(centre)
    with pytest.raises(Refused, match="Dane zmieniły się"):
        check_and_approve(july, by=director, on=COUNTED)


def test_another_account_since_the_count_refuses_the_approval(july, programme, director):
    PaymentMethod.objects.create(
        participant=programme.participant, kind="account", start_on=COUNTED, nrb=nrb(99), holder="Zmyślona Kalina"
    )
    with pytest.raises(Refused, match="Dane zmieniły się"):
        check_and_approve(july, by=director, on=COUNTED)


def test_a_list_counted_anew_after_it_was_looked_at_is_not_approved(july, programme, payroll, director):
    seen = seen_checksum(july, july.settlements.all())
    Day.objects.filter(programme=programme, on=date(2026, 7, 7)).update(meaning="sick")
    recount(july, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="Dane zmieniły się"):
        check_and_approve(july, seen=seen, by=director, on=COUNTED)
    seen = seen_checksum(july, july.settlements.all())
    assert check_and_approve(july, seen=seen, by=director, on=COUNTED).status == "approved"


def test_another_account_counted_after_the_look_is_not_approved(july, programme, payroll, director):
    """Amounts and days are the same: only where the money goes has changed between the page and the click."""
    seen = seen_checksum(july, july.settlements.all())
    stored = list_checksum(july, july.settlements.all())
    PaymentMethod.objects.create(
        participant=programme.participant, kind="account", start_on=COUNTED, nrb=nrb(99), holder="Zmyślona Kalina"
    )
    recount(july, by=payroll, on=COUNTED)
    assert list_checksum(july, july.settlements.all()) == stored
    with pytest.raises(Refused, match="Dane zmieniły się"):
        check_and_approve(july, seen=seen, by=director, on=COUNTED)


def test_what_changes_nothing_of_the_result_does_not_stand_in_the_way(july, centre, programme, director):
    """The main period grows longer, a day next year is closed: the newest facts are kept as the inputs."""
    programme.stages.update(end_on=date(2027, 6, 30))
    ClosedDay.objects.create(centre=centre, on=date(2027, 5, 4), reason="Wyjazd")
    row = check_and_approve(july, by=director, on=COUNTED).settlements.get()
    assert row.inputs["programme"]["main"] == ["2026-07-01", "2027-06-30"]
    assert row.inputs["closed_days"] == ["2027-05-04"]
    assert verify(row.payment_list) == []


# What follows ---------------------------------------------------------------------------------------------------------


def test_the_days_of_the_list_are_closed(approved, programme):
    closing = Closing.objects.get()
    assert (closing.programme, closing.start_on, closing.end_on) == (programme, JULY, LAST_OF_JULY)
    with pytest.raises(DatabaseError, match="the day is closed"), transaction.atomic():
        Day.objects.filter(programme=programme, on=SIXTH).update(meaning="present")


def test_a_month_closed_beforehand_stands_in_nobodys_way(july, programme, payroll, director):
    Closing.objects.create(
        programme=programme, start_on=JULY, end_on=date(2026, 7, 15), closed_on=COUNTED, closed_by=payroll
    )
    check_and_approve(july, by=director, on=COUNTED)
    assert list(Closing.objects.values_list("start_on", "end_on")) == [
        (JULY, date(2026, 7, 15)),
        (date(2026, 7, 16), LAST_OF_JULY),
    ]


def test_the_versions_used_are_sealed_and_no_others(centre, july, director):
    used = centre.regulations.get()
    later = centre.regulations.get()
    later.pk, later.in_force_from = None, date(2026, 8, 1)
    later.save()
    check_and_approve(july, by=director, on=COUNTED)
    used.refresh_from_db()
    later.refresh_from_db()
    assert (used.sealed_on, later.sealed_on) == (COUNTED, None)
    with pytest.raises(DatabaseError, match="issued, never changes"), transaction.atomic():
        Regulations.objects.filter(pk=used.pk).update(payday_day=6)


def test_a_version_that_begins_within_the_month_is_sealed_too(centre, programme, letterhead, payroll, director):
    second = centre.regulations.get()
    second.pk, second.in_force_from = None, date(2026, 7, 10)
    second.save()
    july = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    check_and_approve(july, by=director, on=COUNTED)
    assert centre.regulations.exclude(sealed_on=None).count() == 2


def test_the_approval_stands_in_the_journal(approved, director):
    entry = Entry.objects.get(verb="list_approved")
    assert (entry.by, entry.object_id, entry.data["number"]) == (director, approved.pk, "LW/1/2026")


def test_who_was_forgotten_gets_a_further_list(approved, centre, payroll, director):
    late = make_settled_in(centre)
    with pytest.raises(Refused, match="już zatwierdzona"):
        run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    second = run_month(centre=centre, month=JULY, number=2, by=payroll, on=COUNTED)
    assert (second.number, set(nets(second)), said(second)) == (2, {late.pk}, [])
    assert check_and_approve(second, by=director, on=COUNTED).document.number == "LW/2/2026"
