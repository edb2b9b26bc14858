"""The tax of a year as a workbook: the data of PIT-11, the same a field a column for a program that makes the XML,
the months behind it, and what the accountant has to add."""

from collections.abc import Iterator, Mapping
from datetime import date

from benefits.reading.tax_year import Person, TaxYear
from cistor.dates import month_text
from cistor.sheets import Column, Sheet, Value, workbook
from participants.models import Participant

# Plain names, as a program reads them.
FIELDS = [
    Column("cel_zlozenia", "count"),
    Column("numer", "count"),
    Column("rok", "count"),
    Column("pesel"),
    Column("rodzaj_dokumentu"),
    Column("numer_dokumentu"),
    Column("imie"),
    Column("nazwisko"),
    Column("data_urodzenia", "day"),
    Column("ulica_i_numer"),
    Column("kod_pocztowy"),
    Column("miejscowosc"),
    Column("przychod", "amount"),
    Column("zaliczka", "amount"),
    Column("sporzadzono_dnia", "day"),
]
NOTES = [
    "Przychód to świadczenie i premia z zatwierdzonych list według miesiąca wypłaty, razem z różnicami.",
    "Zaliczka to suma pobranych zaliczek z tych samych list.",
    "Cel złożenia: 1 – złożenie informacji, 2 – korekta.",
    "W arkuszu „PIT-11 XML” każdy stoi z ostatnią informacją; bez dnia sporządzenia jest ta, którą trzeba zapisać.",
    "Ujemnego przychodu informacja nie poda: takie osoby są „do wyjaśnienia z księgowością”.",
    "Kolumny to pola wspólne wydań formularza PIT-11; wydanie obowiązujące za dany rok wybiera księgowość (niepewne).",
    "Źródło przychodu, koszty, kod urzędu skarbowego, województwo, powiat i gminę uzupełnia księgowość.",
    "Przelew, który wrócił i czeka, jest w przychodzie i stoi osobno: czy pozostaje przychodem, ocenia księgowość.",
]


def tax_workbook(found: TaxYear, people: Mapping[int, Participant]) -> bytes:
    sheets = [_returns(found, people), _fields(found, people), _months(found, people), _notes()]
    return workbook(sheets, title=f"Dane do PIT-11 za {found.year} rok")


def _returns(found: TaxYear, people: Mapping[int, Participant]) -> Sheet:
    columns = [
        Column("Osoba"),
        Column("PESEL"),
        Column("Świadczenia", "amount"),
        Column("Premie", "amount"),
        Column("Przychód", "amount"),
        Column("Zaliczki", "amount"),
        Column("w tym różnice", "amount"),
        Column("Przelewy zwrócone", "amount"),
        Column("PIT-11"),
    ]
    rows = [_return(person, people[person.pk]) for person in found.people]
    return Sheet(f"PIT-11 {found.year}", columns, rows, sums="Razem")


def _return(person: Person, human: Participant) -> list[Value]:
    now = person.figures
    amounts = [now.benefit, now.bonus, now.income, now.advance, now.differences, now.returned]
    return [str(human), human.pesel, *amounts, person.state]


def _fields(found: TaxYear, people: Mapping[int, Participant]) -> Sheet:
    rows = [
        _field(found.year, person, people[person.pk]) for person in found.people if person.is_to_issue or person.issued
    ]
    return Sheet("PIT-11 XML", FIELDS, rows)


def _field(year: int, person: Person, human: Participant) -> list[Value]:
    """What is to be issued now, else what was issued last."""
    told = None if person.is_to_issue else person.issued
    number = told.number if told else (person.issued.number + 1 if person.issued else 1)
    figures = told or person.figures
    return [
        1 if number == 1 else 2,
        number,
        year,
        human.pesel,
        human.get_document_kind_display(),
        human.document_number,
        human.first_name,
        human.last_name,
        human.birth_on,
        human.street,
        human.postal_code,
        human.city,
        figures.income,
        figures.advance,
        told.issued_on if told else None,
    ]


def _months(found: TaxYear, people: Mapping[int, Participant]) -> Sheet:
    names = ("Świadczenia", "Premie", "Przychód", "Zaliczka", "w tym różnice", "Przelewy zwrócone")
    columns = [Column("Osoba"), Column("Miesiąc wypłaty"), *(Column(name, "amount") for name in names)]
    rows = [row for person in found.people for row in _months_of(found.year, person, str(people[person.pk]))]
    return Sheet(f"Miesiące {found.year}", columns, rows, sums="Razem")


def _months_of(year: int, person: Person, name: str) -> Iterator[list[Value]]:
    for month, paid in sorted(person.months.items()):
        said = month_text(date(year, month, 1))
        yield [name, said, paid.benefit, paid.bonus, paid.income, paid.advance, paid.differences, paid.returned]


def _notes() -> Sheet:
    return Sheet("Uwagi", [Column("Uwagi")], [[note] for note in NOTES])
