"""Uncertain quantities: from a declared distribution to numbers, by way of its inverse distribution function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number
from pilothouse.methods.shared.method import MethodError

NEEDS = {
    "fixed": ("value",),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "pert": ("low", "mode", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("mean", "sd"),
}


def parameters(name: str, spec: Any) -> dict[str, Any]:
    """{"dist": ..., its parameters} checked; a bare number is fixed."""
    given = spec if isinstance(spec, Mapping) else {"dist": "fixed", "value": spec}
    dist = given.get("dist", "triangular")
    if dist not in tuple(NEEDS):
        raise MethodError("not_one_of", field=name, row="dist", value=dist, choices=tuple(NEEDS))
    gaps = [key for key in NEEDS[dist] if is_missing(given.get(key))]
    if gaps:
        raise MethodError("missing_parameter", field=name, row=gaps[0])
    found = {key: number(given[key], field=name, row=key) for key in NEEDS[dist]}
    if {"low", "high"} <= set(found):
        mode = found.get("mode", found["low"])
        if not found["low"] <= mode <= found["high"] or found["low"] == found["high"]:
            raise MethodError("out_of_order", field=name, row="low")
    if "sd" in found:
        number(found["sd"], field=name, row="sd", above=0)
    if dist == "lognormal":
        number(found["mean"], field=name, row="mean", above=0)
    return {"dist": dist, **found}


def inverse(spec: Mapping[str, Any], u: Any) -> Any:
    """The quantity at the probabilities u (an array in (0, 1))."""
    import numpy as np
    from scipy.special import betaincinv, ndtri

    match spec["dist"]:
        case "fixed":
            return np.full_like(u, spec["value"])
        case "uniform":
            return spec["low"] + (spec["high"] - spec["low"]) * u
        case "triangular":
            return _triangular(spec["low"], spec["mode"], spec["high"], u)
        case "pert":
            low, mode, high = spec["low"], spec["mode"], spec["high"]
            rise = 4 * (mode - low) / (high - low)
            return low + (high - low) * betaincinv(1 + rise, 5 - rise, u)
        case "normal":
            return spec["mean"] + spec["sd"] * ndtri(u)
        case _:  # lognormal, by the mean and sd of the quantity itself
            variance = np.log1p((spec["sd"] / spec["mean"]) ** 2)
            return np.exp(np.log(spec["mean"]) - variance / 2 + np.sqrt(variance) * ndtri(u))


def _triangular(low: float, mode: float, high: float, u: Any) -> Any:
    import numpy as np

    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(u * width < mode - low, rising, falling)
