"""The card of one person: head and tabs, shared with the rooms above, and the tabs of this room."""

from datetime import date

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse

from cistor.accounts.access import needs
from cistor.dates import span_text
from cistor.drawings import Drawing, Stretch, timeline
from cistor.journal.actions import record_reading
from participants import nrb, qualification
from participants.models import GroupLead, Participant, PaymentMethod, Phase, Programme, Stage
from participants.models.programme import IN_PROGRAMME, LAST_WEEK
from participants.views import ending, plan, trial

# Label, URL name, the rights of which one is enough. Rooms above this one are known by their URL names only.
TABS = [
    ("Dane", "participants:card", ("see_overview",)),
    ("Skierowania", "referrals:person", ("enter_application",)),
    ("Teczka", "participants:file", ("see_file",)),
    ("Program", "participants:programme", ("see_overview", "decide_programme")),
    ("Przebieg", "desk:way", ("see_overview",)),
    ("Terminy", "notices:person", ("see_deadlines",)),
    ("Obecność", "attendance:person", ("see_attendance",)),
    # For whoever has no calendar of attendance and reads what happened: then it is their only room of it.
    ("Porządek", "attendance:person_order", ("see_diagnosis",)),
    ("Świadczenia", "benefits:person", ("see_lists",)),
    ("Wypłata", "participants:payment", ("see_account",)),
    ("Grupa", "participants:membership", ("see_overview",)),
    ("Ślady", "desk:traces", ("see_traces",)),
]
DEEDS = 3
CALENDAR, ORDER = "attendance:person", "attendance:person_order"


def of_card(request, pk, right="see_overview") -> Participant:
    """The person with phase and group of the day, as far as the user's right reaches; else 404."""
    user, today = request.user, request.today
    rows = Participant.objects.visible_to(user, on=today, right=right).with_phase(today).with_group(today)
    return get_object_or_404(rows, pk=pk)


def page(request, participant: Participant, current: str) -> dict:
    """The context of `participants/card.html`; `participant` comes from `of_card`, `current` is the tab's URL name."""
    user, today = request.user, request.today
    stages = Prefetch("stages", Stage.objects.select_related("decided_by", "decided_for"))
    rows = participant.programmes.select_related("end_decided_by", "end_decided_for").prefetch_related(stages)
    programmes = list(rows)
    memberships = participant.memberships.in_force(today)
    leads = GroupLead.objects.in_force(today).filter(group__in=memberships.values("group"))
    programme = next((p for p in programmes if p.stage_on(today)), programmes[0] if programmes else None)
    may = {right: participant.open_to(user, right, on=today) for right in SHOWN_BY_RIGHT}
    return {
        "participant": participant,
        "programmes": programmes,
        "programme": programme,
        "leads": [lead.instructor for lead in leads.select_related("instructor")],
        "tabs": _tabs(participant, user, today, current),
        "next": _next(participant, programme, today),
        "deeds": [] if participant.erased_on else _deeds(participant, programme, may, today),
        "may": may,
        "today": today,
    }


SHOWN_BY_RIGHT = (
    "see_phone",
    "see_address",
    "see_file",
    "see_account",
    "enter_account",
    "enter_application",
    "decide_programme",
    "assess_trial",
    "set_groups",
)


def _next(participant: Participant, programme: Programme | None, today: date) -> dict[str, str]:
    """The next planned day as a tag; amber in its last week, red when it went by and somebody has to decide."""
    phase, last = participant.phase, participant.stage_end_on
    if programme and qualification.is_provisional(programme):
        return {"kind": "late", "text": "warunkowo, bez kwalifikacji ośrodka"}
    if last:
        longer = _prolonged_to(programme, last)
        more = f", z przedłużeniem do {longer:%d.%m.%Y}" if longer else ""
        return {
            "kind": "soon" if (longer or last) - today <= LAST_WEEK else "plain",
            "text": f"do {last:%d.%m.%Y}{more}",
        }
    if phase == Phase.NOT_STARTED:
        return {"kind": "plain", "text": f"Początek {participant.starts_on:%d.%m.%Y}"}
    if phase == Phase.BETWEEN:
        return {"kind": "late", "text": f"Zaplanowany czas minął {programme.planned_end_on:%d.%m.%Y}"}
    if phase == Phase.ENDED:
        return {"kind": "plain", "text": f"Ostatni dzień {programme.last_on:%d.%m.%Y}"}
    return {"kind": "", "text": ""}


def _prolonged_to(programme: Programme | None, last: date) -> date | None:
    """The last day with what was granted beyond the stage that ends on `last`."""
    if programme is None or programme.last_on <= last:
        return None
    added = any(stage.kind == Stage.Kind.EXTENSION and stage.start_on > last for stage in programme.stages.all())
    return programme.last_on if added else None


def _deeds(participant: Participant, programme: Programme | None, may: dict[str, bool], today: date) -> list[dict]:
    """The next step of the programme, then what is most often changed; three at most."""
    steps, others = [], []
    outside = programme is None or programme.ended_on
    if outside and may["decide_programme"]:
        steps.append(("Podpisz IPZS", "referrals:sign", participant.pk))
    if outside and may["enter_application"]:
        steps.append(("Załóż wniosek", "referrals:begin", participant.pk))
    if may["decide_programme"] and programme and programme.passing_from and programme.passing_from <= today:
        steps.append(("Rozstrzygnij okres próbny", "participants:pass_on", programme.pk))
    elif may["assess_trial"] and programme and programme.passing_from and programme.passing_from <= today:
        steps.append(("Oceń okres próbny", "participants:assess_trial", programme.pk))
    if may["set_groups"] and participant.phase in IN_PROGRAMME and not participant.group_name:
        steps.append(("Zapisz do grupy", "participants:join", participant.pk))
    if may["enter_application"]:
        others.append(("Zmień dane", "participants:edit", participant.pk))
    if may["enter_account"]:
        entered = participant.payment_methods.filter(kind=PaymentMethod.Kind.ACCOUNT).exists()
        label = "Zmień rachunek" if entered else "Wpisz rachunek"
        others.append((label, "participants:set_method", participant.pk))
    return [
        {"label": label, "url": reverse(name, args=[pk]), "is_step": (label, name, pk) in steps}
        for label, name, pk in [*steps, *others][:DEEDS]
    ]


def _tabs(participant, user, today, current) -> list[dict]:
    opened = {
        name: (label, url)
        for label, name, rights in TABS
        if any(participant.open_to(user, right, on=today) for right in rights)
        and (url := _url_of(name, participant.pk))
    }
    if CALENDAR in opened:
        opened.pop(ORDER, None)
    elif current == CALENDAR:
        current = ORDER
    return [
        {"label": label, "url": url, "current": name == current, "count": None} for name, (label, url) in opened.items()
    ]


def _url_of(name, pk) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


@needs("see_overview")
def card(request, pk):
    participant = of_card(request, pk)
    record_reading(participant, "card", by=request.user)
    context = page(request, participant, "participants:card")
    context["facts"] = _facts(participant, context["may"])
    return render(request, "participants/person.html", context)


def _facts(participant: Participant, may: dict[str, bool]) -> list[tuple[str, str]]:
    """What the rights open; the rest is not even rendered."""
    facts = []
    if may["see_address"]:
        document = f"{participant.get_document_kind_display()} {participant.document_number}"
        facts += [
            (
                "PESEL",
                f"{participant.pesel} (błędny, tak w dokumentach)" if participant.pesel_faulty else participant.pesel,
            ),
            *([("Inny dokument", document)] if participant.document_number else []),
            ("Data urodzenia", f"{participant.birth_on:%d.%m.%Y}"),
            ("Płeć", participant.get_sex_display()),
            ("Adres", participant.address),
        ]
    if may["see_phone"]:
        facts += [("Telefon", participant.phone), ("E-mail", participant.email)]
    return facts


@needs("see_overview", "decide_programme")
def programme(request, pk):
    # The director's deputy decides on everybody, whoever's overview their own roles open.
    deciding = request.user.may("decide_programme", on=request.today)
    participant = of_card(request, pk, "decide_programme" if deciding else "see_overview")
    record_reading(participant, "programme", by=request.user)
    context = page(request, participant, "participants:programme")
    context["drawn"] = [(row, _timeline(row, request.today), _parts(request, row)) for row in context["programmes"]]
    return render(request, "participants/programmes.html", context)


def _parts(request, row: Programme) -> dict[str, dict]:
    return {name: view.part(request, row) for name, view in (("plan", plan), ("trial", trial), ("ending", ending))}


def _timeline(row: Programme, today: date) -> Drawing:
    """The stages as planned; what an earlier end has cut off stays as ground."""
    stretches = []
    for stage in row.stages.all():
        last = min(stage.end_on, row.ended_on or stage.end_on)
        about = f"{stage.get_kind_display()} {span_text(stage.start_on, stage.end_on)}"
        stretches.append(Stretch("ground", about, stage.start_on, stage.end_on))
        if stage.start_on <= last:
            stretches.append(Stretch(stage.kind, about, stage.start_on, last))
    said = "; ".join(dict.fromkeys(stretch.title for stretch in stretches))
    return timeline(stretches, today=today, name=f"programme-{row.pk}-line", title="Oś czasu programu", desc=said)


@needs("see_overview")
def membership(request, pk):
    participant = of_card(request, pk)
    record_reading(participant, "group", by=request.user)
    context = page(request, participant, "participants:membership")
    context["memberships"] = participant.memberships.select_related("group")
    return render(request, "participants/memberships.html", context)


@needs("see_account")
def payment(request, pk):
    participant = of_card(request, pk)
    record_reading(participant, "account", by=request.user)
    context = page(request, participant, "participants:payment")
    methods = [_method(row) for row in participant.payment_methods.all()]
    context["methods"] = methods
    context["method"] = next((row for row in methods if row["start_on"] <= request.today), None)
    context["statements"] = participant.tax_statements.all()
    return render(request, "participants/payment.html", context)


def _method(row: PaymentMethod) -> dict:
    """A payment method as it is read: the number in fours, the bank by its name."""
    number = {"number": nrb.text(row.nrb), "bank": nrb.bank_name(row.nrb)} if row.nrb else {"number": "", "bank": ""}
    return {"start_on": row.start_on, "kind": row.get_kind_display(), "holder": row.holder, **number}
