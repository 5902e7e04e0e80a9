"""Who answered, who counts, and who is left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilothouse.surveys.analysis.frame import Frame, everything
from pilothouse.surveys.analysis.picking import Selection, values_of
from pilothouse.surveys.models import Response, Survey


@dataclass(frozen=True)
class Summary:
    """`flags` says for each kind of oddness how many finished responses have it; `versions` who saw which."""

    started: int
    finished: int
    screened: int
    full: int
    excluded: int
    flagged: int
    flags: dict[str, int]
    versions: dict[int, int]
    seconds: float | None
    shown: int


def summary_of(survey: Survey, shown: int) -> Summary:
    whole = everything(survey)
    done = whole.fact_is("status", Response.COMPLETE)
    inside = done & (whole.fact("excluded", np.int8) != 1)
    kept = whole.where(inside)
    seconds = kept.fact("seconds", np.float64)
    numbers, counts = np.unique(kept.version, return_counts=True)
    return Summary(
        started=int(whole.fact_is("status", Response.STARTED).sum()),
        finished=int(done.sum()),
        screened=int(whole.fact_is("status", Response.SCREENED_OUT).sum()),
        full=int(whole.fact_is("status", Response.QUOTA_FULL).sum()),
        excluded=int((done & ~inside).sum()),
        flagged=int((kept.fact("flagged", np.int8) == 1).sum()),
        flags=flags_of(kept),
        versions=dict(zip(numbers.tolist(), counts.tolist(), strict=True)),
        seconds=float(np.nanmedian(seconds)) if (~np.isnan(seconds)).any() else None,
        shown=shown,
    )


def flags_of(frame: Frame) -> dict[str, int]:
    found = {flag: int((frame.fact(f"flag.{flag}", np.int8) == 1).sum()) for flag in values_of(frame, "flag")}
    return {flag: n for flag, n in found.items() if n}


def switched(selection: Selection, path: str) -> str:
    """The address with odd-looking responses out where they are in, and the other way round."""
    return selection.url(path, flagged="out" if selection.flagged else "")
