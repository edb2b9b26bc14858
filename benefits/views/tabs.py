"""The rooms about money stand side by side; each is there for whoever may enter it."""

from django.urls import reverse

ROOMS = [
    ("Listy", "benefits:lists", ("see_lists",)),
    ("Kalendarz wypłat", "benefits:paydays", ("see_lists",)),
    ("Premie", "benefits:bonuses", ("ask_bonus", "opine_bonus", "decide_bonus", "see_lists")),
    ("Potrącenia", "benefits:deductions", ("enter_deduction",)),
    ("Komornicy", "benefits:enforcements", ("answer_bailiff",)),
    ("Podatek i ZUS", "benefits:payer", ("see_lists",)),
    ("Refundacja", "benefits:refunds", ("see_lists",)),
    ("Budżet", "benefits:budget", ("see_lists",)),
    ("Bank", "benefits:bank_profiles", ("see_lists",)),
]


def tabs(request) -> list[dict]:
    here = request.resolver_match.view_name
    return [
        {"label": label, "url": reverse(name), "current": name == here, "count": None}
        for label, name, rights in ROOMS
        if any(request.user.may(right, on=request.today) for right in rights)
    ]
