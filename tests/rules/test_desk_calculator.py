"""Every sentence can be checked with a desk calculator: read as text, worked out with plain decimals, nothing else."""

import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.rules import EarlierPayment, Rulebook, settle
from tests.rules.book import BENEFIT_CODES, NET_CODES, RZYSZCZEWO, line, rulebook, settled
from tests.rules.test_properties import inputs

AMOUNT = r"−?\d{1,3}(?:\u00a0\d{3})*,\d\d"
# "2 × 1/20 × 1 783,90 zł = 178,39 zł", "120% × 831,10 zł zasiłku = …", "18% × 900,00 zł − 46,33 zł miesięcznego … = …"
FORMULA = re.compile(
    rf"((?:\d+(?:/\d+)? × |[\d,]+% × )+)({AMOUNT})\u00a0zł(?: zasiłku| \([^)]*\))?"
    rf"(?: − ({AMOUNT})\u00a0zł miesięcznego zmniejszenia)? = ({AMOUNT})\u00a0zł"
)
ROUNDED = re.compile(rf"po zaokrągleniu ({AMOUNT})")
GROSZ, TEN_GROSZ, ZLOTY = Decimal("0.01"), Decimal("0.1"), Decimal(1)
REDUCTIONS = {"unexcused", "sick", "sick_over_limit", "excused", "care"}


def figure(text: str) -> Decimal:
    return Decimal(text.replace("\u00a0", "").replace(",", ".").replace("−", "-"))


def figures(text: str) -> list[Decimal]:
    return [figure(found) for found in re.findall(rf"{AMOUNT}(?!%)", text)]


def factor(text: str) -> Decimal:
    """ "2", "1/20" or "19,52%", as typed into a calculator of many digits."""
    if text.endswith("%"):
        return Decimal(text[:-1].replace(",", ".")) / 100
    numerator, _, denominator = text.partition("/")
    return Decimal(numerator) / Decimal(denominator or 1)


def worked_out(text: str) -> list[tuple[Decimal, Decimal, list[str]]]:
    """Of each formula: what the calculator shows, what the sentence says, and the factors."""
    found = []
    for factors, amount, less, said in FORMULA.findall(text):
        names = factors.split(" × ")[:-1]
        with localcontext(Context(prec=40)):
            shown = figure(amount)
            for name in names:
                shown *= factor(name)
            # A third of three is 0,999… on every calculator.
            shown = round(shown, 30) - (figure(less) if less else 0)
        found.append((shown, figure(said), names))
    return found


def to(amount: Decimal, step: Decimal, how: str = ROUND_HALF_UP) -> Decimal:
    return amount.quantize(step, how).quantize(GROSZ)


def check_base(found, text: str) -> None:
    exact, said, _ = worked_out(text)[-1]
    assert to(exact, GROSZ) == said
    full = ROUNDED.search(text)
    full_rate = figure(full[1]) if full else said
    assert full_rate in (to(exact, GROSZ), to(exact, TEN_GROSZ, ROUND_CEILING))
    if "pełna stawka: " in text and not text.startswith("Cał"):
        (part, paid, names), *_ = worked_out(text)
        assert (to(part, GROSZ), paid) == (found.amount, found.amount)
        assert figures(text)[0] == full_rate
        assert names[0].startswith(f"{len(found.days)}/") or "zajęć" in text
    else:
        assert found.amount == full_rate


def check_reduction(found, text: str) -> None:
    assert re.search(rf"Za {len(found.days)} (dzień|dni) ", text)
    if "nic nie odjęto" in text:
        assert found.amount == 0
        return
    [(exact, said, names)] = worked_out(text)
    assert int(names[0]) == len(found.days)
    assert to(exact, GROSZ) == said == -found.amount


def check_bonus(found, text: str) -> None:
    [(exact, cap, _)] = worked_out(text)
    assert to(exact, GROSZ, ROUND_FLOOR) == cap
    asked = figures(text)[0]
    assert found.amount == (0 if "nie wypłaca się" in text else asked)
    assert (asked > cap) == ("nie wypłaca się" in text)


def check_tax(found, text: str, gross: Decimal) -> None:
    summed = re.search(rf"razem w miesiącu (.*?) = ({AMOUNT})", text)
    if summed:
        payments = figures(summed[1].replace("− ", "−"))
        assert sum(payments) == figure(summed[2])
        assert payments[-1] == gross
    together = figure(summed[2]) if summed else figures(text)[0]
    assert summed or together == gross
    [(exact, said, _)] = worked_out(text)
    assert re.search(rf"× ({AMOUNT})\u00a0zł", text)[1] == text.split(" × ")[1].split("\u00a0zł")[0]
    assert figure(text.split(" × ")[1].split("\u00a0zł")[0]) == to(together, ZLOTY)
    assert exact == said
    taken = figure(ROUNDED.search(text)[1])
    assert taken == max(to(exact, ZLOTY), Decimal(0))
    if before := re.search(rf"pobrano już ({AMOUNT})\u00a0zł, zostaje ({AMOUNT})", text):
        taken, left = max(taken - figure(before[1]), Decimal(0)), figure(before[2])
        assert taken == left
    if limit := re.search(rf"nie więcej niż wypłata: ({AMOUNT})", text):
        assert figure(limit[1]) == gross < taken
        taken = gross
    assert found.amount == -taken


def check_deduction(found, text: str, left: Decimal) -> None:
    taken, asked, *rest = figures(text)
    assert found.amount == -taken
    if rest:
        room, *free, carried = rest
        assert taken == room == max(left - (free[0] if free else 0), 0)
        assert carried == asked - taken
    else:
        assert taken == asked <= left


def check(settlement) -> None:
    benefit = net = Decimal(0)
    for found in settlement.lines:
        text = found.because
        if found.code.startswith("base_"):
            check_base(found, text)
        elif found.code in REDUCTIONS:
            check_reduction(found, text)
        elif found.code == "unexcused_over_limit":
            assert figures(text)[-1] == -found.amount == max(benefit, 0)
        elif found.code == "not_taken":
            assert figures(text)[-1] == found.amount == -benefit
        elif found.code == "bonus":
            check_bonus(found, text)
        elif found.code == "tax":
            check_tax(found, text, net)
        elif found.code == "deduction":
            check_deduction(found, text, net)
        else:
            [(exact, said, _)] = worked_out(text)
            assert to(exact, GROSZ) == said == found.amount
            assert figures(text)[0] == settlement.benefit
        benefit += found.amount if found.code in BENEFIT_CODES else 0
        net += found.amount if found.code in NET_CODES else 0
    assert (benefit, net) == (settlement.benefit, settlement.net)


@st.composite
def turned(draw):
    """Any settlement, with rates, fractions and roundings that no centre has yet, and payments earlier that month."""
    case = draw(inputs())
    fraction = st.fractions(0, 1, max_denominator=40)
    changes = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "trial_rate": st.fractions(0, 2, max_denominator=30),
                "main_rate": st.fractions(0, 2, max_denominator=30),
                "unexcused_fraction": fraction,
                "sick_fraction": fraction,
                "trial_sick_fraction": fraction,
                "excused_fraction": fraction,
                "care_fraction": fraction,
                "bonus_cap": fraction,
                "full_rate_rounding": st.sampled_from(["up_to_10_grosz", "to_grosz"]),
            },
        )
    )
    versions = [replace(row, settings=replace(row.settings, **changes)) for row in case.rulebook.versions]
    earlier = draw(
        st.lists(
            st.builds(EarlierPayment, st.decimals(-500, 2500, places=2), st.integers(0, 300).map(Decimal)), max_size=2
        )
    )
    book = Rulebook(versions, case.rulebook.statute, case.rulebook.calendar)
    return replace(case, rulebook=book, earlier_payments=tuple(earlier))


@settings(max_examples=300)
@given(turned())
def test_every_sentence_comes_out_on_a_desk_calculator(case):
    check(settle(case))


def test_a_rate_that_is_no_round_percentage_is_said_as_a_fraction():
    result = settled(book=rulebook({**RZYSZCZEWO, "main_rate": "2/3"}))
    assert "2/3 × 1\u00a0783,90\u00a0zł zasiłku = 1\u00a0189,27\u00a0zł" in line(result, "base_main").because
    check(result)


def test_the_calculator_finds_a_wrong_grosz():
    result = settled(marks={})
    wrong = result.lines[0]._replace(because=result.lines[0].because.replace("83,90", "83,91"))
    broken = result._replace(lines=(wrong, *result.lines[1:]))
    with pytest.raises(AssertionError):
        check(broken)


def test_a_fraction_is_read_as_it_is_written():
    assert [factor("1/20"), factor("19,52%"), factor("2")] == [Decimal("0.05"), Decimal("0.1952"), Decimal(2)]
