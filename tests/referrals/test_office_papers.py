from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from cistor.documents.actions import working_copy
from referrals import actions, documents
from referrals.models import Opinion
from tests.factories import make_user
from tests.referrals.making import make_application, welfare_office
from tests.referrals.papers import make_letterhead

MONDAY = date(2026, 3, 2)
ON = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def letterhead(centre, other_centre):
    return [make_letterhead(centre), make_letterhead(other_centre)]


def case(centre, state):
    return make_application(centre, office=welfare_office(centre), office_state=state, on=MONDAY)


def words(kind, centre, context) -> str:
    data = working_copy(kind=kind, centre=centre, context=context, on=ON)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def paper(kind, application, **more) -> str:
    return words(kind, application.centre, documents.context(kind, application, ON, **more))


def test_the_opinion_says_what_was_written_and_who_signed(centre):
    application = case(centre, "opined")
    Opinion.objects.update(text="Zna osobę od lat.", is_positive=False)
    context = documents.context("opinion", application, ON)
    assert [answer["ticked"] for answer in context["answers"]] == [False, True]
    assert context["consent"] is None
    text = words("opinion", centre, context)
    for said in (application.number, application.participant.first_name, "Zna osobę od lat.", "Iga Testowa"):
        assert said in text
    assert "7 marca 2026" in text


def test_the_opinion_has_room_for_the_head_where_a_consent_is_needed(other_centre):
    context = documents.context("opinion", case(other_centre, "no_consent"), ON)
    assert [answer["ticked"] for answer in context["consent"]["answers"]] == [False, True]
    assert context["consent"]["reason"] == "Nie."
    assert "Rozstrzygnięcie kierownika urzędu" in words("opinion", other_centre, context)


def test_the_empty_opinion_has_room_for_what_the_centre_asks_for(centre, other_centre):
    assert documents.empty("opinion", centre, ON)["consent"] is None
    assert "wyrażam zgodę" in words("opinion", other_centre, documents.empty("opinion", other_centre, ON))


def test_an_opinion_taken_back_is_not_printed(centre):
    application = case(centre, "opined")
    Opinion.objects.update(text="Pomyłka.", taken_back_on=ON, taken_back_by=make_user(centre, "director"))
    assert "Pomyłka." not in paper("opinion", application)


def test_the_referral_names_its_basis(centre):
    application = case(centre, "referred")
    text = paper("referral", application)
    for said in ("art. 12", application.number, "7 marca 2026", "9 marca 2026", application.participant.last_name):
        assert said in text


@pytest.mark.parametrize("kind", ["opinion", "referral", "office_reminder"])
def test_an_empty_form_names_nobody(centre, kind):
    application = case(centre, "referred")
    text = words(kind, centre, documents.empty(kind, centre, ON))
    assert application.participant.last_name not in text
    assert "2026" not in text.split("strona")[0]


@pytest.mark.parametrize(
    "state, about, said",
    [
        ("sent", "receipt_confirmation", "Wniosek wysłaliśmy dnia 2 marca 2026"),
        ("received", "opinion_written", "Termin wydania opinii pracownika socjalnego: 17 marca 2026"),
        ("opined", "opinion_and_referral_forwarded", "niezwłoczne przekazanie skierowania"),
    ],
)
def test_the_reminder_says_what_is_owed_and_since_when(centre, state, about, said):
    text = paper("office_reminder", case(centre, state), about=about)
    assert said in text.replace("\xa0", " ")
    assert "MOPR" in text or "Ośrodek" in text


def test_the_reminder_names_no_term_that_nobody_set(other_centre):
    assert "Termin wydania" not in paper("office_reminder", case(other_centre, "received"), about="opinion_written")


def test_a_second_reminder_names_the_first(centre, social_worker):
    application = case(centre, "received")
    first = actions.remind(application, about="opinion_written", by=social_worker, on=date(2026, 3, 18))
    second = actions.remind(application, about="opinion_written", by=social_worker, on=ON)
    assert second.document.context["earlier"] == [f"{first.document.number} z dnia 18 marca 2026 r."]
    assert first.document.context["earlier"] == []
