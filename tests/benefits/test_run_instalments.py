"""What was paid too much is taken back at once, or by instalments when the director says so."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits.actions import approve
from benefits.actions.recovering import decide_instalments
from benefits.models import Recovery, RecoveryTerms, Settlement
from benefits.reading.checksums import verify
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.benefits.extras import pay_unprinted
from tests.benefits.months import AUGUST, JULY, SEPTEMBER, correct, count_month, third_after
from tests.benefits.people import REASON, checked, make_settled_in
from tests.factories import login, make_user, mark_present

# Two of the three payments that follow go towards it.
LOST = {date(2026, 7, day): "unexcused" for day in (6, 7, 8, 9)}
DECIDED = date(2026, 8, 20)


@pytest.fixture
def overpaid(centre, payroll, director) -> Settlement:
    """All of July is asked back by August's list, which has taken as much as August was: July alone is left."""
    person = make_settled_in(centre)
    mark_present(person, AUGUST, date(2026, 10, 31))
    pay_unprinted(centre, JULY, by=payroll, director=director)
    correct(person, LOST)
    # Everything of August was lost as well.
    correct(person, {date(2026, 8, day): "unexcused" for day in (3, 4, 5, 6)})
    pay_unprinted(centre, AUGUST, by=payroll, director=director)
    return Settlement.objects.get(net__lt=0)


def decided(overpaid, amount, director, **over) -> RecoveryTerms:
    said = {"reason": "Dwoje dzieci na utrzymaniu.", "by": director, "on": DECIDED, **over}
    return decide_instalments(overpaid, instalment=Decimal(amount), **said)


def taken(payment_list) -> list[str]:
    return [str(row.amount) for row in Recovery.objects.filter(taken_from__payment_list=payment_list)]


def test_without_a_decision_all_of_it_is_taken_at_once(centre, overpaid, payroll, director):
    september = pay_unprinted(centre, SEPTEMBER, by=payroll, director=director)
    # All that September pays: what was asked back has lowered its tax to nothing.
    assert taken(september) == ["1783.90"]


def test_an_instalment_is_the_most_that_one_list_takes(centre, overpaid, payroll, director):
    decided(overpaid, "200", director)
    september = pay_unprinted(centre, SEPTEMBER, by=payroll, director=director)
    row = september.settlements.get()
    assert (taken(september), row.withheld, row.payout) == (["200.00"], Decimal("200.00"), Decimal("1583.90"))
    assert verify(september) == []


def test_the_newest_decision_counts(centre, overpaid, payroll, director):
    decided(overpaid, "200", director)
    decided(overpaid, "50", director)
    assert taken(count_month(centre, SEPTEMBER, by=payroll)) == ["50.00"]


def test_a_decision_after_the_count_sends_the_list_back_to_be_counted(centre, overpaid, payroll, director):
    """A draft that has taken all of it does not stand in the way of the decision."""
    september = checked(count_month(centre, SEPTEMBER, by=payroll), on=third_after(SEPTEMBER))
    decided(overpaid, "200", director, on=third_after(SEPTEMBER))
    with pytest.raises(Refused, match="Policz listę ponownie"):
        approve(september, by=director, on=third_after(SEPTEMBER), departure_reason=REASON)


def test_the_decision_is_in_the_journal_with_its_amount(overpaid, director):
    terms = decided(overpaid, "200", director)
    entry = Entry.objects.get(verb="instalments_decided")
    assert (entry.by, entry.object_id, entry.data["instalment"]) == (director, terms.pk, "200")


@pytest.mark.parametrize("amount", ["0", "-5", "99999"])
def test_an_instalment_is_above_nothing_and_within_what_is_left(overpaid, director, amount):
    with pytest.raises(Refused, match="nie większa niż to, co zostało"):
        decided(overpaid, amount, director)


def test_it_takes_the_head_of_the_centre_a_reason_and_something_left(centre, other_centre, overpaid, payroll, director):
    with pytest.raises(Refused, match="kierujący centrum"):
        decided(overpaid, "200", payroll)
    with pytest.raises(Refused, match="kierujący centrum"):
        decided(overpaid, "200", make_user(other_centre, "director"))
    with pytest.raises(Refused, match="dlaczego"):
        decided(overpaid, "200", director, reason=" ")
    paid = Settlement.objects.filter(net__gt=0).first()
    with pytest.raises(Refused, match="nic do odzyskania"):
        decided(paid, "200", director)


def test_the_page_of_the_settlement_says_the_terms_and_leads_to_them(client, overpaid, director, payroll):
    address = reverse("benefits:settlement", args=[overpaid.pk])
    login(client, director)
    assert reverse("benefits:instalments", args=[overpaid.pk]) in client.get(address).content.decode()
    form = {"instalment": "150,50", "reason": "Prośba osoby.", "token": "r1"}
    page = client.post(reverse("benefits:instalments", args=[overpaid.pk]), form, follow=True).content.decode()
    assert "najwyżej 150,50" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Zmień raty" in page
    login(client, payroll)
    assert "Zmień raty" not in client.get(address).content.decode()
