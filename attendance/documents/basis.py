"""Where the regulations of a day speak of what is on a paper: for the foot of its page, after the statute."""

from datetime import date

from cistor.centres.models import DayCode, Regulations

# What a centre has set by itself stands in no regulations.
SECTION = "§"


def cited(version: Regulations | None, *settings: str) -> str:
    """Title and the paragraphs of the settings, each once."""
    found = dict.fromkeys(filter(None, map(version.sources.get, settings))) if version else {}
    return ", ".join([version.title, *found]) if version and found else ""


def basis_of(centre: int, day: date, setting: str) -> str:
    return cited(Regulations.objects.version(centre, day), setting)


def basis_of_codes(centre: int, day: date) -> str:
    """The sections of all its codes, each once, without their letters."""
    version = Regulations.objects.version(centre, day)
    if version is None:
        return ""
    sources = DayCode.objects.filter(regulations=version, source__startswith=SECTION).values_list("source", flat=True)
    sections = dict.fromkeys(source.split(" lit. ")[0] for source in sources)
    return ", ".join([version.title, *sections]) if sections else ""
