from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from benefits.forms.what_if import WhatIfForm
from benefits.reading.what_if import WhatIf
from benefits.reading.what_if import what_if as compare
from benefits.views.fetch import status_of
from cistor.accounts.access import needs
from cistor.drawings import Bar, Drawing, bars
from cistor.money import zloty

PAGE = 50


@require_GET
@needs("see_lists")
def what_if(request):
    """A month now and under other rules; nothing is written, so whoever reads lists may try."""
    form = WhatIfForm(request.GET or None, user=request.user, on=request.today)
    context = {"form": form, "found": None}
    if form.is_valid():
        found = compare(request.user.home_centre, form.cleaned_data["miesiac"], **form.tried())
        page = Paginator(found.rows, PAGE).get_page(request.GET.get("strona"))
        context |= {"found": found, "page": page, "drawing": _drawing(found), "tried": form.said()}
    return render(request, "benefits/what_if.html", context, status=status_of(form))


def _drawing(found: WhatIf) -> Drawing:
    rows = [
        Bar(f"{what} {when}", amount, zloty(amount), kind)
        for what, amounts in (("Świadczenia", found.benefit), ("Składki", found.zus))
        for (when, kind), amount in zip((("teraz", "now"), ("potem", "then")), amounts, strict=True)
    ]
    said = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return bars(rows, name="now-then", title="Koszt miesiąca teraz i potem", desc=said)
