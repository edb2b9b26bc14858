"""Papers about people who do not exist, as the stored contexts of documents."""

from base64 import b64decode
from decimal import Decimal

import segno

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
CODE = segno.make("https://cis.example/obecnosc/grupa/1/", error="m").svg_data_uri(border=2, omitsize=True)


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


def payment_list(people=3, reductions=2, overpaid=False):
    """Everybody in the main period; every third person has lost two unexcused days, the second is paid in cash.

    `overpaid`: the last row is a settlement of differences that asks money back, and the first pays some of it.
    """
    rows = [_paid(place, reductions) for place in range(people)]
    if overpaid:
        rows[0] |= {"overpayment": "-89.20", "payout": str(Decimal(rows[0]["net"]) - Decimal("89.20"))}
        rows.append(_overpaid(reductions))
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
            **{
                key: _sum(row[key] for row in rows)
                for key in ("benefit", "bonus", "tax", "deductions", "net", "overpayment", "payout")
            },
        },
        "overpaid": overpaid,
        "payments": [
            {"way": way, "people": len(chosen), "amount": _sum(row["payout"] for row in chosen)}
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
        "overpayment": "0.00",
        "payout": str(Decimal(benefit) - 231),
    }


def _overpaid(reductions):
    """October once more: a day that was marked present was not."""
    october = {"stage": "różnica", "start_on": "2026-10-01", "end_on": "2026-10-31", "base": "", "rate": ""}
    return {
        "name": NAMES[-1],
        "account": "",
        "note": "różnica za październik 2026; wypłacono za dużo, czeka na następne wypłaty",
        "stretches": [{**october, "amount": "0.00"}],
        "reductions": [{"days": "", "amount": "-89.20"} if n == 0 else None for n in range(reductions)],
        "benefit": "-89.20",
        "bonus": "0.00",
        "tax": "0.00",
        "deductions": "0.00",
        "net": "-89.20",
        "overpayment": "89.20",
        "payout": "0.00",
    }


def benefit_slip(lines=6):
    """November 2026 with every kind of day; `lines` sentences as long as they become."""
    sentence = (
        "Za 12 dni L4 ponad limit (2–6, 9 i 10, 12 i 13, 16–18 listopada) odjęto 12 × 1/20 × 1\u00a0783,90\u00a0zł = "
        "1\u00a0070,34\u00a0zł; listopad 2026 ma 20 dni zajęć."
    )
    source = "regulamin, §3 ust. 1 lit. d; zasiłek dla bezrobotnych od 1 czerwca 2026 (ustawa z 20 marca 2025 r.)"
    line = {"text": sentence, "source": source, "amount": "-1070.34"}
    day = {"day": 6, "off": False, "code": "L4 OP", "unmarked": False}
    outside = {"day": None, "off": True, "code": "", "unmarked": False}
    number = {"label": "ułamek za dzień choroby", "value": "1/40", "source": source}
    return {
        "draft": True,
        "difference": True,
        "name": NAMES[3],
        "period": "okres próbny 18 czerwca – 17 lipca 2026",
        "payday": "2026-12-04",
        "way": "na rachunek …2874",
        "outcome": "Z 100,00\u00a0zł zaliczono 40,00\u00a0zł na to, co wcześniej wypłacono za dużo.",
        "benefit_lines": [line] * lines,
        "benefit": "123.45",
        "payment_lines": [line],
        "net": "100.00",
        "taken": [{"period": "październik 2026", "amount": "-40.00"}],
        "payout": "60.00",
        "overpaid": None,
        "zus": [line],
        "weeks": [[outside, *([day] * 5), outside]] * 5,
        "codes": [{"code": "O", "label": "obecność"}, {"code": "L4 OP", "label": "opieka"}],
        "numbers": [number] * 10,
        "versions": [{"title": "Regulamin uczestnictwa", "since": "2014-06-01"}],
    }


def payments_certificate(rows=3):
    paid = {"benefit": "1783.90", "bonus": "0.00", "tax": "-214.00", "deductions": "0.00", "withheld": "-69.90"}
    row = {"period": "listopad 2026", "difference": True, "paid_on": "2026-12-04", **paid, "paid": "1500.00"}
    return {
        "person": {"name": NAMES[0], "pesel": "80010100008", "birth_on": "1980-01-01", "address": "ul. Zmyślona 1"},
        "when": "od stycznia do grudnia 2026",
        "overpaid": True,
        "rows": [row] * rows,
        "sums": {name: _sum([row[name]] * rows) for name in (*paid, "paid")},
        "signatures": [{"act": "Wystawienie", "name": "Iga Testowa", "role": "kadry i płace", "on": "2026-12-02"}],
    }


def refund_application(people=3):
    """August 2026; the last row corrects July."""
    amounts = {"benefit": "1783.90", "zus_pension": "348.22", "zus_disability": "142.71", "total": "2274.83"}
    words = "Nieobecności nieusprawiedliwione: 2 dni, −178,39\u00a0zł; Choroba: 12 dni, −535,17\u00a0zł"
    rows = [
        {"name": NAMES[n % len(NAMES)], "period": "lipiec 2026", "days": 31, "reductions": words, **amounts}
        for n in range(people)
    ]
    sums = {name: _sum([amount] * people) for name, amount in amounts.items()}
    less = {"benefit": "-89.20", "zus_pension": "-17.41", "zus_disability": "-7.14", "total": "-113.75"}
    return {
        "addressee": ["Starosta", "za pośrednictwem:", "Powiatowy Urząd Pracy", "ul. Zmyślona 2", "87-100 Toruń"],
        "head": "dyrektor centrum",
        "when": "w sierpniu 2026",
        "again": 2,
        "people": people,
        "rows": rows,
        "corrections": [{**rows[0], "reductions": "", **less}],
        "sums": {name: _sum([sums[name], less[name]]) for name in sums},
        "regular_sums": sums,
        "correction_sums": less,
        "account": "61109010140000071219812874",
        "prepared_by": "Iga Testowa",
        "signer": {"name": "Anna Testowa", "stands_in_for": ""},
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
        "code": CODE,
        "days": days,
        "notes": [{"days": "1", "why": "Wszystkich Świętych"}],
        "codes": [{"code": "O", "label": "obecność"}, {"code": "L4 OP", "label": "opieka"}],
        "filled": True,
        "people": [{"name": NAMES[n % len(NAMES)], "cells": cells, "sums": [16, 1]} for n in range(people)],
        "here": [{"off": day["off"], "people": None if day["off"] else people} for day in days],
        "sums": [16 * people, people],
        "signatures": [{"act": "Prowadzenie", "name": "Iga Testowa", "role": "instruktor", "on": ""}],
    }


def person_sheet(months=3):
    """A month as on the list of the group, as often as asked."""
    whole = attendance_sheet(1)
    [person] = whole["people"]
    month = {"name": "listopad 2026", "cells": [*person["cells"], person["cells"][0]], "sums": person["sums"]}
    return {
        "filled": True,
        "person": {"name": NAMES[3], "groups": "Pracownia wymyślona i Ogród"},
        "period": "1 listopada 2025 – 31 października 2026",
        "days": list(range(1, 32)),
        "codes": whole["codes"],
        "months": [month] * months,
        "sums": [16 * months, months],
        "signatures": whole["signatures"],
    }


def attendance_certificate(months=3):
    days = "2, 4, 6, 10, 12, 16, 18, 20, 24, 26 i 30 listopada"
    row = {"month": "listopad 2026", "days": days, "here": 11, "absent": 9, "class_days": 20}
    return {
        "blank": False,
        "person": {"name": NAMES[0], "pesel": "", "birth_on": "1980-01-01"},
        "period": "1 listopada 2025 – 31 października 2026",
        "rows": [row] * months,
        "sums": {name: row[name] * months for name in ("here", "absent", "class_days")},
        "kinds": [{"label": "L4 – choroba, zwolnienie lekarskie", "days": 9 * months}],
        "signatures": [{"act": "Wystawienie", "name": "Iga Testowa", "role": "dyrektor", "on": "2026-12-02"}],
    }


def empty_attendance_certificate():
    signatures = [{"act": "Wystawienie", "name": "", "role": "", "on": ""}]
    return {"blank": True, "lines": 12, "signatures": signatures}


def leave_request():
    """An empty form, with the two opinions for ink."""
    texts = dict.fromkeys(("name", "filed_on", "reason", "ahead", "decider", "decided_on", "note"), "")
    roles = ("pracownik socjalny CIS", "instruktor reintegracji zawodowej")
    opinions = [{"role": role, "is_positive": None, "text": "", "by": "", "on": ""} for role in roles]
    return {
        **texts,
        "head": "dyrektor",
        "blank": True,
        "days": [],
        "opinions": opinions,
        "granted": None,
        "left_out": "",
        "kept": [],
        **dict.fromkeys(("waived", "withdrawn_on", "cancelled_on", "given_back"), ""),
    }


def leave_card(days=4):
    lines = [{"on": f"{number:02}.11.2026", "decided": "Iga Testowa, 02.11.2026"} for number in range(9, 9 + days)]
    numbers = {"limit": 4, "granted": days, "used": 2, "left": 4 - days, "empty": 6}
    dated = {"signed_on": "2025-11-01", "on": "2026-12-02"}
    return {**numbers, **dated, "name": NAMES[3], "keeper": "kadry i płace", "lines": lines, "head": "dyrektor"}


def _weekday(number):
    return ["nd", "pn", "wt", "śr", "cz", "pt", "so"][(number - 1) % 7]


def _off(number):
    return _weekday(number) in {"so", "nd"} or number == 11


def _sum(amounts):
    return str(sum(map(Decimal, amounts), Decimal("0.00")))


def sobriety_register(rows):
    test = {"on": "2026-12-03", "at": "7:55", "device": "alkomat", "result": "0,42 mg/l", "is_positive": True}
    test |= {"name": NAMES[0], "substance": "alkohol", "unsigned_why": "", "tested_by": "Iga Testowa"}
    return {"start": "2026-01-01", "end": "", "tests": [{**test, "withdrawn": False}] * rows}


def sobriety_protocol():
    """Somebody who denied it, was tested positive and did not sign."""
    test = {"on": "2026-12-03", "at": "7:55", "device": "alkomat", "result": "0,42 mg/l", "is_positive": True}
    return {
        "blank": False,
        "person": {"name": NAMES[0]},
        "day": "2026-12-03",
        "at": "7:40",
        "substances": [{"label": "alkohol", "ticked": True}, {"label": "środki odurzające", "ticked": False}],
        "suspicion": "Woń alkoholu, chwiejny krok.",
        "outcomes": [{"label": "zaprzeczył, zbadano", "ticked": True}],
        "tests": [{**test, "unsigned_why": "odmowa podpisu", "tested_by": "Iga Testowa"}],
        "sent_away": True,
        "talk_on": "2026-12-04",
        "recorded_by": "Iga Testowa",
        "regulations": None,
    }


def reprimand():
    """For a breach under its letter."""
    return {
        "blank": False,
        "person": {"name": NAMES[0], "sex": "woman"},
        "addressee": [NAMES[0], "ul. Zmyślona 1"],
        "day": "2026-12-03",
        "what": "Krzyki w stolarni",
        "point": {"source": "§5 ust. 3 lit. e", "text": "zakłócanie porządku i spokoju w czasie zajęć"},
        "reason": "Po raz trzeci, mimo dwóch rozmów.",
        "measure_source": "",
        "regulations": {"title": "Regulamin uczestnictwa", "since": "2014-06-01", "head": "dyrektor"},
        "head": "dyrektor",
        "signer": {"name": "Iga Testowa", "stands_in_for": ""},
    }


def empty_reprimand():
    """The regulations are known, and nothing else."""
    unknown = dict.fromkeys(("day", "what", "reason", "measure_source"), "")
    nobody = {"person": {"name": "", "sex": ""}, "addressee": [], "point": None}
    return {**reprimand(), **unknown, **nobody, "signer": {"name": "", "stands_in_for": ""}, "blank": True}


def empty_absence_note():
    return {"blank": True, "reasons": ["sprawy rodzinne", "inna"], "arrangements": ["rozmowa", "aneks do IPZS"]}


def absence_note(tries=3):
    days = [
        {"on": f"2026-03-{day:02}", "letters": "NN", "name": "nieobecność nieusprawiedliwiona"} for day in (9, 10, 11)
    ]
    talk = {"at": "09.03.2026, 9:40", "way": "telefon", "whom": "rodzina: siostra", "result": "zostawiono wiadomość"}
    return {
        "blank": False,
        "person": {"name": NAMES[3]},
        "signed_on": "2026-01-05",
        "days": days,
        "reported": "09.03.2026, 9:20, Iga Testowa",
        "contacts": [{**talk, "text": "Siostra przekaże prośbę o telefon.", "by": "Iga Testowa"}] * tries,
        "reason": "sprawy rodzinne",
        "found": "Opieka nad matką; wraca w czwartek.",
        "found_on": "2026-03-10",
        "talk_on": "2026-03-12",
        "arrangement": "aneks do IPZS",
        "arranged": "Krótsze zajęcia przez dwa tygodnie.",
        "signer": {"name": "Iga Testowa", "stands_in_for": ""},
    }


def part_day_request():
    asked = {"day": "2026-03-12", "minutes": 90, "reason": "Wizyta w urzędzie.", "agreed": False, "agreed_by": ""}
    return {"blank": False, "person": {"name": NAMES[0]}, **asked, "from_at": "11:30", "to_at": "13:00"}
