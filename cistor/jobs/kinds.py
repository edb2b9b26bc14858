"""Every kind of background job: its task, what it counts, and the pages of its room, all by name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    # Takes the primary key of the job and hands it to `actions.carry_out`.
    task: str
    # After "z": "z 1 grupy", "z 8 grup".
    one: str
    many: str
    # What is done after the last step; before the first one too, where the steps are not known at once.
    last: str
    # What stands in the link back to the page from which it is started, and that page.
    place: str
    origin: str
    first: str = ""
    # The page that gives the file, with the primary key of the job; "" where none is made.
    file: str = ""
    # The page shows the result instead of giving a file to be kept.
    shown: bool = False
    # Then the page of what it works on, with the primary key of that, which stands in the job's data under a name.
    page: str = ""
    about: str = ""
    # A job that takes its worker down every time is not begun for ever.
    attempts: int = 3


KINDS = {
    "attendance_sheets": Kind(
        "attendance.print_sheets",
        one="grupy",
        many="grup",
        last="składanie pliku",
        place="Listy obecności wszystkich grup",
        origin="attendance:sheets",
        file="attendance:sheets_file",
    ),
    "slips": Kind(
        "benefits.print_slips",
        one="paska",
        many="pasków",
        last="składanie pliku",
        place="Listy wypłat",
        origin="benefits:lists",
        file="benefits:slips_file",
    ),
    "verified_year": Kind(
        "benefits.verify_year",
        one="listy",
        many="list",
        last="zapisywanie wyniku",
        place="Listy wypłat",
        origin="benefits:lists",
        file="benefits:verified_year",
        shown=True,
    ),
    "payment_list": Kind(
        "benefits.count_list",
        one="osoby",
        many="osób",
        first="zbieranie danych",
        last="zapisywanie",
        place="Listy wypłat",
        origin="benefits:lists",
        page="benefits:list",
        about="list",
        # Payday comes whatever happens to the machines.
        attempts=100,
    ),
    "signed_letters": Kind(
        "notices.sign_many",
        one="pisma",
        many="pism",
        last="zapisywanie wyniku",
        place="Do podpisu",
        origin="notices:to_sign",
        file="notices:signed_many",
        shown=True,
        # What is signed stays signed: begun anew it goes on.
        attempts=20,
    ),
}
