"""A letter until it is signed: who may do what, and what is kept."""

from datetime import date

import pytest
from django.db.models.functions import Now

from cistor.errors import Refused
from cistor.journal.models import Entry
from cistor.notices import seen, standing
from cistor.notices.actions.letters import hand_in, return_letter, save_text, sign, void, withhold
from cistor.notices.actions.sending import dispatch
from cistor.notices.deadlines import of_centre
from cistor.notices.models import Letter, Mail
from tests.factories import end, make_user
from tests.notices.making import SIGNED, Kind, make_letter, make_signed, mopr, send
from tests.referrals.papers import make_letterhead

ON = date(2026, 12, 28)


@pytest.fixture
def letter(centre):
    return make_letter(make_signed(centre))


def written(verb) -> Entry:
    return Entry.objects.get(verb=verb)


def test_the_text_is_kept_and_journalled(letter, social_worker):
    letter = save_text(letter, text=" Zajęcia zaczęły się w terminie. ", by=social_worker, on=ON)
    letter.refresh_from_db()
    assert letter.text == "Zajęcia zaczęły się w terminie."
    assert written("letter_text_saved").by == social_worker


def test_a_letter_goes_back_with_a_remark_and_comes_again(letter, director, social_worker):
    letter = return_letter(letter, remark="Brak nazwiska opiekuna.", by=director, on=ON)
    assert (letter.status, letter.returned_by, letter.returned_on) == ("returned", director, ON)
    save_text(letter, text="Poprawione.", by=social_worker, on=ON)
    letter = hand_in(letter, by=social_worker, on=ON)
    letter.refresh_from_db()
    assert (letter.status, letter.text, letter.remark) == ("draft", "Poprawione.", "Brak nazwiska opiekuna.")


def test_a_signature_issues_the_paper_with_a_number_of_the_year(letter, centre, director):
    make_letterhead(centre)
    letter = sign(letter, by=director, on=ON)
    letter.refresh_from_db()
    assert (letter.status, letter.signed_by, letter.signed_on, letter.signed_for) == ("signed", director, ON, None)
    document = letter.document
    assert (document.kind, document.issued_by, document.participant) == (letter.kind, director, letter.participant)
    assert document.people == [letter.participant_id]
    assert document.number.endswith("/1/2026")
    assert written("letter_signed").data["number"] == document.number


def test_a_stand_in_signs_visibly_for_the_absent_one(letter, centre, director, social_worker):
    make_letterhead(centre)
    director.stand_ins.create(deputy=social_worker, start_on=SIGNED, end_on=ON)
    letter = sign(letter, by=social_worker, on=ON)
    assert (letter.signed_by, letter.signed_for) == (social_worker, director)
    assert letter.document.context["signer"]["stands_in_for"] == str(director)


def test_without_a_letterhead_nothing_is_signed_and_no_number_is_spent(letter, centre, director):
    with pytest.raises(Refused, match="papieru firmowego"):
        sign(letter, by=director, on=ON)
    letter.refresh_from_db()
    assert (letter.status, letter.document) == ("draft", None)


def test_the_course_of_the_trial_stands_in_the_request_when_nobody_wrote_another(centre, director, social_worker):
    make_letterhead(centre)
    programme = make_signed(centre, date(2026, 3, 2))
    programme.assessments.create(is_positive=True, text="Bez zarzutu.", by=social_worker, assessed_on=date(2026, 3, 26))
    letter = sign(make_letter(programme, Kind.QUALIFICATION_REQUEST), by=director, on=ON)
    letter.refresh_from_db()
    assert "Bez zarzutu." in letter.text


def test_a_text_emptied_on_purpose_stays_empty(centre, director, social_worker):
    make_letterhead(centre)
    programme = make_signed(centre, date(2026, 3, 2))
    programme.assessments.create(is_positive=True, text="Bez zarzutu.", by=social_worker, assessed_on=date(2026, 3, 26))
    letter = save_text(make_letter(programme, Kind.QUALIFICATION_REQUEST), text=" ", by=social_worker, on=ON)
    letter = sign(letter, by=director, on=ON)
    assert (letter.text, letter.document.context["text"]) == ("", "")


def test_a_needless_letter_is_void_with_the_reason(letter, director):
    letter = void(letter, reason="Wysłano już na papierze.", by=director, on=ON)
    letter.refresh_from_db()
    assert (letter.status, letter.void_reason) == ("void", "Wysłano już na papierze.")
    assert written("letter_voided").by == director


@pytest.mark.parametrize(
    "act, field",
    [
        (lambda row, by: return_letter(row, remark=" ", by=by, on=ON), "remark"),
        (lambda row, by: void(row, reason="", by=by, on=ON), "reason"),
    ],
)
def test_what_is_sent_back_or_dropped_has_its_reason(letter, director, act, field):
    with pytest.raises(Refused) as refused:
        act(letter, director)
    assert refused.value.field == field
    letter.refresh_from_db()
    assert letter.status == "draft"


def test_one_of_several_is_taken_out_and_the_others_go_on(centre, director):
    letter, due_on = make_letter(make_signed(centre)), date(2027, 1, 5)
    late = make_signed(centre, ON)
    dropped, stays = (
        letter.people.get(),
        letter.people.create(programme=late, kind=letter.kind, office=letter.office, due_on=due_on),
    )
    Letter.objects.filter(pk=letter.pk).update(participant=None)
    gone = void(letter, reason="Odmówiła.", people=[dropped.pk], by=director, on=ON)
    letter.refresh_from_db()
    assert (gone.status, list(gone.people.all()), gone.participant) == (
        "void",
        [dropped],
        dropped.programme.participant,
    )
    assert (letter.status, list(letter.people.all()), letter.participant) == ("draft", [stays], late.participant)
    assert (letter.starts_on, letter.due_on) == (ON, due_on)
    assert written("letter_person_dropped").participant == dropped.programme.participant


def test_what_was_signed_may_be_withheld_with_the_reason_and_is_owed_no_more(centre, director):
    letter = make_letter(make_signed(centre), status="signed", due_on=SIGNED)
    row = withhold(letter, reason="Błędny adresat.", by=director, on=ON)
    assert (row.withheld_by, row.withheld_for, row.reason) == (director, None, "Błędny adresat.")
    assert not Letter.objects.unsent().exists()
    found = next(row for row in of_centre(centre, ON) if row.letter == letter.pk)
    assert (found.void, found.words, found.state(ON)) == ("niewysłane", "Błędny adresat.", "void")
    assert written("letter_withheld").by == director
    with pytest.raises(Refused, match="nie wysyłać"):
        dispatch(letter.document, office=letter.office, way="paper", sent_on=ON, by=director, on=ON)


def test_what_has_gone_or_is_no_paper_yet_is_not_withheld(centre, director, social_worker):
    sent = make_letter(make_signed(centre), status="signed")
    with pytest.raises(Refused, match="kierujący"):
        withhold(sent, reason="Błąd.", by=social_worker, on=ON)
    send(sent, ON)
    for letter in (sent, make_letter(make_signed(centre))):
        with pytest.raises(Refused, match=r"wysł|podpisane"):
            withhold(letter, reason="Błąd.", by=director, on=ON)


def test_a_mail_of_a_withheld_letter_stays_in_the_outbox(centre, director):
    letter = make_letter(make_signed(centre), status="signed")
    Mail.objects.create(centre=centre, key="letter:1", letter=letter, office=letter.office, to="mopr@example.pl")
    withhold(letter, reason="Błąd.", by=director, on=ON)
    assert not Mail.objects.waiting().exists()
    assert standing.mail_state(Mail.objects.get()) == ("plain", "postanowiono nie wysyłać")


def test_what_the_mail_server_has_taken_is_not_withheld_though_no_register_names_it(centre, director):
    letter = make_letter(make_signed(centre), status="signed")
    mail = Mail.objects.create(centre=centre, key="letter:1", letter=letter, office=letter.office, to="mopr@example.pl")
    Mail.objects.filter(pk=mail.pk).update(sent_at=Now())
    with pytest.raises(Refused, match="przyjął już e-mail"):
        withhold(letter, reason="Błąd.", by=director, on=ON)


CHANGES = {
    "text": lambda row: save_text(row, text="Inaczej.", by=make_user(row.centre, "social_worker"), on=ON),
    "people": lambda row: row.people.create(
        programme=make_signed(row.centre), kind=row.kind, office=row.office, due_on=ON
    ),
    "end": lambda row: end(row.people.get().programme, ended_on=ON),
    "said": lambda row: row.people.get().programme.assessments.create(
        is_positive=True, text="Dobrze.", by=make_user(row.centre, "instructor"), assessed_on=ON
    ),
    "term": lambda row: Letter.objects.filter(pk=row.pk).update(due_on=ON),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_only_what_was_read_is_signed(letter, director, change):
    read = seen.mark_now(letter)
    change(letter)
    with pytest.raises(Refused, match="zmieniło się"):
        sign(letter, marked=read, by=director, on=ON)
    letter.refresh_from_db()
    assert letter.status == "draft"


ACTS = {
    "save_text": (lambda row, by: save_text(row, text="Inna treść.", by=by, on=ON), {"social_worker", "director"}),
    "hand_in": (lambda row, by: hand_in(row, by=by, on=ON), {"social_worker", "director"}),
    "return": (lambda row, by: return_letter(row, remark="Popraw.", by=by, on=ON), {"director"}),
    "sign": (lambda row, by: sign(row, by=by, on=ON), {"director"}),
    "void": (lambda row, by: void(row, reason="Zbędne.", by=by, on=ON), {"director"}),
}


@pytest.mark.parametrize("act, allowed", ACTS.values(), ids=ACTS)
def test_each_act_belongs_to_its_people_of_the_centre(letter, centre, other_centre, act, allowed):
    roles = ("social_worker", "director", "instructor", "payroll", "psychologist", "admin")
    users = [make_user(centre, role) for role in roles if role not in allowed]
    users += [make_user(other_centre, *roles), make_user(None, "welfare_head", office=mopr(centre))]
    for user in users:
        with pytest.raises(Refused, match=r"kierujący"):
            act(letter, user)


@pytest.mark.parametrize(
    "status, possible",
    [
        ("draft", {"save_text", "return", "sign", "void"}),
        ("returned", {"save_text", "hand_in", "void"}),
        ("signed", set()),
        ("void", set()),
    ],
)
def test_each_state_knows_its_acts(centre, director, status, possible):
    make_letterhead(centre)
    for name, (act, _) in ACTS.items():
        letter = make_letter(make_signed(centre), status=status)
        if name in possible:
            act(letter, director)
        else:
            with pytest.raises(Refused, match="Obecny stan"):
                act(letter, director)
