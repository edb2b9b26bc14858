"""What is written for the bank is read back by a parser made from the description of the format alone."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.elixir import ElixirError, Profile, Transfer, is_nrb, written
from tests.benefits.elixir_parser import parse
from tests.factories import nrb

FRIDAY = date(2026, 8, 7)
PAYER = "61109010140000071219812874"
PROFILE = Profile(
    PAYER, ("Centrum Integracji Społecznej", "ul. Zmyślona 1", "87-100 Toruń"), "Świadczenie integracyjne"
)
NAME, ADDRESS = "Gżegżółka Łucja", ("ul. Wymyślona 3/4", "87-100 Toruń")


def transfer(**over) -> Transfer:
    plain = {"nrb": nrb(7), "recipient": (NAME, *ADDRESS), "amount": Decimal("1491.70")}
    return Transfer(**{**plain, "title": "lipiec 2026", "reference": "SI12N1", **over})


def profile(**over) -> Profile:
    return Profile(**{**vars(PROFILE), **over})


def read(*transfers, profile=PROFILE):
    data = written(transfers, on=FRIDAY, profile=profile)
    return parse(data, encoding=profile.encoding, line_end=profile.line_end)


def fault(*transfers, profile=PROFILE) -> tuple[int, str]:
    with pytest.raises(ElixirError) as refusal:
        written(transfers, on=FRIDAY, profile=profile)
    assert NAME not in str(refusal.value)
    return refusal.value.place, refusal.value.fault


def test_a_transfer_is_a_line_of_sixteen_fields():
    line = (
        '110,20260807,149170,10901014,0,"61109010140000071219812874","39109010140000000000000007",'
        '"Centrum Integracji Społecznej|ul. Zmyślona 1|87-100 Toruń",'
        '"Gżegżółka Łucja|ul. Wymyślona 3/4|87-100 Toruń",0,10901014,'
        '"Świadczenie integracyjne lipiec|2026","","","51","SI12N1"\r\n'
    )
    assert written([transfer()], on=FRIDAY, profile=PROFILE) == line.encode("cp1250")


def test_what_is_written_is_read_back():
    second = transfer(nrb=nrb(8), amount=Decimal("0.01"), reference="SI13N1")
    first, last = read(transfer(), second)
    assert (first.on, first.amount, first.payer_nrb, first.nrb) == (FRIDAY, Decimal("1491.70"), PAYER, nrb(7))
    assert (first.payer, first.recipient) == (list(PROFILE.sender), [NAME, *ADDRESS])
    assert (first.title, first.reference) == (["Świadczenie integracyjne lipiec", "2026"], "SI12N1")
    assert (last.amount, last.nrb, last.reference) == (Decimal("0.01"), nrb(8), "SI13N1")


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859_2", "cp852", "utf-8"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_polish_letters_survive_in_every_encoding_of_a_profile(encoding, line_end):
    name = "Zażółć Gęślą Jaźń ŁÓDŹ"
    [found] = read(transfer(recipient=(name,)), profile=profile(encoding=encoding, line_end=line_end))
    assert found.recipient == [name]


@pytest.mark.parametrize(
    "name, plain",
    [
        ("Nguyễn Thị Øre", "Nguyen Thi Ore"),
        ("Æsir–Þór’s", "AEsir-Thór's"),
        ("Żółw \uff57\uff49\uff1ax", "Żółw wi x"),
        ("Łucja Gz\u0307ego\u0301lka", "Łucja Gżególka"),
        ("Łucja Жук", "Łucja"),
    ],
)
def test_a_letter_that_the_encoding_lacks_becomes_the_nearest_one(name, plain):
    assert read(transfer(recipient=(name,)))[0].recipient == [plain]


def test_without_polish_letters_in_the_encoding_they_become_latin_ones():
    ascii_only = profile(encoding="ascii", sender=("Centrum",))
    assert read(transfer(recipient=("Gżegżółka Łucja",)), profile=ascii_only)[0].recipient == ["Gzegzolka Lucja"]


@pytest.mark.parametrize(
    "spoiled",
    ['Ła"ka', "Ła,ka", "Ła|ka", "Ła\r\nka", "Ła\nka", "Ła\x00ka", "Ła\u2028ka", "Ła\u202eka", "Ła;:&@$ka", "Ła„ka"],
)
def test_no_sign_breaks_a_line(spoiled):
    [found] = read(transfer(recipient=(spoiled, *ADDRESS), title=spoiled))
    assert found.recipient == ["Ła ka", *ADDRESS]
    assert found.title == ["Świadczenie integracyjne Ła ka"]


def test_a_long_name_is_broken_between_words_and_pushes_the_address_down():
    name = "Niezapominajka-Brzęczyszczykiewicz Włodzimiera Świętosława"
    [found] = read(transfer(recipient=(name, *ADDRESS)))
    assert found.recipient == ["Niezapominajka-Brzęczyszczykiewicz", "Włodzimiera Świętosława", *ADDRESS]


def test_lines_that_do_not_fit_one_under_another_run_together():
    lines = ("Ćmiel Świętosława", "Osiedle Wymyślone przy Długiej Drodze 12", "m. 34", "klatka C", "87-100 Toruń")
    [found] = read(transfer(recipient=lines))
    assert found.recipient == [
        "Ćmiel Świętosława Osiedle Wymyślone",
        "przy Długiej Drodze 12 m. 34 klatka",
        "C 87-100 Toruń",
    ]


def test_a_word_is_cut_only_where_it_is_longer_than_a_line_or_the_text_would_not_fit():
    narrow = profile(width=20, lines=2, sender=("Centrum",), title="Świadczenie")
    [found] = read(transfer(recipient=("Konstantynopolitańczykowianeczka",)), profile=narrow)
    assert found.recipient == ["Konstantynopolitańcz", "ykowianeczka"]
    [found] = read(transfer(recipient=("Kali Konstantynopolit Zmyślona-Ćmiel",)), profile=narrow)
    assert found.recipient == ["Kali Konstantynopoli", "t Zmyślona-Ćmiel"]


ONE_OFF = nrb(7)[:-1] + str((int(nrb(7)[-1]) + 1) % 10)
SWAPPED = "16" + PAYER[2:]


@pytest.mark.parametrize(
    "wrong", [ONE_OFF, SWAPPED, "", PAYER[:-1], f"{PAYER}0", f"PL{PAYER}"[:26], "٦" * 26, "6 " * 13, "a" * 26]
)
def test_a_wrong_account_is_refused_by_its_place(wrong):
    assert not is_nrb(wrong)
    assert fault(transfer(), transfer(nrb=wrong)) == (2, "numer rachunku jest błędny")
    assert fault(transfer(), profile=profile(nrb=wrong)) == (0, "numer rachunku jest błędny")


@pytest.mark.parametrize("recipient", [(), ("",), ("", *ADDRESS), ('  ",', *ADDRESS), ("Жанна", *ADDRESS)])
def test_a_name_without_a_readable_letter_is_refused(recipient):
    assert fault(transfer(recipient=recipient)) == (1, "nazwa i adres: brak")


@pytest.mark.parametrize("amount", ["0", "0.00", "-0.01", "NaN", "Infinity", "0.001", "12.345", "10000000000000"])
def test_an_amount_that_is_none_or_does_not_fit_is_refused(amount):
    place, why = fault(transfer(), transfer(amount=Decimal(amount)))
    assert (place, why.startswith("kwota")) == (2, True)


def test_what_is_longer_than_its_field_is_refused_and_never_cut_off():
    assert fault(transfer(recipient=("a" * 141,))) == (1, "nazwa i adres: więcej, niż mieści pole (4 × 35 znaków)")
    assert fault(transfer(title="b" * 120))[1].startswith("tytuł: więcej")
    assert (
        fault(transfer(reference="S" * 17))[1]
        == fault(transfer(reference="a|b"))[1]
        == "referencje nie mieszczą się w polu"
    )
    assert fault(profile=profile(sender=("c" * 141,)))[0] == 0


def test_a_profile_without_title_or_payer_writes_nothing():
    assert fault(profile=profile(title=" ;")) == (0, "brak tytułu przelewu")
    assert fault(profile=profile(sender=())) == (0, "nazwa i adres: brak")


TEXTS = st.text(min_size=1, max_size=60)
PROFILES = st.builds(
    profile,
    encoding=st.sampled_from(["cp1250", "iso8859_2", "cp852", "utf-8"]),
    line_end=st.sampled_from(["\r\n", "\n"]),
    width=st.integers(20, 80),
    forbidden=st.text(alphabet=":;&@$\"'/.+", max_size=6),
)
TRANSFERS = st.builds(
    transfer,
    nrb=st.integers(0, 10**16 - 1).map(nrb),
    recipient=st.lists(TEXTS, min_size=0, max_size=2).map(lambda rest: ("Łąka Kalina", *rest)),
    amount=st.integers(1, 10**9).map(lambda grosze: Decimal(grosze) / 100),
    title=TEXTS,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TRANSFERS, max_size=4), PROFILES)
def test_whatever_stands_in_the_texts_every_transfer_is_read_back(transfers, profile):
    try:
        found = read(*transfers, profile=profile)
    except ElixirError as refusal:
        assert "więcej, niż mieści pole" in refusal.fault  # noqa: PT017
        return
    assert [(one.nrb, one.amount) for one in found] == [(one.nrb, one.amount) for one in transfers]
    for one in found:
        assert one.recipient[0].startswith("Łąka Kalina")
        assert " ".join(one.title).startswith("Świadczenie integracyjne")
        for lines in (one.payer, one.recipient, one.title):
            assert 1 <= len(lines) <= profile.lines
            assert all(0 < len(line) <= profile.width and line == line.strip() for line in lines)
            assert not set("".join(lines)) & {*profile.forbidden, '"', ","}
