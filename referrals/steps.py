"""What an office is asked for in a case, and how much of it has been done."""

from collections.abc import Iterable, Sequence
from datetime import date

from cistor.centres.models import Agreement, Centre, OfficeStep, Regulations
from referrals.models import Application

Office = Application.Office

DONE: dict[str, frozenset[OfficeStep]] = {
    Office.OPINED: frozenset({OfficeStep.OPINION}),
    Office.CONSENTED: frozenset({OfficeStep.OPINION, OfficeStep.CONSENT}),
    # By the referral the office has said its last word, whatever was agreed on meanwhile.
    Office.REFERRED: frozenset(OfficeStep),
}


def needed(application: Application, on: date) -> list[OfficeStep]:
    """The steps in their order: by the agreement in force with the office, by the regulations where none says any."""
    return needed_of([application], on)[application.pk]


def needed_of(applications: Iterable[Application], on: date) -> dict[int, list[OfficeStep]]:
    """Primary key → steps, of cases of one or a few centres; as many queries for one case as for a thousand."""
    rows = list(applications)
    agreed = {office: _in_order(steps) for office, steps in _agreed({row.office_id for row in rows}, on).items()}
    ruled = {centre: _in_order(_ruled(centre, on)) for centre in {row.centre_id for row in rows}}
    return {row.pk: agreed.get(row.office_id) or ruled[row.centre_id] for row in rows}


def ruled(centre: Centre, on: date) -> list[OfficeStep]:
    """What the centre's regulations of the day ask of an office with which nothing else was agreed on."""
    return _in_order(_ruled(centre.pk, on))


def left(application: Application, steps: Sequence[OfficeStep]) -> list[OfficeStep]:
    """Of the steps needed those that the office has not done yet; after "no consent" nothing is asked for any more."""
    if application.office_state == Office.NO_CONSENT:
        return []
    done = DONE.get(application.office_state, frozenset())
    return [step for step in steps if step not in done]


def next_step(application: Application, on: date) -> OfficeStep | None:
    return next(iter(left(application, needed(application, on))), None)


def is_office_done(application: Application, on: date) -> bool:
    """The office has done its last step. Its opinion may be negative (it advises), its consent may not be missing."""
    return application.office_state != Office.NO_CONSENT and next_step(application, on) is None


def _agreed(offices: set[int | None], on: date) -> dict[int, list[str]]:
    rows = Agreement.objects.in_force(on).filter(office__in=offices - {None})
    return {row.office_id: row.office_steps for row in rows}


def _ruled(centre: int, on: date) -> list[str]:
    version = Regulations.objects.version(centre, on)
    return version.office_steps if version else []


def _in_order(steps: Iterable[str]) -> list[OfficeStep]:
    """Consent and referral always follow the opinion of the social worker (art. 12 of the statute)."""
    wanted = {OfficeStep(step) for step in steps}
    return [step for step in OfficeStep if step in wanted or (wanted and step == OfficeStep.OPINION)]
