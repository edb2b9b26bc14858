"""The navigation by role: an entry is there when one of its rights is."""

from django.urls import reverse

# (label, url name, icon, rights)
ENTRIES = [
    ("Pulpit", "desk:desk", "desk", None),
    ("Obecność", "attendance:groups", "calendar", ("see_attendance", "mark_attendance")),
    ("Porządek", "attendance:order", "list-checks", ("see_diagnosis",)),
    ("Terminy", "notices:deadlines", "clock", ("see_deadlines",)),
    ("Skierowania", "referrals:list", "inbox", ("enter_application",)),
    ("Nabory", "referrals:rounds", "clipboard-list", ("see_candidates",)),
    ("Uczestnicy", "participants:list", "people", ("see_overview",)),
    ("Świadczenia", "benefits:lists", "money", ("see_lists", "run_month")),
    ("Premie", "benefits:bonuses", "coins", ("ask_bonus", "opine_bonus")),
    ("Pisma", "notices:register", "mail", ("prepare_letter", "send_letter", "sign_letter")),
    ("Centrum", "centres:centre", "centre", ("see_regulations",)),
    ("Stawki ustawowe", "centres:rates", "law", ("see_rates",)),
    ("Konta", "accounts:users", "key", ("set_accounts",)),
]
# A tab of another room, for who may enter that one.
TABS = {"benefits:bonuses": ("see_lists",), "attendance:order": ("see_attendance", "mark_attendance")}
# Staff of an office have rooms of their own.
OFFICE_ENTRIES = [
    ENTRIES[0],
    ("Sprawy", "referrals:office_cases", "inbox", None),
    ("Terminy", "notices:deadlines", "clock", None),
]

# The field on top of every page looks for people.
SEARCHED_WITH = ("see_overview",)


def navigation(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not _inside(user, request.today):
        return {"navigation": [], "may_search": False}
    known = OFFICE_ENTRIES if user.is_of_office else ENTRIES
    entries = [_entry(request, *entry) for entry in known if _stands(user, *entry[1:], request.today)]
    _keep_nearest(entries)
    return {"navigation": entries, "may_search": _open_to(user, SEARCHED_WITH, request.today)}


def _keep_nearest(entries: list[dict]) -> None:
    """Of two entries one of which lies within the other, the inner one is where we are."""
    here = max((entry["url"] for entry in entries if entry["current"]), key=len, default="")
    for entry in entries:
        entry["current"] = entry["url"] == here


def _inside(user, on) -> bool:
    """Past all steps of the login."""
    return not user.must_change_password and (user.is_verified() or not user.needs_second_step(on=on))


def _open_to(user, rights, on) -> bool:
    return rights is None or (not user.is_of_office and any(user.may(right, on=on) for right in rights))


def _stands(user, name, icon, rights, on) -> bool:
    return _open_to(user, rights, on) and not (name in TABS and _open_to(user, TABS[name], on))


def _entry(request, label, name, icon, rights) -> dict:
    url = reverse(name)
    current = request.path == url or (url != "/" and request.path.startswith(url))
    return {"label": label, "url": url, "icon": icon, "current": current}
