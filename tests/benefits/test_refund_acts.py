"""The application for the refund: prepared, counted anew, signed by somebody else, sent, paid in parts, refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from benefits.actions import pay_again, record_return
from benefits.actions import refunds as acts
from benefits.models import Refund
from benefits.reading.refunds import standing
from cistor.accounts.models import StandIn
from cistor.errors import Refused
from cistor.notices import register
from cistor.notices.actions.sending import dispatch
from tests.benefits.months import JULY, correct
from tests.benefits.people import make_settled_in
from tests.benefits.refunding import AUGUST, EARLY_SEPTEMBER, OCTOBER, labour_office, paid_month, prepared, sent
from tests.factories import make_user

COUNTED = EARLY_SEPTEMBER


@pytest.fixture
def paid(centre, letterhead, payroll, director):
    """Two people whose July is paid in August."""
    for _ in range(2):
        make_settled_in(centre)
    return paid_month(centre, JULY, by=payroll, director=director)


@pytest.fixture
def draft(centre, paid, payroll) -> Refund:
    return prepared(centre, by=payroll)


@pytest.fixture
def signed(draft, director) -> Refund:
    return acts.sign_refund(draft, by=director, on=COUNTED)


def test_a_draft_holds_every_settlement_of_the_month_once(draft, paid):
    assert sorted(draft.items.values_list("settlement", flat=True)) == sorted(
        paid.settlements.values_list("pk", flat=True)
    )
    assert (draft.number, draft.status) == (1, Refund.Status.DRAFT)


def test_a_month_has_one_draft_and_nothing_is_asked_for_twice(centre, draft, payroll, director):
    with pytest.raises(Refused, match="już jest"):
        prepared(centre, by=payroll)
    acts.sign_refund(draft, by=director, on=COUNTED)
    with pytest.raises(Refused, match="nie wypłacono nic"):
        prepared(centre, by=payroll)


def test_what_was_paid_late_goes_into_a_further_application_of_the_month(centre, paid, payroll, director):
    back = paid.settlements.first()
    record_return(back, returned_on=date(2026, 8, 10), by=payroll, on=COUNTED)
    acts.sign_refund(prepared(centre, by=payroll), by=director, on=COUNTED)
    pay_again(back, paid_on=date(2026, 9, 10), by=payroll, on=OCTOBER)
    second = prepared(centre, by=payroll, on=OCTOBER)
    assert (second.number, second.items.get().settlement) == (2, back)


@pytest.mark.parametrize("month", [date(2026, 8, 2), date(2026, 10, 1)])
def test_only_a_month_that_has_begun_is_asked_for(centre, paid, payroll, month):
    with pytest.raises(Refused, match="już się zaczął"):
        prepared(centre, by=payroll, month=month)


def test_it_goes_to_a_labour_office_of_the_centre(centre, other_centre, paid, payroll):
    welfare = centre.offices.exclude(kind="pup").first()
    for office in (welfare, labour_office(other_centre)):
        with pytest.raises(Refused, match="urzędu pracy"):
            acts.prepare_refund(centre, month=AUGUST, office=office, by=payroll, on=COUNTED)


def test_counting_anew_takes_what_changed_and_makes_a_preparer(draft, paid, centre, payroll):
    record_return(paid.settlements.first(), returned_on=date(2026, 8, 10), by=payroll, on=COUNTED)
    other = make_user(centre, "payroll")
    again = acts.recount_refund(draft, by=other, on=COUNTED)
    assert (again.items.count(), again.prepared_by) == (1, other)


def test_a_draft_that_is_not_needed_gives_back_what_it_asked_for(centre, draft, payroll):
    acts.drop_refund(draft, by=payroll, on=COUNTED)
    assert prepared(centre, by=payroll).number == 1


def test_the_director_signs_and_the_paper_holds_the_list_without_bonuses(draft, director, paid):
    row = acts.sign_refund(draft, by=director, on=COUNTED)
    assert (row.status, row.signed_by, row.signed_on) == (Refund.Status.SIGNED, director, COUNTED)
    context = row.document.context
    assert context["addressee"][:3] == ["Starosta", "za pośrednictwem:", draft.office.name]
    assert (context["when"], context["people"], len(context["rows"]), context["corrections"]) == (
        "w sierpniu 2026",
        2,
        2,
        [],
    )
    assert context["sums"]["total"] == str(standing(row).asked.total)
    assert sorted(row.document.people) == sorted(paid.settlements.values_list("programme__participant", flat=True))


@pytest.mark.parametrize("role", ["payroll", "social_worker", "instructor", "admin"])
def test_nobody_but_the_director_signs(draft, centre, role):
    with pytest.raises(Refused, match="kierujący centrum"):
        acts.sign_refund(draft, by=make_user(centre, role), on=COUNTED)


def test_who_has_ever_prepared_it_does_not_sign_unless_alone(draft, centre, payroll):
    both = make_user(centre, "payroll", "director")
    acts.recount_refund(draft, by=both, on=COUNTED)
    acts.recount_refund(draft, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="ktoś inny"):
        acts.sign_refund(draft, by=both, on=COUNTED)
    type(centre).objects.filter(pk=centre.pk).update(single_handed=True)
    assert acts.sign_refund(draft, by=both, on=COUNTED).signed_by == both


def test_a_stand_in_signs_in_the_directors_place(draft, centre, director):
    deputy = make_user(centre, "social_worker")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=COUNTED, end_on=COUNTED)
    row = acts.sign_refund(draft, by=deputy, on=COUNTED)
    assert row.signer == f"{deputy}, w zastępstwie ({director})"


def test_nobody_signs_what_has_changed_since(draft, paid, payroll, director):
    with pytest.raises(Refused, match="Dane zmieniły się"):
        acts.sign_refund(draft, by=director, on=COUNTED, seen="co innego")
    record_return(paid.settlements.first(), returned_on=date(2026, 8, 10), by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="Dane zmieniły się"):
        acts.sign_refund(draft, by=director, on=COUNTED)


def test_a_signed_one_stays_as_it_is(signed, payroll):
    for act in (acts.recount_refund, acts.drop_refund):
        with pytest.raises(Refused, match="już podpisany"):
            act(signed, by=payroll, on=COUNTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        signed.items.update(benefit=1)


def test_it_is_sent_once_after_its_signature(signed, payroll):
    with pytest.raises(Refused, match="podpisano"):
        acts.send_refund(signed, sent_on=date(2026, 9, 6), by=payroll, on=OCTOBER)
    acts.send_refund(signed, sent_on=COUNTED, by=payroll, on=OCTOBER)
    assert standing(signed).state == ("info", "wysłany")
    with pytest.raises(Refused, match="już wysłany"):
        acts.send_refund(signed, sent_on=COUNTED, by=payroll, on=OCTOBER)


def test_sent_from_the_register_of_letters_is_sent(signed, payroll, director):
    assert signed.document in register.others_unsent(director, COUNTED)
    dispatch(signed.document, office=signed.office, way="paper", sent_on=COUNTED, by=director, on=COUNTED)
    assert standing(signed).sent_on == COUNTED
    with pytest.raises(Refused, match="już wysłany"):
        acts.send_refund(signed, sent_on=COUNTED, by=payroll, on=OCTOBER)


def test_the_register_knows_of_what_was_sent_from_here(signed, payroll, director):
    acts.send_refund(signed, sent_on=COUNTED, by=payroll, on=COUNTED)
    assert signed.document not in register.others_unsent(director, COUNTED)


def test_money_comes_in_parts_and_never_more_than_is_left(draft, payroll, director):
    row = sent(draft, by=payroll, director=director)
    deed = {"by": payroll, "on": OCTOBER}
    left = standing(row).left
    acts.record_refund_payment(row, paid_on=date(2026, 9, 20), amount=Decimal("1000"), **deed)
    assert (standing(row).left, standing(row).state[1]) == (left - 1000, "wpłynęła część")
    with pytest.raises(Refused, match="najwyżej"):
        acts.record_refund_payment(row, paid_on=OCTOBER, amount=left, **deed)
    acts.record_refund_payment(row, paid_on=OCTOBER, amount=left - 1000, **deed)
    assert standing(row).state == ("done", "rozliczony")
    with pytest.raises(Refused, match="już rozliczony"):
        acts.refuse_refund(row, refused_on=OCTOBER, amount=Decimal("1"), note="Nie.", **deed)


def test_a_refused_part_is_reasoned_and_asked_for_no_more(draft, payroll, director):
    row = sent(draft, by=payroll, director=director)
    deed = {"by": payroll, "on": OCTOBER, "refused_on": OCTOBER, "amount": Decimal("100")}
    with pytest.raises(Refused, match="dlaczego"):
        acts.refuse_refund(row, note=" ", **deed)
    before = standing(row).left
    acts.refuse_refund(row, note="Brak kopii listy.", **deed)
    assert standing(row).left == before - 100


def test_nothing_comes_of_what_was_not_sent_and_no_day_is_to_come(signed, payroll):
    one = {"amount": Decimal("1"), "by": payroll}
    with pytest.raises(Refused, match="jeszcze wysłany"):
        acts.record_refund_payment(signed, paid_on=COUNTED, on=COUNTED, **one)
    acts.send_refund(signed, sent_on=COUNTED, by=payroll, on=COUNTED)
    for day, why in ((date(2026, 9, 6), "wysłano"), (OCTOBER, "jeszcze nie było")):
        with pytest.raises(Refused, match=why):
            acts.record_refund_payment(signed, paid_on=day, on=COUNTED, **one)


def test_a_correction_that_asks_money_back_makes_the_application_smaller(centre, letterhead, payroll, director):
    programme = make_settled_in(centre, until=date(2026, 8, 31))
    paid_month(centre, JULY, by=payroll, director=director)
    correct(programme, {date(2026, 7, 7): "unexcused"})
    paid_month(centre, AUGUST, by=payroll, director=director)
    row = prepared(centre, by=payroll, month=date(2026, 9, 1))
    row = acts.sign_refund(row, by=director, on=COUNTED)
    (printed,) = row.document.context["corrections"]
    assert (printed["benefit"], printed["period"]) == ("-89.20", "lipiec 2026")
    assert row.document.context["sums"]["benefit"] == "1694.70"
