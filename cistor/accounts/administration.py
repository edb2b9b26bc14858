"""What the administrator does: accounts, roles, first passwords, stand-ins. Never another centre's people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from cistor import places
from cistor.accounts import actions, passwords
from cistor.accounts.access import needs
from cistor.accounts.forms import EndStandInForm, NewPersonForm, PersonForm, StandInForm
from cistor.accounts.models import StandIn, User
from cistor.errors import Refused
from cistor.journal.once import carry_out, said
from cistor.names import order_key
from cistor.sorting import Column, Sorting

PAGE = 50
COLUMNS = [
    Column("Osoba", "osoba"),
    Column("Login", "login"),
    Column("Role"),
    Column("Urząd", "urzad"),
    Column("Przełożony"),
    Column("Stan", "stan"),
]
# The database would sort by its own alphabet, and the accounts of a centre are few.
ORDERS = {
    "osoba": lambda person: order_key(person.last_name, person.first_name),
    "login": lambda person: person.username,
    "urzad": lambda person: (person.office is None, order_key(str(person.office))),
    "stan": lambda person: not person.is_active,
}


@needs("set_accounts")
def users(request):
    telephones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    people = (
        User.objects.visible_to(request.user, on=request.today)
        .select_related("office", "superior")
        .annotate(has_telephone=Exists(telephones))
    )
    sorting = Sorting(COLUMNS, request, usual="osoba")
    people = sorted(sorted(people, key=ORDERS["osoba"]), key=ORDERS[sorting.key], reverse=sorting.goes_down)
    places.keep(request)
    page = Paginator(people, PAGE).get_page(request.GET.get("strona"))
    return render(request, "accounts/users.html", {"page": page, "heads": sorting.heads})


@needs("set_accounts")
def new_user(request):
    """Shows the first password, this once; the person changes it at the first login."""
    form = NewPersonForm(request.POST or None, by=request.user, on=request.today)
    made = {}
    if request.method == "POST" and carry_out(form, lambda: made.update(_create(request, form)), by=request.user):
        if made:
            return render(request, "accounts/first_password.html", made)
        messages.info(request, "To konto już powstało. Hasła nie da się zobaczyć drugi raz, ale można nadać nowe.")
        return redirect("accounts:users")
    return render(request, "accounts/new_user.html", {"form": form}, status=_status(form))


def _create(request, form) -> dict:
    fields, password = form.given, passwords.generate()
    fields["centre"] = None if fields["office"] else request.user.home_centre
    person = actions.create_user(
        **fields, password=password, must_change_password=True, by=request.user, on=request.today
    )
    return {"person": person, "password": password}


@needs("set_accounts")
def user(request, pk):
    person = _person(request, pk)
    initial = {name: getattr(person, name) for name in actions.CHANGEABLE}
    form = PersonForm(
        request.POST or None,
        initial=initial,
        by=request.user,
        on=request.today,
        of=person,
    )

    def act():
        actions.change_user(person, **form.cleaned_data, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Konto jest zmienione."))
        return redirect("accounts:user", pk)
    context = {"form": form, "person": person, "has_telephone": person.totpdevice_set.filter(confirmed=True).exists()}
    return render(request, "accounts/user.html", context, status=_status(form))


@require_POST
@needs("set_accounts")
def new_password(request, pk):
    """A new first password, shown this once."""
    person, password = _person(request, pk), passwords.generate()
    if person == request.user:
        return redirect("accounts:password")
    actions.set_password(person, password, by=request.user)
    return render(request, "accounts/first_password.html", {"person": person, "password": password})


@require_POST
@needs("set_accounts")
def reset_second_step(request, pk):
    return _done(request, pk, actions.reset_second_step, "Drugi krok logowania trzeba będzie ustawić od nowa.")


@require_POST
@needs("set_accounts")
def deactivate(request, pk):
    return _done(request, pk, actions.deactivate, "Konto jest wyłączone.")


@require_POST
@needs("set_accounts")
def activate(request, pk):
    return _done(request, pk, actions.activate, "Konto jest znowu czynne.")


def _done(request, pk, act, success):
    try:
        act(_person(request, pk), by=request.user)
        messages.success(request, success)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("accounts:user", pk)


def _person(request, pk) -> User:
    return get_object_or_404(User.objects.visible_to(request.user, on=request.today), pk=pk)


@needs("set_accounts")
def stand_ins(request):
    """Those of today and to come, those of the past below; a new one is added here."""
    form = StandInForm(request.POST or None, by=request.user, on=request.today)

    def act():
        fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
        actions.add_stand_in(**fields, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Zastępstwo jest zapisane."))
        return redirect("accounts:stand_ins")
    rows = StandIn.objects.visible_to(request.user, on=request.today).select_related("absent", "deputy")
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    return render(request, "accounts/stand_ins.html", {"form": form, "page": page}, status=_status(form))


@needs("set_accounts")
def end_stand_in(request, pk):
    rows = StandIn.objects.visible_to(request.user, on=request.today).select_related("absent", "deputy")
    row = get_object_or_404(rows, pk=pk)
    form = EndStandInForm(request.POST or None, initial={"end_on": request.today})

    def act():
        actions.end_stand_in(row, end_on=form.cleaned_data["end_on"], by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Zastępstwo jest skrócone."))
        return redirect("accounts:stand_ins")
    return render(request, "accounts/end_stand_in.html", {"form": form, "row": row}, status=_status(form))


def _status(form) -> int:
    return 422 if form.errors else 200
