"""Breaches of order under the letters of the regulations, and the measures that follow."""

from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from attendance.actions.breaches import record_breach, take_measure, withdraw_breach
from attendance.actions.incidents import RegisterLine, add_test, record_incident
from attendance.actions.retractions import retract
from attendance.reading.order import doubts, sentences
from cistor.accounts.models import StandIn
from cistor.documents import files
from cistor.errors import Refused
from tests.factories import make_centre, make_group, make_participant, make_programme, make_user
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)


@pytest.fixture
def programme(centre, instructor):
    return make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 1, 5))


def breach(programme, by, letter="e", **over):
    version = programme.participant.centre.regulations.first()
    given = {"breach": version.breachs.filter(letter=letter).first(), "on_day": TODAY, "text": "Krzyki w stolarni."}
    return record_breach(programme, **{**given, **over}, by=by, on=TODAY)


def incident(programme, by, **over):
    told = {"on_day": TODAY, "at": time(7, 40), "substance": "alcohol", "suspicion": "Woń.", "outcome": "admitted"}
    told |= {"talk_on": TODAY, "despite": doubts(programme, TODAY), **over}
    return record_incident(programme, **told, by=by, on=TODAY).incident


def test_where_the_regulations_have_a_list_a_breach_needs_its_letter(programme, other_centre, social_worker, outsider):
    with pytest.raises(Refused) as refusal:
        breach(programme, social_worker, breach=None)
    assert refusal.value.field == "breach"
    assert breach(programme, social_worker).breach.letter == "e"
    elsewhere = make_programme(make_participant(other_centre), start_on=date(2026, 1, 5))
    assert breach(elsewhere, outsider).breach is None


def test_a_reprimand_is_the_directors_and_says_for_what_of_which_day_and_why(
    programme, centre, social_worker, director
):
    make_letterhead(centre)
    row = breach(programme, social_worker)
    for by, text in ((social_worker, "Po raz trzeci."), (director, " ")):
        with pytest.raises(Refused):
            take_measure(row, kind="reprimand", text=text, by=by, on=TODAY)
    told = {"what": "Hałas w stolarni.", "text": "Po raz trzeci."}
    measure = take_measure(row, kind="reprimand", **told, by=director, on=TODAY)
    assert (measure.source, measure.document.number) == ("", "NG/1/2026")
    said = _words(measure.document)
    assert ("§3 ust. 6" in said, "Podstawa:" in said, "r.." in said) == (False, False, False)
    for part in (
        "11 marca 2026",
        "Hałas w stolarni. Naruszony",
        "§5 ust. 3 lit. e",
        "Po raz trzeci.",
        "Toruń",
    ):
        assert part in said
    with pytest.raises(Refused):
        take_measure(row, kind="reprimand", text="Jeszcze raz.", by=director, on=TODAY)


def test_the_letter_says_what_the_director_writes_and_not_what_the_register_says_of_others(
    as_user, programme, centre, social_worker, director
):
    make_letterhead(centre)
    row = breach(programme, social_worker, text="Krzyki w stolarni. Był przy tym Zenon Świadek.")
    url = f"/obecnosc/naruszenia/{row.pk}/srodek/"
    assert "what" not in as_user(social_worker, TODAY).get(url).context["form"].fields
    client = as_user(director, TODAY)
    assert client.get(url).context["form"]["what"].value() == row.text
    told = {"token": "a", "kind": "reprimand", "what": "Krzyki w stolarni.", "text": "Po raz trzeci."}
    preview = client.post(url, {**told, "preview": "1"}).getvalue()
    client.post(url, told)
    for said in (_read(preview), _words(row.measures.get().document)):
        assert ("Krzyki w stolarni. Naruszony" in said, "Świadek" in said) == (True, False)
    bare = take_measure(breach(programme, social_worker), kind="reprimand", text="Znowu.", by=director, on=TODAY)
    assert "z dnia 11 marca 2026 r. Naruszony punkt" in _words(bare.document)


def test_where_the_regulations_know_no_reprimand_the_letter_claims_no_basis(db):
    elsewhere = make_user(make_centre("rzyszczewo"), "director")
    make_letterhead(elsewhere.centre)
    programme = make_programme(make_participant(elsewhere.centre), start_on=date(2026, 1, 5))
    row = breach(programme, elsewhere)
    measure = take_measure(row, kind="reprimand", what="Krzyki.", text="Znowu.", by=elsewhere, on=TODAY)
    said = _words(measure.document)
    assert ("za zdarzenie z dnia 11 marca 2026 r.: Krzyki. Uzasadnienie" in said, "Podstawa:" in said) == (True, False)


def test_a_reprimand_after_an_incident_names_the_point_where_the_regulations_have_it(
    programme, centre, social_worker, director
):
    make_letterhead(centre)
    row = incident(programme, social_worker)
    measure = take_measure(row, kind="reprimand", text="Po alkoholu.", by=director, on=TODAY)
    assert "§3 ust. 6 lit. d" in _words(measure.document)


def test_a_stand_in_of_the_director_gives_a_reprimand_and_signs_for_the_absent_one(
    programme, centre, social_worker, director
):
    make_letterhead(centre)
    deputy = make_user(centre, "payroll")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=TODAY, end_on=TODAY)
    row = breach(programme, social_worker)
    measure = take_measure(row, kind="reprimand", text="Po raz trzeci.", by=deputy, on=TODAY)
    assert (str(deputy) in _words(measure.document), str(director) in _words(measure.document)) == (True, True)


def test_the_letter_of_a_reprimand_is_read_before_it_is_given(as_user, programme, centre, social_worker, director):
    make_letterhead(centre)
    row = breach(programme, social_worker)
    client, url = as_user(director, TODAY), f"/obecnosc/naruszenia/{row.pk}/srodek/"
    assert "Wydruk roboczy nagany" in client.get(url).content.decode()
    told = {"token": "a", "kind": "reprimand", "text": "Po raz trzeci.", "preview": "1"}
    answer = client.post(url, told)
    assert answer["Content-Type"] == "application/pdf"
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.getvalue())).pages)
    assert "Po raz trzeci." in " ".join(words.split())
    assert "wydruk roboczy" in words
    assert not row.measures.exists()
    assert list(client.post(url, {**told, "text": ""}).context["form"].errors) == ["text"]
    assert list(client.post(url, {**told, "kind": "talk"}).context["form"].errors) == ["kind"]
    del told["preview"]
    assert client.post(url, told).status_code == 302
    assert row.measures.get().kind == "reprimand"


def test_a_breach_after_a_reprimand_is_withdrawn_by_the_director_with_a_reason_once_no_measure_stands(
    as_user, programme, centre, instructor, social_worker, director
):
    make_letterhead(centre)
    row = breach(programme, instructor)
    measure = take_measure(row, kind="reprimand", text="Po raz trzeci.", by=director, on=TODAY)
    retract(measure, why="Inna osoba.", by=director, on=TODAY)
    for user in (instructor, social_worker):
        with pytest.raises(Refused, match="kierujący centrum"):
            withdraw_breach(row, why="Inna osoba.", by=user, on=TODAY)
    with pytest.raises(Refused) as refusal:
        withdraw_breach(row, by=director, on=TODAY)
    assert refusal.value.field == "why"
    page = f"/obecnosc/naruszenia/{row.pk}/"
    users = (instructor, social_worker, director)
    pages = [as_user(user, TODAY).get(page).content.decode() for user in users]
    assert [f"{page}wycofanie/" in text for text in pages] == [False, False, True]
    client = as_user(director, TODAY)
    assert "Wystawione dokumenty zostają" in client.get(f"{page}wycofanie/").content.decode()
    client.post(f"{page}wycofanie/", {"token": "a", "why": "Wpisano przy innej osobie."})
    row.refresh_from_db()
    assert row.withdrawn_by == director
    pages = [as_user(user, TODAY).get(page).content.decode() for user in users]
    assert ["Wpisano przy innej osobie." in text for text in pages] == [False, True, True]


def test_the_lists_do_not_say_to_an_instructor_whether_a_measure_followed_an_incident(
    as_user, programme, instructor, social_worker
):
    row = incident(programme, social_worker)
    urls = ("/obecnosc/porzadek/", f"/obecnosc/porzadek/osoba/{programme.participant_id}/")
    for words in ("bez środka", "zastosowano środki"):
        said = [
            [words in as_user(user, TODAY).get(url).content.decode() for url in urls]
            for user in (instructor, social_worker)
        ]
        assert said == [[False, False], [True, True]]
        take_measure(row, kind="talk", by=social_worker, on=TODAY)


def test_a_measure_taken_back_is_crossed_out_and_no_longer_offered_as_a_fact(
    as_user, programme, social_worker, director
):
    row = breach(programme, social_worker)
    measure = take_measure(row, kind="annex", by=social_worker, on=TODAY)
    assert "aneks" in dict(sentences(programme))[f"breach-{row.pk}"]
    retract(measure, why="Inna osoba.", by=director, on=TODAY)
    assert "aneks" not in dict(sentences(programme))[f"breach-{row.pk}"]
    client = as_user(social_worker, TODAY)
    for url in ("/obecnosc/porzadek/", f"/obecnosc/porzadek/osoba/{programme.participant_id}/"):
        page = client.get(url).content.decode()
        assert "<del>aneks" in page
        assert "bez środka" in page
    assert "Inna osoba." in client.get(f"/obecnosc/naruszenia/{row.pk}/").content.decode()
    assert take_measure(row, kind="annex", by=social_worker, on=TODAY).kind == "annex"


def test_advisers_find_what_happened_on_the_card(as_user, programme, centre, social_worker):
    incident(programme, social_worker)
    client = as_user(make_user(centre, "therapist"), TODAY)
    url = f"/obecnosc/porzadek/osoba/{programme.participant_id}/"
    assert f'href="{url}"' in client.get(f"/uczestnicy/{programme.participant_id}/").content.decode()
    tabs = client.get(url).context["tabs"]
    assert [tab["label"] for tab in tabs if tab["current"]] == ["Porządek"]
    own = as_user(social_worker, TODAY).get(url).context["tabs"]
    assert [tab["label"] for tab in own if tab["url"] == url] == []


def _words(document) -> str:
    return _read(files.read(document.sha256))


def _read(data: bytes) -> str:
    pages = PdfReader(BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("is_positive", [None, False])
def test_of_a_suspicion_that_no_test_bears_out_nothing_follows_but_a_talk(
    programme, social_worker, director, is_positive
):
    row = incident(programme, social_worker, outcome="tested", sent_away=True)
    if is_positive is not None:
        told = {
            "at": datetime(2026, 3, 11, 7, 55, tzinfo=UTC),
            "device": "alkomat",
            "result": "0,00 mg/l",
            "is_positive": False,
            "is_signed": True,
        }
        add_test(row, test=RegisterLine(**told), by=social_worker, on=TODAY)
    for kind in ("reprimand", "termination"):
        with pytest.raises(Refused) as refusal:
            take_measure(row, kind=kind, text="Po alkoholu.", by=director, on=TODAY)
        assert refusal.value.field == "kind"
    assert take_measure(row, kind="talk", by=director, on=TODAY).kind == "talk"


@pytest.mark.parametrize("kind", ["no_bonus", "annex", "unheard_of"])
def test_an_instructor_takes_a_talk_and_nothing_more(programme, instructor, kind):
    row = incident(programme, instructor)
    assert take_measure(row, kind="talk", by=instructor, on=TODAY).incident == row
    with pytest.raises(Refused):
        take_measure(row, kind=kind, by=instructor, on=TODAY)


def test_what_a_measure_stands_on_is_not_withdrawn(programme, social_worker):
    kept, gone = breach(programme, social_worker), breach(programme, social_worker, letter="g")
    take_measure(kept, kind="talk", by=social_worker, on=TODAY)
    with pytest.raises(Refused):
        withdraw_breach(kept, by=social_worker, on=TODAY)
    assert withdraw_breach(gone, by=social_worker, on=TODAY).withdrawn_on == TODAY
    with pytest.raises(Refused):
        take_measure(gone, kind="talk", by=social_worker, on=TODAY)


def test_what_followed_an_incident_is_in_no_list_of_an_instructor_nor_a_withdrawal_that_is_refused(
    as_user, programme, instructor, social_worker
):
    row = incident(programme, social_worker)
    take_measure(row, kind="annex", by=social_worker, on=TODAY)
    lists = ("/obecnosc/porzadek/", f"/obecnosc/porzadek/osoba/{programme.participant_id}/")
    page = f"/obecnosc/incydenty/{row.pk}/"
    for user, reads in ((instructor, False), (social_worker, True)):
        client = as_user(user, TODAY)
        assert [("aneks" in client.get(url).content.decode().lower()) for url in lists] == [reads, reads]
        assert "Wycofaj incydent" not in client.get(page).content.decode()


def test_an_instructor_reads_that_there_was_an_incident_and_none_of_its_words(
    as_user, programme, instructor, social_worker
):
    row = incident(programme, social_worker, suspicion="Chwiejny krok.")
    pages = (
        f"/obecnosc/incydenty/{row.pk}/",
        "/obecnosc/porzadek/",
        f"/obecnosc/porzadek/osoba/{row.programme.participant_id}/",
    )
    for user, reads in ((instructor, False), (social_worker, True)):
        client = as_user(user, TODAY)
        answers = [client.get(url).content.decode() for url in pages]
        assert ("Chwiejny krok." in answers[0]) is reads
        assert not any("potwierdził" in text for text in answers) or reads
        assert all("11.03.2026" in text or "11 marca 2026" in text for text in answers)


def test_a_therapist_finds_the_way_to_what_happened(as_user, programme, centre, social_worker):
    incident(programme, social_worker)
    client = as_user(make_user(centre, "therapist"), TODAY)
    assert 'href="/obecnosc/porzadek/"' in client.get("/").content.decode()
    assert "Nowe wpisuje się" not in client.get("/obecnosc/porzadek/").content.decode()


def test_the_list_asks_the_database_no_more_often_with_more_events(as_user, programme, social_worker):
    client = as_user(social_worker, TODAY)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/obecnosc/porzadek/").status_code == 200
        return len(captured)

    take_measure(incident(programme, social_worker), kind="talk", by=social_worker, on=TODAY)
    breach(programme, social_worker)
    queries()
    first = queries()
    for _ in range(3):
        take_measure(breach(programme, social_worker), kind="talk", by=social_worker, on=TODAY)
        incident(programme, social_worker)
    assert queries() == first
