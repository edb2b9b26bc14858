"""Things given, on pages and on paper; what is missing goes to the desk and into the form of a deduction."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from attendance.actions.items import correct_item, issue_item, reopen_item, return_item, write_off_item
from attendance.documents.items import issue_card
from attendance.documents.meals import meal_list
from attendance.models import Incident, IssuedItem
from benefits.actions.deductions import enter_deduction
from benefits.models import Deduction
from benefits.reading.charges import offers
from cistor.centres.models import DeductionKind
from cistor.desk import given as desk
from cistor.documents.actions import working_copies
from cistor.errors import Refused
from cistor.journal.models import Reading
from tests.factories import end, make_group, make_participant, make_programme, mark
from tests.pdf import validator
from tests.referrals.papers import make_letterhead

STARTED, MONDAY, FRIDAY = date(2026, 1, 5), date(2026, 3, 9), date(2026, 3, 13)


@pytest.fixture
def programme(centre, instructor):
    group = make_group(centre, instructor, name="Pracownia żółta")
    return make_programme(make_participant(centre, group=group, last_name="Żółwińska"), start_on=STARTED)


@pytest.fixture
def grinder(programme, social_worker):
    about = {"kind": "tool", "what": "szlifierka", "value": Decimal("240.00"), "given_on": MONDAY}
    return issue_item(programme, **about, by=social_worker, on=FRIDAY)


def of(name, row, **query):
    return reverse(f"attendance:{name}", args=[row.pk], query=query)


def thing(**over):
    about = {"kind": "clothes", "what": "kurtka, rozmiar L", "quantity": "1", "value": "1 080,50", "back": "zwykle"}
    return {"token": "a", **about, "given_on": "2026-01-20", "remark": "", **over}


def test_a_thing_is_given_signed_and_returned_on_pages(as_user, programme, instructor):
    client = as_user(instructor, FRIDAY)
    page = client.post(of("issue_item", programme), thing(), follow=True)
    row = IssuedItem.objects.get()
    assert (row.value, row.is_returnable, row.is_signed) == (Decimal("1080.50"), True, False)
    # Given in the trial: it is said, not refused.
    assert "należy się po okresie próbnym" in page.content.decode()
    client.post(of("sign_item", row))
    client.post(of("return_item", row), {"token": "b", "returned_on": "2026-03-13", "remark": "cała"})
    row.refresh_from_db()
    assert (row.is_signed, row.returned_on) == (True, FRIDAY)
    assert (
        "Wszystko, co było do zwrotu, wróciło" in client.get(of("person_items", programme.participant)).content.decode()
    )
    assert Reading.objects.filter(what="items", by=instructor).exists()


def test_tickets_of_a_month_are_given_to_a_group_at_once(as_user, programme, instructor):
    group = programme.participant.memberships.get().group
    other = make_programme(make_participant(group.centre, group=group), start_on=STARTED)
    absent = make_programme(make_participant(group.centre, group=group), start_on=STARTED)
    tickets = thing(kind="ticket", what="bilet miesięczny", value="80", people=[programme.pk, other.pk])
    client = as_user(instructor, FRIDAY)
    client.get(of("issue_to_many", group))
    assert Reading.objects.filter(what="items", by=instructor).count() == 3
    with CaptureQueriesContext(connection) as queries:
        page = client.post(of("issue_to_many", group), tickets, follow=True)
    # As a suspension holds them: everybody, then all programmes.
    held = [row["sql"] for row in queries if "FOR NO KEY UPDATE" in row["sql"]]
    assert f"({programme.participant_id}, {other.participant_id})" in held[0]
    assert f"({programme.pk}, {other.pk})" in held[1]
    assert "Wpisano na karty: 2." in page.content.decode()
    assert set(IssuedItem.objects.values_list("programme", "value")) == {
        (programme.pk, Decimal("80.00")),
        (other.pk, Decimal("80.00")),
    }
    assert not absent.items.exists()


def test_the_list_is_narrowed_to_what_is_missing_after_the_end(as_user, programme, grinder, social_worker):
    client, url = as_user(social_worker, FRIDAY), reverse("attendance:items")
    assert "szlifierka" in client.get(url, {"stan": "u-osoby"}).content.decode()
    assert Reading.objects.filter(what="items", by=social_worker).exists()
    assert "szlifierka" not in client.get(url, {"stan": "brakuje"}).content.decode()
    end(programme, ended_on=MONDAY)
    assert "szlifierka" in client.get(url, {"stan": "brakuje"}).content.decode()


def test_each_thing_missing_stands_on_the_desk_until_it_is_back_written_off_or_charged(
    programme, grinder, social_worker, payroll
):
    key = issue_item(programme, kind="key", what="klucz", given_on=MONDAY, by=social_worker, on=FRIDAY)
    end(programme, ended_on=MONDAY)
    (matter,) = desk.missing(social_worker, FRIDAY)
    assert (matter.word, matter.url) == ("zwrot", of("person_items", programme.participant))
    assert "nie wróciły 2 rzeczy za 240,00\N{NO-BREAK SPACE}zł, 1 bez wartości: dopisz ją" in matter.text
    (matter,) = desk.missing(payroll, FRIDAY)
    assert matter.url == reverse("benefits:new_deduction", args=[programme.pk])
    kind = programme.participant.centre.regulations.get().deductionkinds.get(code="damage")
    entered = {"kind": kind, "amount": 5, "entered_by": payroll, "entered_on": FRIDAY}
    # For something else: nobody has given up the things.
    Deduction.objects.create(programme=programme, what="koszt badania", **entered)
    assert [len(list(desk.missing(user, date(2027, 1, 4)))) for user in (social_worker, payroll)] == [1, 1]
    Deduction.objects.create(programme=programme, what="szlifierka", item=grinder, pieces=1, **entered)
    (matter,) = desk.missing(social_worker, FRIDAY)
    assert "nie wróciła 1 rzecz, 1 bez wartości: dopisz ją" in matter.text
    write_off_item(key, written_off_on=FRIDAY, remark="zamek wymieniono", by=social_worker, on=FRIDAY)
    assert list(desk.missing(social_worker, FRIDAY)) == []


def test_what_is_to_come_back_is_counted_in_pieces(as_user, programme, social_worker):
    issue_item(programme, kind="tool", what="sekator", quantity=3, given_on=MONDAY, by=social_worker, on=FRIDAY)
    page = as_user(social_worker, FRIDAY).get(of("person_items", programme.participant)).content.decode()
    assert "Do zwrotu: 3 rzeczy" in page


def test_where_the_regulations_deduct_nothing_payroll_is_asked_to_consider_nothing(
    programme, grinder, social_worker, payroll
):
    end(programme, ended_on=MONDAY)
    assert len(list(desk.missing(payroll, FRIDAY))) == 1
    DeductionKind.objects.all().delete()
    assert list(desk.missing(payroll, FRIDAY)) == []
    assert len(list(desk.missing(social_worker, FRIDAY))) == 1


def test_a_deduction_given_up_leaves_the_thing_missing(programme, grinder, social_worker, payroll):
    end(programme, ended_on=MONDAY)
    kind = programme.participant.centre.regulations.get().deductionkinds.get(code="damage")
    entered = {"kind": kind, "amount": 5, "entered_by": payroll, "entered_on": FRIDAY}
    stopped = {"withdrawn_on": FRIDAY, "withdrawn_note": "Nie zgadza się."}
    Deduction.objects.create(programme=programme, what="szlifierka", item=grinder, pieces=1, **entered, **stopped)
    assert len(list(desk.missing(social_worker, FRIDAY))) == 1


def deducted(programme, by, item):
    """Entered in words of somebody's own: what ties it to the thing is the thing."""
    kind = programme.participant.centre.regulations.get().deductionkinds.get(code="damage")
    given = {"kind": kind, "what": "Nie oddano.", "amount": Decimal("240.00"), "item": item}
    return enter_deduction(programme, **given, by=by, on=FRIDAY)


def told_of(programme, on=FRIDAY) -> list[str]:
    rows = programme.participant.centre.regulations.get().deductionkinds.all()
    return [offer.obstacle for offer in offers(programme, rows, on=on)]


def test_some_pieces_back_after_the_deduction_do_not_offer_the_rest_again(programme, social_worker, payroll):
    row = issue_item(
        programme, kind="key", what="klucz", quantity=3, value=300, given_on=MONDAY, by=social_worker, on=FRIDAY
    )
    end(programme, ended_on=MONDAY)
    deducted(programme, payroll, row)
    part = return_item(row, returned_on=FRIDAY, quantity=1, by=social_worker, on=FRIDAY)
    assert (told_of(programme), list(desk.missing(payroll, FRIDAY))) == (["Potrącenie jest już wpisane."], [])
    reopen_item(part, why="Inny klucz.", by=social_worker, on=FRIDAY)
    assert (told_of(programme), list(desk.missing(payroll, FRIDAY))) == (["Potrącenie jest już wpisane."] * 2, [])


def test_of_two_equal_things_one_deduction_is_for_one(programme, grinder, social_worker, payroll):
    about = {"kind": "tool", "what": "szlifierka", "value": 240, "given_on": MONDAY}
    issue_item(programme, **about, by=social_worker, on=FRIDAY)
    issue_item(programme, **{**about, "value": 480}, quantity=2, by=social_worker, on=FRIDAY)
    end(programme, ended_on=MONDAY)
    deducted(programme, payroll, grinder)
    assert [told == "Potrącenie jest już wpisane." for told in told_of(programme)] == [True, False, False]
    (matter,) = desk.missing(payroll, FRIDAY)
    # Pieces are counted, of which two were given as one entry.
    assert "nie wróciły 3 rzeczy" in matter.text


def test_pieces_back_before_the_deduction_are_offered_when_they_are_missing_again(programme, social_worker, payroll):
    about = {"kind": "key", "what": "klucz", "quantity": 3, "value": 300, "given_on": MONDAY}
    row = issue_item(programme, **about, by=social_worker, on=FRIDAY)
    end(programme, ended_on=MONDAY)
    part = return_item(row, returned_on=FRIDAY, quantity=1, by=social_worker, on=FRIDAY)
    assert deducted(programme, payroll, row).pieces == 2
    reopen_item(part, why="Inny klucz.", by=social_worker, on=FRIDAY)
    assert told_of(programme) == ["Potrącenie jest już wpisane.", ""]
    (matter,) = desk.missing(payroll, FRIDAY)
    assert "nie wróciła 1 rzecz" in matter.text


def test_a_thing_renamed_after_its_deduction_is_still_that_thing(programme, social_worker, payroll):
    row = issue_item(programme, kind="key", what="klucz", value=50, given_on=MONDAY, by=social_worker, on=FRIDAY)
    end(programme, ended_on=MONDAY)
    deducted(programme, payroll, row)
    about = {"kind": "key", "quantity": 1, "value": 50}
    correct_item(row, **about, what="klucz do szafki", by=social_worker, on=FRIDAY)
    assert told_of(programme) == ["Potrącenie jest już wpisane."]


def test_a_thing_is_charged_once_and_not_when_it_is_back(programme, grinder, social_worker, payroll):
    end(programme, ended_on=MONDAY)
    return_item(grinder, returned_on=FRIDAY, by=social_worker, on=FRIDAY)
    with pytest.raises(Refused, match="już wróciła"):
        deducted(programme, payroll, grinder)
    reopen_item(grinder, why="Inna.", by=social_worker, on=FRIDAY)
    deducted(programme, payroll, grinder)
    with pytest.raises(Refused, match="Potrącenie jest już wpisane"):
        deducted(programme, payroll, grinder)


def test_a_deduction_begins_with_the_thing_that_is_missing_after_the_end(as_user, programme, grinder, payroll):
    client, url = as_user(payroll, FRIDAY), reverse("benefits:new_deduction", args=[programme.pk])
    assert "Niezwrócone" not in client.get(url).content.decode()
    end(programme, ended_on=MONDAY)
    assert f"?rzecz={grinder.pk}" in client.get(url).content.decode()
    form = client.get(url, {"rzecz": grinder.pk}).context["form"]
    assert form.initial["what"] == "niezwrócone: narzędzie: szlifierka (1 szt.), wydano 9 marca 2026"
    data = {
        "token": "a",
        "kind": form.initial["kind"].pk,
        "what": form.initial["what"],
        "amount": "240",
        "position": "1",
    }
    of_it = f"{url}?rzecz={grinder.pk}"
    client.post(of_it, data)
    (offer,) = client.get(url).context["offers"]
    assert offer.obstacle == "Potrącenie jest już wpisane."
    assert "Potrącenie jest już wpisane." in str(client.post(of_it, {**data, "token": "b"}).context["form"].errors)


def test_of_a_thing_without_a_value_the_deduction_asks_who_gave_it(as_user, programme, social_worker, payroll):
    about = {"kind": "key", "what": "klucz", "is_signed": True, "given_on": MONDAY}
    row = issue_item(programme, **about, by=social_worker, on=FRIDAY)
    end(programme, ended_on=MONDAY)
    url = reverse("benefits:new_deduction", args=[programme.pk])
    page = as_user(payroll, FRIDAY).get(url).content.decode()
    assert "Na karcie nie ma wartości" in page
    assert f"?rzecz={row.pk}" not in page
    client = as_user(social_worker, FRIDAY)
    cards = client.get(of("person_items", programme.participant)).content.decode()
    assert of("correct_item", row) in cards
    form = client.get(of("correct_item", row)).context["form"]
    assert set(form.fields) == {"token", "value"}
    client.post(of("correct_item", row), {"token": "v", "value": "35"})
    (offer,) = as_user(payroll, FRIDAY).get(url).context["offers"]
    assert (offer.thing.amount, offer.obstacle) == (Decimal("35.00"), "")


def test_an_entry_is_corrected_and_a_return_taken_back_on_pages(as_user, programme, grinder, instructor):
    client = as_user(instructor, FRIDAY)
    form = client.get(of("correct_item", grinder)).context["form"]
    assert {name: form[name].value() for name in ("kind", "what", "quantity", "value")} == {
        "kind": "tool", "what": "szlifierka", "quantity": 1, "value": "240,00"
    }  # fmt: skip
    told = {"token": "c", "kind": "clothes", "what": "kurtka", "quantity": "3", "value": "90"}
    client.post(of("correct_item", grinder), told)
    grinder.refresh_from_db()
    assert (grinder.kind, grinder.what, grinder.quantity, grinder.value) == ("clothes", "kurtka", 3, Decimal("90.00"))
    returned = {"token": "d", "returned_on": "2026-03-13", "quantity": "2", "remark": "czyste"}
    page = client.post(of("return_item", grinder), returned, follow=True).content.decode()
    assert "Zwrot jest zapisany. Zostaje do zwrotu: 1." in page
    part = IssuedItem.objects.get(returned_on=FRIDAY)
    assert (part.quantity, part.value) == (2, Decimal("60.00"))
    page = client.post(of("reopen_item", part), {"token": "e", "why": "Oddał kto inny"}, follow=True).content.decode()
    assert "Zwrot jest cofnięty." in page
    off = {"token": "f", "written_off_on": "2026-03-13", "quantity": "1", "remark": "zużyte"}
    page = client.post(of("write_off_item", part), off, follow=True).content.decode()
    assert "Rzecz jest spisana. Zostaje do zwrotu: 1." in page
    assert IssuedItem.objects.missing().count() == 2


def test_of_a_test_the_suspicion_is_told_only_to_who_may_read_it(as_user, programme, payroll, director):
    recorded = {"recorded_by": director, "recorded_on": MONDAY, "substance": "alcohol", "suspicion": "Woń alkoholu."}
    row = Incident.objects.create(
        programme=programme, on=MONDAY, at="07:40", outcome="tested", sent_away=True, **recorded
    )
    url = reverse("benefits:new_deduction", args=[programme.pk], query={"incydent": row.pk})
    assert as_user(director, FRIDAY).get(url).context["form"].initial["suspicion"] == "Woń alkoholu."
    assert as_user(payroll, FRIDAY).get(url).context["form"].initial == {}


def test_the_card_and_the_list_of_meals_are_fit_for_archives(programme, grinder, centre, instructor, tmp_path):
    make_letterhead(centre)
    mark(programme, {FRIDAY: "late"}, by=instructor)
    group = programme.participant.memberships.get().group
    papers = {
        "issue_card": [issue_card(centre, row, on=FRIDAY) for row in (programme, None)],
        "meal_list": [meal_list(group, FRIDAY, filled=filled) for filled in (True, False)],
    }
    files = {kind: tmp_path / f"{kind}.pdf" for kind in papers}
    for kind, contexts in papers.items():
        files[kind].write_bytes(working_copies(kind=kind, centre=centre, contexts=contexts, on=FRIDAY))
    assert set(map(tuple, validator.broken_rules(list(files.values())).values())) == {()}
    card, empty_card, meals, empty_meals = (
        page.extract_text() for file in files.values() for page in PdfReader(BytesIO(file.read_bytes())).pages
    )
    assert "narzędzie: szlifierka" in card
    assert "13 marca 2026" in meals.replace("\N{NO-BREAK SPACE}", " ")
    assert ["Żółwińska" in text for text in (card, empty_card, meals, empty_meals)] == [True, False, True, False]
