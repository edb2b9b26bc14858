from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render

from cistor import places
from cistor.accounts.access import needs
from cistor.journal.once import carry_out, said
from cistor.sorting import Column, Sorting
from participants import actions
from participants.forms import EndLeadForm, GroupForm, JoinForm, LeadForm, LeaveForm
from participants.models import Group, GroupLead, Participant

COLUMNS = [
    Column("Grupa", "grupa", "name"),
    Column("Prowadzi"),
    Column("Osoby", "osoby", "people", css="number"),
    Column("Działa", "od", "start_on"),
]


def _groups(request):
    return Group.objects.visible_to(request.user, on=request.today, right="set_groups")


@needs("set_groups")
def groups(request):
    today = request.today
    inside = Q(memberships__start_on__lte=today) & (
        Q(memberships__end_on__isnull=True) | Q(memberships__end_on__gte=today)
    )
    leads = GroupLead.objects.in_force(today).select_related("instructor")
    rows = _groups(request).annotate(people=Count("memberships", filter=inside))
    sorting = Sorting(COLUMNS, request, usual="grupa")
    rows = sorting.apply(rows.prefetch_related(Prefetch("leads", leads, to_attr="leads_today")))
    places.keep(request)
    return render(request, "participants/groups.html", {"groups": rows, "heads": sorting.heads})


@needs("set_groups")
def new_group(request):
    form = GroupForm(request.POST or None, initial={"start_on": request.today})
    made = []

    def act():
        fields = {name: form.cleaned_data[name] for name in ("name", "start_on")}
        made.append(actions.create_group(centre=request.user.home_centre, **fields, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Grupa jest założona."))
        return redirect("participants:group", made[0].pk) if made else redirect("participants:groups")
    return render(request, "participants/new_group.html", {"form": form}, status=422 if form.errors else 200)


@needs("set_groups")
def group(request, pk):
    """Who leads the group and who is in it, with dates; a new lead is added here."""
    group = get_object_or_404(_groups(request), pk=pk)
    form = LeadForm(request.POST or None, initial={"start_on": request.today}, by=request.user, on=request.today)

    def act():
        fields = {name: form.cleaned_data[name] for name in ("instructor", "start_on", "end_on")}
        actions.lead_group(group, **fields, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Prowadzący jest zapisany."))
        return redirect("participants:group", pk)
    members = group.memberships.select_related("participant").order_by("participant__order_key", "start_on")
    context = {
        "group": group,
        "form": form,
        "leads": group.leads.select_related("instructor"),
        "members": members.in_force(request.today),
        "former": members.filter(end_on__lt=request.today),
        "coming": members.filter(start_on__gt=request.today),
        "today": request.today,
    }
    return render(request, "participants/group.html", context, status=422 if form.errors else 200)


@needs("set_groups")
def end_lead(request, pk):
    rows = GroupLead.objects.filter(group__in=_groups(request)).select_related("group", "instructor")
    lead = get_object_or_404(rows, pk=pk)
    form = EndLeadForm(request.POST or None, initial={"end_on": request.today})

    def act():
        actions.end_lead(lead, end_on=form.cleaned_data["end_on"], by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Ostatni dzień prowadzenia jest zapisany."))
        return redirect("participants:group", lead.group_id)
    return render(
        request, "participants/end_lead.html", {"form": form, "lead": lead}, status=422 if form.errors else 200
    )


def _participant(request, pk) -> Participant:
    rows = Participant.objects.visible_to(request.user, on=request.today, right="set_groups")
    return get_object_or_404(rows, pk=pk)


@needs("set_groups")
def join(request, pk):
    participant = _participant(request, pk)
    form = JoinForm(request.POST or None, initial={"start_on": request.today}, by=request.user, on=request.today)

    def act():
        fields = {name: form.cleaned_data[name] for name in ("group", "start_on")}
        actions.join_group(participant, **fields, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Grupa jest zapisana."))
        return redirect("participants:membership", pk)
    context = {"form": form, "participant": participant}
    return render(request, "participants/join.html", context, status=422 if form.errors else 200)


@needs("set_groups")
def leave(request, pk):
    participant = _participant(request, pk)
    form = LeaveForm(request.POST or None, initial={"end_on": request.today})

    def act():
        actions.leave_group(participant, end_on=form.cleaned_data["end_on"], by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Ostatni dzień w grupie jest zapisany."))
        return redirect("participants:membership", pk)
    context = {"form": form, "participant": participant}
    return render(request, "participants/leave.html", context, status=422 if form.errors else 200)
