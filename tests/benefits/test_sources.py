"""The name of the regulations is read once, not with every paragraph."""

from datetime import date

from benefits.reading.sources import gathered, short

OLD, NEW = ("Regulamin CIS, tekst jednolity", date(2014, 6, 1)), ("Regulamin CIS, tekst jednolity", date(2026, 7, 1))
RATE = "Regulamin CIS, tekst jednolity, §3 ust. 1 lit. a, od 1 czerwca 2014"
SICK = "Regulamin CIS, tekst jednolity, §3 ust. 1 lit. d, od 1 czerwca 2014"
LATER = "Regulamin CIS, tekst jednolity, §3 ust. 1 lit. d, od 1 lipca 2026"
LAW = "zasiłek 1 783,90 zł, obwieszczenie z 7 maja 2026"


def test_the_places_of_one_version_make_one_sentence():
    assert gathered([f"{RATE}; {LAW}", f"{SICK}; {RATE}"], [OLD]) == [
        "Regulamin CIS, tekst jednolity, od 1 czerwca 2014: §3 ust. 1 lit. a; §3 ust. 1 lit. d",
        LAW,
    ]


def test_two_versions_stay_apart():
    assert len(gathered([RATE, SICK, LATER], [OLD, NEW])) == 2


def test_on_a_page_that_names_its_version_a_line_names_the_place_only():
    assert short(f"{RATE}; {LAW}", [OLD]) == f"regulamin, §3 ust. 1 lit. a; {LAW}"


def test_with_two_versions_every_line_says_which():
    assert short(LATER, [OLD, NEW]) == LATER


def test_a_source_that_is_no_version_stands_as_it_is():
    assert gathered([LAW], [OLD]) == [LAW]
    assert short(LAW, [OLD]) == LAW
