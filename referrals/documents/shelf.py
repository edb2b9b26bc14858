"""All papers of the referrals in the order of the way, with what the regulations say of each."""

from dataclasses import dataclass
from datetime import date

from cistor.centres.models import Centre, FileItemKind, OfficeStep
from cistor.documents.kinds import KINDS
from referrals.documents.common import file_items
from referrals.models import Application
from referrals.steps import next_step

GROUPS = {
    "Wniosek i urząd": ("application", "opinion", "referral"),
    "Zgłoszenie i oświadczenia": (
        "registration",
        "income",
        "statements",
        "insurance_statement",
        "indicator_consent",
        "followup_consent",
        "image_consent",
    ),
    "Przed rozpoczęciem zajęć": ("interview", "medical_referral", "monitoring_statement", "safety_card"),
    "Nabór i pisma": ("ranking", "qualified_letter", "refusal_letter", "office_reminder"),
}
# Those an act issues with a number; all others are printed, signed by hand and kept in the file.
ISSUED = tuple(kind for kinds in GROUPS.values() for kind in kinds if KINDS[kind].numbered)


@dataclass(frozen=True)
class Form:
    kind: str
    # What the regulations of the day say of it; None: they do not name it.
    item: FileItemKind | None

    @property
    def title(self) -> str:
        return KINDS[self.kind].title

    @property
    def badge(self) -> tuple[str, str] | None:
        """Kind and word; None for what the regulations do not name."""
        if self.item is None:
            return None
        return ("info", "wymagane przed zajęciami") if self.item.obligatory else ("plain", "do teczki")


def shelf(centre: Centre, on: date) -> list[tuple[str, list[Form]]]:
    """Every form under the title of its group."""
    items = file_items(centre, on)
    return [(title, [Form(kind, items.get(kind)) for kind in kinds]) for title, kinds in GROUPS.items()]


def of_a_person(centre: Centre, on: date) -> list[tuple[str, list[Form]]]:
    """Those that are printed of one application at any time."""
    groups = ((title, [form for form in forms if form.kind not in ISSUED]) for title, forms in shelf(centre, on))
    return [(title, forms) for title, forms in groups if forms]


def is_printed(kind: str, application: Application, on: date) -> bool:
    """Letters with a number are issued by the acts alone. What the qualified still have to bring is printed for them
    however they are told; a referral only for whom the office refers or has referred."""
    if kind == "referral":
        return _is_referred(application, on)
    is_qualified = application.recruitment_state == Application.Recruitment.QUALIFIED
    return kind not in ISSUED or (kind == "qualified_letter" and is_qualified)


def _is_referred(application: Application, on: date) -> bool:
    if application.referrals.filter(taken_back_on=None).exists():
        return True
    is_open = application.status == Application.Status.OPEN
    return is_open and next_step(application, on) == OfficeStep.REFERRAL
