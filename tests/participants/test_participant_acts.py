from datetime import date

import pytest

from cistor.journal.models import Entry
from participants import actions
from participants.models import Participant, PaymentMethod, TaxStatement
from tests.factories import make_participant, nrb, pesel
from tests.participants.refusals import refusal

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
BORN = date(1984, 5, 17)
PERSON = {
    "first_name": "Żaneta",
    "last_name": "Łącka-Śliwa",
    "pesel": pesel(BORN, woman=True),
    "birth_on": BORN,
    "sex": "woman",
    "phone": "+48 600-100-200",
    "postal_code": "87100",
}


def create(centre, by, **over):
    return actions.create_participant(centre=centre, by=by, on=TODAY, **{**PERSON, **over})


# The register --------------------------------------------------------------------------------------------------------


def test_a_person_is_saved_in_the_one_form_of_every_number(centre, social_worker):
    person = create(centre, social_worker, pesel="84 0517 0000-3 ", email=" zaneta@przyklad.pl ")
    person.refresh_from_db()
    assert (person.phone, person.postal_code, person.email) == ("600 100 200", "87-100", "zaneta@przyklad.pl")
    assert person.pesel.isdigit()
    assert list(Participant.objects.with_pesel(person.pesel)) == [person]


def test_creating_is_journalled_with_who_and_whom(centre, social_worker):
    person = create(centre, social_worker)
    entry = Entry.objects.get(verb="create_participant")
    assert (entry.by, entry.participant, entry.centre, entry.object_id) == (social_worker, person, centre, person.pk)


WRONG = [
    ({"pesel": "8405170000"}, "pesel", "dokładnie 11 cyfr"),
    ({"pesel": "84o51700005"}, "pesel", "samych cyfr"),
    ({"pesel": "84051700000"}, "pesel", "cyfra kontrolna"),
    ({"pesel": "84993100003"}, "pesel", "błędny"),
    ({"pesel": ""}, "pesel", "Podaj PESEL albo inny dokument"),
    ({"birth_on": date(1984, 5, 18)}, "birth_on", "17.05.1984"),
    ({"sex": "man"}, "sex", "kobieta"),
    ({"pesel": "", "document_number": "AB 123"}, "document_kind", "jaki to dokument"),
    ({"pesel": "", "document_kind": "passport"}, "document_number", "numer"),
    ({"pesel": "", "document_kind": "library_card", "document_number": "AB 123"}, "document_kind", ""),
    ({"birth_on": date(2026, 11, 24)}, "birth_on", "z przyszłości"),
    ({"birth_on": date(1899, 12, 31)}, "birth_on", "sprzed 1900"),
    ({"first_name": ""}, "first_name", ""),
    ({"last_name": "12"}, "last_name", "litery"),
    ({"last_name": "a" * 10_000}, "last_name", "80 znaków"),
    ({"street": "a" * 10_000}, "street", "120 znaków"),
    ({"phone": "12 34"}, "phone", "9 cyfr"),
    ({"phone": "+" + "4" * 10_000}, "phone", "9 cyfr"),
    ({"email": "adres"}, "email", "nazwa@domena.pl"),
    ({"postal_code": "8-7100"}, "postal_code", "87-100"),
    ({"sex": "inna"}, "sex", ""),
]


@pytest.mark.parametrize("over, field, says", WRONG)
def test_wrong_data_are_refused_beside_their_field(centre, social_worker, over, field, says):
    refused, message = refusal(create, centre, social_worker, **over)
    assert refused == field
    assert says in message
    assert not Participant.objects.exists()


def test_a_faulty_pesel_stands_when_the_papers_say_so_and_proves_nothing(centre, social_worker):
    person = create(centre, social_worker, pesel="84051700000", pesel_faulty=True, birth_on=date(1985, 1, 2), sex="man")
    assert person.pesel_key


def test_a_foreigner_needs_a_document_and_its_number_only(centre, social_worker):
    person = create(centre, social_worker, pesel="", document_kind="passport", document_number="ab 123 456")
    assert person.document_number == "AB123456"


def test_the_same_pesel_twice_points_to_the_card_that_is_there(centre, social_worker):
    first = create(centre, social_worker)
    with pytest.raises(actions.AlreadyKnown) as caught:
        create(centre, social_worker, first_name="Anna")
    assert (caught.value.existing, caught.value.field) == (first, "pesel")


def test_the_same_document_twice_points_to_the_card_that_is_there(centre, social_worker):
    document = {"pesel": "", "document_kind": "passport", "document_number": "AB123456"}
    first = create(centre, social_worker, **document)
    with pytest.raises(actions.AlreadyKnown) as caught:
        create(centre, social_worker, **document | {"document_number": "ab 123456"})
    assert (caught.value.existing, caught.value.field) == (first, "document_number")


def test_two_centres_may_know_the_same_person(centre, other_centre, social_worker, outsider):
    assert create(centre, social_worker).pk != create(other_centre, outsider).pk


def test_changing_writes_what_changed_and_the_keys_of_the_names(centre, social_worker):
    person = create(centre, social_worker)
    actions.change_participant(person, by=social_worker, on=TODAY, last_name="Żurek", phone="600100200")
    assert list(Participant.objects.named("żurek")) == [person]
    assert Entry.objects.get(verb="change_participant").data == {"changed": ["last_name"]}


def test_changing_nothing_writes_nothing(centre, social_worker):
    person = create(centre, social_worker)
    actions.change_participant(person, by=social_worker, on=TODAY, **PERSON)
    assert not Entry.objects.filter(verb="change_participant").exists()


def test_only_the_persons_own_data_are_changed_by_it(centre, social_worker):
    with pytest.raises(TypeError, match="erased_on"):
        create(centre, social_worker, erased_on=TODAY)


# Where the benefit goes ----------------------------------------------------------------------------------------------


@pytest.fixture
def person(centre):
    return make_participant(centre, account=False)


def pay(person, by, **over):
    given = {"kind": "account", "start_on": date(2026, 12, 1), "nrb": nrb(77), "holder": "Kalina Zmyślona"}
    return actions.set_payment_method(person, by=by, on=TODAY, **{**given, **over})


@pytest.mark.parametrize("written", ["61 1090 1014 0000 0712 1981 2874", "PL61109010140000071219812874"])
def test_an_account_may_be_typed_with_spaces_and_with_pl(person, payroll, written):
    assert pay(person, payroll, nrb=written).nrb == "61109010140000071219812874"


WRONG_ACCOUNTS = [
    ("", "Podaj numer rachunku"),
    ("61 1090 1014 0000 0712 1981 287", "ma 26 cyfr; wpisano 25"),
    ("61 1090 1014 0000 0712 1981 2875", "cyfry kontrolne"),
    ("DE89370400440532013000", "samych cyfr"),
    ("14 9999 9999 0000 0000 0000 0001", "99999999"),
    ("6" * 10_000, "wpisano 10000"),
]


@pytest.mark.parametrize("written, says", WRONG_ACCOUNTS)
def test_a_wrong_account_is_refused_beside_its_field(person, payroll, written, says):
    field, message = refusal(pay, person, payroll, nrb=written)
    assert field == "nrb"
    assert says in message


def test_the_cash_desk_only_where_the_regulations_of_that_day_allow_it(person, payroll, centre):
    centre.regulations.update(payment_methods=["account"])
    field, message = refusal(pay, person, payroll, kind="cash_desk", nrb="")
    assert (field, "nie przewiduje wypłaty w kasie" in message) == ("kind", True)
    centre.regulations.update(payment_methods=["account", "cash_desk"])
    assert pay(person, payroll, kind="cash_desk", nrb="").kind == "cash_desk"


def test_nobody_is_paid_at_the_cash_desk_and_on_an_account(person, payroll, centre):
    centre.regulations.update(payment_methods=["account", "cash_desk"])
    assert refusal(pay, person, payroll, kind="cash_desk")[0] == "nrb"


def test_a_second_entry_for_the_same_day_corrects_the_first(person, payroll):
    pay(person, payroll)
    pay(person, payroll, nrb=nrb(78))
    assert [row.nrb for row in PaymentMethod.objects.all()] == [nrb(78)]


def test_the_journal_never_holds_the_account(person, payroll):
    pay(person, payroll)
    assert nrb(77) not in str(Entry.objects.get(verb="set_payment_method").data)


# The tax statement ---------------------------------------------------------------------------------------------------


def state(person, by, start_on, share=1, end_on=None):
    return actions.set_tax_statement(person, start_on=start_on, end_on=end_on, share=share, by=by, on=TODAY)


def spans(person):
    return [(str(row.start_on), row.end_on and str(row.end_on), row.share) for row in person.tax_statements.all()]


def test_a_new_statement_ends_the_open_one_the_day_before(person, payroll):
    state(person, payroll, date(2026, 1, 1))
    state(person, payroll, date(2026, 7, 1), share=2)
    assert spans(person) == [("2026-07-01", None, 2), ("2026-01-01", "2026-06-30", 1)]


def test_statements_do_not_overlap(person, payroll):
    state(person, payroll, date(2026, 1, 1), end_on=date(2026, 12, 31))
    _, message = refusal(state, person, payroll, date(2026, 12, 31))
    assert "inne oświadczenie" in message


@pytest.mark.parametrize("share", [0, 4, -1, 12])
def test_a_statement_takes_the_whole_a_half_or_a_third(person, payroll, share):
    assert refusal(state, person, payroll, date(2026, 1, 1), share=share)[0] == "share"


def test_a_statement_ends_no_earlier_than_it_starts(person, payroll):
    _, message = refusal(state, person, payroll, date(2026, 7, 1), end_on=date(2026, 6, 30))
    assert "Ostatni dzień" in message


def test_a_withdrawn_statement_counts_to_its_last_day(person, payroll):
    statement = state(person, payroll, date(2026, 1, 1))
    actions.end_tax_statement(statement, end_on=date(2026, 3, 31), by=payroll, on=TODAY)
    assert not TaxStatement.objects.in_force(date(2026, 4, 1)).exists()
    field, message = refusal(actions.end_tax_statement, statement, end_on=date(2026, 4, 30), by=payroll, on=TODAY)
    assert (field, "31.03.2026" in message) == ("end_on", True)
