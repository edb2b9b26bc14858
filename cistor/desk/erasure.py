"""Erasure of a person: one of the two acts that rewrite what is otherwise frozen.

Each model that holds something of a person says in `without_person` what its columns become; histories follow. Amounts,
days and acts stay, so that sums and reports do. The PDF files of payment lists, of orders to pay and of applications
for a refund stay as issued: accounting evidence; those made in the background, to be taken once, go.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from django.apps import apps
from django.db import models
from django.db.models import Q

from attendance.models import Correction, Excuse, LeaveRequest
from benefits.actions import one_at_a_time
from benefits.gather import cases
from benefits.models import PaymentList, Settlement
from benefits.models.settlements import SettlementQuerySet
from benefits.reading.changes import changes
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.documents.kinds import EVIDENCE
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.jobs import actions as jobs
from cistor.journal.actions import record
from cistor.triggers import passing
from participants.models import Participant
from referrals.actions.intake import OPEN

CONSEQUENCES = [
    "Nazwisko, PESEL, adres, telefon, rachunek i uzasadnienia znikną z kartoteki, z historii zmian i z dziennika.",
    "Znikną treści wniosków, opinii i ocen oraz wgrane skany.",
    "Znikną pliki wydanych zaświadczeń i pism o tej osobie; zostaną ich numery i dni.",
    "Znikną pliki list z naborów, które wymieniają tę osobę z nazwiska; zostaną listy bez nazwisk.",
    "Zostaną kwoty, dni i rok urodzenia, żeby zgadzały się sumy i sprawozdania.",
    "Wydane listy wypłat, polecenia wypłaty i wnioski o refundację zostaną takie, jakie są: to dowody księgowe.",
    "Zostaną też pliki przelewów dla banku, ale tych, które wymieniają tę osobę, nikt już nie pobierze.",
]
# Of evidence that names several people: where in its data they stand.
TABLES = {
    "payment_list": ("people",),
    "payment_order": ("transfers", "cash"),
    "refund_application": ("rows", "corrections"),
}

# What waits for the head of the centre: the question, and "it".
ASKED = {
    Correction: ("korekta obecności", "ją"),
    LeaveRequest: ("wniosek o dni wolne", "go"),
    Excuse: ("prośba o usprawiedliwienie dnia", "ją"),
}


def erase(participant: Participant, *, by: User | None, on: date) -> None:
    """Anonymise the person everywhere. Cannot be undone; refused while something is still owed or running."""
    with passing("erasure"):
        # A run that has read the names must be over before they go.
        one_at_a_time(participant.centre)
        person = Participant.objects.select_for_update().get(pk=participant.pk)
        _check(person, on)
        # First, since a row without any identity is allowed to an erased person only.
        Participant.objects.filter(pk=person.pk).update(erased_on=on)
        for model in personal_models():
            _erase_rows(model, person)
        _erase_from_lists(person)
        _erase_from_rankings(person)
        _drop_files(person)
        jobs.take_back(centre=person.centre, person=person.pk)
        record(person, "person_erased", by=by, on=on)


def personal_models() -> Iterator[type[models.Model]]:
    """Models that name what becomes of their columns, and the histories of these."""
    return (model for model in apps.get_models() if _replacements(model))


def _replacements(model: type[models.Model]) -> dict:
    return getattr(getattr(model, "pgh_tracked_model", model), "without_person", {})


def _erase_rows(model: type[models.Model], person: Participant) -> None:
    tracked = getattr(model, "pgh_tracked_model", None)
    path = (tracked or model).participant_path
    if path == "pk":
        path = "pgh_obj_id" if tracked else "pk"
    model._base_manager.filter(**{path: person.pk}).update(**_replacements(model))


def _erase_from_lists(person: Participant) -> None:
    """The data that printed evidence was made from; the other people's rows and all amounts stay."""
    programmes = set(person.programmes.values_list("pk", flat=True))
    for document in Document.objects.filter(kind__in=TABLES, people__contains=[person.pk]):
        for row in chain.from_iterable(document.context.get(table, []) for table in TABLES[document.kind]):
            if row["programme"] in programmes:
                row |= {"name": "Dane usunięte", "account": ""}
        document.save(update_fields=["context"])


def _erase_from_rankings(person: Participant) -> None:
    """The lists of a round that name the person; places and points stay, as on the public copy."""
    numbers = set(person.applications.values_list("number", flat=True))
    for document in Document.objects.filter(kind="ranking", people__contains=[person.pk]):
        for row in document.context["rows"]:
            if row["number"] in numbers:
                row |= {"name": "Dane usunięte", "reasons": []}
        document.save(update_fields=["context"])


def _drop_files(person: Participant) -> None:
    """Of papers about the person, and of lists that name them among others; what no row names is swept."""
    naming = Document.objects.filter(Q(participant=person) | Q(people__contains=[person.pk]))
    naming.exclude(kind__in=EVIDENCE).update(sha256="")


def _check(person: Participant, on: date) -> None:
    if person.erased_on:
        raise Refused(f"Dane tej osoby usunięto już {day_text(person.erased_on)}.")
    if person.applications.filter(status__in=OPEN).exists():
        raise Refused("Osoba ma otwarty wniosek o skierowanie. Najpierw trzeba go zamknąć.")
    if person.programmes.filter(ended_on__isnull=True, stages__end_on__gte=on).exists():
        raise Refused("Program tej osoby trwa. Dane można usunąć dopiero po jego zakończeniu.")
    if any(case.programme.participant_id == person.pk for case in cases(person.centre, until=on)):
        raise Refused("Osoba ma dni, których nie ma jeszcze na żadnej liście wypłat. Najpierw trzeba je rozliczyć.")
    for model, (what, it) in ASKED.items():
        if model.objects.open().filter(programme__participant=person).exists():
            raise Refused(f"Na decyzję czeka {what} tej osoby. Najpierw trzeba {it} rozstrzygnąć albo wycofać.")
    settlements = Settlement.objects.filter(programme__participant=person)
    if settlements.exclude(payment_list__status=PaymentList.Status.APPROVED).exists():
        raise Refused("Osoba jest na niezatwierdzonej liście wypłat. Najpierw trzeba listę zatwierdzić.")
    if settlements.returned().exists():
        raise Refused("Przelew tej osoby wrócił. Najpierw trzeba wypłacić go ponownie.")
    if settlements.unpaid().exists():
        raise Refused("Osoba ma świadczenie, którego wypłaty nie zapisano.")
    _check_differences(person, settlements, on)


def _check_differences(person: Participant, settlements: SettlementQuerySet, on: date) -> None:
    """Who is erased is paid nothing any more, and nothing can be taken from them."""
    if changes(person.centre, until=on, on=on).programmes & set(person.programmes.values_list("pk", flat=True)):
        raise Refused("Osobie należy się inna kwota, niż wypłacono. Najpierw trzeba rozliczyć różnicę.")
    if settlements.overpaid().exists():
        raise Refused("Osoba ma nadpłatę, która czeka na zaliczenie. Najpierw trzeba ją rozliczyć.")
