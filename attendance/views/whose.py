"""Whose paper it is: the step between a list of the centre and the form of one person.

Names stand on the page and in what is posted, never in an address.
"""

from datetime import timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attendance.forms.whose import WhoseForm
from cistor import places
from cistor.accounts.access import needs
from participants.models import Group, Participant, Programme

ENTER, ORDER, MARK = "enter_absence_papers", "record_incident", "mark_attendance"
# What is entered late, about somebody who has left.
AFTERWARDS = timedelta(days=60)
ENDED, ALONE = "Program zakończony", "Bez grupy"
LATE = {True: f" albo skończyły go najwyżej {AFTERWARDS.days} dni temu", False: ""}
LISTED = "lista"
DESK = ("Pulpit", "desk:desk")


class Paper(NamedTuple):
    """What is to be entered, the form of one person, the list that leads there, and the same of one person."""

    heading: str
    form: str
    right: str
    room: str
    back: str
    own: str
    comes_late: bool = True


PAPERS = {
    "zwolnienie": Paper(
        "Nowe zwolnienie", "attendance:new_note", ENTER, "attendance:notes", "Zwolnienia", "attendance:person_notes"
    ),
    "dni-wolne": Paper(
        "Wniosek o dni wolne",
        "attendance:ask_leave",
        ENTER,
        "attendance:leave",
        "Dni wolne",
        "attendance:leave_card",
        comes_late=False,
    ),
    "incydent": Paper(
        "Incydent: trzeźwość",
        "attendance:new_incident",
        ORDER,
        "attendance:order",
        "Porządek",
        "attendance:person_order",
    ),
    "naruszenie": Paper(
        "Naruszenie porządku", "attendance:new_breach", ORDER, "attendance:order", "Porządek", "attendance:person_order"
    ),
    "wypadek": Paper(
        "Wypadek",
        "attendance:new_accident",
        ORDER,
        "attendance:accidents",
        "Rejestr wypadków",
        "attendance:person_order",
    ),
    "rzecz": Paper(
        "Wydanie rzeczy", "attendance:issue_item", ORDER, "attendance:items", "Wydane rzeczy", "attendance:person_items"
    ),
    "czesc-dnia": Paper(
        "Spóźnienie lub część dnia",
        "attendance:new_part_day",
        MARK,
        "attendance:part_day_list",
        "Części dnia",
        "attendance:part_days",
    ),
}


class Choice(NamedTuple):
    name: str
    about: str
    url: str


@require_http_methods(["GET", "POST"])
@needs(ENTER, ORDER, MARK)
def whose(request, paper):
    """Everybody whom the paper may be about, by groups; who is found alone is meant."""
    if (wanted := PAPERS.get(paper)) is None:
        raise Http404
    if not request.user.may(wanted.right, on=request.today):
        raise PermissionDenied
    form = WhoseForm(request.POST or None)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    groups = _groups(request, wanted, text)
    found = [choice for choices in groups.values() for choice in choices]
    if text and len(found) == 1 and not request.htmx:
        return redirect(found[0].url)
    context = {
        "paper": wanted,
        "form": form,
        "sought": text,
        "hint": f"Wystarczy początek nazwiska. Szuka się wśród osób, które są w programie{LATE[wanted.comes_late]}.",
        "groups": list(groups.items()),
        "count": len(found),
        "back": places.back(request, reverse(wanted.room)),
    }
    return render(request, "attendance/whose.html", context, status=422 if form.errors else 200)


def listed(request, paper: str) -> str:
    """The list, for whoever came to a form through it; else ""."""
    return places.back(request, reverse(PAPERS[paper].room)) if request.GET.get("skad") == LISTED else ""


def way_back(request, paper: str, person: Participant) -> places.Way:
    """The list, for whoever came to a form through it; else what was looked at last: of the person, or of a group."""
    if url := listed(request, paper):
        return places.Way("Wróć do listy", url)
    of_person = (str(person), PAPERS[paper].own, person.pk)
    return places.last(request, of_person, ("Dzień", "attendance:day", person.pk), *of_groups(person), DESK)


def of_groups(person: Participant) -> list[tuple]:
    """The pages of the groups, on which one marks."""
    groups = Group.objects.filter(memberships__participant=person).distinct()
    return [(group.name, f"attendance:{page}", group.pk) for group in groups for page in ("today", "month")]


def of_absences(programme: Programme) -> list[tuple]:
    """The pages of the absences, from which one looks at what explains them."""
    return [("Nieobecność", "attendance:absence", row.pk) for row in programme.absences.only("pk")]


def _groups(request, paper: Paper, text: str) -> dict[str, list[Choice]]:
    """Title of the group → its people; at the end those in none, then those who have left."""
    today = request.today
    people = Participant.objects.visible_to(request.user, on=today, right=paper.right).filter(erased_on__isnull=True)
    people = people.named(text) if text else people
    since = today - AFTERWARDS if paper.comes_late else today
    rows = Programme.objects.touching(since, today).filter(participant__in=people)
    rows = rows.select_related("participant").prefetch_related("stages").order_by("participant__order_key", "pk")
    names = dict(people.with_group(today).values_list("pk", "group_name"))
    groups: dict[str, list[Choice]] = {}
    for row in rows:
        title = ENDED if row.last_on < today else names[row.participant_id] or ALONE
        groups.setdefault(title, []).append(_choice(row, paper, is_over=title == ENDED))
    return {title: groups[title] for title in sorted(groups, key=lambda title: (title == ENDED, title == ALONE, title))}


def _choice(programme: Programme, paper: Paper, *, is_over: bool) -> Choice:
    about = f"do {programme.last_on:%d.%m.%Y}" if is_over else ""
    url = f"{reverse(paper.form, args=[programme.pk])}?skad={LISTED}"
    return Choice(str(programme.participant), about, url)
