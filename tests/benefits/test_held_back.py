"""Who waits for the office's answer waits alone: the list is approved without them, and a later one pays the months."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.models import Closing, Day
from benefits import deadlines
from benefits.actions import recount
from benefits.models import PaymentList, Settlement
from benefits.sheets.payment_list import people_in
from cistor.centres.terms import TermBook
from cistor.errors import Refused
from participants.actions import record_reply
from tests.benefits.months import AUGUST, anybody_left, approved_unprinted, pay_month, third_after
from tests.benefits.people import COUNTED, SIXTH, check_and_approve, counted, make_on_trial, make_settled_in, said
from tests.benefits.test_unusual import days
from tests.factories import login, make_user, mark_present

ANSWERED, THIRD_OF_SEPTEMBER = date(2026, 8, 10), third_after(AUGUST)
SICK = days(SIXTH, 14, "sick")
REASON = "Urząd zapowiedział odpowiedź."
SAYS = (
    "Za lipiec 2026: okres właściwy od 1 lipca 2026 jest warunkowy, a ośrodek nie odpowiedział jeszcze o kwalifikacji."
)


def wait(programme):
    programme.stages.filter(kind="main").update(provisional_reason=REASON)
    return programme


@pytest.fixture
def other(centre, letterhead):
    return make_settled_in(centre, but=SICK)


@pytest.fixture
def held(centre, other):
    """In all but the office's answer like the other one."""
    return wait(make_settled_in(centre, but=SICK))


@pytest.fixture
def answer(social_worker):
    def answered(programme, on=ANSWERED):
        return record_reply(programme, is_qualified=True, received_on=on, way="fax", by=social_worker, on=on)

    return answered


def paid(payment_list, programme):
    """What is paid for each span, and for which absences."""
    rows = payment_list.settlements.filter(programme=programme).order_by("start_on")
    return [(row.span, row.benefit, row.counts) for row in rows]


def approved(payment_list, *, by, on=COUNTED):
    return approved_unprinted(payment_list, by=by, on=on)


def august(centre, *programmes):
    for programme in programmes:
        mark_present(programme, AUGUST, date(2026, 8, 31), but=days(date(2026, 8, 3), 3, "sick"))


def test_the_list_is_approved_without_them(centre, other, held, payroll, director):
    july = counted(centre, payroll)
    assert [(row.programme_id, row.text) for row in july.problems.all()] == [(held.pk, SAYS)]
    assert check_and_approve(july, by=director, on=COUNTED).status == "approved"
    assert [row.programme_id for row in july.settlements.all()] == [other.pk]
    assert not Closing.objects.filter(programme=held).exists()


def test_the_month_held_back_is_paid_with_the_next_one_once(centre, other, held, payroll, director, answer):
    july = approved(counted(centre, payroll), by=director)
    august(centre, other, held)
    answer(held)
    both = pay_month(centre, AUGUST, by=payroll, director=director)
    assert said(both) == []
    assert paid(both, held) == [*paid(july, other), *paid(both, other)]
    assert [span for span, *_ in paid(both, held)] == ["2026-07", "2026-08"]
    assert not anybody_left(both, on=THIRD_OF_SEPTEMBER)
    assert not anybody_left(july, on=THIRD_OF_SEPTEMBER)


def test_without_an_answer_both_months_wait(centre, other, held, payroll, director):
    approved(counted(centre, payroll), by=director)
    august(centre, other, held)
    both = counted(centre, payroll, month=AUGUST, on=THIRD_OF_SEPTEMBER)
    assert [row.text[:16] for row in both.problems.all()] == ["Za lipiec 2026: ", "Za sierpień 2026"]
    assert PaymentList.objects.with_sums().get(pk=both.pk).held == 1
    assert not Settlement.objects.filter(programme=held).exists()


def test_a_further_list_of_the_month_pays_them_and_the_next_month_does_not(
    centre, other, held, payroll, director, answer
):
    approved(counted(centre, payroll), by=director)
    answer(held)
    further = approved(counted(centre, payroll, number=2, on=ANSWERED), by=director, on=ANSWERED)
    assert [span for span, *_ in paid(further, held)] == ["2026-07"]
    august(centre, other, held)
    both = counted(centre, payroll, month=AUGUST, on=THIRD_OF_SEPTEMBER)
    assert [span for span, *_ in paid(both, held)] == ["2026-08"]


def test_who_is_answered_about_after_the_count_is_not_left_out_unseen(centre, other, held, payroll, director, answer):
    july = counted(centre, payroll)
    answer(held, on=COUNTED)
    with pytest.raises(Refused, match="Dane zmieniły się"):
        check_and_approve(july, by=director, on=COUNTED)
    recount(july, by=payroll, on=COUNTED)
    assert paid(july, held) == paid(july, other)


def test_what_the_days_of_who_is_held_back_lack_stops_nobody(centre, other, held, payroll):
    Day.objects.filter(programme=held, on=date(2026, 7, 1)).delete()
    assert said(counted(centre, payroll)) == [(held.pk, "not_qualified")]


def test_where_trial_and_main_period_share_the_month_all_of_it_waits(other_centre, other_letterhead):
    programme = make_on_trial(other_centre, start_on=date(2026, 6, 11), until=date(2026, 7, 31), main=True)
    wait(programme)
    by = make_user(other_centre, "payroll")
    july = counted(other_centre, by)
    assert [span for span, *_ in paid(july, programme)] == ["2026-06"]
    assert july.problems.get().text.startswith("Za lipiec 2026: okres właściwy od 11 lipca 2026 ")


def test_what_lengthens_a_month_paid_up_to_the_end_of_the_trial_waits(other_centre, other_letterhead, director):
    programme = make_on_trial(other_centre, start_on=date(2026, 6, 11), until=date(2026, 7, 10))
    by = make_user(other_centre, "payroll")
    july = approved(counted(other_centre, by), by=director)
    facts = {"kind": "main", "start_on": date(2026, 7, 11), "end_on": date(2026, 12, 31), "decided_on": COUNTED}
    programme.stages.create(**facts, decided_by=director, provisional_reason=REASON)
    mark_present(programme, date(2026, 7, 11), date(2026, 8, 31))
    both = counted(other_centre, by, month=AUGUST, on=THIRD_OF_SEPTEMBER)
    assert (paid(both, programme), len(said(both))) == ([], 2)
    programme.qualification_replies.create(
        is_qualified=True, received_on=ANSWERED, recorded_on=ANSWERED, way="fax", by=by
    )
    recount(both, by=by, on=THIRD_OF_SEPTEMBER)
    assert [(span, benefit > 0) for span, benefit, _ in paid(both, programme)] == [("2026-07", True), ("2026-08", True)]
    assert [row.corrects_id for row in both.settlements.order_by("start_on")] == [
        july.settlements.get(span="2026-07").pk,
        None,
    ]


def test_the_month_of_the_others_is_paid_in_time(centre, other, held, payroll, director):
    approved(counted(centre, payroll), by=director)
    rows = deadlines.of_months(centre, TermBook([centre.pk]), on=COUNTED)
    july = next(row for row in rows if row.about == "lipiec 2026")
    assert (july.met_on, july.proof) == (COUNTED, "zatwierdzona lista wypłat, wstrzymano: 1 osoba")


def test_the_list_names_whom_it_leaves_off(centre, other, held, payroll, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: COUNTED)
    july = counted(centre, payroll)
    login(client, payroll)
    answer = client.get(reverse("benefits:list", args=[july.pk]))
    url = reverse("participants:programme", args=[held.participant_id])
    assert [(problem.text, at) for problem, at in answer.context["held"]] == [(SAYS, url)]
    assert (answer.context["problems"], answer.context["list"].problem_count) == ([], 0)
    text = " ".join(answer.content.decode().split())
    assert "<dt>Osoby</dt><dd>1</dd>" in text
    assert "<dt>Wstrzymane</dt><dd>1 osoba</dd>" in text
    assert answer.context["may"]["check"]
    assert people_in(july) == {held.participant_id, other.participant_id}
    decision = client.get(reverse("benefits:check", args=[july.pk]))
    assert ("Wstrzymane", "1, z powodów podanych na liście") in decision.context["facts"]
