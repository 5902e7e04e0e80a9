"""From how often each Kano category was answered to what that says: coefficients, strengths, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.intervals import Interval, wilson
from pilothouse.methods.shared.method import MethodError

CATEGORIES = ("M", "O", "A", "I", "R", "Q")
SMALL, WORDING = 20, 0.1
FONG_Z = 1.65


@dataclass(frozen=True)
class Fong:
    """Whether the category in front leads the second by more than chance.

    Fong's rule treats the two counts as independent and is therefore liberal; `z_multinomial` is the large-sample
    test that knows that they compete for the same answers.
    """

    top: str
    second: str
    a: float
    b: float
    n: float
    abs_diff: float
    critical: float
    significant: bool
    z_multinomial: float

    @property
    def reading(self) -> str:
        """The category, or both when neither leads for sure."""
        return self.top if self.significant else f"{self.top}/{self.second}"


@dataclass(frozen=True)
class Reading:
    """What counts say. `better` and `worse` are None when nobody answered A, O, M or I.

    `flags`: few_answers, check_wording (many Q), restate_reversed (more R than A, O and M together), combination.
    """

    n: float
    counts: dict[str, float]
    shares: dict[str, float]
    mode: str
    irq_rule: str
    better: float | None
    worse: float | None
    better_ci: Interval | None
    worse_ci: Interval | None
    total_strength: float
    category_strength: float
    fong: Fong
    flags: tuple[str, ...]


def read(counts: Mapping[str, float], *, conf: float = 0.95) -> Reading:
    """Read counts (or percentages) by category; categories that are not named count as zero."""
    full = checked(counts)
    n = math.fsum(full.values())
    better, worse = better_worse(full)
    better_ci, worse_ci = coefficient_intervals(full, conf)
    test = fong(full)
    return Reading(
        n=n if n != int(n) else int(n),
        counts=full,
        shares={code: count / n for code, count in full.items()},
        mode=test.top,
        irq_rule=irq_rule(full),
        better=better,
        worse=worse,
        better_ci=better_ci,
        worse_ci=worse_ci,
        total_strength=(full["A"] + full["O"] + full["M"]) / n,
        category_strength=(test.a - test.b) / n,
        fong=test,
        flags=_flags(full, n, test),
    )


def checked(counts: Mapping[str, float]) -> dict[str, float]:
    for code in counts:
        one_of(code, CATEGORIES, field="category")
    full = {code: counts.get(code, 0) for code in CATEGORIES}
    for code, count in full.items():
        number(count, field="counts", row=code, least=0)
    if not any(full.values()):
        raise MethodError("no_answers", field="counts")
    return full


def better_worse(counts: Mapping[str, float]) -> tuple[float | None, float | None]:
    """Timko's coefficients: how far satisfaction rises with the feature, and how far it falls without."""
    a, o, m, i = (counts.get(code, 0) for code in "AOMI")
    base = a + o + m + i
    return ((a + o) / base, -(o + m) / base) if base else (None, None)


def coefficient_intervals(counts: Mapping[str, float], conf: float) -> tuple[Interval | None, Interval | None]:
    a, o, m, i = (counts.get(code, 0) for code in "AOMI")
    base = a + o + m + i
    if not base:
        return None, None
    low, high = wilson(o + m, base, conf)
    return wilson(a + o, base, conf), (-high, -low)


def irq_rule(counts: Mapping[str, float]) -> str:
    """Lee and Newcomb: first whether the feature matters (M+O+A against I+R+Q), then the largest on that side."""
    matters = sum(counts.get(code, 0) for code in "MOA") > sum(counts.get(code, 0) for code in "IRQ")
    return max("MOA" if matters else "IRQ", key=lambda code: counts.get(code, 0))


def fong(counts: Mapping[str, float]) -> Fong:
    """Fong's test of the two largest counts; ties fall in the order M, O, A, I, R, Q."""
    full = checked(counts)
    top, second = sorted(full, key=lambda code: -full[code])[:2]
    a, b, n = full[top], full[second], math.fsum(full.values())
    critical = FONG_Z * math.sqrt((a + b) * (2 * n - a - b) / (2 * n))
    return Fong(top, second, a, b, n, a - b, critical, a - b >= critical, (a - b) / math.sqrt(a + b))


def _flags(counts: Mapping[str, float], n: float, test: Fong) -> tuple[str, ...]:
    found = {
        "few_answers": n < SMALL,
        "check_wording": counts["Q"] > WORDING * n,
        "restate_reversed": counts["R"] > counts["A"] + counts["O"] + counts["M"],
        "combination": not test.significant,
    }
    return tuple(flag for flag, holds in found.items() if holds)
