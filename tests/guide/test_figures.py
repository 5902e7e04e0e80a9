"""Chapters 13 to 24: the same numbers in both languages, and those of the examples are what the methods give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Any

from pilothouse.chapters.texts import FOLDER
from pilothouse.methods import (
    bcg_matrix,
    brier,
    cultural_distance,
    gabor_granger,
    ge_mckinsey,
    ltv,
    monte_carlo,
    nps,
    npv,
    payback,
    proportion_ci,
    qspm_tows,
    rice,
    tornado,
    weighted_decision_matrix,
)
from pilothouse.outcomes import verdict
from pilothouse.practice import planning, riders, story

UNITS = {"": 1.0, " million": 1e6, " 万": 1e4}
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)( million| 万)?")
NOT_TOLD = re.compile(r"\]\([^)]*\)|`[^`]*`|\d+ 月")  # addresses, code, and months, which English has names for
TODAY = date(2026, 11, 22)


def text(number: int, language: str) -> str:
    return (FOLDER / language / f"{number:02}.md").read_text("utf-8")


def numbers(words: str) -> set[float]:
    told = NOT_TOLD.sub("", words)
    return {float(digits.rstrip(",").replace(",", "")) * UNITS[unit] for digits, unit in NUMBER.findall(told)}


def test_both_languages_say_the_same_numbers() -> None:
    for number in range(13, 25):
        english, chinese = numbers(text(number, "en")), numbers(text(number, "zh"))
        assert english == chinese, (number, english ^ chinese)


def price_of_the_group_code() -> Iterator[str]:
    accepted = [0] * 12 + [10] * 12 + [15] * 14 + [20] * 22 + [25] * 20 + [30] * 20
    found = gabor_granger.analyse(accepted, prices=[10, 15, 20, 25, 30])
    assert found.revenue_max_price == 20
    yield from (f"€{index * 100:,.0f}" for index in found.revenue_index)
    yield from (f"[{low * 100:.0f}, {high * 100:.0f}]" for low, high in found.demand_ci[2:4])
    yield from (f"{abs(found.arc_elasticity[place] or 0):.1f}" for place in (1, 2))


def two_who_scored_apart() -> Iterator[str]:
    for who in (0, 1):
        rows = {key: {name: pair[who] for name, pair in told.items()} for key, told in planning.NUMBERS.items()}
        for row in rows.values():
            row["confidence"] /= 100
        scores = rice.analyse(rows).scores
        yield from (f"{scores[key]:,.0f}" for key in ("groupcode", "expiry"))


def readings(key: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = story.METRICS[key][4]
    return rows


def key_results() -> Iterator[str]:
    yield f"{(readings('opened')[-1][1] - 71) / (95 - 71):.2f}"
    yield f"{(31 - readings('missed')[-1][1]) / (31 - 20):.1f}"


def riders_who_recommend(language: int) -> Any:
    said = riders.riders(language, {key: key for key in story.REQUIREMENTS}, datetime(2026, 11, 22))
    return nps.analyse([one["answers"]["nps"] for one in said])


def nps_of_both_tellings() -> Iterator[str]:
    for found in (riders_who_recommend(0), riders_who_recommend(1)):
        yield from (str(count) for count in (found.promoters, found.passives, found.detractors))
        yield from (f"{abs(end):.0f}" for end in found.ci)
    yield from (f"{end:.0f}" for end in nps.from_counts(60, 90, 150).ci)


def comparison_of_both_tellings() -> Iterator[str]:
    found = nps.compare(riders_who_recommend(1), riders_who_recommend(0))
    yield from (f"{abs(number):.0f}" for number in (found.difference, *found.ci))
    yield f"p = {found.p:.2f}"


def case_of_the_group_code() -> Iterator[str]:
    days = {"low": 10 + 4, "base": 16 + 5, "high": 26 + 7}
    drivers = {
        "trips": (300, 600, 900),
        "fee": (15, 20, 25),
        "days": tuple(days.values()),
        "support": (1000, 1500, 3000),
    }
    model = "(trips * fee * 0.8 - support) * (1/1.1 + 1/1.1**2 + 1/1.1**3) - days * 500"
    found = tornado.analyse(drivers, model=model)
    flows = [-10500.0, 8100.0, 8100.0, 8100.0]
    assert round(found.base) == round(npv.analyse(flows, rate=0.1).npv)
    yield f"€{found.base:,.0f}"
    yield from (f"{abs(number):,.0f}" for bar in found.bars for number in (bar.at_low, bar.at_high))
    yield f"{found.bars[0].zero_at:.0f}"
    yield f"{payback.analyse(flows).payback:.1f}"
    yield f"€{npv.analyse([-20000, 8100, 8100, 8100], rate=0.1).npv:.0f}"
    ranges = {
        name: {"dist": "triangular", "low": low, "mode": mode, "high": high}
        for name, (low, mode, high) in drivers.items()
    }
    assert round(100 * monte_carlo.analyse(ranges, model=model, seed=1).p_negative) == 9


def two_sites() -> Iterator[str]:
    here = [[4, 2, 4], [5, 2, 3], [4, 3, 4], [4, 2, 5], [5, 1, 4], [3, 3, 3]]
    there = [[2, 2, 4], [3, 2, 3], [2, 3, 4], [3, 1, 4], [2, 2, 5], [3, 3, 3]]
    found = cultural_distance.of_answers(here, there)
    yield from (f"{number:.1f}" for number in (found.CD, found.parts[0]))
    yield from (f"{fmean(column):.1f}" for rows in (here, there) for column in zip(*rows, strict=True))


def business_of_tidewater() -> Iterator[str]:
    market = bcg_matrix.analyse({"tickets": {"own": 35, "largest_competitor": 50, "growth": 4}})
    assert market.items[0].quadrant == "dog"
    yield f"{market.items[0].rms:.2f}"
    demand = [["demand", 0.4, 4], ["margin", 0.3, 3], ["rivals", 0.3, 4]]
    placed = ge_mckinsey.analyse(demand, [["ready", 0.5, 2], ["access", 0.3, 5], ["support", 0.2, 3]])
    assert placed.move == "invest"
    yield from (f"{placed.attractiveness:.1f}", f"{placed.strength:.1f}")
    leaving = proportion_ci.analyse(15, 300).wilson
    for churn in (0.05, *leaving):
        worth = ltv.analyse(arpa=9, gross_margin=0.8, churn=churn, cac=60)
        yield from (f"€{worth.ltv:.0f}", f"{worth.ltv_cac:.1f}")
    yield from (f"{100 * end:.1f}" for end in leaving)
    ways = {"schools": ["S", "O"], "second council": ["W", "T"], "promise": ["S", "T"], "icon": ["S"]}
    cells = qspm_tows.tows(ways, factors={"S": "S", "W": "W", "O": "O", "T": "T"})
    assert (cells.incomplete, cells.empty) == (("icon",), ("WO",))


def decision_of_24_hours() -> Iterator[str]:
    names = ["12", "24", "168"]
    found = weighted_decision_matrix.analyse(
        [[4, 9, 8], [8, 8, 6], [9, 3, 3]], weights=[0.5, 0.3, 0.2], alternatives=names
    )
    yield from (f"{total:.1f}" for total in found.totals.values())
    yield from (f"{end:.2f}" for end in found.best_holds["C1"])
    points = [verdict.Point(TODAY - timedelta(days=ago), value, None) for ago, value, _n in readings("missed")]
    moved = verdict.propose(points, TODAY - timedelta(days=30), 31, 20)
    yield from (f"{abs(number or 0):.1f}" for number in (moved.change, moved.low, moved.high, moved.after))
    yield f"{brier.analyse([0.8, 0.7, 0.7], [1, 1, 1]).brier:.2f}"


EXAMPLES: dict[int, tuple[Callable[[], Iterator[str]], ...]] = {
    13: (price_of_the_group_code,),
    14: (two_who_scored_apart, key_results),
    16: (nps_of_both_tellings,),
    17: (case_of_the_group_code,),
    18: (comparison_of_both_tellings, two_sites),
    21: (business_of_tidewater,),
    24: (decision_of_24_hours,),
}


def test_examples_are_what_the_methods_give() -> None:
    for number, examples in EXAMPLES.items():
        for expected in (figure for example in examples for figure in example()):
            for language in ("en", "zh"):
                assert expected in text(number, language), (number, language, expected)
