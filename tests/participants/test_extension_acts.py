"""More months: asked for once at a time, decided by another, up to the limit of the day."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from cistor.documents.models import Document
from cistor.journal.models import Entry
from participants import actions
from participants.models import Extension, Programme
from tests.factories import end, make_participant, make_programme, make_user
from tests.participants.refusals import refusal
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db

# Main period 1 April 2026 – 28 February 2027.
START, LAST = date(2026, 3, 1), date(2027, 2, 28)
ASKED, DECIDED = date(2027, 2, 1), date(2027, 2, 8)


@pytest.fixture
def programme(centre, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_letterhead(centre)
    return make_programme(make_participant(centre), start_on=START)


def ask(programme, by, *, origin="participant", months=3, reason="Egzamin zawodowy w maju.", on=ASKED):
    return actions.ask_extension(programme, origin=origin, months=months, reason=reason, by=by, on=on)


def decide(extension, by, *, granted=True, months=None, note="", on=DECIDED):
    return actions.decide_extension(extension, granted=granted, months=months, note=note, by=by, on=on)


def stages(programme):
    rows = programme.stages.exclude(kind__in=["trial", "main"])
    return [(str(stage.start_on), str(stage.end_on)) for stage in rows]


def test_what_is_granted_begins_the_day_after_and_is_issued(programme, social_worker, director):
    extension = decide(ask(programme, social_worker), director, note="Zgodnie z wnioskiem.")
    assert stages(programme) == [("2027-03-01", "2027-05-31")]
    assert (extension.granted_months, extension.stage.decided_by) == (3, director)
    assert (extension.document.kind, extension.document.number) == ("extension_decision", "RP/1/2027")
    context = extension.document.context
    told = [context[name] for name in ("granted", "lasts_until", "start_on", "end_on", "note", "basis")]
    assert told[:-1] == [True, "2027-02-28", "2027-03-01", "2027-05-31", "Zgodnie z wnioskiem."]
    assert told[-1].endswith("§1 ust. 2 lit. b")
    entry = Entry.objects.get(verb="extension_granted")
    assert (entry.by, entry.data) == (director, {"months": 3, "number": "RP/1/2027"})


def test_the_director_may_grant_other_months(programme, social_worker, director):
    extension = decide(ask(programme, social_worker, origin="opinion"), director, months=6)
    assert (extension.months, extension.granted_months) == (3, 6)
    assert stages(programme) == [("2027-03-01", "2027-08-31")]


def test_fewer_months_than_asked_for_are_reasoned(programme, social_worker, director):
    extension = ask(programme, social_worker)
    assert refusal(decide, extension, director, months=2, note=" ")[0] == "note"
    assert stages(programme) == []
    extension = decide(extension, director, months=2, note="Egzamin jest w kwietniu.")
    assert (stages(programme), extension.note) == ([("2027-03-01", "2027-04-30")], "Egzamin jest w kwietniu.")


def test_a_refusal_says_why_is_issued_and_changes_no_day(programme, social_worker, director):
    extension = ask(programme, social_worker)
    assert refusal(decide, extension, director, granted=False, note=" ")[0] == "note"
    extension = decide(extension, director, granted=False, note="Cele osiągnięto.")
    assert (stages(programme), extension.stage, extension.granted_months) == ([], None, None)
    assert extension.document.context["granted"] is False


def test_a_decision_is_final_and_may_be_followed_by_another(programme, social_worker, director):
    first = decide(ask(programme, social_worker), director, granted=False, note="Za wcześnie.")
    assert "rozstrzygnięto już" in refusal(decide, first, director)[1]
    assert "rozstrzygnięto już" in refusal(actions.withdraw_extension, first, by=social_worker, on=DECIDED)[1]
    with pytest.raises(DatabaseError), transaction.atomic():
        Extension.objects.filter(pk=first.pk).update(granted=True, granted_months=3)
    decide(ask(programme, social_worker), director)
    assert Document.objects.filter(kind="extension_decision").count() == 2


def test_one_request_waits_at_a_time_until_it_is_withdrawn(programme, social_worker, director):
    first = ask(programme, social_worker)
    assert "już czeka" in refusal(ask, programme, director)[1]
    assert "ten, kto ją wpisał" in refusal(actions.withdraw_extension, first, by=director, on=DECIDED)[1]
    actions.withdraw_extension(first, by=social_worker, on=DECIDED)
    assert "wycofana" in refusal(decide, first, director)[1]
    assert ask(programme, director).pk


def test_who_asks_does_not_decide_but_in_a_centre_of_one(programme, centre, director):
    extension = ask(programme, director)
    assert "ktoś inny" in refusal(decide, extension, director)[1]
    centre.single_handed = True
    centre.save()
    assert decide(extension, director).granted


@pytest.mark.parametrize("role", ["instructor", "payroll", "psychologist", "social_worker"])
def test_the_director_alone_decides(programme, centre, social_worker, role):
    assert "kierujący centrum" in refusal(decide, ask(programme, social_worker), make_user(centre, role))[1]


def test_the_stand_in_decides_on_their_days(programme, social_worker, director):
    extension = ask(programme, director)
    director.stand_ins.create(deputy=social_worker, start_on=DECIDED, end_on=DECIDED)
    decided = decide(extension, type(social_worker).objects.get(pk=social_worker.pk))
    assert (decided.decided_by, decided.decided_for) == (social_worker, director)
    signer = {"name": str(social_worker), "stands_in_for": str(director)}
    assert decided.document.context["signer"] == signer
    with pytest.raises(DatabaseError), transaction.atomic():
        Extension.objects.filter(pk=decided.pk).update(decided_for=None)


@pytest.mark.parametrize("role", ["instructor", "payroll", "therapist", "admin"])
def test_the_social_worker_or_the_director_asks(programme, centre, role):
    assert "pracownik socjalny albo dyrektor" in refusal(ask, programme, make_user(centre, role))[1]


def test_another_centre_neither_asks_nor_decides(programme, outsider, social_worker):
    assert "pracownik socjalny albo dyrektor" in refusal(ask, programme, outsider)[1]
    assert "kierujący centrum" in refusal(decide, ask(programme, social_worker), outsider)[1]


WRONG = [
    ({"months": 0}, "months", "od 1 do 6"),
    ({"months": 7}, "months", "od 1 do 6"),
    ({"reason": "  "}, "reason", "co przemawia"),
    ({"origin": "director"}, "origin", ""),
    ({"on": date(2026, 3, 31)}, None, "w okresie właściwym"),
    ({"on": date(2027, 3, 1)}, None, "zanim upłynie"),
]


@pytest.mark.parametrize("over, field, says", WRONG)
def test_what_cannot_be_asked_is_refused_beside_its_field(programme, social_worker, over, field, says):
    refused, message = refusal(ask, programme, social_worker, **over)
    assert (refused, says in message) == (field, True)


def test_a_period_that_is_over_is_not_prolonged_any_more(programme, social_worker, director):
    extension = ask(programme, social_worker, on=LAST)
    assert "zanim upłynie" in refusal(decide, extension, director, on=date(2027, 3, 1))[1]
    assert decide(extension, director, granted=False, note="Po terminie.", on=date(2027, 3, 1)).granted is False


def test_a_programme_that_has_ended_is_not_prolonged(programme, social_worker):
    end(programme, ended_on=date(2026, 12, 1), kind="job")
    assert "zakończył się 01.12.2026" in refusal(ask, Programme.objects.get(pk=programme.pk), social_worker)[1]


def test_a_provisional_period_is_not_prolonged(programme, social_worker):
    programme.stages.filter(kind="main").update(provisional_reason="Urząd zapowiedział odpowiedź.")
    assert "warunkowy" in refusal(ask, programme, social_worker)[1]


def test_extensions_follow_each_other_up_to_the_limit_of_all_together(programme, social_worker, director):
    decide(ask(programme, social_worker, months=4), director)
    assert "od 1 do 2" in refusal(ask, programme, social_worker, months=3)[1]
    again = ask(programme, social_worker, months=2, on=date(2027, 6, 1))
    assert refusal(decide, again, director, months=3, on=date(2027, 6, 1))[0] == "months"
    decide(again, director, on=date(2027, 6, 1))
    assert stages(programme) == [("2027-03-01", "2027-06-30"), ("2027-07-01", "2027-08-31")]
    assert "łącznie o 6 mies." in refusal(ask, programme, social_worker, months=1, on=date(2027, 7, 1))[1]
