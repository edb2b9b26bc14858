"""Absences: what still waits, one of them with everything about it, and the steps to the arrangement."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.actions import absences as actions
from attendance.documents.absences import absence_note as note_paper
from attendance.documents.absences import is_behind
from attendance.forms import read_day
from attendance.forms.absences import CloseForm, NarrowAbsencesForm, ReasonForm, ReopenForm
from attendance.models import Absence, SickNote
from attendance.reading import absence_papers as papers
from attendance.reading import absences as reading
from attendance.reading.contacts import talk_for
from attendance.views.fetch import within
from attendance.views.steps import step_page
from attendance.views.tabs import tabs
from attendance.views.talks import tell_day_off
from attendance.views.whose import DESK, of_groups
from cistor import places
from cistor.accounts.access import needs
from cistor.dates import day_text, days_text, span_text
from cistor.documents.answers import printed
from cistor.documents.reach import number_for
from cistor.errors import Refused
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import OnceForm, carry_out, said
from participants.views.fetch import programme_of

PAGE = 50
RIGHT, TALK = reading.RIGHT, reading.TALK
# Who may open a sick note.
NOTES = ("see_attendance", "decide_attendance")


@require_GET
@needs(RIGHT)
def absences(request):
    """What waits, the oldest first; or what was ended, the newest first."""
    form = NarrowAbsencesForm(request.GET)
    if not form.is_valid():
        raise Http404
    places.keep(request, *form.fields)
    ended = form.cleaned_data["stan"] == form.ENDED
    rows = _ended(request) if ended else reading.open_absences(request.user, request.today)
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    people = {row.programme.participant_id for row in page}
    record_readings(request.user.home_centre, people, "absence", by=request.user)
    context = {"page": page, "filters": form, "ended": ended, "tabs": tabs(request)}
    context["rows"] = [] if ended else [(run, run.age(request.today)) for run in page]
    return render(request, "attendance/absences.html", context)


def _ended(request):
    rows = Absence.objects.visible_to(request.user, on=request.today, right=RIGHT).filter(closed_on__isnull=False)
    return rows.select_related("programme__participant", "closed_by").order_by("-closed_on", "-pk")


@require_GET
@needs(RIGHT)
def absence(request, pk):
    """Days, tries, reason, note, talk and arrangement; what came later stands in the days."""
    row = _absence(request, pk)
    person = row.programme.participant
    record_reading(person, "absence", by=request.user)
    places.keep(request)
    days, asked = reading.named(row, request.today), reading.latest_asked(row, request.today)
    notes = papers.notes_behind([day for day, _ in days], within(request, SickNote.objects, *NOTES))
    talks = row.contacts.select_related("by", "participant", "retraction__by").order_by("at", "pk")
    context = {
        "row": row,
        "facts": _facts(request, row),
        "days": [(day, name, asked.get(day.on), notes.get(day.on)) for day, name in days],
        "back": places.last(request, *_rooms(request, person), ("Pulpit", "desk:desk")),
        "once": OnceForm(),
        "unexplained": [day for day, _ in days if reading.is_unexplained(day)],
        "talks": [talk_for(talk, request.user, request.today) for talk in talks],
        "may_talk": _may_talk(request, row),
        "may_enter": row.programme.participant.open_to(request.user, "enter_absence_papers", on=request.today),
        "is_behind": is_behind(row, days),
        "to_excuse": reading.to_excuse(row, [day for day, _ in days], request.today) if row.closed_on else [],
        "may_reopen": row.closed_on is not None and reading.may_reopen(row, request.user, request.today),
        "to_prepare": papers.is_to_prepare(row, request.user, request.today),
    }
    return render(request, "attendance/absence.html", context)


def _rooms(request, person) -> list[tuple]:
    """The lists that lead here."""
    rooms: list[tuple] = [("Nieobecności", "attendance:absences"), ("Raport poranny", "attendance:morning")]
    if person.open_to(request.user, TALK, on=request.today):
        rooms.append(("Nieobecności osoby", "attendance:contacts", person.pk))
    return rooms


def _may_talk(request, row: Absence) -> bool:
    waits = row.closed_on is None or reading.keeps_talk(row, request.today)
    return waits and row.programme.participant.open_to(request.user, TALK, on=request.today)


def _facts(request, row: Absence) -> list[tuple[str, object]]:
    known = [
        ("Otwarto na nowo", "" if row.closed_on else row.arranged),
        ("Co ustalono", row.reason),
        ("Ustalono", _said(row.found_by, row.found_on)),
        ("Rozmowa wyznaczona na", day_text(row.talk_on) if row.talk_on else ""),
        *_ending(row),
        ("Notatka służbowa", number_for(row.document, request.user, on=request.today) if row.document else ""),
        *_prepared(request, row),
    ]
    return [
        ("Osoba", _person(request, row.programme.participant)),
        ("Od", day_text(row.start_on)),
        ("Zgłoszono", _said(row.reported_by, row.reported_at and localtime(row.reported_at))),
        ("Przyczyna", row.get_reason_kind_display()),
        *((label, value) for label, value in known if value),
    ]


def _person(request, person) -> object:
    """With a link for who may open the log of talks."""
    if not person.open_to(request.user, TALK, on=request.today):
        return person
    return format_html('<a href="{}">{}</a>', reverse("attendance:contacts", args=[person.pk]), person)


def _said(by, at) -> str:
    if by is None:
        return ""
    return f"{by}, {at:%d.%m.%Y, %-H:%M}" if hasattr(at, "hour") else f"{by}, {day_text(at)}"


def _ending(row: Absence) -> list[tuple[str, object]]:
    if row.closed_on is None:
        return []
    return [
        ("Dni", span_text(row.start_on, row.end_on)),
        ("Ustalenia", row.get_arrangement_display()),
        ("Na czym stanęło", row.arranged),
        ("Zakończono", _said(row.closed_by, row.closed_on)),
    ]


def _prepared(request, row: Absence) -> list[tuple[str, object]]:
    """What was prepared about the programme since the absence began."""
    proposals, annexes = (found(row, request.user, request.today) for found in (papers.proposals, papers.annexes))
    return [
        ("Wniosek o rozwiązanie IPZS", _links("participants:termination", map(_proposal, proposals))),
        ("Aneks do IPZS", _links("participants:annex", map(_annex, annexes))),
    ]


def _proposal(row) -> tuple[int, str, str]:
    return row.pk, f"z {day_text(row.asked_on)}", row.state[1]


def _annex(row) -> tuple[int, str, str]:
    return row.pk, f"nr {row.number}", f"podpisany {day_text(row.signed_on)}" if row.signed_on else "projekt"


def _links(page: str, rows) -> object:
    shown = ((reverse(page, args=[pk]), words, state) for pk, words, state in rows)
    return format_html_join("; ", '<a href="{}">{}</a>, {}', shown)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def report_absence(request, pk):
    """Tell the superior; the address may name any day of the absence."""
    programme = programme_of(request, pk, RIGHT)
    day = read_day(request.GET.get("dzien"), default=request.today)
    run = reading.run_of(programme, day, request.today)
    if run and run.row and run.row.reported_at:
        return redirect("attendance:absence", run.row.pk)
    if request.method == "POST":
        return _reported(request, programme, day)
    if run is None:
        messages.info(request, f"{day_text(day)} nie ma u tej osoby niewyjaśnionej nieobecności.")
        return redirect("attendance:absences")
    record_reading(programme.participant, "absence", by=request.user)
    facts = [("Osoba", programme.participant), ("Dni bez usprawiedliwienia", days_text(run.days))]
    facts.append(("Przełożony", request.user.superior_name))
    words = {
        "heading": "Zgłoszenie nieobecności",
        "question": "Zgłosić nieobecność przełożonemu?",
        "consequences": REPORTED,
        "submit": "Zgłoś nieobecność",
    }
    return step_page(request, None, facts=facts, cancel=_seen(request, programme).url, **words)


def _seen(request, programme) -> places.Way:
    """Where the absence was seen: in the morning report, on a list, on its day."""
    person = programme.participant
    lists = [("Raport poranny", "attendance:morning"), ("Nieobecności", "attendance:absences"), DESK]
    return places.last(request, *lists, ("Dzień", "attendance:day", person.pk), *of_groups(person))


REPORTED = [
    "Przełożony zobaczy zgłoszenie na swoim pulpicie, z godziną i osobą, która zgłosiła.",
    "Sprawa zostaje na liście nieobecności, dopóki ktoś nie zapisze ustaleń.",
]


def _reported(request, programme, day):
    try:
        moment = {"on": request.today, "at": localtime()}
        row = actions.report_absence(programme, start_on=day, by=request.user, **moment)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("attendance:absences")
    messages.success(request, "Nieobecność jest zgłoszona.")
    return redirect("attendance:absence", row.pk)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def record_reason(request, pk):
    """What was found out, and the day of the talk where one was set."""
    row = _absence(request, pk)
    initial = {"kind": row.reason_kind, "reason": row.reason, "talk_on": row.talk_on}
    form = ReasonForm(request.POST or None, initial=initial)

    def act():
        given, on = form.cleaned_data, request.today
        actions.record_reason(row, kind=given["kind"], reason=given["reason"], by=request.user, on=on)
        if given["talk_on"] != row.talk_on:
            actions.plan_talk(row, talk_on=given["talk_on"], by=request.user, on=on)
            if given["talk_on"]:
                tell_day_off(request, row.programme.participant.centre, given["talk_on"])

    words = {"heading": "Przyczyna nieobecności", "question": "Co ustalono?", "submit": "Zapisz przyczynę"}
    return _step(request, row, form, act, done="Przyczyna jest zapisana.", words=words)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def close_absence(request, pk):
    """On what it came to rest."""
    row, form = _absence(request, pk), CloseForm(request.POST or None)

    def act():
        given = {name: form.cleaned_data[name] for name in ("arrangement", "arranged")}
        actions.close_absence(row, **given, by=request.user, on=request.today)

    words = {
        "consequences": _left(row, request.today),
        "heading": "Zakończenie sprawy",
        "question": "Na czym stanęło?",
        "submit": "Zakończ sprawę",
    }
    return _step(request, row, form, act, done="Sprawa nieobecności jest zakończona.", words=words)


def _left(row: Absence, on) -> list[str]:
    prepared = "Ustalony aneks albo wniosek o rozwiązanie zostaje na pulpicie, dopóki ktoś go nie przygotuje."
    if not reading.keeps_talk(row, on):
        return [prepared]
    talk = f"Rozmowa wyznaczona na {day_text(row.talk_on)} zostaje na pulpicie, dopóki ktoś jej nie wpisze."
    return [talk, prepared]


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def reopen_absence(request, pk):
    """A case ended too early, or with a wrong arrangement, waits again."""
    row, form = _absence(request, pk), ReopenForm(request.POST or None)

    def act():
        actions.reopen_absence(row, reason=form.cleaned_data["reason"], by=request.user, on=request.today)

    words = {
        "consequences": REOPENED,
        "heading": "Ponowne otwarcie sprawy",
        "question": "Otworzyć sprawę na nowo?",
        "submit": "Otwórz sprawę na nowo",
    }
    return _step(request, row, form, act, done="Sprawa znów czeka na ustalenia.", words=words, of_ended=True)


REOPENED = [
    "Nieobecność wraca na listę i na pulpit, dopóki ktoś nie zapisze nowych ustaleń.",
    "Przyczyna i rozmowy zostają. Poprzednie ustalenia zostają w historii osoby.",
]


@require_POST
@needs(RIGHT)
def absence_note(request, pk):
    """Issued with what is known by now; a second click takes no second number."""
    row, form, done = _absence(request, pk), OnceForm(request.POST), []

    def act():
        done.append(actions.issue_note(row, by=request.user, on=request.today))

    if carry_out(form, act, by=request.user):
        number = done[0].number if done else ""
        messages.success(request, said(form, f"Notatka {number} jest gotowa do wydruku i podpisu."))
    else:
        messages.error(request, " ".join(words for found in form.errors.values() for words in found))
    return redirect("attendance:absence", pk)


@require_GET
@needs(RIGHT)
def absence_note_draft(request, pk):
    """What the note would say today; without a number, and kept nowhere."""
    row, back = _absence(request, pk), reverse("attendance:absence", args=[pk])

    def context():
        return note_paper(row, by=request.user, on=request.today)

    people = [row.programme.participant_id]
    return printed(request, "absence_note", context, back=back, name="notatka-sluzbowa-projekt.pdf", people=people)


def _step(request, row: Absence, form, act, *, done: str, words: dict, of_ended: bool = False):
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, done))
        return redirect("attendance:absence", row.pk)
    if request.method == "GET" and (row.closed_on is not None) != of_ended:
        return redirect("attendance:absence", row.pk)
    record_reading(row.programme.participant, "absence", by=request.user)
    cancel = reverse("attendance:absence", args=[row.pk])
    return step_page(request, form, facts=_facts(request, row), cancel=cancel, **words)


def _absence(request, pk) -> Absence:
    rows = Absence.objects.visible_to(request.user, on=request.today, right=RIGHT)
    about = ("programme__participant__centre", "reported_by", "found_by", "closed_by", "document")
    return get_object_or_404(rows.select_related(*about), pk=pk)
