"""The rule that proposes a verdict, on numbers worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from pilothouse.outcomes.verdict import Point, propose, standard_error

OUT = date(2026, 6, 1)


def points(values, *, month, error=1.0):
    return [Point(date(2026, month, day), value, error) for day, value in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("before", "after", "expected", "verdict", "reason"),
    [
        ([60, 61, 59], [80, 81, 79], 80, "moved", ""),
        ([60, 61, 59], [61, 60, 62], 80, "not_moved", ""),
        ([60, 61, 59], [40, 41, 39], 80, "not_moved", ""),
        ([60, 61, 59], [66, 75, 58], 80, "cannot_tell", "too_wide"),
        ([60, 61, 59], [66, 66, 67], 80, "not_moved", ""),
        ([60, 61, 59], [40, 41, 39], 42, "moved", ""),
        ([60, 61, 59], [], 80, "cannot_tell", "no_reading_since"),
        ([], [80, 81, 79], 80, "moved", ""),
    ],
)
def test_the_verdict_follows_the_rule(before, after, expected, verdict, reason):
    found = propose(points(before, month=5) + points(after, month=6), OUT, 60, expected)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_the_interval_is_welchs():
    """Means 60 and 80, variances 1 and 1 of 3 each: SE = sqrt(2/3), 4 degrees of freedom, t = 2.776."""
    found = propose(points([59, 60, 61], month=5, error=None) + points([79, 80, 81], month=6, error=None), OUT, 60, 80)
    assert (found.change, found.low, found.high) == pytest.approx((20, 17.733, 22.267), abs=1e-3)


def test_single_readings_need_a_known_uncertainty():
    assert (
        propose([Point(date(2026, 5, 1), 60, None), Point(OUT, 80, None)], OUT, 60, 80).reason == "uncertainty_unknown"
    )
    sure = [Point(date(2026, 5, 1), 60, 1.0), Point(OUT, 80, 1.0)]
    assert propose(sure, OUT, 60, 80).verdict == "moved"


def test_without_a_release_date_nothing_is_compared():
    assert propose(points([60], month=5), None, 60, 80).reason == "no_release_date"


def test_a_standard_error_comes_from_the_interval_or_from_n():
    assert standard_error(50, 48.04, 51.96, None, "") == pytest.approx(1, abs=1e-3)
    assert standard_error(50, None, None, 400, "%") == pytest.approx(2.488, abs=1e-3)
    assert standard_error(100, None, None, 20, "%") > 0
    assert standard_error(50, None, None, 400, "ms") is None
