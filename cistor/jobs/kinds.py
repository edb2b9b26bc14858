"""Every kind of background job: its task, what it counts, and the pages of its room, all by name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    # Takes the primary key of the job and hands it to `actions.carry_out`.
    task: str
    # After "z": "z 1 grupy", "z 8 grup".
    one: str
    many: str
    # What stands in the link back to the page from which it is started.
    place: str
    # That page, and the one that gives the file, with the primary key of the job.
    origin: str
    file: str


KINDS = {
    "attendance_sheets": Kind(
        "attendance.print_sheets",
        one="grupy",
        many="grup",
        place="Listy obecności wszystkich grup",
        origin="attendance:sheets",
        file="attendance:sheets_file",
    ),
    "slips": Kind(
        "benefits.print_slips",
        one="paska",
        many="pasków",
        place="Listy wypłat",
        origin="benefits:lists",
        file="benefits:slips_file",
    ),
}
