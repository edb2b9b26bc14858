"""Whoever applied and was erased: the acts and states stay, the words and the scans go."""

from datetime import date

import pytest

from cistor.desk.erasure import erase
from cistor.documents import files
from cistor.documents.models import Document, Upload
from cistor.errors import Refused
from participants.models import FilePaper
from referrals import actions
from referrals.models import Referral
from tests.desk.test_erasure import everything
from tests.documents.brought import make_upload
from tests.factories import make_participant
from tests.referrals.making import make_application, make_candidacy, make_round, make_score
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db
APPLIED, ERASED = date(2026, 3, 2), date(2032, 1, 5)
WORDS = ("Znikający powód", "Znikający cel", "Znikający adres", "Znikająca uwaga", "Znikająca")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person(centre):
    return make_participant(centre, last_name="Znikająca")


def applied(centre, person, **over):
    said = {"reason": "Znikający powód", "aim": "Znikający cel", "stay_address": "Znikający adres"}
    return make_application(centre, participant=person, on=APPLIED, **{**said, **over})


@pytest.mark.parametrize("status", ["draft", "open"])
def test_who_has_an_open_application_is_not_erased(centre, person, director, status):
    applied(centre, person, status=status)
    with pytest.raises(Refused, match="otwarty wniosek"):
        erase(person, by=director, on=ERASED)


def test_the_words_of_a_closed_application_go_and_its_states_stay(centre, person, director):
    application = applied(centre, person, office_state="opined")
    candidacy = make_candidacy(make_round(centre), state="checked", application=application)
    make_score(candidacy, director)
    type(candidacy).objects.update(formal_note="Znikająca uwaga")
    make_letterhead(centre)
    actions.refuse(application, reason="Znikający powód", by=director, on=APPLIED)
    assert [word for word in WORDS if word not in everything()] == []
    erase(person, by=director, on=ERASED)
    assert [word for word in WORDS if word in everything()] == []
    application.refresh_from_db()
    assert (application.status, application.number, application.office_state) == (
        "refused",
        application.number,
        "opined",
    )
    assert Document.objects.get(kind="refusal_letter").context is None


def test_what_leads_to_the_person_elsewhere_goes(centre, person, director):
    application = applied(centre, person, status="withdrawn", office_state="referred")
    Referral.objects.filter(application=application).update(reference="DP.Znikająca.1")
    paper = {"code": "questionnaire", "received_on": APPLIED, "place": "Segregator: Znikająca", "entered_by": director}
    FilePaper.objects.create(participant=person, **paper)
    erase(person, by=director, on=ERASED)
    assert "Znikająca" not in everything()


def test_a_scan_loses_its_name_and_its_file(centre, person, director):
    application = applied(centre, person, status="withdrawn")
    upload = make_upload(person, kind="application_scan", by=director)
    actions.attach_scan(application, upload, by=director, on=APPLIED)
    erase(person, by=director, on=ERASED)
    assert Upload.objects.values_list("name", "sha256").get() == ("", "")


def test_a_ranking_keeps_places_and_the_others_and_forgets_the_person(centre, person, director):
    make_letterhead(centre)
    application, other = applied(centre, person, status="withdrawn"), make_application(centre, on=APPLIED)
    rows = [
        {"place": place, "number": row.number, "name": str(row.participant), "points": "5", "reasons": ["Dochód."]}
        for place, row in enumerate((application, other), start=1)
    ]
    document = Document.objects.create(
        centre=centre,
        kind="ranking",
        number="LR/1/2026",
        title="Lista rankingowa",
        issued_on=APPLIED,
        issued_by=director,
        sha256=files.store(b"%PDF-1.7"),
        size=8,
        context={"rows": rows},
        people=[person.pk, other.participant_id],
    )
    erase(person, by=director, on=ERASED)
    document.refresh_from_db()
    assert [(row["name"], row["reasons"], row["points"]) for row in document.context["rows"]] == [
        ("Dane usunięte", [], "5"),
        (str(other.participant), ["Dochód."], "5"),
    ]
