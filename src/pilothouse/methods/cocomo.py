"""COCOMO: a rough effort and duration from the size of the code, or better from your own history.

Question: what order of magnitude of effort does software of this size take?
Not for: commitments: without calibration on your own projects it is off by a factor of two or more.
Sample: `calibrate` wants at least 10 finished projects.

    >>> result = analyse(kdsi=32, mode="organic")
    >>> round(result.pm), round(result.tdev), round(result.fsp, 1), round(result.productivity)
    (91, 14, 6.6, 350)

Source: Barry Boehm, Software Engineering Economics, 1981: PM = a KDSI^b, TDEV = c PM^d (basic; intermediate times EAF).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pilothouse.methods.shared.checks import number, numbers, one_of, same_length
from pilothouse.methods.shared.method import MethodError

Mode = Literal["organic", "semidetached", "embedded"]
BASIC = {"organic": (2.4, 1.05), "semidetached": (3.0, 1.12), "embedded": (3.6, 1.20)}
INTERMEDIATE = {"organic": (3.2, 1.05), "semidetached": (3.0, 1.12), "embedded": (2.8, 1.20)}
DURATION = {"organic": 0.38, "semidetached": 0.35, "embedded": 0.32}


@dataclass(frozen=True)
class Result:
    """Person-months, months, full-time staff, delivered source instructions per person-month."""

    pm: float
    tdev: float
    fsp: float
    productivity: float
    mode: Mode


def analyse(*, kdsi: float, mode: Mode = "organic", eaf: float | None = None) -> Result:
    """Basic model; with `eaf`, the product of the fifteen effort multipliers, the intermediate one.

    Raises MethodError "not_one_of", "not_a_number" or "too_small".
    """
    size = number(kdsi, field="kdsi", above=0)
    one_of(mode, tuple(BASIC), field="mode")
    scale, power = BASIC[mode] if eaf is None else INTERMEDIATE[mode]
    effort = scale * size**power * (1.0 if eaf is None else number(eaf, field="eaf", above=0))
    months = 2.5 * effort ** DURATION[mode]
    return Result(effort, months, effort / months, 1000 * size / effort, mode)


@dataclass(frozen=True)
class Calibration:
    """effort = a * size^b from own projects; MMRE and PRED(25) say how far off it would have been on them."""

    a: float
    b: float
    residual_sd: float
    mmre: float
    pred25: float
    n: int


def calibrate(sizes: Sequence[float], efforts: Sequence[float]) -> Calibration:
    """Least squares on the logarithms of finished projects.

    Raises MethodError "too_few" (fewer than 3), "all_equal", "different_length", "not_a_number" or "too_small".
    """
    kdsi = numbers(sizes, field="sizes", least_count=3, above=0)
    effort = numbers(efforts, field="efforts", least_count=3, above=0)
    same_length(len(kdsi), efforts=effort)
    x, y = [math.log(size) for size in kdsi], [math.log(spent) for spent in effort]
    mean_x, mean_y = math.fsum(x) / len(x), math.fsum(y) / len(y)
    spread = math.fsum((value - mean_x) ** 2 for value in x)
    if spread < 1e-12:
        raise MethodError("all_equal", field="sizes")
    b = math.fsum((left - mean_x) * (right - mean_y) for left, right in zip(x, y, strict=True)) / spread
    a = math.exp(mean_y - b * mean_x)
    fitted = [a * size**b for size in kdsi]
    errors = [abs(spent - guess) / spent for spent, guess in zip(effort, fitted, strict=True)]
    residual = math.fsum((math.log(spent / guess)) ** 2 for spent, guess in zip(effort, fitted, strict=True))
    within = sum(error <= 0.25 for error in errors) / len(errors)
    return Calibration(a, b, math.sqrt(residual / (len(x) - 2)), math.fsum(errors) / len(errors), within, len(x))
