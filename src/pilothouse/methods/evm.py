"""Earned value: are we ahead or behind, over or under, and where does it end?

Question: what is the work done worth, against what was planned and what was spent by today?
Not for: work nobody estimated beforehand. SPI drifts back to 1 when a late project ends: read earned schedule too.
Sample: none; all amounts on the same day, in one unit of money (or effort).

    >>> result = analyse(BAC=200000, PV=120000, EV=100000, AC=90000, months=6)
    >>> result.CV, result.SV, round(result.CPI, 4), round(result.EAC), round(result.time_months, 1)
    (10000.0, -20000.0, 1.1111, 180000, 7.2)

Source: PMI, Practice Standard for Earned Value Management; earned schedule: Walt Lipke, "Schedule is different", 2003.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pilothouse.methods.shared.checks import number, numbers
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """The standard's abbreviations. None where a denominator is zero; TCPI is None when the budget is used up.

    EAC_typical: cost goes on as so far (BAC/CPI); EAC_atypical: the rest as planned; EAC_cpi_spi: at CPI x SPI.
    """

    SV: float
    CV: float
    SPI: float | None
    CPI: float | None
    EAC_typical: float | None
    EAC_atypical: float
    EAC_cpi_spi: float | None
    ETC: float | None
    VAC: float | None
    TCPI_BAC: float | None
    TCPI_EAC: float | None
    percent_complete: float
    percent_spent: float
    time_months: float | None

    @property
    def EAC(self) -> float | None:
        return self.EAC_typical


def analyse(*, BAC: float, PV: float, EV: float, AC: float, months: float | None = None) -> Result:
    """Budget at completion, planned value, earned value and actual cost to date; `months` is the planned duration.

    Raises MethodError "earned_over_budget", "planned_over_budget", "not_a_number" or "too_small".
    """
    BAC, PV = number(BAC, field="BAC", above=0), number(PV, field="PV", least=0)
    EV, AC = number(EV, field="EV", least=0), number(AC, field="AC", least=0)
    for field, value in (("EV", EV), ("PV", PV)):
        if value > BAC * (1 + 1e-9):
            raise MethodError("earned_over_budget" if field == "EV" else "planned_over_budget", field=field, BAC=BAC)
    CPI, SPI = _ratio(EV, AC), _ratio(EV, PV)
    typical = _ratio(BAC, CPI)
    return Result(
        SV=EV - PV,
        CV=EV - AC,
        SPI=SPI,
        CPI=CPI,
        EAC_typical=typical,
        EAC_atypical=AC + BAC - EV,
        EAC_cpi_spi=None if not (CPI and SPI and CPI * SPI) else AC + (BAC - EV) / (CPI * SPI),
        ETC=None if typical is None else typical - AC,
        VAC=None if typical is None else BAC - typical,
        TCPI_BAC=_ratio(BAC - EV, max(BAC - AC, 0.0)),
        TCPI_EAC=None if typical is None else _ratio(BAC - EV, max(typical - AC, 0.0)),
        percent_complete=EV / BAC,
        percent_spent=AC / BAC,
        time_months=None if months is None else _ratio(number(months, field="months", above=0), SPI),
    )


def _ratio(part: float, whole: float | None) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True)
class Schedule:
    """`earned`: the period by which today's earned value should have stood; SV(t) and SPI(t) in periods."""

    earned: float
    SV_t: float
    SPI_t: float
    forecast: float | None


def earned_schedule(planned: Sequence[float], *, EV: float, at: float) -> Schedule:
    """`planned` is the cumulative plan at the end of periods 1, 2, ...; `at` is how many have passed.

    Raises MethodError "falling" when the plan goes down, "earned_over_budget", "not_a_number" or "too_small".
    """
    plan = [0.0, *numbers(planned, field="planned", least=0)]
    for row, (before, after) in enumerate(itertools.pairwise(plan)):
        if after < before:
            raise MethodError("falling", field="planned", row=row)
    EV, at = number(EV, field="EV", least=0), number(at, field="at", above=0)
    if plan[-1] < EV:
        raise MethodError("earned_over_budget", field="EV", BAC=plan[-1])
    whole = max(period for period, value in enumerate(plan) if value <= EV)
    part = (EV - plan[whole]) / (plan[whole + 1] - plan[whole]) if whole + 1 < len(plan) else 0.0
    earned = whole + part
    return Schedule(earned, earned - at, earned / at, _ratio(len(plan) - 1, earned / at))
