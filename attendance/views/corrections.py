from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance import actions
from attendance.actions.corrections import may_ask, overtaken
from attendance.consequences import change_text, exchange
from attendance.forms import read_day
from attendance.forms.corrections import AskForm, DecisionForm
from attendance.models import Correction
from attendance.reading import history
from attendance.reading.corrections import AskedDay, before_and_after, left_behind, paid_by, wording
from attendance.rulings import Ruling
from attendance.terms import Terms
from cistor.accounts.access import needs
from cistor.dates import day_text, weekday_text
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import carry_out, said
from participants.models import Participant
from participants.views.deciding import chosen, decision_facts, deeds, withdrawn

PAGE = 50


@require_GET
@needs("ask_correction", "decide_attendance")
def corrections(request):
    """Closed days about which somebody should ask; what waits for a decision, then what was decided."""
    rows = Correction.objects.visible_to(request.user, on=request.today).in_order()
    rows = rows.select_related("programme__participant", "asked_by", "decided_by")
    page, terms = Paginator(rows, PAGE).get_page(request.GET.get("strona")), Terms(request.user.home_centre)
    context = {"page": page, "rows": [(row, *before_and_after(terms, row)) for row in page]}
    differing = left_behind(request.user.home_centre, on=request.today).closed if page.number == 1 else []
    context |= {"differing": differing, "may_ask": may_ask(request.user, on=request.today)}
    people = {row.programme.participant_id for row in [*page, *differing]}
    record_readings(request.user.home_centre, people, "correction", by=request.user)
    return render(request, "attendance/corrections.html", context)


@require_http_methods(["GET", "POST"])
@needs("ask_correction")
def ask_correction(request, pk):
    """Ask that a closed day of a person say something else."""
    people = Participant.objects.visible_to(request.user, on=request.today, right="ask_correction")
    participant = get_object_or_404(people.select_related("centre"), pk=pk)
    on_day = read_day(request.GET.get("dzien"), default=request.today)
    day = AskedDay(participant, on_day, user=request.user, today=request.today)
    initial = day.preset(request.GET.get("na"))
    form = AskForm(request.POST or None, choices=day.choices, initial=initial)
    asked = []

    def act():
        fields = {name: form.cleaned_data[name] for name in ("meaning", "reason")}
        asked.append(actions.ask_correction(day.programme, on_day=on_day, **fields, by=request.user, on=request.today))

    if not day.obstacle and request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Prośba czeka na decyzję."))
        return redirect("attendance:correction", asked[0].pk) if asked else redirect("attendance:corrections")
    if day.open and request.method == "GET":
        messages.info(request, "O korektę tego dnia już ktoś poprosił.")
        return redirect("attendance:correction", day.open.pk)
    record_reading(participant, "attendance_day", by=request.user)
    back = f"{reverse('attendance:day', args=[pk])}?dzien={on_day}"
    consequences = ASKED if may_ask(request.user, on=request.today) else [OWN, *ASKED]
    context = {
        "day": day,
        "form": form,
        "facts": _facts_of_day(day, back),
        "consequences": consequences,
        "cancel": back,
    }
    return render(request, "attendance/ask_correction.html", context, status=422 if form.errors else 200)


ASKED = [
    "Dzień zmieni się dopiero po zgodzie kierującego centrum.",
    "Prośba, decyzja i powód zostają w historii tego dnia.",
    "Do decyzji prośbę można wycofać.",
]

OWN = "O własnej prośbie nie rozstrzygasz: zrobi to tylko osoba, która Cię zastępuje. Niech poprosi raczej ktoś inny."


def _facts_of_day(day: AskedDay, url: str) -> list[tuple[str, object]]:
    who = history.marked(day.mark) if day.mark else None
    marked = [("Kto oznaczył", f"{who.by}, {localtime(who.at):%d.%m.%Y}")] if who else []
    return [
        ("Osoba", day.participant),
        ("Dzień", weekday_text(day.day)),
        ("Oznaczenie", day.stands),
        *marked,
        ("Skutek dla świadczenia", format_html('<a href="{}">na stronie tego dnia</a>', url)),
    ]


@require_GET
@needs("ask_correction", "decide_attendance")
def correction(request, pk):
    """Who asks, why, what would change; the deed for whoever may decide."""
    return _page(request, _correction_or_404(request, pk), DecisionForm())


@require_POST
@needs("decide_attendance")
def decide_correction(request, pk):
    row, form, granted = _correction_or_404(request, pk), DecisionForm(request.POST), chosen(request)
    if granted is None:
        messages.error(request, "Wybierz: zgodzić się na korektę albo odmówić.")
        return redirect("attendance:correction", pk)

    def act():
        note = form.cleaned_data["note"]
        actions.decide_correction(row, granted=granted, note=note, by=request.user, on=request.today)

    if carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Dzień jest zmieniony." if granted else "Odmowa jest zapisana."))
        return redirect("attendance:correction", pk)
    return _page(request, _correction_or_404(request, pk), form, status=422)


@require_POST
@needs("ask_correction")
def withdraw_correction(request, pk):
    row, back = _correction_or_404(request, pk), "attendance:correction"
    return withdrawn(request, actions.withdraw_correction, row, done="Prośba jest wycofana.", back=back)


def _correction_or_404(request, pk) -> Correction:
    rows = Correction.objects.visible_to(request.user, on=request.today)
    return get_object_or_404(rows.select_related("programme__participant__centre", "asked_by", "decided_by"), pk=pk)


def _page(request, row: Correction, form: DecisionForm, status: int = 200):
    record_reading(row.programme.participant, "correction", by=request.user)
    others = overtaken(row)
    context = {
        "correction": row,
        "facts": [*_facts(request, row), *_of_papers(row, others)],
        "overtaken": others,
        "form": form,
        **deeds(request, row, ask="ask_correction", decide="decide_attendance"),
        "may_see_lists": request.user.may("see_lists", on=request.today),
        "lists": paid_by(row.programme, row.on),
        "money": _money(request, row) if row.is_open and not others else [],
    }
    return render(request, "attendance/correction.html", context, status=status)


def _of_papers(row: Correction, ruling: Ruling | None) -> list[tuple[str, object]]:
    if not ruling:
        return []
    terms = Terms(row.programme.participant.centre)
    return [("Zapisy dziś", wording(terms, row.on, ruling.meaning or "", provisional=ruling.provisional))]


def _money(request, row: Correction) -> list[str]:
    """What granting does to the benefit, and why; nothing for whom may not see it or where it cannot be said."""
    participant = row.programme.participant
    if not participant.open_to(request.user, "see_consequence", on=request.today):
        return []
    costs = exchange(row.programme, row.on, row.seen, row.meaning, terms=Terms(participant.centre))
    if not costs:
        return []
    before, after = costs
    return [change_text(after.amount - before.amount), f"Teraz: {before.sentence}", f"Po zmianie: {after.sentence}"]


def _facts(request, row: Correction) -> list[tuple[str, object]]:
    """The two sides of the day, who asks and why; who has decided and why."""
    before, after = before_and_after(Terms(row.programme.participant.centre), row)
    day_url = f"{reverse('attendance:day', args=[row.programme.participant_id])}?dzien={row.on}"
    return [
        ("Osoba", row.programme.participant),
        ("Dzień", format_html('<a href="{}">{}</a>', day_url, weekday_text(row.on))),
        ("Było", before),
        ("Ma być", after),
        ("Prosi", f"{row.asked_by}, {day_text(row.asked_on)}"),
        ("Powód", row.reason),
        *decision_facts(row),
    ]
