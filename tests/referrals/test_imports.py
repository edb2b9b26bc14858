"""Candidates out of a spreadsheet: a preview first, then all of them or none, and never twice."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cistor.documents import files
from cistor.errors import Refused
from cistor.journal.models import Entry, Reading
from cistor.journal.once import new_token
from cistor.tables import read
from participants.models import Participant
from referrals.actions import import_candidates
from referrals.importing import FIELDS
from referrals.matching import Outcome
from referrals.models import Application
from referrals.views import imports
from tests.factories import login, make_participant, make_programme, pesel
from tests.referrals.making import make_application

TODAY = date(2026, 3, 30)
BORN = date(1981, 5, 17)
UPLOAD, PREVIEW = reverse("referrals:import_candidates"), reverse("referrals:import_preview")
HEADINGS = ["Nazwisko", "Imię", "PESEL", "Kategoria", "Telefon"]


def row(number: int, **over) -> list[str]:
    cells = {"Nazwisko": "Zmyślona", "Imię": "Wera", "PESEL": pesel(BORN, serial=number), "Kategoria": "5"} | over
    return [cells.get(heading, "") for heading in HEADINGS]


def table(*rows: list[str]) -> list[list[str]]:
    return [HEADINGS, *rows]


def csv(*rows: list[str], name: str = "kandydaci.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(";".join(cells) for cells in table(*rows)).encode("cp1250"))


@pytest.fixture
def bring(centre, social_worker):
    """`bring(row, …)`: the act, as the social worker."""
    return lambda *rows: import_candidates(table(*rows), centre=centre, by=social_worker, on=TODAY)


@pytest.fixture
def signed_in(client, social_worker, monkeypatch, settings, tmp_path):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    settings.MEDIA_ROOT = tmp_path
    login(client, social_worker)
    return client


# The act --------------------------------------------------------------------------------------------------------------


def test_who_is_new_gets_a_card_and_a_draft(bring, social_worker):
    assert bring(row(1, Telefon="600100200"), row(2)) == 2
    first, _ = Participant.objects.order_by("pk")
    assert (first.birth_on, first.phone) == (BORN, "600 100 200")
    draft = first.applications.get()
    assert (draft.status, draft.category, draft.applied_on) == ("draft", "long_term_unemployed", TODAY)
    assert draft.begun_by == social_worker
    entry = Entry.objects.get(verb="candidates_imported")
    assert entry.data == {"drafts": 2, "left": 0}


def test_the_same_table_twice_changes_nothing(bring):
    bring(row(1), row(2))
    written = Entry.objects.count()
    assert bring(row(1), row(2)) == 0
    assert (Participant.objects.count(), Application.objects.count()) == (2, 2)
    assert Entry.objects.count() == written


def test_who_was_here_before_keeps_the_card_and_gets_a_draft(centre, bring):
    known = make_participant(centre, pesel=row(1)[2], birth_on=BORN, last_name="Dawna")
    make_application(centre, participant=known, status="refused")
    assert bring(row(1)) == 1
    known.refresh_from_db()
    assert known.last_name == "Dawna"
    assert known.applications.filter(status="draft").count() == 1


def test_who_is_in_a_programme_is_left(centre, bring):
    known = make_participant(centre, pesel=row(1)[2], birth_on=BORN)
    make_programme(known, start_on=date(2026, 3, 2))
    assert bring(row(1)) == 0
    assert not known.applications.exists()


def test_one_wrong_row_refuses_the_whole_table(bring):
    with pytest.raises(Refused, match="wiersz 3"):
        bring(row(1), row(2, PESEL="123"))
    assert not Participant.objects.exists()


def test_a_candidate_is_written_in_two_dozen_statements(bring):
    with CaptureQueriesContext(connection) as few:
        bring(*[row(number) for number in range(5)])
    with CaptureQueriesContext(connection) as many:
        bring(*[row(number) for number in range(20, 40)])
    assert len(many) - len(few) <= 15 * 24


def test_another_centres_person_is_nobody_here(other_centre, bring):
    make_participant(other_centre, pesel=row(1)[2], birth_on=BORN)
    assert bring(row(1)) == 1
    assert Participant.objects.count() == 2


# The preview ----------------------------------------------------------------------------------------------------------


def outcomes(table, centre) -> list[tuple]:
    return [(match.candidate.line, match.outcome) for match in imports.read(table, centre=centre, on=TODAY)]


def test_each_row_says_what_would_become_of_it(centre, bring):
    bring(row(1))
    make_participant(centre, pesel=row(2)[2], birth_on=BORN)
    found = outcomes(table(row(1), row(2), row(3), row(4, Nazwisko="")), centre)
    assert found == [(2, Outcome.OPEN), (3, Outcome.KNOWN), (4, Outcome.NEW), (5, Outcome.FAULTY)]


def test_somebody_of_the_same_name_and_birth_date_is_pointed_at(centre):
    alike = make_participant(
        centre, last_name="Zmyślona", first_name="Wera", birth_on=BORN, pesel=pesel(BORN, serial=9)
    )
    (match,) = imports.read(table(row(1)), centre=centre, on=TODAY)
    assert (match.outcome, match.alike) == (Outcome.NEW, alike)


@pytest.mark.parametrize(
    "written, stands",
    [
        ("Tszcinowicz", "Trzcinowicz"),
        ("Trzcinowicz", "Tszcinowicz"),
        ("Krzemień", "Kszemien"),
        ("Zmyślona", "Smyslona"),
        ("Góralska", "Guralska"),
    ],
)
def test_somebody_whose_name_sounds_alike_and_has_the_birth_date_is_pointed_at(centre, written, stands):
    alike = make_participant(centre, last_name=stands, first_name="Wera", birth_on=BORN, pesel=pesel(BORN, serial=9))
    (match,) = imports.read(table(row(1, Nazwisko=written)), centre=centre, on=TODAY)
    assert (match.outcome, match.alike) == (Outcome.NEW, alike)


def test_the_same_name_is_pointed_at_before_one_that_sounds_like_it(centre):
    numbers = [pesel(BORN, serial=number) for number in (8, 9)]
    for last_name, number in zip(("Zmyślona", "Smyślona"), numbers, strict=True):
        make_participant(centre, last_name=last_name, first_name="Wera", birth_on=BORN, pesel=number)
    (match,) = imports.read(table(row(1)), centre=centre, on=TODAY)
    assert str(match.alike) == "Zmyślona Wera"


@pytest.mark.parametrize("over", [{"birth_on": date(1981, 5, 18)}, {"first_name": "Iga"}, {"last_name": "Inna"}])
def test_another_birth_date_or_another_name_is_somebody_else(centre, over):
    make_participant(
        centre,
        **{"last_name": "Zmyślona", "first_name": "Wera", "birth_on": BORN, "pesel": pesel(BORN, serial=9)} | over,
    )
    (match,) = imports.read(table(row(1)), centre=centre, on=TODAY)
    assert match.alike is None


@pytest.mark.parametrize("state", ["known", "draft", "programme"])
def test_a_number_that_belongs_to_another_name_shows_whose_card_it_is(signed_in, centre, state):
    known = make_participant(centre, last_name="Dawna", first_name="Iga", birth_on=BORN, pesel=row(1)[2])
    if state == "draft":
        make_application(centre, participant=known, status="draft")
    if state == "programme":
        make_programme(known, start_on=date(2026, 3, 2))
    signed_in.post(UPLOAD, {"file": csv(row(1))})
    page = signed_in.get(PREVIEW).content.decode()
    assert f'w kartotece: <a href="{reverse("participants:card", args=[known.pk])}">Dawna Iga</a>' in page


def test_a_faulty_row_shows_whose_card_its_number_has(signed_in, centre):
    make_participant(centre, last_name="Dawna", first_name="Iga", birth_on=BORN, pesel=row(1)[2])
    signed_in.post(UPLOAD, {"file": csv(row(1, Kategoria="99"))})
    assert "Dawna Iga" in signed_in.get(PREVIEW).content.decode()


def test_sixty_rows_take_the_same_queries_as_twenty(centre):
    def taken(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            imports.read(table(*[row(place) for place in range(number)]), centre=centre, on=TODAY)
        return len(queries)

    make_application(centre, participant=make_participant(centre, pesel=row(1)[2], birth_on=BORN))
    assert taken(20) == taken(60) <= 4


# The pages ------------------------------------------------------------------------------------------------------------


def test_nothing_is_written_before_the_preview_is_confirmed(signed_in):
    answer = signed_in.post(UPLOAD, {"file": csv(row(1), row(2))})
    assert (answer.status_code, answer.url) == (302, PREVIEW)
    page = signed_in.get(PREVIEW).content.decode()
    assert "Zmyślona Wera" in page
    assert "Wpisz 2 wnioski" in page
    assert not Participant.objects.exists()
    answer = signed_in.post(PREVIEW, {"token": new_token()})
    assert answer.url == reverse("referrals:list")
    assert Application.objects.count() == 2


def test_the_waiting_table_is_unreadable_on_the_disk_and_gone_afterwards(signed_in, settings):
    signed_in.post(UPLOAD, {"file": csv(row(1))})
    (stored,) = (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    assert b"Zmy" not in stored.read_bytes()
    assert signed_in.session["referrals.import"] == stored.name
    signed_in.post(PREVIEW, {"token": new_token()})
    assert not stored.exists()
    assert signed_in.get(PREVIEW).url == UPLOAD


def test_a_second_file_takes_the_place_of_the_first(signed_in, settings):
    for number in (1, 2):
        signed_in.post(UPLOAD, {"file": csv(row(number))})
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 1


def test_what_was_forgotten_is_swept(signed_in, settings):
    signed_in.post(UPLOAD, {"file": csv(row(1))})
    assert files.sweep(older_than=timezone.now() + timedelta(days=2)) == 1
    assert signed_in.get(PREVIEW).url == UPLOAD


def test_a_faulty_row_is_shown_and_cannot_be_confirmed(signed_in):
    signed_in.post(UPLOAD, {"file": csv(row(1), row(2, PESEL="123"))})
    page = signed_in.get(PREVIEW).content.decode()
    assert "PESEL ma dokładnie 11 cyfr." in page
    assert "Popraw w arkuszu 1 wiersz" in page
    assert "Wpisz 1 wniosek" not in page
    answer = signed_in.post(PREVIEW, {"token": new_token()})
    assert answer.status_code == 422
    assert "Niczego nie wpisano: popraw najpierw wiersz 3." in answer.content.decode()
    assert not Participant.objects.exists()


def test_a_second_click_hears_what_the_first_has_done(signed_in):
    signed_in.post(UPLOAD, {"file": csv(row(1), row(2))})
    token = new_token()
    for _ in range(2):
        answer = signed_in.post(PREVIEW, {"token": token}, follow=True)
        assert "Wpisano arkusz: 2 nowe szkice wniosków." in answer.content.decode()
    assert Application.objects.count() == 2


def test_what_was_looked_for_before_hides_nobody_just_written(signed_in):
    signed_in.post(reverse("referrals:list"), {"text": "kogo nie ma"})
    signed_in.post(UPLOAD, {"file": csv(row(1), row(2))})
    page = signed_in.post(PREVIEW, {"token": new_token()}, follow=True).content.decode()
    assert page.count("Zmyślona Wera") == 2
    assert "kogo nie ma" not in page


def test_a_confirmation_without_a_table_writes_nothing_and_says_so(signed_in):
    answer = signed_in.post(PREVIEW, {"token": new_token()}, follow=True)
    assert "Żaden arkusz nie czeka na wpisanie." in answer.content.decode()
    assert answer.redirect_chain == [(UPLOAD, 302)]


def test_whose_card_the_preview_shows_is_written_down(signed_in, centre, social_worker):
    known = make_participant(centre, pesel=row(1)[2], birth_on=BORN)
    alike = make_participant(
        centre, last_name="Zmyślona", first_name="Wera", birth_on=BORN, pesel=pesel(BORN, serial=9)
    )
    signed_in.post(UPLOAD, {"file": csv(row(1), row(2))})
    page = signed_in.get(PREVIEW).content.decode()
    assert "danych osoby nie zmieniamy" in page
    read_of = Reading.objects.filter(what="import_match", by=social_worker).values_list("participant", flat=True)
    assert set(read_of) == {known.pk, alike.pk}


def test_the_same_file_again_has_nothing_to_write(signed_in):
    for _ in range(2):
        signed_in.post(UPLOAD, {"file": csv(row(1))})
        page = signed_in.get(PREVIEW).content.decode()
        signed_in.post(PREVIEW, {"token": new_token()})
    assert "Nie ma czego wpisywać" in page
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "file, said",
    [
        (SimpleUploadedFile("a.csv", b"\0\0"), "To nie jest arkusz"),
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04"), "Nie udało się"),
        (SimpleUploadedFile("a.csv", b"Nazwisko\nZ"), "Brak kolumny „Imię”."),
        (csv(*[row(number) for number in range(151)]), "za dużo wierszy"),
    ],
)
def test_a_file_that_is_no_table_of_candidates_is_refused_in_words(signed_in, file, said):
    answer = signed_in.post(UPLOAD, {"file": file})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_template_is_read_by_the_import_and_has_nobody_in_it(signed_in):
    answer = signed_in.get(reverse("referrals:import_template"))
    assert answer["Content-Disposition"] == 'attachment; filename="kandydaci.xlsx"'
    (headings,) = read(answer.content, most_rows=5, most_columns=30)
    assert [heading for heading in headings if heading] == [field.heading for field in FIELDS]
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Kandydaci", "Objaśnienia"]
    assert "osoby długotrwale bezrobotne" in [cell.value for cell in book["Objaśnienia"]["C"]]
