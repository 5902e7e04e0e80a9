"""Sample size and margin of error of a share.

Question: how many answers do we need, and how exact are those we have?
Not for: people who chose themselves to answer (a link, a forum): then there is no margin of error to speak of.
Sample: this is the method that says so; it assumes a random sample.

    >>> analyse(e=0.05).n, analyse(e=0.05, N=1000).n, round(margin(400).moe, 3)
    (385, 278, 0.049)

Source: Cochran, Sampling Techniques, 1977 (n0 = z^2 p(1-p)/e^2 and its correction for a finite population); Krejcie and
Morgan, Educational and Psychological Measurement 30, 1970; Wilson 1927 where the share is 0 or 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pilothouse.methods.shared.checks import number, whole
from pilothouse.methods.shared.intervals import Interval, wilson, z_value
from pilothouse.methods.shared.items import confidence
from pilothouse.methods.shared.method import MethodError

ROUNDING = 1e-9


@dataclass(frozen=True)
class Result:
    """Answers needed (`n`), and people to ask for them (`invite`) at the response rate.

    `n0` is before the correction for a finite population. `not_enough_people`: even asking everybody falls short.
    """

    n: int
    invite: int
    n0: float
    e: float
    p: float
    conf: float
    N: int | None
    not_enough_people: bool


def analyse(
    *,
    e: float = 0.05,
    p: float = 0.5,
    conf: float = 0.95,
    N: int | None = None,
    deff: float = 1.0,
    response_rate: float = 1.0,
) -> Result:
    """Answers needed for a margin `e` around a share near `p`, in a population of N (none: very large).

    `deff` is what weighting and clusters multiply the variance by. Always rounded up.
    """
    margin_, share = _inside(e, "e"), _inside(p, "p")
    effect, rate = number(deff, field="deff", above=0), number(response_rate, field="response_rate", above=0, most=1)
    people = None if N is None else whole(N, field="N", least=1)
    n0 = effect * z_value(confidence(conf)) ** 2 * share * (1 - share) / margin_**2
    needed = n0 if people is None else n0 / (1 + (n0 - 1) / people)
    n = max(1, math.ceil(needed - ROUNDING))
    n = n if people is None else min(n, people)
    invite = math.ceil(n / rate - ROUNDING)
    return Result(n, invite, n0, margin_, share, conf, people, people is not None and invite > people)


def _inside(value: float, field: str) -> float:
    result = number(value, field=field, above=0)
    if result >= 1:
        raise MethodError("too_large", field=field, value=value, most=1)
    return result


@dataclass(frozen=True)
class Margin:
    """Half the width of the textbook interval (`moe`), and the Wilson interval, which holds at 0 and 1 too."""

    moe: float
    wilson: Interval
    wilson_half_width: float
    n: int
    p: float


def margin(n: int, *, p: float = 0.5, conf: float = 0.95, N: int | None = None, deff: float = 1.0) -> Margin:
    """Margin of a share `p` among n answers; nothing is left of it when everybody answered."""
    count, share = whole(n, field="n", least=1), number(p, field="p", least=0, most=1)
    people = None if N is None else whole(N, field="N", least=count)
    effect = number(deff, field="deff", above=0)
    finite = 1.0 if people is None else (people - count) / (people - 1) if people > 1 else 0.0
    moe = z_value(confidence(conf)) * math.sqrt(effect * share * (1 - share) / count * finite)
    if not finite:
        return Margin(0.0, (share, share), 0.0, count, share)
    size = count / (effect * finite)
    interval = wilson(share * size, size, conf)
    return Margin(moe, interval, (interval[1] - interval[0]) / 2, count, share)


def krejcie_morgan(N: int, *, P: float = 0.5, d: float = 0.05, chi2: float = 3.841) -> int:
    """The sample of Krejcie and Morgan's table, rounded as printed there."""
    people, share, margin_ = whole(N, field="N", least=1), _inside(P, "P"), _inside(d, "d")
    spread = number(chi2, field="chi2", above=0) * share * (1 - share)
    return math.floor(spread * people / (margin_**2 * (people - 1) + spread) + 0.5)
