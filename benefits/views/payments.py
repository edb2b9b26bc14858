from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from benefits import actions
from benefits.forms import PaymentForm
from benefits.views.fetch import list_or_404, status_of
from cistor.accounts.access import needs
from cistor.errors import Refused


@needs("run_month")
def record_payments(request, pk):
    shown = list_or_404(request, pk)
    form = PaymentForm(request.POST or None, on=request.today, initial={"paid_on": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_payments(shown, paid_on=form.cleaned_data["paid_on"], by=request.user, on=request.today)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "Wypłata jest zapisana.")
            return redirect("benefits:list", pk)
    context = {"list": shown, "form": form, "cancel": reverse("benefits:list", args=[pk])}
    return render(request, "benefits/record_payments.html", context, status=status_of(form))
