"""What a participant is given, gives back, and owes when it is missing."""

from datetime import date
from decimal import Decimal

import pytest

from attendance.actions.items import correct_item, issue_item, reopen_item, return_item, sign_item, write_off_item
from attendance.models import IssuedItem
from attendance.reading.items import before_clothes, chargeable, missing_after_end
from benefits.reading.deductions import kinds_in_force
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import end, make_participant, make_programme, make_user

STARTED, MONDAY, FRIDAY = date(2026, 1, 5), date(2026, 3, 9), date(2026, 3, 13)
SATURDAY = date(2026, 3, 14)


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=STARTED)


def given(programme, by, kind="tool", **over) -> IssuedItem:
    about = {"what": "szlifierka", "value": Decimal("240.00"), "given_on": MONDAY, **over}
    return issue_item(programme, kind=kind, **about, by=by, on=FRIDAY)


def test_tools_clothes_and_keys_are_given_back_and_tickets_are_not(programme, social_worker):
    kinds = {row.kind: row.is_returnable for row in (given(programme, social_worker, kind) for kind in IssuedItem.Kind)}
    assert {kind for kind, back in kinds.items() if back} == {"clothes", "tool", "key"}
    assert given(programme, social_worker, "ticket", is_returnable=True).is_returnable


def test_a_thing_goes_from_the_card_to_its_return_once(programme, social_worker):
    row = sign_item(given(programme, social_worker), by=social_worker, on=FRIDAY)
    assert row.is_signed
    row = return_item(row, returned_on=FRIDAY, remark="starta tarcza", by=social_worker, on=FRIDAY)
    assert (row.returned_on, row.returned_to, row.remark) == (FRIDAY, social_worker, "starta tarcza")
    with pytest.raises(Refused, match="Zwrócono to już 13 marca 2026"):
        write_off_item(row, written_off_on=FRIDAY, remark="zużyta", by=social_worker, on=FRIDAY)
    assert set(Entry.objects.values_list("verb", flat=True)) >= {"item_issued", "item_signed", "item_returned"}


@pytest.mark.parametrize(
    "over, said",
    [
        ({"given_on": date(2026, 3, 16)}, "do 13.03.2026"),
        ({"given_on": date(2025, 6, 1)}, "od 06.11.2025"),
        ({"quantity": 0}, "co najmniej jedną sztukę"),
        ({"what": " "}, "wymagane|puste"),
    ],
)
def test_what_cannot_have_been_given_is_refused(programme, social_worker, over, said):
    with pytest.raises(Refused, match=said):
        given(programme, social_worker, **over)


def test_only_who_records_on_site_gives_things_out(programme, payroll):
    with pytest.raises(Refused, match="wpisuje pracownik socjalny"):
        given(programme, payroll)


def test_a_thing_written_off_is_missed_by_nobody_and_says_why(programme, social_worker):
    row = given(programme, social_worker)
    with pytest.raises(Refused, match="dlaczego"):
        write_off_item(row, written_off_on=FRIDAY, remark=" ", by=social_worker, on=FRIDAY)
    write_off_item(row, written_off_on=FRIDAY, remark="zużyta", by=social_worker, on=FRIDAY)
    assert not IssuedItem.objects.missing().exists()


def test_work_clothes_are_due_after_the_trial(programme):
    last, first = date(2026, 2, 4), date(2026, 2, 5)
    assert before_clothes(programme, "clothes", last) == (
        "Odzież robocza należy się po okresie próbnym, a ten trwa do 4 lutego 2026."
    )
    assert (before_clothes(programme, "clothes", first), before_clothes(programme, "tool", last)) == ("", "")


def test_a_typing_error_is_corrected_until_the_person_has_signed_for_the_thing(programme, social_worker):
    row = given(programme, social_worker, quantity=2)
    asked = {"kind": "ticket", "what": " bilet miesięczny ", "quantity": 1, "value": Decimal("80.00")}
    row = correct_item(row, **asked, by=social_worker, on=FRIDAY)
    assert (row.what, row.quantity, row.value, row.is_returnable) == ("bilet miesięczny", 1, Decimal("80.00"), False)
    assert Entry.objects.filter(verb="item_corrected").count() == 1
    with pytest.raises(Refused, match="nic nie zmienia"):
        correct_item(row, **asked, by=social_worker, on=FRIDAY)
    row = sign_item(row, by=social_worker, on=FRIDAY)
    with pytest.raises(Refused, match="podpisała"):
        correct_item(row, **{**asked, "what": "bilet"}, by=social_worker, on=FRIDAY)


def test_what_was_to_come_back_by_exception_still_is_after_a_correction(programme, social_worker):
    row = given(programme, social_worker, "ticket", is_returnable=True)
    asked = {"kind": "other", "what": "karta miejska", "quantity": 1, "value": Decimal("80.00")}
    assert correct_item(row, **asked, by=social_worker, on=FRIDAY).is_returnable


def test_the_value_of_a_thing_signed_for_without_one_is_still_added(programme, social_worker):
    row = sign_item(given(programme, social_worker, value=Decimal("0.00")), by=social_worker, on=FRIDAY)
    same = {"kind": row.kind, "what": row.what, "quantity": row.quantity}
    with pytest.raises(Refused, match="podpisała"):
        correct_item(row, **{**same, "quantity": 3}, value=Decimal("50.00"), by=social_worker, on=FRIDAY)
    row = correct_item(row, **same, value=Decimal("50.00"), by=social_worker, on=FRIDAY)
    with pytest.raises(Refused, match="podpisała"):
        correct_item(row, **same, value=Decimal("60.00"), by=social_worker, on=FRIDAY)


def test_what_came_back_is_corrected_only_after_the_return_is_taken_back(programme, social_worker):
    row = return_item(given(programme, social_worker), returned_on=FRIDAY, remark="cała", by=social_worker, on=FRIDAY)
    asked = {"kind": "tool", "what": "wiertarka", "quantity": 1, "value": Decimal("240.00")}
    with pytest.raises(Refused, match="Zwrócono to już"):
        correct_item(row, **asked, by=social_worker, on=FRIDAY)
    with pytest.raises(Refused, match="dlaczego"):
        reopen_item(row, why=" ", by=social_worker, on=FRIDAY)
    row = reopen_item(row, why="oddano wiertarkę", by=social_worker, on=FRIDAY)
    assert (row.returned_on, row.returned_to, row.remark) == (None, None, "zwrot cofnięto: oddano wiertarkę")
    assert Entry.objects.filter(verb="item_reopened").count() == 1
    with pytest.raises(Refused, match="nie zwrócono ani nie spisano"):
        reopen_item(row, why="znów", by=social_worker, on=FRIDAY)
    row = write_off_item(row, written_off_on=FRIDAY, remark="zużyta", by=social_worker, on=FRIDAY)
    row = reopen_item(row, why="spisano inną", by=social_worker, on=FRIDAY)
    assert (row.written_off_on, row.remark) == (None, "spisanie cofnięto: spisano inną")
    assert IssuedItem.objects.missing().get() == row


def test_of_many_pieces_some_come_back_and_the_rest_is_missed_with_its_share_of_the_value(programme, social_worker):
    row = given(programme, social_worker, "clothes", what="rękawice", quantity=3, value=Decimal("100.00"))
    for quantity in (0, 4):
        with pytest.raises(Refused, match="od 1 do 3"):
            return_item(row, returned_on=FRIDAY, quantity=quantity, by=social_worker, on=FRIDAY)
    part = return_item(row, returned_on=FRIDAY, quantity=1, remark="czyste", by=social_worker, on=FRIDAY)
    row.refresh_from_db()
    assert (part.quantity, part.value, part.returned_on, part.remark) == (1, Decimal("33.33"), FRIDAY, "czyste")
    assert (row.quantity, row.value, row.returned_on, row.remark) == (2, Decimal("66.67"), None, "")
    assert (part.what, part.given_on, part.given_by) == (row.what, row.given_on, row.given_by)
    assert return_item(row, returned_on=FRIDAY, quantity=2, by=social_worker, on=FRIDAY) == row
    assert IssuedItem.objects.count() == 2


def test_of_many_pieces_some_are_written_off_and_the_rest_is_missed(programme, social_worker):
    row = given(programme, social_worker, "clothes", what="rękawice", quantity=3, value=Decimal("100.00"))
    about = {"written_off_on": FRIDAY, "remark": "zużyte", "by": social_worker, "on": FRIDAY}
    with pytest.raises(Refused, match="od 1 do 3"):
        write_off_item(row, quantity=4, **about)
    part = write_off_item(row, quantity=2, **about)
    row.refresh_from_db()
    assert (part.quantity, part.value, part.written_off_on, part.remark) == (2, Decimal("66.67"), FRIDAY, "zużyte")
    assert (row.quantity, row.value, row.written_off_on, row.remark) == (1, Decimal("33.33"), None, "")
    assert IssuedItem.objects.missing().get() == row


def test_what_is_missing_is_charged_after_the_end_and_a_test_only_after_an_end_through_fault(programme, social_worker):
    given(programme, social_worker)
    given(programme, social_worker, "clothes", what="kurtka")
    given(programme, social_worker, "ticket", what="bilet")
    given(programme, social_worker, "key", what="klucz", value=Decimal("0.00"))
    return_item(given(programme, social_worker, what="wiertarka"), returned_on=FRIDAY, by=social_worker, on=FRIDAY)
    given(programme, social_worker, "medical", what="medycyna pracy", given_on=STARTED)
    # What somebody works with is not missing.
    assert chargeable([programme], on=FRIDAY) == []
    end(programme, ended_on=FRIDAY)
    assert chargeable([programme], on=FRIDAY) == []
    assert [row.item.what for row in chargeable([programme], on=SATURDAY)] == ["szlifierka", "kurtka", "klucz"]
    programme.through_fault = True
    programme.save()
    kinds = kinds_in_force(programme.participant.centre_id, FRIDAY)
    charged = {row.item.what: row.kind_of(kinds).code for row in chargeable([programme], on=SATURDAY)}
    assert charged == {
        "medycyna pracy": "medical_test",
        "szlifierka": "damage",
        "kurtka": "clothing",
        "klucz": "damage",
    }


def test_what_is_missing_after_the_end_is_found_however_long_ago_that_was(programme, social_worker, outsider):
    given(programme, social_worker)
    given(programme, social_worker, "key", what="klucz", value=Decimal("20.00"))
    end(programme, ended_on=MONDAY)
    for on in (FRIDAY, date(2027, 1, 4)):
        (row,) = missing_after_end(social_worker, on=on, right="record_incident")
        assert (row.programme, len(row.things), row.value) == (programme, 2, Decimal("260.00"))
    asked = {"on": FRIDAY, "right": "record_incident"}
    assert missing_after_end(outsider, **asked) == []
    assert missing_after_end(make_user(social_worker.centre, "instructor"), **asked) == []
