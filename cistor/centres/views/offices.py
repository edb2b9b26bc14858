"""The offices a centre works with: where its letters go."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cistor.accounts.access import needs
from cistor.centres import actions
from cistor.centres.forms import OfficeForm
from cistor.centres.models import Office
from cistor.journal.once import carry_out, said


@require_GET
@needs("see_regulations")
def offices(request):
    rows = Office.objects.visible_to(request.user, on=request.today)
    may_set = request.user.may("set_regulations", on=request.today)
    return render(request, "centres/offices.html", {"offices": rows, "may_set": may_set})


@require_http_methods(["GET", "POST"])
@needs("set_regulations")
def office(request, pk):
    row = get_object_or_404(Office.objects.visible_to(request.user, on=request.today), pk=pk)
    form = OfficeForm(request.POST or None, instance=row)

    def act():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        actions.change_office(row, **values, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Dane urzędu są zapisane."))
        return redirect("centres:offices")
    return render(request, "centres/office.html", {"form": form, "office": row}, status=422 if form.errors else 200)
