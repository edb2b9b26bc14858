"""The regulations of another centre are set up on the screens alone, and then say what its papers say."""

from datetime import date

import pytest
from django.urls import reverse

from cistor.centres import presets
from cistor.centres.models import Centre, Meaning, Regulations
from cistor.centres.sheet import GROUPS, SLUGS
from tests.factories import login, make_user

pytestmark = pytest.mark.django_db
PAPERS = presets.read("rzyszczewo")
DAY = "2020-01-27"


@pytest.fixture
def head(client):
    """Of a centre that has nothing yet."""
    presets.load_statute()
    centre = Centre.objects.create(**{**PAPERS["centre"], "name": "Nowe centrum", "short_name": "Nowe"})
    return login(client, make_user(centre, "director"))


def send(client, name: str, typed: dict, *args):
    answer = client.post(reverse(name, args=args), typed)
    errors = answer.context and [
        form.errors for form in (answer.context.get("form"), *(answer.context.get("formset") or ())) if form
    ]
    assert answer.status_code == 302, errors
    return answer


def typed(value):
    if isinstance(value, bool):
        return "on" if value else None
    return "" if value is None else value


def settings(slug: str) -> dict:
    found = {}
    for name in GROUPS[SLUGS[slug]]:
        if name in PAPERS["papers"]:
            found[f"{name}_source"] = PAPERS["papers"][name]
            continue
        value, source = PAPERS["settings"][name]
        found |= {name: typed(value), f"{name}_source": source}
    return {name: value for name, value in found.items() if value is not None}


def rows(*listed: dict) -> dict:
    fields = {
        f"rows-{n}-{name}": typed(value)
        for n, row in enumerate(listed)
        for name, value in row.items()
        if value is not False
    }
    return {"rows-TOTAL_FORMS": len(listed), "rows-INITIAL_FORMS": 0, **fields}


def day_codes() -> dict:
    by_meaning = {row[0]: (*row[1:], place) for place, row in enumerate(PAPERS["day_codes"])}
    return rows(
        *(
            dict(zip(("letters", "name", "colour", "source", "position"), by_meaning[meaning], strict=True))
            for meaning in Meaning.values
        )
    )


def grounds() -> list[dict]:
    source = PAPERS["grounds"]["source"]
    return [
        {"letter": letter, "meaning": meaning, "text": text, "source": source}
        for letter, meaning, text in PAPERS["grounds"]["rows"]
    ]


def deadlines() -> list[dict]:
    return [
        {name: value for name, value in row.items() if name != "of"}
        for row in PAPERS["deadlines"]
        if row.get("of") == "regulations"
    ]


def file_items() -> list[dict]:
    names = ("code", "name", "obligatory", "expires", "source")
    items = [dict(zip(names, row, strict=True)) for row in PAPERS["file_items"]]
    return [{**item, "position": n} for n, item in enumerate(items)]


def set_up(client, centre: Centre) -> Regulations:
    """From the empty page of a centre to regulations in force."""
    assert reverse("centres:start_draft") in client.get(reverse("centres:centre")).content.decode()
    chosen = {"token": "1", "origin": "statute", "title": PAPERS["title"], "in_force_from": DAY}
    send(client, "centres:start_draft", chosen)
    draft = centre.regulations.get()
    for slug in SLUGS:
        send(client, "centres:edit_settings", settings(slug), draft.pk, slug)
    # The ready draft brings terms; those of the papers take their place.
    listed = {"oznaczenia": day_codes(), "podstawy": rows(*grounds()), "terminy": rows(*deadlines())}
    listed |= {"naruszenia": rows(), "srodki": rows(), "potracenia": rows(), "teczka": rows(*file_items())}
    for slug, fields in listed.items():
        send(client, "centres:edit_list", fields, draft.pk, slug)
    send(client, "adoption:adopt", {"token": "2"}, draft.pk)
    return Regulations.objects.version(centre, date(2026, 11, 23))


def test_another_centre_sets_its_regulations_up_without_code(client, head):
    version = set_up(client, head.centre)
    papers = presets.load_regulations("rzyszczewo", Centre.objects.create(name="Wzór", short_name="Wzór"))
    papers.refresh_from_db()
    for name in PAPERS["settings"]:
        assert (getattr(version, name), version.sources[name]) == (getattr(papers, name), papers.sources[name]), name
    assert version.sources == papers.sources
    for related, columns in {
        "daycodes": ("meaning", "letters", "name", "colour", "source", "position"),
        "grounds": ("letter", "meaning", "text", "source"),
        "breachs": ("letter", "text", "source"),
        "measures": ("letter", "meaning", "text", "source"),
        "deductionkinds": ("code", "name", "condition", "source"),
        "fileitemkinds": ("code", "name", "obligatory", "expires", "source", "position"),
        "deadline_lengths": ("code", "unit", "length", "at", "starts_with", "source"),
    }.items():
        here, there = (list(getattr(row, related).values(*columns)) for row in (version, papers))
        assert here == there, related
    assert (version.title, str(version.in_force_from)) == (PAPERS["title"], DAY)
