"""Scores of one question: NPS, CSAT, CES, product-market fit."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.charts import Bar, Stack, bars, stacked
from pilothouse.methods import MethodError, csat_ces, nps, proportion_ci
from pilothouse.surveys.analysis.frame import Array, Frame
from pilothouse.surveys.definition import Question
from pilothouse.surveys.instruments.columns import codes, known, points
from pilothouse.surveys.instruments.declare import Instrument, Link, Options, Reading, Table, cell, counted
from pilothouse.surveys.instruments.explained import how
from pilothouse.surveys.instruments.words import number, percent, said, spread, spread_of_shares
from pilothouse.surveys.questions import TYPES

FIT_LINE = 0.4
FIT_FIRST, FIT_GONE = "very", "gone"


class Nps(Instrument):
    slug = method = "nps"
    PARTS = {"detractors": (0, 6), "passives": (7, 8), "promoters": (9, 10)}

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        given = points(frame, question.id)
        result = nps.analyse(known(given))
        score = number(result.nps, 0)
        return Reading(
            sentence=_("NPS %(score)s: %(promoters)s recommend us, %(detractors)s warn against us.")
            % {
                "score": score,
                "promoters": percent(result.promoters / result.n),
                "detractors": percent(result.detractors / result.n),
            },
            sure=_("n = %(n)s. With 95 %% confidence the score lies between %(interval)s.")
            % {"n": result.n, "interval": spread(result.ci, 0)},
            caveats=[_("Fewer than 30 answers: the interval says little.")] if result.few_answers else [],
            figures=[
                counted(
                    _("Promoters, passives, detractors"), self.chart(result, link), result.n, self.table(result, link)
                )
            ],
            how=how("nps"),
            n=result.n,
            missing=int(np.isnan(given).sum()),
            method=self.method,
            inputs={"detractors": result.detractors, "passives": result.passives, "promoters": result.promoters},
        )

    def counts(self, result: nps.Result) -> list[tuple[str, str, int]]:
        return [
            ("detractors", _("Detractors (0–6)"), result.detractors),
            ("passives", _("Passives (7–8)"), result.passives),
            ("promoters", _("Promoters (9–10)"), result.promoters),
        ]

    def chart(self, result: nps.Result, link: Link) -> dict[str, Any]:
        counted = self.counts(result)
        shares = [n / result.n for _part, _name, n in counted]
        tips = [f"{name}: {percent(share)}" for (_part, name, _n), share in zip(counted, shares, strict=True)]
        row = Stack("NPS", shares, tips, [link(part) for part, _name, _n in counted])
        return stacked([row], [name for _part, name, _n in counted])

    def table(self, result: nps.Result, link: Link) -> Table:
        rows = [[name, cell(str(n), link(part)), percent(n / result.n, 1)] for part, name, n in self.counts(result)]
        return Table([_("Group"), _("Answers"), _("Share")], rows, _("Promoters, passives, detractors"))

    def mask(self, question: Question, frame: Frame, part: str) -> Array:
        low, high = self.PARTS.get(part, (99, 99))
        given = points(frame, question.id)
        return (given >= low) & (given <= high)


class TopBox(Instrument):
    """A share of top answers on a scale, with the mean beside it."""

    method = "csat_ces"

    def top(self, question: Question) -> tuple[int, int, int]:
        """Lowest and highest point, and how many of the highest count."""
        found = TYPES[question.type].points(question)
        low, high = int(found[0].id), int(found[-1].id)
        return low, high, 3 if high - low == 6 else 2

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        low, high, boxes = self.top(question)
        given = points(frame, question.id)
        result = csat_ces.analyse(known(given), scale_min=low, scale_max=high, top_k=boxes)
        share, interval = result.csat_pct / 100, (result.wilson[0] / 100, result.wilson[1] / 100)
        return Reading(
            sentence=self.sentence() % {"share": percent(share), "from": high - boxes + 1, "to": high},
            sure=_("n = %(n)s. With 95 %% confidence the share lies between %(interval)s; mean %(mean)s (%(spread)s).")
            % {
                "n": result.n,
                "interval": spread_of_shares(interval),
                "mean": number(result.mean),
                "spread": spread(result.t) or "–",
            },
            caveats=[_("Fewer than 30 answers: the interval says little.")] if result.few_answers else [],
            figures=[
                counted(
                    _("How often each was answered"),
                    self.chart(question, result, link),
                    result.n,
                    self.table(question, result, link),
                )
            ],
            how=how("csat_ces"),
            n=result.n,
            missing=int(np.isnan(given).sum()),
            method=self.method,
            inputs={"distribution": {str(point): n for point, n in result.distribution.items()}, "top": boxes},
        )

    def sentence(self) -> str:
        raise NotImplementedError

    def labels(self, question: Question) -> dict[int, str]:
        found = {int(point.id): said(point.text) for point in TYPES[question.type].points(question)}
        return {point: f"{point} {text}".strip() for point, text in found.items()}

    def chart(self, question: Question, result: csat_ces.Result, link: Link) -> dict[str, Any]:
        labels, top = self.labels(question), result.scale_max - result.top_k
        return bars(
            [
                Bar(
                    labels[point],
                    n / result.n,
                    percent(n / result.n),
                    f"{labels[point]}: {n} / {result.n}",
                    url=link(str(point)),
                    tone="$sea-fill" if point > top else "$line-strong",
                )
                for point, n in result.distribution.items()
            ]
        )

    def table(self, question: Question, result: csat_ces.Result, link: Link) -> Table:
        labels = self.labels(question)
        rows = [
            [labels[point], cell(str(n), link(str(point))), percent(n / result.n, 1)]
            for point, n in result.distribution.items()
        ]
        return Table([_("Answer"), _("Answers"), _("Share")], rows, _("How often each was answered"))

    def mask(self, question: Question, frame: Frame, part: str) -> Array:
        given = points(frame, question.id)
        found: Array = given == (int(part) if part.lstrip("-").isdecimal() and len(part) < 4 else 999)
        return found


class Csat(TopBox):
    slug = "csat"

    def sentence(self) -> str:
        return _("%(share)s are satisfied (answers %(from)s to %(to)s).")


class Ces(TopBox):
    slug = "ces"

    def sentence(self) -> str:
        return _("%(share)s found it easy (answers %(from)s to %(to)s).")


class Fit(Instrument):
    """The share that would be very disappointed, of those who still use it."""

    slug, method = "pmf", "proportion_ci"

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        given, ids = codes(frame, question.id)
        counts = {id: int((given == place).sum()) for place, id in enumerate(ids)}
        n = sum(count for id, count in counts.items() if id != FIT_GONE)
        if not n:
            raise MethodError("no_answers", field="fit")
        result = proportion_ci.analyse(counts.get(FIT_FIRST, 0), n)
        return Reading(
            sentence=self.sentence(result) % {"share": percent(result.p)},
            sure=_("n = %(n)s who still use it. With 95 %% confidence the share lies between %(interval)s.")
            % {"n": n, "interval": spread_of_shares(result.wilson)},
            caveats=[_("Fewer than 40 answers: too few to tell which side of 40 % it is.")] if n < 40 else [],
            figures=[
                counted(
                    _("How they would feel without it"),
                    self.chart(question, counts, n, link),
                    n,
                    self.table(question, counts, n, link),
                )
            ],
            how=how("pmf"),
            n=n,
            missing=int((given < 0).sum()),
            method=self.method,
            inputs={"counts": counts},
        )

    def sentence(self, result: proportion_ci.Result) -> str:
        low, high = result.wilson
        if low >= FIT_LINE:
            return _("%(share)s would be very disappointed without it: above the line of 40 %%, for sure.")
        if high < FIT_LINE:
            return _("%(share)s would be very disappointed without it: below the line of 40 %%, for sure.")
        return _("%(share)s would be very disappointed without it; whether that is above 40 %% is open.")

    def labels(self, question: Question) -> dict[str, str]:
        return {option.id: said(option.text) for option in question.options}

    def chart(self, question: Question, counts: dict[str, int], n: int, link: Link) -> dict[str, Any]:
        labels = self.labels(question)
        rows = []
        for id, count in counts.items():
            if id != FIT_GONE:
                low, high = proportion_ci.analyse(count, n).wilson
                tip = f"{labels.get(id, id)}: {count} / {n}"
                tone = "$sea-fill" if id == FIT_FIRST else "$line-strong"
                rows.append(Bar(labels.get(id, id), count / n, percent(count / n), tip, low, high, link(id), tone))
        return bars(rows)

    def table(self, question: Question, counts: dict[str, int], n: int, link: Link) -> Table:
        labels = self.labels(question)
        rows = [
            [labels.get(id, id), cell(str(count), link(id)), "–" if id == FIT_GONE else percent(count / n, 1)]
            for id, count in counts.items()
        ]
        return Table([_("Answer"), _("Answers"), _("Share")], rows, _("How they would feel without it"))

    def mask(self, question: Question, frame: Frame, part: str) -> Array:
        given, ids = codes(frame, question.id)
        found: Array = given == (ids.index(part) if part in ids else -9)
        return found
