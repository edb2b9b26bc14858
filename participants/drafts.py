"""What becomes of the draft of an IPZS when the person signs."""

from cistor.dates import day_text, joined
from participants.models import Participant, Plan, Programme

NONE = "Projektu IPZS nie ma: treść trzeba będzie napisać i dołączyć do podpisanego programu."


def open_draft(participant: Participant) -> Plan | None:
    return participant.plans.filter(programme=None).first()


def awaits_text(participant: Participant) -> Programme | None:
    """A signed programme that goes on and has no text yet: the open draft is for it."""
    return participant.programmes.filter(ended_on=None, plan=None).first()


def of_before(participant: Participant) -> Programme | None:
    """The ended programme from whose time an open draft may be: the last one, if it never got its text.

    One with its text leaves no draft behind: while it ran none could be begun, so a draft is younger than its end.
    """
    last = participant.programmes.exclude(ended_on=None).order_by("-ended_on", "-pk").select_related("plan").first()
    return None if last is None or hasattr(last, "plan") else last


def outlook(participant: Participant) -> str:
    """What the signature does to the draft, for the page on which somebody signs."""
    draft = open_draft(participant)
    if draft is None:
        return NONE
    if lacking := draft.lacking:
        return f"Projekt IPZS jest niepełny (brakuje: {joined(lacking)}): zostanie projektem, dołącza się go później."
    if before := of_before(participant):
        return (
            f"Projekt IPZS może pochodzić z czasu programu, który trwał do {day_text(before.last_on)}: nie dołączy się "
            "sam, po podpisaniu można go dołączyć albo usunąć."
        )
    return f"Projekt IPZS (napisał(a): {draft.written_by}) stanie się treścią programu i już się nie zmieni."
