"""What somebody saw of a letter before signing it: a mark that changes with whatever the paper would say."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from cistor.notices.models import Letter
from participants.models import Programme

LENGTH = 20


def with_facts(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """With all that a mark is made of, in as many queries for one letter as for fifty."""
    rows = letters.select_related("office", "participant")
    about = (f"people__programme__{name}" for name in ("participant", "stages", "assessments"))
    return rows.prefetch_related(*about)


def mark(letter: Letter) -> str:
    """Of a letter of `with_facts`. The letterhead and the agreement are left out: a change of them is no surprise in a
    letter, and to read them costs queries for each."""
    people = sorted((_person(row.programme) for row in letter.people.all()), key=lambda row: row["programme"])
    said = {
        "status": letter.status,
        "office": _office(letter),
        "text": letter.text,
        "text_saved": letter.text_saved,
        "days": [letter.starts_on, letter.due_on, letter.due_source],
        "people": people,
    }
    return salted_hmac("notices.seen", json.dumps(said, cls=DjangoJSONEncoder)).hexdigest()[:LENGTH]


def mark_now(letter: Letter) -> str:
    """As the rows of this moment say."""
    return mark(with_facts(Letter.objects.all()).get(pk=letter.pk))


def _office(letter: Letter) -> list[object]:
    office = letter.office
    return [office.pk, office.name, office.street, office.postal_code, office.city] if office else []


def _person(programme: Programme) -> dict[str, object]:
    person = programme.participant
    return {
        "programme": programme.pk,
        "office": programme.office_id,
        "who": [person.first_name, person.last_name, person.sex, person.birth_on],
        "home": [person.street, person.postal_code, person.city],
        "signed_on": programme.signed_on,
        "end": [programme.ended_on, programme.end_kind, programme.end_reason],
        "stages": [[row.kind, row.start_on, row.end_on] for row in programme.stages.all()],
        "said": [[row.pk, row.by_id, row.is_positive, row.text] for row in programme.assessments.all()],
    }
