"""The bonuses: a month at a glance, a request asked for, opined, decided on and printed."""

from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.forms import read_month
from attendance.reading.measures import without_bonus
from attendance.views.fetch import months as around
from benefits.actions import bonuses as actions
from benefits.documents.bonus import bonus_request as request_paper
from benefits.forms.bonuses import SAY_HOW_MUCH, AskBonusForm, DecideBonusForm, OpinionForm, RowForm
from benefits.models import Bonus
from benefits.reading import bonuses as known
from benefits.reading.bonus_month import Month, Row, days_of
from benefits.reading.bonuses import Cap
from benefits.views.fetch import YEARS, status_of
from benefits.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.dates import day_text, month_start, month_text, months
from cistor.documents import files
from cistor.documents.answers import attached, printed
from cistor.errors import Refused
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import OnceForm, carry_out, said
from cistor.money import percent, zloty
from cistor.templatetags.cistor import plural
from participants.models import Programme
from participants.views.deciding import chosen

# Each decision of a table makes a paper, so a page of it is no longer than a breath.
PAGE = 20
TWO_WEEKS = timedelta(days=14)
# Its fields may stand beside those of the decision.
OPINION_ID = "opinia_%s"
SEES = ("ask_bonus", *known.WHOLE_CENTRE)


@require_GET
@needs(*SEES)
def bonuses(request):
    """The requests of a month, those that wait first; then whom the reader may still ask for."""
    month = month_of(request)
    page = Paginator(month.programmes(), PAGE).get_page(request.GET.get("strona"))
    rows = month.rows(page.object_list)
    return table(request, month, [(row, line_of(row)) for row in rows], page=page)


def month_of(request) -> Month:
    """The one of the address; in the first two weeks of a month the one before."""
    today = request.today
    first = read_month(request.GET.get("miesiac"), default=today - TWO_WEEKS)
    if first.year not in YEARS or first > today:
        raise Http404
    return Month(request.user, first, on=request.today)


def line_of(row: Row, data=None) -> RowForm | None:
    """What may be decided of a row: nothing is chosen yet, the amount stands ready as asked for."""
    if not row.may_decide:
        return None
    usual = {"verdict": RowForm.LATER, "amount": min(row.asked, row.cap.amount)}
    return RowForm(data, prefix=f"premia-{row.bonus.pk}", initial=usual)


def table(request, month: Month, rows: list, *, page=None, status: int = 200):
    read = [row.programme.participant_id for row, _ in rows if row.tells]
    record_readings(request.user.home_centre, read, "bonuses", by=request.user)
    context = {
        "rows": rows,
        "page": page,
        "deciding": any(form for _, form in rows),
        "failing": [(row, form) for row, form in rows if form and form.errors],
        "sums": month.sums(),
        "here": here(request, month),
        "tabs": tabs(request),
        "shows_words": any(row.reads for row, _ in rows),
        "shows_days": request.user.may("see_attendance", on=request.today),
        **around(month.month, request.today),
    }
    return render(request, "benefits/bonuses.html", context, status=status)


def here(request, month: Month) -> str:
    """The address of this page of the table, after the path."""
    number = request.GET.get("strona", "")
    page = {"strona": number} if number.isdecimal() else {}
    return "?" + urlencode({"miesiac": f"{month.month:%Y-%m}", **page})


@require_http_methods(["GET", "POST"])
@needs("ask_bonus", "decide_bonus")
def ask_bonus(request, pk):
    programme = _programme(request, pk)
    offered = list(reversed(list(months(_first_asked(programme, request.today), request.today))))
    first = _chosen(request, offered)
    cap = known.caps_of(programme.participant.centre, [programme], first)[programme.pk]
    form = AskBonusForm(request.POST or None, months=offered, cap=cap, initial={"month": str(first)})
    made = []

    def act():
        typed = {name: form.cleaned_data[name] for name in ("month", "amount", "percent", "reason")}
        made.append(actions.ask_bonus(programme, **typed, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Wniosek czeka na opinie i decyzję."))
        return redirect("benefits:bonus", made[0].pk) if made else redirect("benefits:bonuses")
    record_reading(programme.participant, "bonus", by=request.user)
    facts = [("Osoba", str(programme.participant)), *_month_facts(request, programme, first, cap)]
    context = {
        "form": form,
        "facts": facts,
        "may": actions.may_ask(programme.participant, cap, by=request.user, on=request.today),
        "refusal": actions.INSTRUCTOR_ASKS,
        "back": f"{reverse('benefits:bonuses')}?miesiac={first:%Y-%m}",
    }
    return render(request, "benefits/bonus_ask.html", context, status=status_of(form))


def _chosen(request, offered: list[date]) -> date:
    """The month of the form, once it is sent; before, the one of the address."""
    sent = [month for month in offered if str(month) == request.POST.get("month")]
    first = sent[0] if sent else read_month(request.GET.get("miesiac"), default=request.today)
    return first if first in offered else offered[0]


def _programme(request, pk) -> Programme:
    """An instructor's own groups; for whoever decides the whole centre."""
    right = "decide_bonus" if request.user.may("decide_bonus", on=request.today) else "ask_bonus"
    rows = Programme.objects.visible_to(request.user, on=request.today, right=right)
    return get_object_or_404(rows.select_related("participant__centre").prefetch_related("stages"), pk=pk)


def _first_asked(programme: Programme, today):
    """The first month on offer: of the programme, within a year; never after today."""
    year_ago = month_start(today).replace(year=today.year - 1)
    return min(max(month_start(programme.start_on), year_ago), month_start(today))


def _month_facts(request, programme: Programme, first, cap, bonus: Bonus | None = None) -> list[tuple[str, object]]:
    facts = [("Miesiąc", month_text(first))]
    if programme.participant.open_to(request.user, "see_attendance", on=request.today):
        days = days_of([programme], first)[programme.pk]
        facts.append(("Obecność w tym miesiącu", ", ".join(f"{code} {n}" for code, n in days)))
    facts += _measures(request, programme, first, bonus)
    earlier = Bonus.objects.filter(programme=programme, month__lt=first, granted=True)[:3]
    facts.append(("Wcześniejsze premie", ", ".join(f"{month_text(row.month)}: {zloty(row.amount)}" for row in earlier)))
    facts.append(("Najwyższa premia", zloty(cap.amount)))
    facts.append(("Skąd ta kwota", cap.because))
    return facts


def _measures(request, programme: Programme, first, bonus: Bonus | None) -> list[tuple[str, object]]:
    """A fact beside the others: what follows from it says who decides."""
    found = without_bonus([programme], first, request.user, on=request.today)[programme.pk]
    rows = [(row.url, row.text) for row in known.known_then(bonus, found)]
    links = format_html_join(", ", '<a href="{}">{}</a>', rows)
    return [("Środek: brak premii", format_html("{}. O premii rozstrzyga się osobno.", links))] if rows else []


@require_GET
@needs(*SEES)
def bonus(request, pk):
    """Who asks, how much, why; the opinions; the deeds of whoever may opine, decide or withdraw."""
    row = bonus_or_404(request, pk)
    return _page(request, row)


def bonus_or_404(request, pk) -> Bonus:
    rows = known.with_payment(known.visible_to(request.user, on=request.today))
    about = ("programme__participant__centre", "asked_by", "decided_by", "decided_for", "document")
    return get_object_or_404(rows.select_related(*about).prefetch_related("opinions__by"), pk=pk)


def _page(request, row: Bonus, *, opine=None, decide=None, status: int = 200):
    user, today, person = request.user, request.today, row.programme.participant
    cap = known.caps_of(person.centre, [row.programme], row.month)[row.programme_id]
    reads = known.may_read_words(user, person, on=today)
    record_reading(person, "bonus", by=user)
    wanted, own = known.asked(row, cap), row.asked_by_id == user.pk
    context = {
        "bonus": row,
        "facts": _facts(request, row, cap, reads=reads),
        "opinions": known.standing(row.opinions.all()),
        "reads": reads,
        "may_opine": row.is_open and user.may("opine_bonus", on=today) and (not own or person.centre.single_handed),
        "may_decide": row.is_open and user.may("decide_bonus", on=today) and actions.may_decide(row, by=user),
        "may_withdraw": row.is_open and own,
        "opine": opine or OpinionForm(auto_id=OPINION_ID),
        "decide": decide or DecideBonusForm(cap=cap, initial={"amount": min(wanted, cap.amount)}),
    }
    return render(request, "benefits/bonus.html", context, status=status)


def _facts(request, row: Bonus, cap, *, reads: bool) -> list[tuple[str, object]]:
    wanted = zloty(Decimal(_issued(row, "asked") or known.asked(row, cap)))
    if row.asked_percent:
        wanted = f"{wanted} ({percent(row.asked_percent / 100)})"
    return [
        ("Osoba", str(row.programme.participant)),
        *_month_facts(request, row.programme, row.month, _cap_of(row, cap), row),
        ("Wnioskowana kwota", wanted),
        ("Wniosek", f"{row.asked_by}, {day_text(row.asked_on)}"),
        *([("Postawa i postępy", row.reason)] if reads else []),
        *_outcome(row, reads=reads),
    ]


def _issued(row: Bonus, name: str):
    """What the paper of the decision says; the facts may have changed since."""
    context = row.document and row.document.context
    return context.get(name) if context else None


def _cap_of(row: Bonus, cap: Cap) -> Cap:
    then = _issued(row, "cap")
    return cap._replace(amount=Decimal(then["amount"]), because=then["because"]) if then else cap


def _outcome(row: Bonus, *, reads: bool) -> list[tuple[str, object]]:
    if row.withdrawn_on:
        return [("Wycofano", day_text(row.withdrawn_on))]
    if row.is_open:
        return []
    granted = [("Przyznano", zloty(row.amount)), ("Wypłata", known.paid_when(row))] if row.granted else []
    note = [("Uzasadnienie", row.note)] if reads and row.note else []
    return [("Rozstrzygnięcie", f"{row.state[1]}, {row.decider}, {day_text(row.decided_on)}"), *granted, *note]


@require_POST
@needs("opine_bonus")
def opine_bonus(request, pk):
    row, positive = bonus_or_404(request, pk), chosen(request, "positive", "negative")
    if positive is None:
        messages.error(request, "Wybierz: opinia pozytywna albo negatywna.")
        return redirect("benefits:bonus", pk)
    form = OpinionForm(request.POST, auto_id=OPINION_ID)

    def act():
        text = form.cleaned_data["text"]
        actions.opine_bonus(row, is_positive=positive, text=text, by=request.user, on=request.today)

    if carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Opinia jest zapisana."))
        return redirect("benefits:bonus", pk)
    return _page(request, row, opine=form, status=422)


@require_POST
@needs("decide_bonus")
def decide_bonus(request, pk):
    row, granted = bonus_or_404(request, pk), chosen(request)
    if granted is None:
        messages.error(request, "Wybierz: przyznać premię albo odmówić.")
        return redirect("benefits:bonus", pk)
    cap = known.caps_of(row.programme.participant.centre, [row.programme], row.month)[row.programme_id]
    form = DecideBonusForm(request.POST, cap=cap)

    def act():
        typed = {name: form.cleaned_data[name] for name in ("amount", "note")}
        # An emptied field is no wish for all of it: the decision is final.
        if granted and typed["amount"] is None:
            raise Refused(SAY_HOW_MUCH, field="amount")
        actions.decide_bonus(row, granted=granted, **typed, by=request.user, on=request.today)

    if carry_out(form, act, by=request.user):
        done = "Premia jest przyznana, wniosek z rozstrzygnięciem wystawiony." if granted else "Odmowa jest wystawiona."
        messages.success(request, said(form, done))
        return redirect("benefits:bonus", pk)
    return _page(request, row, decide=form, status=422)


@require_http_methods(["GET", "POST"])
@needs("ask_bonus", "decide_bonus")
def withdraw_bonus(request, pk):
    """Asked once more: the opinions go with the request."""
    row, back = bonus_or_404(request, pk), reverse("benefits:bonus", args=[pk])
    form = OnceForm(request.POST or None)

    def act():
        actions.withdraw_bonus(row, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Wniosek jest wycofany."))
        return redirect(back)
    record_reading(row.programme.participant, "bonus", by=request.user)
    opinions = len(known.standing(row.opinions.all()))
    context = {
        "form": form,
        "facts": [("Osoba", str(row.programme.participant)), ("Miesiąc", month_text(row.month))],
        "consequences": _withdrawal(opinions),
        "cancel": back,
    }
    return render(request, "benefits/bonus_withdraw.html", context, status=status_of(form))


def _withdrawal(opinions: int) -> list[str]:
    void = f"Z wnioskiem {plural(opinions, 'przepada,przepadają,przepada')} {opinions} "
    void += plural(opinions, "wydana opinia,wydane opinie,wydanych opinii")
    again = "O premię za ten miesiąc można wnieść ponownie; nowy wniosek czeka na nowe opinie."
    return [f"{void}.", again] if opinions else [again]


@require_GET
@needs(*known.WORDS)
def bonus_request(request, pk):
    """The paper as issued with the decision; before it, as it would be today."""
    row = bonus_or_404(request, pk)
    person = row.programme.participant
    if not known.may_read_words(request.user, person, on=request.today):
        raise Http404
    if row.document and not row.document.sha256:
        return render(request, "410.html", status=410)
    name, back = f"wniosek-o-premie-{row.pk}.pdf", reverse("benefits:bonus", args=[pk])
    if not row.document:
        given = {"back": back, "name": name, "people": [person.pk]}
        return printed(request, actions.KIND, lambda: request_paper(row, on=request.today), **given)
    record_reading(person, actions.KIND, by=request.user)
    return attached(files.read(row.document.sha256), name)
