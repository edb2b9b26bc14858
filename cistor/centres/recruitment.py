"""Whether somebody could be recruited by the settings of a version. Pure."""

from collections.abc import Mapping
from typing import Any

from cistor.centres.models import OfficeStep, Regulations

WEIGHTS = ("motivation_weight", "potential_weight", "prognosis_weight")
# Who sets the one must set the other: a threshold without points would change nothing.
PAIRS = (("income_threshold", "income_points"), ("jobless_months", "jobless_points"))
SETTINGS = ("recruitment", "office_steps", "score_scale", *WEIGHTS, *PAIRS[0], *PAIRS[1])
Method = Regulations.Recruitment


def faults(settings: Mapping[str, Any]) -> dict[str, str]:
    """Setting → what is wrong with it, in Polish; a setting that is not among `settings` counts as not said."""
    said = {name: value for name, value in settings.items() if value is not None}
    return {**_unscored(said), **_unpointed(said), **_out_of_order(said)}


def _unscored(said: Mapping[str, Any]) -> dict[str, str]:
    if all(name in said and not said[name] for name in WEIGHTS):
        return {WEIGHTS[0]: "Przynajmniej jedno kryterium musi coś ważyć."}
    if said.get("recruitment") != Method.SCORES:
        return {}
    missing = (name for name in ("score_scale", *WEIGHTS) if name not in said)
    return dict.fromkeys(missing, "Nabór według ocen potrzebuje skali i wagi każdego kryterium.")


def _unpointed(said: Mapping[str, Any]) -> dict[str, str]:
    if said.get("recruitment") == Method.POINTS and not any(name in said for pair in PAIRS for name in pair):
        return {PAIRS[0][0]: "Nabór według punktów potrzebuje progu dochodu albo czasu bez pracy, i punktów za nie."}
    halves = [name for pair in PAIRS if len(set(pair) & set(said)) == 1 for name in pair if name not in said]
    return dict.fromkeys(halves, "Podaj obie liczby albo żadnej: jedna bez drugiej nic nie znaczy.")


def _out_of_order(said: Mapping[str, Any]) -> dict[str, str]:
    steps = said.get("office_steps") or []
    if not steps or OfficeStep.OPINION in steps:
        return {}
    return {"office_steps": "Zgoda i skierowanie opierają się na opinii: zaznacz także opinię."}
