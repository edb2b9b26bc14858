"""A version of the regulations as people read it: groups of settings, each with its value and its §."""

from fractions import Fraction
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField

from cistor.accounts.roles import Role
from cistor.centres.models import Regulations
from cistor.centres.recruitment import WEIGHTS
from cistor.fields import FractionField
from cistor.money import percent, zloty

# No column stands behind them, their § alone: what it is about, and which paper names it.
PAPERS = {
    "part_day": ("zwolnienie z części zajęć", "prośba o zwolnienie z części zajęć"),
    "meals": ("posiłki", "lista posiłków"),
    "things": ("odzież, narzędzia i zwrot kosztów", "karta wydanych rzeczy"),
}
GROUPS = {
    "Świadczenie": [
        "trial_rate",
        "main_rate",
        "full_rate_rounding",
        "trial_settlement",
        "trial_payday",
        "part_month",
    ],
    "Zmniejszenia": [
        "unexcused_fraction",
        "unexcused_days_limit",
        "unexcused_limit_scope",
        "sick_fraction",
        "trial_sick_fraction",
        "sick_days_limit",
        "sick_limit_scope",
        "sick_day_unit",
        "over_limit_share",
        "excused_fraction",
        "care_fraction",
    ],
    "Premia": [
        "bonus_cap",
        "bonus_basis",
        "bonus_in_trial",
        "bonus_when_benefit_lost",
        "bonus_needs_request",
        "bonus_needs_opinion",
    ],
    "Wypłata": ["payday_day", "payment_methods", "benefit_needs_application", "minimum_paid"],
    "Program": [
        "trial_months",
        "main_months",
        "extension_months",
        "trial_end_rule",
        "daily_hours_min",
        "daily_hours_max",
        "weekly_hours_min",
        "weekly_hours_max",
    ],
    "Dni wolne i nieobecności": [
        "free_days",
        "leave_notice_days",
        "leave_after_trial",
        "leave_opinions",
        "leave_request_to",
        "leave_card_role",
        "absence_reason_role",
        "absence_threshold_days",
    ],
    "Centrum i rekrutacja": [
        "head_title",
        "recruitment",
        "office_steps",
        "score_scale",
        "motivation_weight",
        "potential_weight",
        "prognosis_weight",
        "income_threshold",
        "income_points",
        "jobless_months",
        "jobless_points",
        "offer_days",
        "exclusions_days",
    ],
    "Podstawy dokumentów": list(PAPERS),
}
# In addresses, in the order of the groups.
SLUGS = dict(
    zip(
        ["swiadczenie", "zmniejszenia", "premia", "wyplata", "program", "nieobecnosci", "centrum", "dokumenty"],
        GROUPS,
        strict=True,
    )
)
ROLES = {"leave_opinions", "leave_request_to", "leave_card_role", "absence_reason_role"}
# Parts of the benefit or of what it is counted from, said as per cent.
SHARES = {"trial_rate", "main_rate", "bonus_cap"}
AMOUNTS = {"minimum_paid", "income_threshold"}
NOT_SAID = "nie określono"
# Said instead of a missing value, where "none" means something of its own.
NOTHING = {
    "trial_sick_fraction": "jak po okresie próbnym",
    "trial_payday": "razem z miesiącem",
    "leave_opinions": "nie są wymagane",
    "office_steps": "niczego",
}


class Row(NamedTuple):
    label: str
    value: str
    source: str


class Group(NamedTuple):
    slug: str
    title: str
    rows: list[Row]


def groups(version: Regulations) -> list[Group]:
    return [Group(slug, title, [row_of(version, name) for name in GROUPS[title]]) for slug, title in SLUGS.items()]


def row_of(version: Regulations, name: str) -> Row:
    return Row(label_of(name), said(version, name), version.sources.get(name, ""))


def label_of(name: str) -> str:
    if name in PAPERS:
        return PAPERS[name][0]
    return str(Regulations._meta.get_field(name).verbose_name)


def said(version: Regulations, name: str) -> str:
    """The value of a setting in words; of what has none, the papers that name its §."""
    if name in PAPERS:
        return f"na dokumencie: {PAPERS[name][1]}"
    return text_of(name, getattr(version, name))


def text_of(name: str, value: Any) -> str:
    """In words what a setting would be with that value."""
    if value in (None, "", []):
        return NOTHING.get(name, NOT_SAID)
    if name in ROLES:
        return ", ".join(Role(role).label for role in ([value] if isinstance(value, str) else value))
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if name in AMOUNTS:
        return zloty(value)
    if name in WEIGHTS:
        return str(value)
    if name in SHARES:
        return percent(value)
    return _chosen(name, value)


def _chosen(name: str, value: Any) -> str:
    field = Regulations._meta.get_field(name)
    if isinstance(field, FractionField):
        return fraction_text(value)
    if isinstance(field, ArrayField):
        labels = dict(field.base_field.choices)
        return ", ".join(str(labels[item]) for item in value)
    return str(dict(field.flatchoices).get(value, value))


def fraction_text(value: Fraction) -> str:
    """What a day costs: "1/20", "bez zmniejszenia"; from a fifth on as per cent where it comes out even."""
    if value == 0:
        return "bez zmniejszenia"
    per_cent = value * 100
    return f"{per_cent}%" if per_cent.denominator == 1 and value >= Fraction(1, 5) else str(value)
