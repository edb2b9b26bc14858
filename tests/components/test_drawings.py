"""Drawings as a browser and a screen reader get them."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree.ElementTree import fromstring

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from cistor import drawings
from cistor.dates import months_later
from cistor.drawings import (
    HIGH,
    LONG,
    WIDTH,
    Bar,
    Cell,
    Drawing,
    Lane,
    Series,
    Step,
    Stretch,
    columns,
    heat_map,
    lanes,
    scale,
    ticks,
    timeline,
    waterfall,
)

NN = Cell("code-7", "NN", "6 marca 2026: nieobecność", "/dzien/6")
NAMES = {"name": "miesiac", "title": "Marzec", "desc": "Dni w wierszach."}


def svg(drawing: Drawing):
    return fromstring(drawing.svg)  # noqa: S314 – our own


def steps(*amounts) -> list[Step]:
    return [Step(f"krok {number}", Decimal(amount), f"{amount} zł") for number, amount in enumerate(amounts)]


def bars(drawing: Drawing) -> list[tuple[float, float, str]]:
    """From, to and kind of each bar."""
    drawn = [bar for bar in svg(drawing).iter("rect") if bar.get("class") != "ground"]
    return [(float(b.get("x")), float(b.get("x")) + float(b.get("width")), b.get("class")) for b in drawn]


def test_a_scale_leads_from_one_end_to_the_other():
    at = scale((Decimal(0), Decimal(200)), 100)
    assert [at(Decimal(value)) for value in (0, 50, 200)] == [0.0, 25.0, 100.0]


def test_a_scale_without_extent_draws_nothing():
    assert scale((Decimal(0), Decimal(0)), 100)(Decimal(0)) == 0.0


def test_a_heat_map_places_a_cell_in_its_row_and_column():
    drawn = svg(heat_map(["luty", "marzec"], ["1", "2"], [[None, None], [None, NN]], **NAMES))
    (cell,) = drawn.iter("a")
    box, letters = cell.find("rect"), cell.find("text")
    (_, second), (_, march) = [[t for t in drawn.iter("text") if t.get("class") == k] for k in ("head", "label")]
    assert float(box.get("x")) + float(box.get("width")) / 2 == float(second.get("x"))
    assert float(box.get("y")) < float(march.get("y")) < float(box.get("y")) + float(box.get("height"))
    assert (letters.text, cell.find("title").text) == ("NN", "6 marca 2026: nieobecność")


@pytest.mark.parametrize("letters, kind", [("NN", "in-cell code-7"), ("L4 OP", "in-cell long code-7")])
def test_letters_that_would_leave_their_cell_are_small(letters, kind):
    drawn = svg(heat_map(["marzec"], ["6"], [[Cell("code-7", letters)]], **NAMES))
    (text,) = [element for element in drawn.iter("text") if element.text == letters]
    assert text.get("class") == kind


def test_the_links_of_a_map_are_for_the_pointer_and_the_table_has_them_too():
    drawing = heat_map(["marzec"], ["6"], [[NN]], **NAMES)
    (link,) = svg(drawing).iter("a")
    assert (link.get("href"), link.get("tabindex")) == ("/dzien/6", "-1")
    html = render_to_string("components/drawing.html", {"drawing": drawing})
    table = html.split("<details>")[1]
    assert '<a href="/dzien/6">NN<span class="visually-hidden"> 6 marca 2026: nieobecność</span></a>' in table
    assert "tabindex" not in table.split("<table")[1]


def test_who_cannot_see_hears_title_and_description():
    drawn = svg(heat_map([], [], [], **NAMES))
    named = {element.get("id"): element.text for element in drawn}
    assert named[drawn.get("aria-labelledby")] == "Marzec"
    assert named[drawn.get("aria-describedby")] == "Dni w wierszach."


def test_two_drawings_on_a_page_share_no_id():
    unmarked = [[Cell("unmarked")]]
    ids = [
        element.get("id")
        for name in ("a", "b")
        for element in svg(heat_map(["x"], ["1"], unmarked, **{**NAMES, "name": name})).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids)) == 6


def test_a_long_name_is_cut_and_stands_whole_in_its_title():
    name = "Pracownia rękodzieła i renowacji mebli"
    (label,) = svg(heat_map([name], [], [[]], **NAMES)).iter("text")
    assert label.text.endswith("…")
    assert label.find("title").text == name


@pytest.mark.parametrize("typed", ["<script>", "a & b", "\"'>"])
def test_what_somebody_typed_stays_text(typed):
    drawing = heat_map([typed], [typed], [[Cell(typed, typed, typed, f"/?{typed}")]], **{**NAMES, "title": typed})
    assert svg(drawing).find("title").text == typed
    assert "<script>" not in drawing.svg


def test_a_rows_cells_fit_its_columns():
    with pytest.raises(ValueError, match="zip"):
        heat_map(["luty"], ["1"], [], **NAMES)


def test_each_bar_begins_where_the_one_before_has_ended():
    base, less, net = bars(waterfall([*steps(1000, -250), Step("razem", Decimal(750), "750 zł", total=True)], **NAMES))
    assert base == (0.0, WIDTH, "more")
    assert less == (WIDTH * 0.75, WIDTH, "less")
    assert net == (0.0, WIDTH * 0.75, "total")


@given(st.lists(st.decimals(-5000, 5000, places=2), min_size=1, max_size=12))
def test_no_bar_leaves_the_drawing_and_every_step_meets_its_neighbour(amounts):
    drawn = bars(waterfall(steps(*amounts), **NAMES))
    assert len(drawn) == len(amounts)
    # A bar of nothing is one pixel wide, so that it is seen.
    assert all(-0.1 <= left <= right <= WIDTH + 1.1 for left, right, _ in drawn)
    for (left, right, _), (next_left, next_right, _) in pairwise(drawn):
        assert left <= next_right + 1.1
        assert next_left <= right + 1.1


def test_a_waterfall_without_steps_is_an_empty_drawing():
    assert bars(waterfall([], **NAMES)) == []


def test_bars_share_one_ground_and_the_largest_fills_it():
    now, then = bars(
        drawings.bars([Bar("teraz", Decimal(50), "50 zł", "now"), Bar("potem", Decimal(200), "")], **NAMES)
    )
    assert (now, then) == ((0.0, WIDTH / 4, "now"), (0.0, WIDTH, "total"))


def test_bars_of_shares_end_where_the_whole_does():
    rows = [Bar("Kuchnia", Decimal("0.5"), "50%"), Bar("Ogród", Decimal("0.25"), "25%")]
    drawn = bars(drawings.bars(rows, **NAMES, whole=Decimal(1)))
    assert [bar[:2] for bar in drawn] == [(0.0, WIDTH / 2), (0.0, WIDTH / 4)]


def test_a_negative_bar_hangs_to_the_left_of_the_ground():
    rows = [Bar("dopłata", Decimal(100), "100 zł"), Bar("nadpłata", Decimal(-100), "−100 zł", "less")]
    assert [bar[:2] for bar in bars(drawings.bars(rows, **NAMES))] == [(WIDTH / 2, WIDTH), (0.0, WIDTH / 2)]


def test_bars_bring_their_table_when_its_column_has_a_head():
    rows = [Bar("choroba", Decimal(100), "100,00 zł")]
    assert drawings.bars(rows, **NAMES).columns == []
    table = drawings.bars(rows, **NAMES, corner="Rodzaj", column="Odjęto")
    assert (table.corner, table.columns, table.rows[0].cells[0].text) == ("Rodzaj", ["Odjęto"], "100,00 zł")


MONTHS = [Cell(text="I", title="styczeń"), Cell(text="II", title="luty")]


def stacked(*series) -> Drawing:
    return columns(MONTHS, [Series(kind, kind, [Decimal(a) for a in amounts]) for kind, *amounts in series], **NAMES)


def pieces(drawing: Drawing) -> list[tuple[str, float, float]]:
    """Kind, top and bottom of each piece of the columns."""
    drawn = [box for box in svg(drawing).iter("rect") if box.find("title") is not None]
    return [(b.get("class"), float(b.get("y")), float(b.get("y")) + float(b.get("height"))) for b in drawn]


def test_what_is_stacked_stands_on_what_is_below_it():
    main, bonus, alone = pieces(stacked(("main", 200, 300), ("bonus", 100, 0)))
    assert (main[0], bonus[0], alone[0]) == ("main", "bonus", "main")
    assert main[1] == bonus[2]
    assert main[2] - main[1] == pytest.approx(2 * (bonus[2] - bonus[1]), abs=0.2)
    assert (alone[1], alone[2] - alone[1]) == (bonus[1], HIGH)


def test_what_was_taken_back_hangs_below_the_ground():
    paid, back = pieces(stacked(("main", 200, -100)))
    assert paid[2] == back[1]


def test_the_table_of_columns_adds_up_each():
    drawing = stacked(("main", "200.00", "300.00"), ("bonus", "100.00", "0"))
    assert list(drawing.columns) == ["main", "bonus", "Razem"]
    assert [(row.head, row.cells[-1].text) for row in drawing.rows] == [("styczeń", "300,00"), ("luty", "300,00")]


def test_a_piece_says_its_month_kind_and_amount():
    titles = [
        box.find("title").text for box in svg(stacked(("main", 1200, 0))).iter("rect") if box.find("title") is not None
    ]
    assert titles == ["styczeń, main: 1\u00a0200,00 zł"]


def test_columns_of_nothing_are_an_empty_drawing():
    assert pieces(stacked(("main", 0, 0))) == pieces(stacked()) == []


@pytest.mark.parametrize(
    "values, marks",
    [
        ([], [0]),
        ([0], [0]),
        ([3], [0, 1, 2, 3]),
        ([431_000], [0, 200_000, 400_000, 600_000]),
        ([-5, 10], [-5, 0, 5, 10]),
    ],
)
def test_the_marks_at_the_side_are_round(values, marks):
    assert ticks([Decimal(value) for value in values]) == marks


@given(st.lists(st.decimals(-5000, 500_000, places=2), max_size=12))
def test_the_marks_enclose_every_amount_and_the_ground(amounts):
    marks = ticks(amounts)
    assert marks[0] <= min([*amounts, 0])
    assert marks[-1] >= max([*amounts, 0])
    assert Decimal(0) in marks
    assert len(marks) <= 6


TRIAL = Stretch("trial", "okres próbny", date(2026, 1, 1), date(2026, 1, 10))
MAIN = Stretch("main", "okres właściwy", date(2026, 1, 11), date(2026, 1, 20))


def test_a_timeline_gives_every_day_its_width():
    trial, main = bars(timeline([TRIAL, MAIN], today=date(2026, 3, 1), **NAMES))
    assert (trial[0], main[0], main[1] + 1) == (0.0, LONG / 2, LONG)


@pytest.mark.parametrize(
    "today, shown", [(date(2025, 12, 31), 0), (TRIAL.start_on, 1), (MAIN.end_on, 1), (date(2026, 1, 21), 0)]
)
def test_today_stands_on_the_timeline_only_while_it_lasts(today, shown):
    lines = list(svg(timeline([TRIAL, MAIN], today=today, **NAMES)).iter("line"))
    assert len(lines) == shown


WAY = [
    Lane("Program", [TRIAL, MAIN]),
    Lane("Pisma", dots=[Stretch("done", "pismo", date(2026, 1, 11), date(2026, 1, 11))]),
]


def test_lanes_share_their_days_and_stand_beneath_each_other():
    drawn = svg(lanes(WAY, today=date(2026, 3, 1), **NAMES))
    trial, main = drawn.iter("rect")
    (dot,) = drawn.iter("circle")
    assert float(dot.get("cx")) == float(main.get("x"))
    assert float(dot.get("cy")) > float(trial.get("y")) + float(trial.get("height"))
    assert (dot.get("class"), dot.find("title").text) == ("dot done", "pismo")
    assert [text.text for text in drawn.iter("text") if text.get("class") == "label"] == ["Program", "Pisma"]


@pytest.mark.parametrize("months, marked", [(1, 1), (8, 8), (9, 5), (30, 8)])
def test_the_months_of_a_long_way_are_marked_thinly(months, marked):
    last = months_later(date(2026, 1, 2), months, "day_before")
    row = Lane("Program", [Stretch("main", "okres", date(2026, 1, 2), last)])
    drawn = svg(lanes([row], today=date(2025, 1, 1), **NAMES))
    assert len(list(drawn.iter("line"))) == marked


@pytest.mark.parametrize("today, shown", [(date(2025, 12, 31), 0), (date(2026, 1, 20), 1), (date(2026, 1, 21), 0)])
def test_today_runs_through_all_lanes_while_the_way_lasts(today, shown):
    drawn = svg(lanes(WAY, today=today, **NAMES))
    assert len([line for line in drawn.iter("line") if line.get("class") == "today"]) == shown
