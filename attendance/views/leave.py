"""Free days: the list of the centre, one request with its deeds, the leave card of a person."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.actions import leave as actions
from attendance.documents.leave import card_paper, empty_card, request_paper
from attendance.forms import read_day
from attendance.forms.leave import AskForm, LeaveDecisionForm, OpinionForm
from attendance.models import Day, LeaveRequest
from attendance.reading import leave as reading
from attendance.reading.history import with_makers
from attendance.reading.leave import Rules
from attendance.reading.leave_card import Card, rules_text
from attendance.terms import Terms
from attendance.views.closed_days import AskedDays
from attendance.views.fetch import person_of
from attendance.views.leave_days import entered, may_cancel, requested, standing, to_give_up
from attendance.views.tabs import person_tabs, tabs
from attendance.views.whose import listed, of_groups, way_back
from cistor import places
from cistor.accounts.access import needs
from cistor.accounts.roles import Role
from cistor.dates import day_count, day_text, days_between, days_text, span_text
from cistor.documents.answers import printed
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.models import Entry
from cistor.journal.once import carry_out, said
from participants.models import Programme
from participants.views import card
from participants.views.deciding import chosen, decision_facts, withdrawn
from participants.views.fetch import programme_of

PAGE, PAPER = 50, "dni-wolne"
QUARTER = timedelta(days=92)
SEE, ENTER, OPINE, DECIDE = "see_attendance", actions.ENTER, actions.OPINE, actions.DECIDE


@require_GET
@needs(SEE)
def leave(request):
    """What waits for a decision, the oldest first; then what is over, the newest first."""
    rows = LeaveRequest.objects.visible_to(request.user, on=request.today).in_order()
    about = ("programme__participant", "decided_by", "decided_for", "cancelled_by")
    rows = rows.select_related(*about).prefetch_related("days", "opinions").defer("reason", "waiver")
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    by_hand = _by_hand(request) if page.number == 1 else []
    people = {row.programme.participant_id for row in [*page, *by_hand]}
    record_readings(request.user.home_centre, people, "leave", by=request.user)
    places.keep(request)
    rules = Rules(request.user.home_centre)
    shown = [(row, days_text(standing(row) or _asked_for(row)), _lacking(row, rules)) for row in page]
    context = {"page": page, "rows": shown, "by_hand": with_makers(by_hand), "tabs": tabs(request)}
    context["may_enter"] = request.user.may(ENTER, on=request.today)
    return render(request, "attendance/leave.html", context)


def _by_hand(request) -> list[Day]:
    """Days of the last quarter marked free without a request, the newest first."""
    reached = Programme.objects.visible_to(request.user, on=request.today, right=SEE)
    rows = reading.without_request(reached).filter(on__gt=request.today - QUARTER)
    return list(rows.select_related("programme__participant", "marked_by").order_by("-on", "pk")[:PAGE])


def _lacking(row: LeaveRequest, rules: Rules) -> str:
    """Whose opinion an open request waits for; "" for nobody's."""
    return ", ".join(Role(role).label for role in rules.lacking(row)) if row.is_open and standing(row) else ""


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def ask_leave(request, pk):
    programme = programme_of(request, pk, ENTER)
    start = {"start_on": read_day(request.GET.get("od"), default=None), "filed_on": request.today}
    form, asked = AskForm(request.POST or None, initial=start), []

    def act():
        given = {name: form.cleaned_data[name] for name in ("filed_on", "reason")}
        days = _class_days(programme, form.cleaned_data)
        _refuse_at_once(programme, days, form.cleaned_data, request.today)
        asked.append(actions.ask_leave(programme, days=days, **given, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, _asked(asked)))
        if asked and (caution := _asked_days(request, asked[0]).caution):
            messages.warning(request, caution)
        usual = reverse("attendance:leave_request", args=[asked[0].pk]) if asked else reverse("attendance:leave")
        return redirect(listed(request, PAPER) or usual)
    form.ask_back()
    back = way_back(request, PAPER, programme.participant)
    record_reading(programme.participant, "leave", by=request.user)
    balance, rules = reading.balance(programme, on=request.today), Rules(programme.participant.centre)
    caution = AskedDays(request, programme, _wanted(programme, form), reading.FREE).caution
    context = {
        "form": form,
        "facts": [("Osoba", programme.participant), *_balance_facts(balance)],
        "consequences": [*filter(None, (balance.used_up, caution)), *rules_text(programme, rules, request.today)],
        "back": back,
        "cancel": back.url,
    }
    return render(request, "attendance/ask_leave.html", context, status=422 if form.errors else 200)


def _asked(asked: list[LeaveRequest]) -> str:
    """What comes next; politely, that the days are near."""
    late = _late(asked[0], Rules(asked[0].programme.participant.centre)) if asked else []
    near = f" Termin jest za krótki dla: {days_text(late)}; kierujący centrum może od niego odstąpić." if late else ""
    return f"Wniosek jest wpisany i czeka na decyzję.{near}"


def _refuse_at_once(programme: Programme, days: list, given: dict, today: date) -> None:
    """Everything that stands against the days, each thing beside its field; the act itself would refuse as well."""
    rules, found = Rules(programme.participant.centre), defaultdict(list)
    for problem in reading.against(programme, days, filed_on=given["filed_on"], rules=rules) if days else ():
        found[problem.field].append(problem.text)
    if given["filed_on"] > today:
        found["filed_on"].append("Tego dnia jeszcze nie było.")
    terms = Terms(programme.participant.centre)
    late = rules.late([day for day in days if terms.is_class_day(day)], given["filed_on"])
    # A question is asked only where its answer helps.
    if late and not given["near"] and not found:
        ahead = day_count(rules.ahead(given["filed_on"]))
        found["near"].append(f"do {days_text(late)} jest mniej niż {ahead}. Zaznacz, jeżeli mimo to ma być wpisany.")
    if found:
        raise ValidationError(found)


def _class_days(programme: Programme, given: dict) -> list:
    start, terms = given["start_on"], Terms(programme.participant.centre)
    days = days_between(start, given["end_on"] or start)
    return sorted({*_of_span(days, terms), *given["others"]})


def _wanted(programme: Programme, form: AskForm) -> list:
    """As far as the form knows it."""
    given = {"end_on": None, "others": [], **(form.cleaned_data if form.is_bound else form.initial)}
    return _class_days(programme, given) if given.get("start_on") else []


def _of_span(days: Sequence, terms: Terms) -> list:
    """A single day is meant as it stands; of a span the days without classes are left out."""
    return [day for day in days if terms.is_class_day(day)] if len(days) > 1 else list(days)


@require_GET
@needs(SEE, DECIDE)
def leave_request(request, pk):
    return _page(request, requested(request, pk, SEE, DECIDE))


@require_POST
@needs(OPINE)
def opine_leave(request, pk):
    row, form = requested(request, pk, OPINE), OpinionForm(request.POST)
    positive = chosen(request, "positive", "negative")
    if positive is None:
        messages.error(request, "Wybierz opinię pozytywną albo negatywną.")
        return redirect("attendance:leave_request", pk)

    def act():
        text = form.cleaned_data["text"]
        actions.opine_leave(row, is_positive=positive, text=text, by=request.user, on=request.today)

    if carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Opinia jest zapisana."))
        return redirect("attendance:leave_request", pk)
    return _page(request, row, opinion=form, status=422)


@require_POST
@needs(DECIDE)
def decide_leave(request, pk):
    row, granted, done = requested(request, pk, DECIDE), chosen(request), []
    form = _decision(row, Rules(row.programme.participant.centre), request.POST)
    if granted is None:
        messages.error(request, "Wybierz: przyznać dni wolne albo odmówić.")
        return redirect("attendance:leave_request", pk)

    def act():
        given = {name: form.cleaned_data.get(name, "") for name in ("note", "waiver")} | {"days": form.chosen}
        done.append(actions.decide_leave(row, granted=granted, **given, by=request.user, on=request.today))

    if carry_out(form, act, by=request.user):
        part = reading.partly(done[0].request) if done else ""
        given = f"{part}." if part else "Dni wolne są przyznane."
        messages.success(request, said(form, _told(given if granted else "Odmowa jest zapisana.", done)))
        return redirect("attendance:leave_request", pk)
    return _page(request, requested(request, pk, DECIDE), decision=form, status=422)


def _decision(row: LeaveRequest, rules: Rules, data=None) -> LeaveDecisionForm:
    """What only a grant needs is asked for once it can be granted."""
    can_grant = not _lacking(row, rules)
    return LeaveDecisionForm(data, late=can_grant and bool(_late(row, rules)), days=standing(row) if can_grant else [])


def _told(words: str, done: list) -> str:
    """What was done, and what became of days that are closed."""
    closed = done[0].followed.told() if done else ""
    return f"{words} {closed}".strip()


@require_POST
@needs(ENTER)
def withdraw_leave(request, pk):
    row, back = requested(request, pk, ENTER), "attendance:leave_request"
    return withdrawn(request, actions.withdraw_leave, row, done="Wniosek jest wycofany.", back=back)


def _page(request, row: LeaveRequest, *, decision=None, opinion=None, status: int = 200):
    person, rules = row.programme.participant, Rules(row.programme.participant.centre)
    record_reading(person, "leave", by=request.user)
    late, deeds = _late(row, rules), _deeds(request, row, rules)
    asked = _asked_days(request, row, decides=deeds["may_decide"])
    context = {
        "row": row,
        "partly": reading.partly(row),
        "state": row.state,
        "facts": [*_facts(request, row, late), *asked.facts],
        "closed": asked.sentences,
        "opinions": reading.opinions_for(row, request.user),
        "lacking": _lacking(row, rules),
        "grant": "" if _lacking(row, rules) else "Przyznaj dni wolne",
        "given_back": _given_back(row),
        "give_up": to_give_up(request, row),
        "may_read": reading.may_read(row, request.user, on=request.today),
        "form": decision or _decision(row, rules),
        "opinion_form": opinion or OpinionForm(auto_id="opinion_%s"),
        "back": _came_from(request, person),
        **deeds,
    }
    return render(request, "attendance/leave_request.html", context, status=status)


def _asked_days(request, row: LeaveRequest, *, decides: bool = False) -> AskedDays:
    """The days of an open request, and what granting all of them would do; the waiver is no matter of days."""

    def grant():
        return actions.decide_leave(row, granted=True, note="", waiver="–", by=request.user, on=request.today)

    days = standing(row) if row.is_open else []
    return AskedDays(request, row.programme, days, reading.FREE, grant if decides else None)


def _came_from(request, person) -> places.Way:
    """A stand-in who only decides has no lists of free days."""
    rooms = [("Karta dni wolnych", "attendance:leave_card", person.pk), ("Dni wolne", "attendance:leave")]
    seen = rooms if request.user.may(SEE, on=request.today) else []
    return places.last(request, *seen, ("Pulpit", "desk:desk"), *of_groups(person))


def _given_back(row: LeaveRequest) -> str:
    """Why none of the days that were granted stands any more; "" while one does."""
    if not row.granted or row.cancelled_on or standing(row):
        return ""
    return ", ".join(sorted({day.get_release_display() for day in row.days.all()}))


def _deeds(request, row: LeaveRequest, rules: Rules) -> dict[str, bool]:
    """What the reader may do about the request; the acts ask again."""
    user, today, person = request.user, request.today, row.programme.participant
    may = {right: not person.erased_on and person.open_to(user, right, on=today) for right in (ENTER, OPINE, DECIDE)}
    decides, is_asked = row.is_open and may[DECIDE], row.is_open and bool(standing(row))
    return {
        "may_opine": is_asked and may[OPINE] and bool(reading.opines_as(user, row, rules, on=today)),
        "may_decide": decides and reading.may_decide(row, user, rules),
        "is_own": decides and not reading.may_decide(row, user, rules),
        "may_withdraw": row.is_open and may[ENTER] and row.asked_by_id == user.pk,
        "may_cancel": may_cancel(request, row),
    }


def _asked_for(row: LeaveRequest) -> list:
    return [day.on for day in row.days.all()]


def _late(row: LeaveRequest, rules: Rules) -> list:
    return rules.late(standing(row), row.filed_on) if row.is_open else []


def _facts(request, row: LeaveRequest, late: list) -> list[tuple[str, object]]:
    last = max(day.on for day in row.days.all())
    reads = reading.may_read(row, request.user, on=request.today)
    decided = decision_facts(row)
    return [
        ("Osoba", row.programme.participant),
        ("Dni", ", ".join(_day_text(day) for day in row.days.all())),
        ("Złożono", day_text(row.filed_on)),
        *([("Po terminie", days_text(late))] if late else []),
        *_notes_over(row),
        ("Wpisano", entered(row)),
        *([("Powód", row.reason)] if reads else []),
        *(decided if reads else decided[:1]),
        *([("Dlaczego mimo terminu", row.waiver)] if reads and row.waiver else []),
        *([("Odwołano", f"{row.cancelled_by}, {day_text(row.cancelled_on)}")] if row.cancelled_on else []),
        *(_why_given_up(row) if reads else []),
        *_balance_facts(reading.balance(row.programme, on=last)),
    ]


def _why_given_up(row: LeaveRequest) -> list[tuple[str, object]]:
    """Each day that was given up by itself, as it was told."""
    told = Entry.objects.filter(verb="leave_day_given_up", object_kind=row._meta.label_lower, object_id=row.pk)
    given = [entry.data or {} for entry in told.order_by("at", "pk")]
    days = [f"{day_text(date.fromisoformat(data['day']))}: {data['reason']}" for data in given if data.get("reason")]
    return [("Dlaczego oddano", "; ".join(days))] if days else []


def _notes_over(row: LeaveRequest) -> list[tuple[str, object]]:
    """What may still take the days back."""
    notes = reading.notes_over(row.programme, standing(row))
    spans = ", ".join(span_text(note.start_on, note.end_on) for note in notes)
    return [("Niepewne zwolnienie", f"{spans}; gdy będzie pewne, jego dni wrócą do puli")] if notes else []


def _day_text(day) -> str:
    return f"{day.on:%d.%m.%Y}{f' ({day.get_release_display()})' if day.released_on else ''}"


def _balance_facts(balance: reading.Balance) -> list[tuple[str, object]]:
    return [
        ("Dni wolnych w programie", balance.limit),
        ("Przyznano", balance.granted + balance.by_hand),
        ("Czeka na decyzję", balance.pending),
        ("Zostało", balance.left),
    ]


@require_GET
@needs(SEE)
def leave_card(request, pk):
    """Granted, used and left, programme by programme: a tab of the card."""
    participant = person_of(request, pk)
    record_reading(participant, "leave_card", by=request.user)
    places.keep(request)
    context = card.page(request, participant, "attendance:person")
    rules = Rules(participant.centre)
    context["cards"] = [Card(row, rules, on=request.today) for row in context["programmes"]]
    context["person_rooms"] = person_tabs(request, participant)
    context["may_ask"] = not participant.erased_on and participant.open_to(request.user, ENTER, on=request.today)
    return render(request, "attendance/leave_card.html", context)


@require_GET
@needs(SEE)
def leave_card_file(request, pk):
    """The card of one programme as a paper."""
    programme = programme_of(request, pk, SEE)
    record_reading(programme.participant, "leave_card", by=request.user)
    shown = Card(programme, Rules(programme.participant.centre), on=request.today)
    back = reverse("attendance:leave_card", args=[programme.participant_id])
    return printed(request, "leave_card", lambda: card_paper(shown, on=request.today), back=back)


@require_GET
@needs(SEE)
def empty_leave_card(request):
    centre = request.user.home_centre
    return printed(request, "leave_card", lambda: empty_card(centre, on=request.today), back="attendance:leave")


@require_GET
@needs(SEE, DECIDE)
def leave_request_file(request, pk):
    """The request as a paper to be signed; without its reason for who may not read it."""
    row = requested(request, pk, SEE, DECIDE)
    record_reading(row.programme.participant, "leave_request", by=request.user)
    reads = reading.may_read(row, request.user, on=request.today)
    return _request_paper(request, row, reads=reads, back=reverse("attendance:leave_request", args=[pk]))


@require_GET
@needs(SEE)
def empty_leave_request(request):
    """The same form to be filled in by hand; nothing of anybody stands on it."""
    return _request_paper(request, None, reads=False, back="attendance:leave")


def _request_paper(request, row: LeaveRequest | None, *, reads: bool, back: str):
    centre, today = request.user.home_centre, request.today
    return printed(request, "leave_request", lambda: request_paper(centre, row, reads=reads, on=today), back=back)
