"""The page of a list: what stands in the way, what is unusual, then everybody, narrowed and in order."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Day
from benefits.actions import recount, run_month
from benefits.models import PaymentList, Problem
from participants.models import Membership
from tests.benefits.people import COUNTED, JULY, SIXTH, check_and_approve, make_settled_in
from tests.benefits.test_unusual import counted, days
from tests.factories import login, make_group, make_user, mark, mark_present

LOST = days(SIXTH, 4, "unexcused")
LATE = date(2026, 7, 17)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: COUNTED)


@pytest.fixture
def page(client, payroll):
    """The page of a list, as payroll sees it."""
    login(client, payroll)
    return lambda payment_list, **query: client.get(reverse("benefits:list", args=[payment_list.pk]), query)


def text(answer) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def names(answer) -> list[str]:
    return [row.person["last_name"] for row in answer.context["rows"]]


# What stands in the way -----------------------------------------------------------------------------------------------


def test_problems_stand_by_kind_each_with_the_page_that_mends_it(centre, payroll, page):
    programme = make_settled_in(centre, but=None)
    Day.objects.filter(programme=programme, on=SIXTH).delete()
    programme.participant.payment_methods.all().delete()
    answer = page(counted(centre, payroll))
    person = [programme.participant_id]
    assert [(kind.label, [url for _, url in kind.rows], kind.is_open) for kind in answer.context["problems"]] == [
        ("brak sposobu wypłaty", [reverse("participants:payment", args=person)], True),
        ("dni bez oznaczenia", [reverse("attendance:person", args=person) + "?miesiac=2026-07"], True),
    ]
    assert "Brak oznaczenia: 1 dzień (6 lipca)." in text(answer)


@pytest.mark.parametrize(
    "kind, name", [("missing_rate", "centres:rates"), ("no_regulations", "centres:centre"), ("failed", None)]
)
def test_what_the_centre_lacks_is_not_looked_for_on_a_card(centre, payroll, page, kind, name):
    programme = make_settled_in(centre)
    july = counted(centre, payroll)
    Problem.objects.create(payment_list=july, programme=programme, kind=kind, text="-")
    ((_, url),) = page(july).context["problems"][0].rows
    assert url == (reverse(name) if name else reverse("participants:programme", args=[programme.participant_id]))


def test_days_still_to_come_stand_last_and_hide_nothing(centre, payroll, page):
    programmes = [make_settled_in(centre, until=date(2026, 7, 22)) for _ in range(7)]
    mark(programmes[0], {date(2026, 7, 23): "unexcused"})
    for programme in programmes[2:]:
        mark_present(programme, date(2026, 7, 23), date(2026, 7, 23))
    answer = page(counted(centre, payroll, on=date(2026, 7, 23)))
    assert [(kind.label, len(kind.rows), kind.is_open, kind.badge) for kind in answer.context["problems"]] == [
        ("dni bez oznaczenia", 1, True, "late"),
        ("dni, których jeszcze nie było", 7, False, "info"),
    ]
    assert 'Przeszkody <span class="count">8</span>' in text(answer)


@pytest.mark.parametrize(
    "led_until, said", [(None, "Uzupełnia: Jan Zmyślony."), (date(2026, 8, 2), "Uzupełnia: pracownik socjalny.")]
)
def test_an_unmarked_day_says_who_fills_it_in(centre, payroll, page, led_until, said):
    group = make_group(centre, make_user(centre, "instructor", first_name="Jan", last_name="Zmyślony"))
    group.leads.update(end_on=led_until)
    Day.objects.filter(programme=make_settled_in(centre, group=group), on=SIXTH).delete()
    assert said in text(page(counted(centre, payroll)))


def test_without_a_group_the_social_worker_fills_in(centre, payroll, page):
    make_settled_in(centre, account=False)
    Day.objects.filter(programme=make_settled_in(centre), on=SIXTH).delete()
    assert text(page(counted(centre, payroll))).count("Uzupełnia: pracownik socjalny.") == 1


def test_many_problems_are_folded_away(centre, payroll, page):
    for _ in range(7):
        Day.objects.filter(programme=make_settled_in(centre), on=SIXTH).delete()
    answer = page(counted(centre, payroll))
    (kind,) = answer.context["problems"]
    assert not kind.is_open
    assert "7 spraw" in text(answer)
    assert "<details" in text(answer)


# What is unusual ------------------------------------------------------------------------------------------------------


def test_nobodys_zero_is_silent(centre, payroll, page):
    make_settled_in(centre)
    make_settled_in(centre, but=LOST, last_name="Wymyślony")
    july = counted(centre, payroll)
    shown = text(page(july))
    assert shown.index("świadczenie przepada") < shown.index("Rozliczenia <span")
    (zero,) = [row for row in page(july).context["rows"] if not row.payout]
    assert "świadczenie przepada" in zero.says[0]


def test_everybody_unusual_links_to_the_settlement(centre, payroll, page):
    make_settled_in(centre, since=LATE)
    july = counted(centre, payroll)
    row = july.settlements.get()
    answer = page(july)
    assert "Rozliczono tylko 17–31 lipca 2026: program zaczął się 17 lipca 2026." in text(answer)
    assert answer.content.decode().count(reverse("benefits:settlement", args=[row.pk])) == 2


def test_the_amount_beside_what_is_unusual_says_what_it_is(centre, payroll, page):
    make_settled_in(centre, since=LATE)
    july = counted(centre, payroll)
    answer = text(page(july))
    said = answer[answer.index("Nietypowe") : answer.index("Rozliczenia <span")]
    assert '<span class="soft">do wypłaty</span>' in said


def test_nobody_having_said_how_to_pay_is_one_word_everywhere(centre, payroll, page):
    make_settled_in(centre).participant.payment_methods.all().delete()
    answer = text(page(counted(centre, payroll)))
    assert '<td class="short" data-label="Sposób">nieustalony</td>' in answer
    assert '<option value="brak">nieustalony</option>' in answer


def test_the_shortfall_is_one_sentence_with_a_link_to_the_regulations(centre, payroll, page):
    for _ in range(2):
        make_settled_in(centre)
    july = counted(centre, payroll)
    july.settlements.update(shortfall=Decimal("356.80"))
    answer = page(july)
    assert "Według ustawy 2 osoby dostałyby razem o 713,60 zł więcej." in text(answer)
    assert reverse("centres:regulations", args=[centre.regulations.get().pk]) in text(answer)
    assert answer.context["first"] == []
    july.settlements.update(shortfall=0)
    assert "Według ustawy" not in text(page(july))


def test_beyond_twenty_the_unusual_ones_are_one_narrowing_away(centre, payroll, page):
    for _ in range(22):
        make_settled_in(centre, since=LATE)
    make_settled_in(centre)
    july = counted(centre, payroll)
    answer = page(july)
    assert len(answer.context["first"]) == 20
    assert "?uwaga=nietypowe#people-title" in answer.content.decode()
    narrowed = page(july, uwaga="nietypowe")
    assert narrowed.context["first"] == []
    assert len(names(narrowed)) == 22
    assert all(row.says for row in narrowed.context["rows"])


# Everybody ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def mixed(centre, payroll):
    """Adamiak in the workshop, paid at the desk; Bielak gets nothing; Cis began in mid-month."""
    workshop = make_group(centre, name="Stolarnia")
    adamiak = make_settled_in(centre, last_name="Adamiak", group=workshop)
    adamiak.participant.payment_methods.update(kind="cash_desk", nrb="", holder="")
    make_settled_in(centre, last_name="Bielak", but=LOST)
    make_settled_in(centre, last_name="Cis", since=LATE)
    return counted(centre, payroll)


@pytest.mark.parametrize(
    "query, found",
    [
        ({}, ["Adamiak", "Bielak", "Cis"]),
        ({"uwaga": "zero"}, ["Bielak"]),
        ({"uwaga": "czesc"}, ["Cis"]),
        ({"uwaga": "roznica"}, []),
        ({"sposob": "cash_desk"}, ["Adamiak"]),
        ({"sposob": "account"}, ["Bielak", "Cis"]),
        ({"sposob": "brak"}, []),
        ({"uwaga": "zero", "sposob": "cash_desk"}, []),
        ({"porzadek": "-kwota"}, ["Adamiak", "Cis", "Bielak"]),
        ({"porzadek": "-kwota", "sposob": "account"}, ["Cis", "Bielak"]),
    ],
)
def test_the_list_is_narrowed_and_sorted_by_its_address(mixed, page, query, found):
    answer = page(mixed, **query)
    assert names(answer) == found
    assert answer.context["page"].paginator.count == len(found)


def test_the_list_is_narrowed_to_a_group_that_somebody_has_left_since(mixed, page):
    group = Membership.objects.get().group
    assert names(page(mixed, grupa=group.pk)) == ["Adamiak"]
    Membership.objects.update(end_on=date(2026, 7, 2))
    assert names(page(mixed, grupa=group.pk)) == ["Adamiak"]
    Membership.objects.update(end_on=date(2026, 6, 30))
    answer = page(mixed, grupa=group.pk)
    assert names(answer) == []
    assert "W tym zawężeniu nikogo nie ma" in text(answer)


@pytest.mark.parametrize("name", ["uwaga", "sposob", "grupa", "porzadek"])
@pytest.mark.parametrize("value", ["bzdura", "x" * 1000, "\0", "-1"])
def test_nonsense_in_the_address_is_not_found(mixed, page, name, value):
    assert page(mixed, **{name: value}).status_code == 404


def test_another_centres_group_does_not_exist_here(mixed, page, other_centre):
    assert page(mixed, grupa=make_group(other_centre).pk).status_code == 404


def test_only_kinds_on_the_list_are_offered_with_their_count(mixed, page):
    offered = dict(page(mixed).context["narrow"].fields["uwaga"].widget.choices)
    assert offered["zero"] == "nic do wypłaty (1)"
    assert "roznica" not in offered
    assert "roznica" in dict(page(mixed, uwaga="roznica").context["narrow"].fields["uwaga"].widget.choices)


def test_the_sentence_that_was_asked_for_stands_beside_the_name(mixed, page):
    (row,) = page(mixed, uwaga="czesc").context["rows"]
    assert row.says == ["Rozliczono tylko 17–31 lipca 2026: program zaczął się 17 lipca 2026."]
    assert page(mixed).context["rows"][2].says == []


def test_the_way_back_leads_to_the_list_as_it_was(mixed, page, client):
    page(mixed, uwaga="zero", porzadek="-kwota")
    back = client.get(reverse("benefits:settlement", args=[mixed.settlements.first().pk])).content.decode()
    assert f"{reverse('benefits:list', args=[mixed.pk])}?uwaga=zero&amp;porzadek=-kwota" in back


def test_no_name_stands_in_an_address(mixed, page):
    shown = page(mixed).content.decode()
    assert "Adamiak" in shown
    assert not [part for part in shown.split('href="')[1:] if "Adamiak" in part.split('"')[0]]


def test_a_list_without_anybody_says_so(centre, payroll, page):
    july = PaymentList.objects.create(
        centre=centre, kind="month", month=JULY, payday=date(2026, 8, 5), prepared_by=payroll, prepared_on=COUNTED
    )
    answer = page(july)
    assert "Na liście nie ma nikogo" in text(answer)
    assert "Zawężenie listy" not in text(answer)


def test_people_stand_in_the_polish_order_fifty_a_page(centre, payroll, page):
    for number in range(51):
        make_settled_in(centre, last_name=f"Łata{number:02}")
    make_settled_in(centre, last_name="Lis")
    july = counted(centre, payroll)
    first, second = (page(july, strona=number) for number in (1, 2))
    assert names(first)[:2] == ["Lis", "Łata00"]
    assert names(second) == ["Łata49", "Łata50"]
    assert "z 52" in text(first)


def test_the_page_asks_the_same_number_of_questions_for_three_and_for_thirty(centre, payroll, page):
    def questions():
        july = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
        with CaptureQueriesContext(connection) as queries:
            assert page(july).status_code == 200
        return len(queries)

    for _ in range(3):
        make_settled_in(centre, but=LOST)
    Day.objects.filter(programme=make_settled_in(centre), on=SIXTH).delete()
    questions()
    few = questions()
    for _ in range(27):
        Day.objects.filter(programme=make_settled_in(centre, but=LOST), on=date(2026, 7, 20)).delete()
    assert questions() == few <= 32


def test_an_approved_list_shows_the_same(centre, page, payroll, letterhead, director):
    make_settled_in(centre)
    make_settled_in(centre, last_name="Bielak", but=LOST)
    july = counted(centre, payroll)
    check_and_approve(july, by=director, on=COUNTED)
    assert names(page(july, uwaga="zero")) == ["Bielak"]


def test_counting_anew_keeps_the_page_in_order(mixed, page, payroll):
    recount(mixed, by=payroll, on=COUNTED)
    assert names(page(mixed)) == ["Adamiak", "Bielak", "Cis"]
