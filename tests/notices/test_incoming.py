"""Letters that come in: numbered in a series of their own; an answer of the office is recorded in the same act."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cistor.errors import Refused
from cistor.notices.actions.incoming import Answer, register_letter
from cistor.notices.models import IncomingLetter, Letter
from tests.documents.brought import PDF
from tests.factories import end, make_participant, make_programme, make_user
from tests.notices.making import make_letter, make_signed, mopr, send
from tests.referrals.making import make_application

# The trial of who signs on 16 February ends on Sunday, 15 March.
SIGNED, TUESDAY, TODAY = date(2026, 2, 16), date(2026, 3, 10), date(2026, 3, 11)
LIST, NEW = reverse("notices:incoming"), reverse("notices:new_incoming")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def programme(centre):
    return make_signed(centre, SIGNED)


@pytest.fixture
def asked(programme):
    """The office was sent the request on Tuesday."""
    letter = make_letter(programme, Letter.Kind.QUALIFICATION_REQUEST, status="signed", on=date(2026, 3, 9))
    send(letter, TUESDAY)
    return letter


@pytest.mark.parametrize("who", ["instructor", "foreigner"])
def test_only_who_may_registers_and_only_in_the_own_centre(centre, other_centre, who):
    users = {"instructor": make_user(centre, "instructor"), "foreigner": make_user(other_centre, "director")}
    with pytest.raises(Refused, match="rejestruje"):
        registered(centre, users[who])


def test_a_letter_names_nobody_of_another_centre(centre, other_centre, social_worker):
    office = other_centre.offices.first() or other_centre.offices.create(kind="pup", name="Urząd", short_name="PUP")
    with pytest.raises(Refused) as refused:
        registered(centre, social_worker, office=office)
    assert refused.value.field == "office"
    with pytest.raises(Refused) as refused:
        registered(centre, social_worker, participant=make_participant(other_centre))
    assert refused.value.field == "participant"


def registered(centre, by, **over) -> IncomingLetter:
    given = {"kind": "office", "received_on": TODAY, "way": "paper", "office": mopr(centre), **over}
    return register_letter(centre=centre, **given, by=by, on=TODAY)


def typed(**over) -> dict:
    return {"token": "t", "kind": "other", "received_on": f"{TODAY}", "way": "paper", "sender": "Fundacja", **over}


def test_the_numbers_have_no_gap_and_begin_anew_with_the_year(centre, social_worker):
    assert registered(centre, social_worker).number == "P/1/2026"
    with pytest.raises(Refused):
        registered(centre, social_worker, received_on=date(2026, 3, 12))
    assert registered(centre, social_worker).number == "P/2/2026"


@pytest.mark.parametrize("whom", [{"office": None, "sender": " "}, {"sender": "Fundacja"}])
def test_a_letter_is_from_an_office_or_from_somebody_else_never_both(centre, social_worker, whom):
    with pytest.raises(Refused, match="jedno z dwojga"):
        registered(centre, social_worker, **whom)


def test_an_answer_of_the_office_is_recorded_with_the_term_it_met(centre, programme, asked, social_worker):
    letter = registered(
        centre,
        social_worker,
        kind="qualification",
        way="handed",
        participant=programme.participant,
        answer=Answer(True, "Bez uwag."),
    )
    reply = programme.qualification_replies.get()
    assert letter.reply == reply
    assert (reply.is_qualified, reply.way, reply.note, reply.received_on) == (True, "paper", "Bez uwag.", TODAY)
    assert (reply.due_on, reply.due_source) == (date(2026, 3, 15), "Procedura CISTOR–MOPR cz. II ust. 3")


def test_nobody_answers_before_being_asked(centre, programme, asked, social_worker):
    given = {"kind": "qualification", "participant": programme.participant, "answer": Answer(True)}
    with pytest.raises(Refused, match="Wniosek wysłano 10") as caught:
        registered(centre, social_worker, received_on=date(2026, 3, 9), **given)
    assert caught.value.field == "received_on"


def test_an_answer_nobody_asked_for_by_a_letter_has_no_term(centre, programme, social_worker):
    registered(centre, social_worker, kind="qualification", participant=programme.participant, answer=Answer(True))
    assert programme.qualification_replies.get().due_on is None


def test_an_answer_says_about_whom_and_what(centre, programme, asked, social_worker):
    with pytest.raises(Refused, match="Wskaż osobę"):
        registered(centre, social_worker, kind="qualification", answer=Answer(True))
    with pytest.raises(Refused, match="Napisz, czy"):
        registered(centre, social_worker, kind="qualification", participant=programme.participant)
    person = make_participant(centre)
    with pytest.raises(Refused, match="otwartego programu"):
        registered(centre, social_worker, kind="qualification", participant=person, answer=Answer(True))
    assert not IncomingLetter.objects.exists()


def test_a_new_letter_stands_in_the_register_with_its_scan(as_user, programme, social_worker):
    client, scan = as_user(social_worker, TODAY), SimpleUploadedFile("skan.pdf", PDF, "application/pdf")
    person = programme.participant_id
    assert client.post(NEW, typed(participant=person, about="Prośba", scan=scan)).url == LIST
    page = client.get(LIST).content.decode()
    assert "P/1/2026" in page
    letter = IncomingLetter.objects.get()
    assert reverse("documents:upload", args=[letter.scan_id]) in page
    assert client.get(reverse("documents:upload", args=[letter.scan_id])).status_code == 200


def test_a_letter_is_about_somebody_of_the_last_two_years(as_user, centre, social_worker):
    running, of_late, long_ago = (
        make_programme(make_participant(centre, last_name=name), start_on=date(year, 1, 2), main=False)
        for name, year in (("Zimna", 2020), ("Adamska", 2024), ("Bober", 2024))
    )
    end(of_late, ended_on=date(2024, 3, 11))
    end(long_ago, ended_on=date(2024, 3, 10))
    applying = make_application(
        centre, participant=make_participant(centre, last_name="Mała"), status="draft"
    ).participant
    make_participant(centre, last_name="Nikt")
    people = as_user(social_worker, TODAY).get(NEW).context["form"].fields["participant"].queryset
    assert list(people) == [of_late.participant, applying, running.participant]


def test_a_refusal_that_came_as_a_letter_is_asked_once_more(as_user, programme, asked, social_worker):
    client = as_user(social_worker, TODAY)
    given = {"kind": "qualification", "sender": "", "office": mopr(programme.participant.centre).pk, "answer": "no"}
    given = typed(**given, participant=programme.participant_id, note="Poprawa sytuacji.")
    page = client.post(NEW, given)
    assert f"Zapisać brak kwalifikacji: {programme.participant}?" in page.content.decode()
    assert client.post(NEW, {**given, "back": "1"}).context["form"]["note"].value() == "Poprawa sytuacji."
    assert not IncomingLetter.objects.exists()
    assert client.post(NEW, {**given, "confirmed": "1"}).url == LIST
    assert IncomingLetter.objects.get().reply.is_qualified is False


def test_the_same_form_sent_twice_is_one_letter(as_user, social_worker):
    client = as_user(social_worker, TODAY)
    client.post(NEW, typed())
    client.post(NEW, typed())
    assert IncomingLetter.objects.count() == 1


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"sender": ""}, "sender"),
        ({"received_on": "2026-03-12"}, "received_on"),
        ({"kind": "qualification", "answer": "yes"}, "participant"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(as_user, social_worker, wrong, field):
    page = as_user(social_worker, TODAY).post(NEW, typed(about="Prośba o dokumenty", **wrong))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "Prośba o dokumenty" in page.content.decode()


def test_what_was_answered_before_another_kind_was_chosen_does_not_count(as_user, programme, social_worker):
    person = programme.participant_id
    as_user(social_worker, TODAY).post(NEW, typed(participant=person, answer="no", note="Poprawa sytuacji."))
    assert IncomingLetter.objects.get().reply is None


def test_a_scan_needs_a_person(as_user, social_worker):
    scan = SimpleUploadedFile("skan.pdf", PDF, "application/pdf")
    page = as_user(social_worker, TODAY).post(NEW, typed(scan=scan))
    assert "scan" in page.context["form"].errors


def test_payroll_registers_and_sees_the_own_ones_and_no_answers(as_user, centre, programme, social_worker, payroll):
    client, scan = as_user(social_worker, TODAY), SimpleUploadedFile("skan.pdf", PDF, "application/pdf")
    client.post(NEW, typed(participant=programme.participant_id, scan=scan))
    scanned = reverse("documents:upload", args=[IncomingLetter.objects.get().scan_id])
    client = as_user(payroll, TODAY)
    client.post(NEW, typed(sender="ZUS", token="u"))
    assert [row.sender for row in client.get(LIST).context["page"]] == ["ZUS"]
    assert client.get(scanned).status_code == 403
    form = client.get(NEW).context["form"]
    assert "answer" not in form.fields
    assert "qualification" not in dict(form.fields["kind"].choices)


def test_who_sees_the_own_letters_alone_is_told_so(as_user, centre, social_worker, payroll):
    registered(centre, social_worker)
    page = as_user(payroll, TODAY).get(LIST).content.decode()
    assert "Widać tu tylko pisma, które rejestrujesz samodzielnie." in page
