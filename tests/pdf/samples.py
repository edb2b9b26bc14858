"""Papers about people who do not exist, as the stored contexts of documents."""

from base64 import b64decode
from decimal import Decimal

NAMES = [
    "Zmyślona-Żółć Kalina",
    "Gżegżółka Łucja",
    "Ćmiel Świętosława",
    "Niezapominajka-Brzęczyszczyk Włodzimierz",
    "Ździebło Józef",
]
# A picture of four pixels, with transparency.
LOGO = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAFElEQVR42mPkjUloYGBgYGBigAIAE3MBTQB0w6gAAAAASUVORK5CYII="
LOGO_BYTES = b64decode(LOGO)


def whole(context, *, title, number="", logo=False):
    """The context as the act would store it, with letterhead and number."""
    return {
        **context,
        "logo_url": f"data:image/png;base64,{LOGO}" if logo else "",
        "letterhead": {
            "name": "Centrum Integracji Społecznej „Wymyślone”",
            "body": "Stowarzyszenie „Przykład”",
            "address": "ul. Zmyślona 1, 87-100 Toruń",
            "contact": "tel. 56 000 00 00",
            "place": "Toruń",
            "logo": None,
        },
        "document": {
            "number": number,
            "draft": not number,
            "title": title,
            "issued_on": "2026-12-03",
            "basis": "Art. 15 ustawy",
        },
    }


def payment_list(people=3, reductions=2):
    """Everybody in the main period; every third person has lost two unexcused days, the second is paid in cash."""
    rows = [_paid(place, reductions) for place in range(people)]
    return {
        "period": "listopad 2026",
        "payday": "2026-12-04",
        "reductions": [{"label": f"K{n}", "about": "dni po 1/20"} for n in range(1, reductions + 1)],
        "people": rows,
        "sums": {
            "amount": _sum("2140.70" for _ in rows),
            "reductions": [
                _sum(row["reductions"][n]["amount"] for row in rows if row["reductions"][n]) for n in range(reductions)
            ],
            **{key: _sum(row[key] for row in rows) for key in ("benefit", "bonus", "tax", "deductions", "net")},
        },
        "payments": [
            {"way": way, "people": len(chosen), "amount": _sum(row["net"] for row in chosen)}
            for way, chosen in (
                ("przelewem", [row for row in rows if row["account"]]),
                ("w kasie", [row for row in rows if not row["account"]]),
            )
            if chosen
        ],
        "sources": ["Regulamin uczestnictwa w brzmieniu obowiązującym od 1 czerwca 2014."],
        "signatures": [
            {"act": "Sporządzenie", "name": "Iga Testowa", "role": "kadry i płace", "on": "2026-12-02"},
            {"act": "Zatwierdzenie", "name": "", "role": "", "on": ""},
        ],
        "checksum": "0123456789abcdef" * 4,
    }


def _paid(place, reductions):
    lost = bool(reductions) and place % 3 == 0
    benefit = "1926.63" if lost else "2140.70"
    main = {"stage": "główny", "start_on": "2026-11-01", "end_on": "2026-11-30", "base": "1783.90", "rate": "120%"}
    return {
        "name": NAMES[place % len(NAMES)],
        "account": "" if place == 1 else "61109010140000071219812874",
        "note": "",
        "stretches": [{**main, "amount": "2140.70"}],
        "reductions": [{"days": 2, "amount": "-214.07"} if lost and n == 0 else None for n in range(reductions)],
        "benefit": benefit,
        "bonus": "0.00",
        "tax": "-231.00",
        "deductions": "0.00",
        "net": str(Decimal(benefit) - 231),
    }


def attendance_sheet(people=3):
    """November 2026: all present until the 26th, the days after it unmarked."""
    days = [{"number": n, "weekday": _weekday(n), "off": _off(n)} for n in range(1, 31)]
    cells = [
        {
            "code": "" if day["off"] or day["number"] > 26 else "O",
            "off": day["off"],
            "outside": False,
            "provisional": False,
        }
        for day in days
    ]
    # One cell of each unusual look.
    cells[1] = {"code": "", "off": False, "outside": True, "provisional": False}
    cells[2] = {"code": "L4 OP", "off": False, "outside": False, "provisional": True}
    return {
        "group": {"name": "Pracownia wymyślona", "instructor": "Iga Testowa"},
        "month": "listopad 2026",
        "days": days,
        "notes": [{"days": "1", "why": "Wszystkich Świętych"}],
        "codes": [{"code": "O", "label": "obecność"}, {"code": "L4 OP", "label": "opieka"}],
        "filled": True,
        "people": [{"name": NAMES[n % len(NAMES)], "cells": cells, "sums": [16, 1]} for n in range(people)],
        "here": [{"off": day["off"], "people": None if day["off"] else people} for day in days],
        "sums": [16 * people, people],
        "signatures": [{"act": "Prowadzenie", "name": "Iga Testowa", "role": "instruktor", "on": ""}],
    }


def _weekday(number):
    return ["nd", "pn", "wt", "śr", "cz", "pt", "so"][(number - 1) % 7]


def _off(number):
    return _weekday(number) in {"so", "nd"} or number == 11


def _sum(amounts):
    return str(sum(map(Decimal, amounts), Decimal("0.00")))
