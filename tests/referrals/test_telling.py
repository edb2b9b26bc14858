"""The qualified are told, and what they still have to bring is printed for them."""

from datetime import date

import pytest

from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.models import Entry
from referrals import documents
from referrals.actions import tell
from tests.referrals.making import make_candidacy, make_round
from tests.referrals.papers import make_letterhead
from tests.referrals.ready import CLOSED, TODAY, fill_file, make_qualified, make_ready

STATEMENT = "oświadczenie o prawach, które wykluczają uczestnictwo (do podpisania w centrum)"


@pytest.fixture
def candidacy(centre):
    return make_qualified(centre).candidacies.get()


def say(candidacy, by, *, way="phone", told_on=TODAY, note=""):
    return tell(candidacy, way=way, told_on=told_on, note=note, by=by, on=TODAY)


def test_it_is_written_down_which_way_when_and_by_whom(candidacy, social_worker):
    say(candidacy, social_worker, note=" Odebrała córka. ")
    candidacy.refresh_from_db()
    told = (candidacy.told_way, candidacy.told_on, candidacy.told_by, candidacy.told_note)
    assert told == ("phone", TODAY, social_worker, "Odebrała córka.")
    entry = Entry.objects.get(verb="candidate_told")
    assert "note" not in entry.data
    assert not Document.objects.exists()


def test_a_letter_is_issued_in_the_same_act(candidacy, social_worker, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_letterhead(candidacy.round.centre)
    say(candidacy, social_worker, way="letter")
    letter = Document.objects.get()
    assert (letter.kind, letter.number, letter.participant) == (
        "qualified_letter",
        "ZK/1/2026",
        candidacy.application.participant,
    )
    assert letter.context["classes_on"] == "2026-03-16"


def test_a_letter_that_cannot_be_issued_tells_nobody(candidacy, social_worker):
    with pytest.raises(Refused, match="papieru firmowego"):
        say(candidacy, social_worker, way="letter")
    candidacy.refresh_from_db()
    assert candidacy.told_on is None


def test_told_again_the_newest_stands(candidacy, social_worker, director):
    say(candidacy, social_worker, told_on=date(2026, 3, 9))
    say(candidacy, director, way="email")
    candidacy.refresh_from_db()
    assert (candidacy.told_way, candidacy.told_on, candidacy.told_by) == ("email", TODAY, director)


@pytest.mark.parametrize(
    "given, field",
    [
        ({"told_on": date(2026, 3, 12)}, "told_on"),
        ({"told_on": date(2026, 3, 5)}, "told_on"),
        ({"way": "pigeon"}, "way"),
    ],
)
def test_telling_has_a_sensible_day_and_way(candidacy, social_worker, given, field):
    with pytest.raises(Refused) as refusal:
        say(candidacy, social_worker, **given)
    assert refusal.value.field == field


@pytest.mark.parametrize("state", ["reserve", "declined", "scored"])
def test_only_the_qualified_are_told(centre, social_worker, state):
    with pytest.raises(Refused, match="zakwalifikowane"):
        say(make_candidacy(make_round(centre, closed_on=CLOSED), state=state), social_worker)


# The letter ----------------------------------------------------------------------------------------------------------


def letter(application, on=TODAY) -> dict:
    return documents.context("qualified_letter", application, on)


def test_the_letter_says_when_classes_begin_and_what_is_missing(centre):
    application = make_qualified(centre, office_state="opined")
    fill_file(application, but="safety_card")
    said = letter(application)
    assert (said["classes_on"], said["to_bring"]) == (date(2026, 3, 16), ["karta szkolenia BHP"])
    assert [text.split(" (")[0] for text in said["awaited"]] == ["skierowanie"]
    assert said["addressee"][0] == f"{application.participant.first_name} {application.participant.last_name}"


def test_the_letter_of_a_complete_file_asks_for_nothing(centre):
    said = letter(make_ready(centre))
    assert (said["to_bring"], said["awaited"]) == ([], [])


def test_the_letter_asks_for_the_statement_when_it_is_too_old(centre):
    application = make_ready(centre)
    assert letter(application, on=date(2026, 4, 1))["to_bring"] == []
    assert letter(application, on=date(2026, 4, 2))["to_bring"] == [STATEMENT]


def test_the_empty_letter_names_everything_the_regulations_ask_for(centre):
    said = documents.empty("qualified_letter", centre, TODAY)
    assert "zaświadczenie lekarskie" in said["to_bring"]
    assert "inne dokumenty dotyczące realizacji programu" not in said["to_bring"]
