"""Whether somebody could be recruited by the settings of a version. Pure."""

from collections.abc import Mapping
from typing import Any

from cistor.centres.models import OfficeStep, Regulations

WEIGHTS = ("motivation_weight", "potential_weight", "prognosis_weight")
# Who sets the one must set the other: a threshold without points would change nothing.
PAIRS = (("income_threshold", "income_points"), ("jobless_months", "jobless_points"))
SETTINGS = ("recruitment", "office_steps", "score_scale", *WEIGHTS, *PAIRS[0], *PAIRS[1])
SCORES_NEED = dict.fromkeys(("score_scale", *WEIGHTS), "Nabór według ocen potrzebuje skali i wagi każdego kryterium.")
POINTS_NEED = dict.fromkeys(
    PAIRS[0], "Nabór według punktów potrzebuje progu dochodu i punktów za dochód poniżej niego."
)
NEEDS = {Regulations.Recruitment.SCORES: SCORES_NEED, Regulations.Recruitment.POINTS: POINTS_NEED}


def faults(settings: Mapping[str, Any]) -> dict[str, str]:
    """Setting → what is wrong with it, in Polish; a setting that is not among `settings` counts as not said."""
    needed = NEEDS.get(settings.get("recruitment") or "", {})
    found = {name: message for name, message in needed.items() if settings.get(name) is None}
    for pair in PAIRS:
        said = [name for name in pair if settings.get(name) is not None]
        if len(said) == 1:
            missing = next(name for name in pair if name not in said)
            found.setdefault(missing, "Podaj obie liczby albo żadnej: jedna bez drugiej nic nie znaczy.")
    weights = [settings.get(name) for name in WEIGHTS]
    if None not in weights and not any(weights):
        found[WEIGHTS[0]] = "Przynajmniej jedno kryterium musi coś ważyć."
    steps = settings.get("office_steps") or []
    if steps and OfficeStep.OPINION not in steps:
        found["office_steps"] = "Zgoda i skierowanie opierają się na opinii: zaznacz także opinię."
    return found
