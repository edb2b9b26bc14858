from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.journal.once import carry_out, said
from participants import actions, nrb
from participants.forms import EndTaxStatementForm, PaymentForm, TaxStatementForm
from participants.models import Participant, PaymentMethod, TaxStatement


def _participant(request, pk) -> Participant:
    rows = Participant.objects.visible_to(request.user, on=request.today, right="enter_account")
    return get_object_or_404(rows, pk=pk)


def _back(request, participant):
    """Who enters an account may not always see it."""
    sees = participant.open_to(request.user, "see_account", on=request.today)
    return redirect("participants:payment" if sees else "participants:card", participant.pk)


@needs("enter_account")
def set_method(request, pk):
    participant = _participant(request, pk)
    initial = {
        "start_on": request.today,
        "kind": PaymentMethod.Kind.ACCOUNT,
        "holder": f"{participant.first_name} {participant.last_name}",
    }
    versions = Regulations.objects.adopted().filter(centre=participant.centre_id)
    cash_desk = versions.filter(payment_methods__contains=["cash_desk"]).exists()
    form = PaymentForm(request.POST or None, initial=initial, cash_desk=cash_desk)
    saved = []

    def act():
        fields = {name: form.cleaned_data[name] for name in ("kind", "start_on", "nrb", "holder")}
        saved.append(actions.set_payment_method(participant, **fields, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        bank = nrb.bank_name(saved[0].nrb) if saved and saved[0].nrb else ""
        success = f"Sposób wypłaty jest zapisany. Bank: {bank}." if bank else "Sposób wypłaty jest zapisany."
        messages.success(request, said(form, success))
        return _back(request, participant)
    context = {"form": form, "participant": participant}
    return render(request, "participants/set_method.html", context, status=422 if form.errors else 200)


@needs("enter_account")
def set_tax_statement(request, pk):
    participant = _participant(request, pk)
    form = TaxStatementForm(request.POST or None, initial={"start_on": request.today, "share": 1})

    def act():
        fields = {name: form.cleaned_data[name] for name in ("start_on", "share", "end_on")}
        actions.set_tax_statement(participant, **fields, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Oświadczenie jest zapisane."))
        return _back(request, participant)
    context = {"form": form, "participant": participant}
    return render(request, "participants/set_tax_statement.html", context, status=422 if form.errors else 200)


@needs("see_account")
def end_tax_statement(request, pk):
    people = Participant.objects.visible_to(request.user, on=request.today, right="see_account")
    statement = get_object_or_404(TaxStatement.objects.filter(participant__in=people), pk=pk)
    form = EndTaxStatementForm(request.POST or None, initial={"end_on": request.today})

    def act():
        actions.end_tax_statement(statement, end_on=form.cleaned_data["end_on"], by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Ostatni dzień oświadczenia jest zapisany."))
        return redirect("participants:payment", statement.participant_id)
    context = {"form": form, "statement": statement, "participant": statement.participant}
    return render(request, "participants/end_tax_statement.html", context, status=422 if form.errors else 200)
