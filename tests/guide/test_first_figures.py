"""Chapters 1 to 12: the same numbers in both languages, and those they give are what the methods and the story give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from math import ceil, comb, log, sqrt
from statistics import fmean, stdev
from typing import Any

from pilothouse.methods import (
    brier,
    heuristic_severity,
    kano,
    life_cycle_stage,
    nps,
    power,
    proportion_ci,
    rice,
    sample_size,
    saturation,
    usability_discovery,
)
from pilothouse.outcomes import verdict
from pilothouse.practice import planning, riders, story
from tests.guide.test_figures import TODAY, numbers, readings, riders_who_recommend, text

RELEASED = -story.RELEASES["r24"][1]
RATED = ("reach", "impact", "confidence", "effort")
TOGETHER = {  # what two people's numbers come to: means, and the impact's step nearest to its mean
    "expiry": (5000, 0.5, 0.8, 0.45),
    "groupcode": (1650, 2, 0.65, 1.6),
    "alerts": (750, 2, 0.55, 0.9),
    "lockscreen": (2600, 0.5, 0.5, 2.25),
}


def test_both_languages_say_the_same_numbers() -> None:
    for number in range(1, 13):
        english, chinese = numbers(text(number, "en")), numbers(text(number, "zh"))
        assert english == chinese, (number, english ^ chinese)


def samples_of_shares() -> Iterator[str]:
    yield from (f"{sample_size.analyse(e=error).n:,}" for error in (0.05, 0.1))
    yield str(usability_discovery.users_needed(0.1, 0.9))
    yield f"{usability_discovery.found(0.31, 5):.0%}"[:-1]


def samples_of_research() -> Iterator[str]:
    yield f"{sample_size.analyse(e=0.03).n:,}"
    yield str(sample_size.analyse(e=0.05, N=300).n)
    yield from (f"{100 * usability_discovery.found(share, 12):.0f}" for share in (0.2, 0.05))
    yield from percents(proportion_ci.analyse(7, 10).wilson)


def percents(ends: Any) -> Iterator[str]:
    yield from (f"{100 * end:.0f}" for end in ends)


def six_talks() -> Iterator[str]:
    talks = ("queue screenshot", "screenshot rain colour", "hand paper", "colour", "opens screenshot", "expired colour")
    found = saturation.analyse([set(talk.split()) for talk in talks])
    assert (found.new_codes, found.saturated_at) == ((2, 2, 2, 0, 1, 1), None)
    yield f"{100 * found.runs[0].ratio:.0f}"


def riders_by_kano() -> Iterator[str]:
    for language in (0, 1):
        said = riders.riders(language, {key: key for key in story.REQUIREMENTS}, datetime(2026, 11, 22))
        pairs = [
            {"feature": key, "functional": pair[riders.FUNCTIONAL], "dysfunctional": pair[riders.DYSFUNCTIONAL]}
            for one in said
            for key, pair in one["answers"]["kano"].items()
        ]
        found = kano.analyse(pairs).features
        categories = {key: feature.category for key, feature in found.items()}
        assert categories == {
            "offline": "M",
            "colour": "I",
            "expiry": "I",
            "groupcode": "I",
            "lockscreen": "A",
            "alerts": "O",
        }
        yield from (str(feature.counts[feature.category]) for feature in found.values())
        yield f"{sum(one['answers']['often']['id'] == 'rarely' for one in said)}"
    yield from percents(proportion_ci.analyse(33, 60).wilson)


def joint_order() -> Iterator[str]:
    found = rice.analyse({key: dict(zip(RATED, row, strict=True)) for key, row in TOGETHER.items()})
    assert found.order == tuple(TOGETHER)
    yield from (f"{score:,.1f}" for score in found.scores.values())


def scored_apart() -> Iterator[str]:
    for key, row in TOGETHER.items():
        told = planning.NUMBERS[key]
        assert all(fmean(told[name]) / (100 if name == "confidence" else 1) == row[RATED.index(name)]
                   for name in RATED if name != "impact")  # fmt: skip
    for key in ("expiry", "groupcode"):
        for who in (0, 1):
            rated = {name: pair[who] for name, pair in planning.NUMBERS[key].items()}
            score = rice.score(key, {**rated, "confidence": rated["confidence"] / 100})
            yield f"{score:,.0f}"
    found = rice.analyse({key: dict(zip(RATED, row, strict=True)) for key, row in TOGETHER.items()})
    yield f"{100 * (found.holds_down_to['expiry'] or 0):.0f}"


def estimates_in_three_numbers() -> Iterator[str]:
    three = {key: [int(days) for days in told[0].split()] for key, told in planning.ESTIMATES.items()}
    means = {key: (best + 4 * likely + worst) / 6 for key, (best, likely, worst) in three.items()}
    yield from (f"{mean:.1f}" for mean in means.values())
    planned = [key for key in three if key != "lockscreen"]
    mean, spread = (
        sum(means[key] for key in planned),
        sqrt(sum(((three[key][2] - three[key][0]) / 6) ** 2 for key in planned)),
    )
    yield from (
        str(sum(three[key][1] for key in planned)),
        f"{mean:.1f}",
        f"{spread:.1f}",
        f"{mean + 0.84 * spread:.1f}",
    )


def weeks_of_history() -> Iterator[str]:
    yield f"{100 * (1 - 2 * 0.5**5):.0f}"
    yield f"{100 * 10 / 12:.0f}"


def cost_of_coordination() -> Iterator[str]:
    yield from (str(people * (people - 1) // 2) for people in (5, 8, 12))
    yield str(8 * 46)
    yield str(ceil(log(0.05) / log(0.99)))


def error_of(value: float, n: int | None) -> float | None:
    return sqrt(value * (100 - value) / n) if n else None


def moved(key: str, baseline: float, expected: float) -> Any:
    points = [verdict.Point(TODAY - timedelta(days=ago), value, error_of(value, n)) for ago, value, n in readings(key)]
    return verdict.propose(points, TODAY - timedelta(days=RELEASED), baseline, expected)


def opened_in_points() -> Iterator[str]:
    opened = moved("opened", 71, 92)
    yield from (f"{number:.1f}" for number in (opened.after, opened.change, opened.low, opened.high))


def before_and_after() -> Iterator[str]:
    opened, missed = moved("opened", 71, 92), moved("missed", 31, 20)
    yield from (f"{opened.before:.1f}", f"{opened.after:.1f}", f"{missed.before:.2f}", f"{missed.after:.2f}")


def both_verdicts() -> Iterator[str]:
    yield from opened_in_points()
    missed = moved("missed", 31, 20)
    yield from (f"{abs(number):.1f}" for number in (missed.after, missed.change, missed.low, missed.high))
    yield f"{100 * -missed.change / missed.before:.0f}"


def two_predictions() -> Iterator[str]:
    yield str(round(brier.analyse([0.8, 0.7], [1, 1]).brier, 3))


def ten_predictions() -> Iterator[str]:
    hits = [comb(10, right) * 0.8**right * 0.2 ** (10 - right) for right in range(11)]
    yield from percents((sum(hits[6:]), sum(hits[:6])))


def three_ways_to_say_it() -> Iterator[str]:
    opened = moved("opened", 71, 92)
    yield from percents((opened.change / opened.before, opened.change / (100 - opened.before)))


def ideas_until_one_works() -> Iterator[str]:
    yield from percents((1 - 0.8**11, 1 - (2 / 3) ** 6, 0.8**14))
    _reach, impact, confidence, effort = TOGETHER["groupcode"]
    yield from (f"{reach * impact * confidence / effort:,.0f}" for reach in planning.NUMBERS["groupcode"]["reach"])
    yield f"{rice.score('alerts', dict(zip(RATED, TOGETHER['alerts'], strict=True))) * effort / impact / confidence:,.0f}"


def users_an_arm() -> Iterator[str]:
    for first, second in ((0.1, 0.11), (0.1, 0.12), (0.1, 0.15), (0.05, 0.06), (0.71, 0.76)):
        yield f"{ceil(power.n_proportions(first, second)):,}"
    yield from percents(proportion_ci.analyse(20, 50).wilson)
    yield f"{100 * (1 - 0.95**20):.0f}"


def scatter_of_readings() -> Iterator[str]:
    rows = readings("opened")
    for told in ([row for row in rows if row[0] > RELEASED], [row for row in rows if row[0] < RELEASED]):
        values, n = [value for _ago, value, _n in told], fmean(n for *_, n in told)
        share = fmean(values) / 100
        yield from (f"{n:,.0f}", f"{stdev(values):.2f}", f"{100 * sqrt(share * (1 - share) / n):.2f}")
    yield from (f"{100 * end:.1f}" for end in proportion_ci.analyse(round(0.708 * 4251), 4251).wilson)


def recommended_by_sixty() -> Iterator[str]:
    for language in (0, 1):
        found = riders_who_recommend(language)
        yield from (str(count) for count in (found.detractors, found.passives, found.promoters))
        yield from (f"{abs(end):.0f}" for end in found.ci)
    yield str(nps.answers_for_margin(10))


def users_in_a_test() -> Iterator[str]:
    yield from (f"{100 * usability_discovery.found(p, n):.0f}" for p in (0.31, 0.1) for n in (5, 8, 12))
    yield f"{100 * usability_discovery.found(0.31, 2):.0f}"
    yield from percents((*proportion_ci.analyse(4, 5).wilson, proportion_ci.analyse(20, 20).wilson[0]))
    yield f"{heuristic_severity.analyse({'expired': [3, 2, 4]}).problems['expired'].mean:.1f}"


def stage_of_a_service() -> Iterator[str]:
    found = life_cycle_stage.by_growth([5, 9, 16, 27, 41, 52, 58, 60, 59, 61])
    assert found.stages == ("growth",) * 5 + ("maturity",) * 4
    yield from (f"{abs(100 * change):.0f}" for change in found.changes)
    yield from percents((found.sigma, found.sigma / 2))


def curve_of_the_average_product() -> Iterator[str]:
    found = life_cycle_stage.analyse(p=0.03, q=0.38)
    yield from (f"{year:.1f}" for year in (found.t1, found.peak_time, found.t2))
    yield f"{100 * (found.cum_share_at_peak or 0):.0f}"


FIGURES: dict[int, tuple[Callable[[], Iterator[str]], ...]] = {
    1: (samples_of_shares, joint_order, opened_in_points),
    2: (samples_of_research, six_talks),
    3: (riders_by_kano, scored_apart),
    4: (estimates_in_three_numbers, weeks_of_history),
    5: (cost_of_coordination,),
    6: (before_and_after, two_predictions),
    7: (both_verdicts, two_predictions, ten_predictions),
    8: (opened_in_points, before_and_after, three_ways_to_say_it),
    9: (ideas_until_one_works,),
    10: (users_an_arm, opened_in_points, scatter_of_readings, recommended_by_sixty),
    11: (users_in_a_test,),
    12: (stage_of_a_service, curve_of_the_average_product),
}


def test_figures_are_what_the_methods_give() -> None:
    for number, figures in FIGURES.items():
        for expected in (figure for told in figures for figure in told()):
            for language in ("en", "zh"):
                assert expected in text(number, language), (number, language, expected)
