"""A list as its page shows it: narrowed, its problems gathered by kind, what is unusual beside each row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from benefits.models import UNDECIDED, PaymentList, Problem, Settlement
from benefits.unusual import Finding, Kind, Unusual
from cistor.dates import joined
from participants.models import Group, GroupLead, Membership, PaymentMethod

# With so few, nobody needs to open anything.
FEW = 6
NO_METHOD = "brak"
ALL_UNUSUAL = "nietypowe"
SOCIAL_WORKER = "pracownik socjalny"
LOOK = {"class": "form-select"}
# Read by no list, and each would cost a decryption a row.
NOT_SHOWN = ("inputs", "account", "computed")
MENDED_AT = {
    Problem.Kind.NO_METHOD: "participants:payment",
    Problem.Kind.MISSING_RATE: "centres:rates",
    Problem.Kind.NO_REGULATIONS: "centres:centre",
}
OF_CENTRE = {Problem.Kind.MISSING_RATE, Problem.Kind.NO_REGULATIONS}


class NarrowForm(forms.Form):
    """What stands in the address; names do not."""

    uwaga = forms.ChoiceField(label="Kogo pokazać", required=False, widget=forms.Select(LOOK))
    sposob = forms.ChoiceField(
        label="Sposób wypłaty",
        required=False,
        choices=[("", "każdy"), *PaymentMethod.Kind.choices, (NO_METHOD, UNDECIDED)],
        widget=forms.Select(LOOK),
    )
    grupa = forms.ModelChoiceField(
        Group.objects.none(), label="Grupa", required=False, empty_label="wszystkie", widget=forms.Select(LOOK)
    )

    def __init__(self, *args, groups: QuerySet[Group], unusual: Unusual, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grupa"].queryset = groups
        kinds = self.fields["uwaga"]
        kinds.choices = [("", "wszyscy"), (ALL_UNUSUAL, "nietypowe"), *Kind.choices]
        kinds.widget.choices = [("", "wszyscy"), *_counted(unusual, self.data.get("uwaga"))]

    @property
    def chosen(self) -> bool:
        return any(self.cleaned_data.values())


def _counted(unusual: Unusual, chosen: str | None) -> list[tuple[str, str]]:
    """Only what is on the list, and what is chosen."""
    counted = [(ALL_UNUSUAL, "wszystko, co nietypowe", len(unusual.rows_with()))]
    counted += [(kind.value, kind.label, unusual.count(kind)) for kind in Kind]
    return [(value, f"{label} ({count})") for value, label, count in counted if count or value == chosen]


def narrowing(request, unusual: Unusual) -> NarrowForm:
    groups = Group.objects.visible_to(request.user, on=request.today, right="see_lists")
    form = NarrowForm(request.GET, groups=groups, unusual=unusual)
    if not form.is_valid():
        raise Http404
    return form


def rows_of(payment_list: PaymentList, form: NarrowForm, unusual: Unusual) -> QuerySet[Settlement]:
    rows = payment_list.settlements.defer(*NOT_SHOWN)
    kind, method, group = (form.cleaned_data[name] for name in ("uwaga", "sposob", "grupa"))
    if kind:
        rows = rows.filter(pk__in=unusual.rows_with("" if kind == ALL_UNUSUAL else kind))
    if method:
        rows = rows.filter(method="" if method == NO_METHOD else method)
    return rows.filter(_in_group(group)) if group else rows


def _in_group(group: Group) -> Exists:
    """On any of the settled days."""
    memberships = Membership.objects.filter(
        group=group, participant=OuterRef("programme__participant"), start_on__lte=OuterRef("end_on")
    )
    return Exists(memberships.filter(Q(end_on__isnull=True) | Q(end_on__gte=OuterRef("start_on"))))


def with_findings(rows: Iterable[Settlement], unusual: Unusual, kind: str) -> list[Settlement]:
    """Beside each row its `tags`, and `says`: why nothing is paid, and the sentence of the kind that was asked for."""
    shown, told = [], set(Kind) - {Kind.BELOW} if kind == ALL_UNUSUAL else {Kind.ZERO, kind}
    for row in rows:
        found = unusual.by_row.get(row.pk, [])
        row.tags = _tags(found, kind)
        row.says = [one.says for one in found if one.says and one.kind in told]
        shown.append(row)
    return shown


def _tags(found: list[Finding], kind: str) -> list[Kind]:
    """What holds for a whole list is no mark of a row, unless it was asked for."""
    return list(dict.fromkeys(one.kind for one in found if one.kind != Kind.BELOW or one.kind == kind))


@dataclass(frozen=True)
class Problems:
    """The problems of one kind, each with the page on which it is seen to."""

    label: str
    badge: str
    rows: list[tuple[Problem, str]]
    is_open: bool


def problems_of(payment_list: PaymentList, *, folded: bool, on: date) -> list[Problems]:
    """By kind; folded, or open when they are few. Days still to come stand last and bury nothing."""
    found = list(payment_list.problems.in_the_way().with_people())
    fills_in = _who_fills_in(found, on)
    for problem in found:
        problem.fills_in = fills_in.get(problem.pk, "")
    mended, awaited = ([p for p in found if (p.kind == Problem.Kind.UPCOMING) is waits] for waits in (False, True))
    return [
        *_by_kind(mended, "late", is_open=len(mended) <= FEW and not folded),
        *_by_kind(awaited, "info", is_open=len(found) <= FEW and not folded),
    ]


def held_back(payment_list: PaymentList) -> list[tuple[Problem, str]]:
    """Whom the list leaves off: until the office answers, or the benefit is applied for; each with where that is."""
    return [(problem, mended_at(problem)) for problem in payment_list.problems.held_back().with_people()]


def _by_kind(problems: list[Problem], badge: str, *, is_open: bool) -> list[Problems]:
    return [
        Problems(Problem.Kind(kind).label, badge, [(problem, mended_at(problem)) for problem in rows], is_open)
        for kind, rows in groupby(problems, key=lambda problem: problem.kind)
    ]


def _who_fills_in(problems: list[Problem], on: date) -> dict[int, str]:
    """Problem → who marks its days: those who lead the person's group on the day, else the social worker."""
    unmarked = {one.pk: one.programme.participant_id for one in problems if one.kind == Problem.Kind.UNMARKED}
    leads = Prefetch("group__leads", GroupLead.objects.in_force(on).select_related("instructor"))
    rows = Membership.objects.in_force(on).filter(participant__in=unmarked.values()).select_related("group")
    led = {
        row.participant_id: joined([str(lead.instructor) for lead in row.group.leads.all()])
        for row in rows.prefetch_related(leads)
    }
    return {pk: led.get(person) or SOCIAL_WORKER for pk, person in unmarked.items()}


def mended_at(problem: Problem) -> str:
    """The page on which the problem is seen to."""
    name, person = MENDED_AT.get(problem.kind, "participants:programme"), [problem.programme.participant_id]
    if problem.kind == Problem.Kind.NO_APPLICATION:
        return reverse("benefits:apply", args=[problem.programme_id])
    if problem.days:
        return f"{reverse('attendance:person', args=person)}?miesiac={problem.days[0]:%Y-%m}"
    return reverse(name) if problem.kind in OF_CENTRE else reverse(name, args=person)
