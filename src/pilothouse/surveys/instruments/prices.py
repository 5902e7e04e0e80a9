"""What people say about prices: Van Westendorp's curves, and demand along a ladder."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.charts import Bar, Curve, bars, curves
from pilothouse.methods import gabor_granger, van_westendorp
from pilothouse.surveys.analysis.frame import Array, Frame
from pilothouse.surveys.definition import Question
from pilothouse.surveys.instruments.columns import numbers
from pilothouse.surveys.instruments.declare import Instrument, Link, Options, Reading, Table, cell, counted
from pilothouse.surveys.instruments.explained import how
from pilothouse.surveys.instruments.words import number, percent, spread_of_shares
from pilothouse.surveys.questions.price import PRICES, Ladder, key_of, money

MOST_POINTS = 200


class Psm(Instrument):
    slug, method = "psm", "van_westendorp"

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        table = np.column_stack([numbers(frame, question.id, key) for key in PRICES])
        there = ~np.isnan(table).all(axis=1)
        people = [[None if np.isnan(price) else price for price in person] for person in table[there].tolist()]
        result = van_westendorp.analyse(people)
        unit = str(question.settings.get("currency") or "")
        return Reading(
            sentence=self.sentence(result, unit),
            sure=_(
                "n = %(n)s consistent answers; %(invalid)s contradicted themselves and %(missing)s left a price out."
            )
            % {"n": result.valid, "invalid": result.invalid, "missing": result.missing},
            caveats=self.caveats(result),
            figures=[
                counted(_("Price curves"), self.chart(result, unit), result.valid, self.table(result, unit, link))
            ],
            how=how("psm"),
            n=result.valid,
            missing=int((~there).sum()),
            method=self.method,
            inputs={"valid": result.valid, "invalid": result.invalid, "missing": result.missing},
        )

    def sentence(self, result: van_westendorp.Result, unit: str) -> str:
        if result.lower is None or result.upper is None:
            return _("The curves do not cross yet, so there is no range of acceptable prices.")
        return _(
            "Acceptable prices run from %(lower)s to %(upper)s; the price that feels neither cheap nor dear is %(idp)s."
        ) % {
            "lower": money(result.lower, unit),
            "upper": money(result.upper, unit),
            "idp": "–" if result.idp is None else money(result.idp, unit),
        }

    def caveats(self, result: van_westendorp.Result) -> list[str]:
        said = {
            "few_answers": _("Fewer than 100 consistent answers: the points may move by a step or more."),
            "many_invalid": _("More than 40 % contradict themselves: the wording or the product was not understood."),
            "no_too_cheap": _("Nobody said what is too cheap, so two of the four points are missing."),
        }
        return [said[flag] for flag in result.flags]

    def chart(self, result: van_westendorp.Result, unit: str) -> dict[str, Any]:
        found, prices = result.curves, thinned(result.curves.prices)
        named = [
            (_("Too cheap"), found.too_cheap),
            (_("Not cheap"), found.not_cheap),
            (_("Expensive"), found.expensive),
            (_("Too expensive"), found.too_expensive),
        ]
        lines = [
            Curve(name, [(found.prices[i], shares[i] / found.total) for i in prices])
            for name, shares in named
            if shares is not None
        ]
        marks = [(at, money(at, unit)) for at in (result.lower, result.idp, result.upper) if at is not None]
        return curves(lines, x_title=_("Price"), y_title=_("Share of people"), marks=marks)

    def table(self, result: van_westendorp.Result, unit: str, link: Link) -> Table:
        named = [
            (_("Marginal cheapness"), result.lower, result.lower_interval),
            (_("Optimal price point"), result.opp, result.opp_interval),
            (_("Indifference price"), result.idp, result.idp_interval),
            (_("Marginal expensiveness"), result.upper, result.upper_interval),
        ]
        rows: list[list[Any]] = [
            [
                name,
                "–" if at is None else money(at, unit),
                "" if span is None or span[0] == span[1] else " – ".join(money(end, unit) for end in span),
            ]
            for name, at, span in named
        ]
        rows.append([_("Consistent answers"), cell(str(result.valid), link("valid")), ""])
        rows.append([_("Contradict themselves"), cell(str(result.invalid), link("invalid")), ""])
        return Table([_("Point"), _("Price"), _("Where the curves run together")], rows, _("Price points"))

    def mask(self, question: Question, frame: Frame, part: str) -> Array:
        table = np.column_stack([numbers(frame, question.id, key) for key in PRICES])
        full = ~np.isnan(table).any(axis=1)
        rising = (np.diff(table, axis=1) > 0).all(axis=1)
        return {"valid": full & rising, "invalid": full & ~rising}.get(part, np.zeros(frame.n, dtype=bool))


def thinned(prices: Any) -> list[int]:
    """Places of at most so many prices, the ends among them."""
    step = max(1, len(prices) // MOST_POINTS)
    return sorted({*range(0, len(prices), step), len(prices) - 1})


class GaborGranger(Instrument):
    slug, method = "ladder", "gabor_granger"

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        prices = sorted(Ladder().prices(question).values())
        table = np.column_stack([numbers(frame, question.id, key_of(price), "flag") for price in prices])
        there = ~np.isnan(table).all(axis=1)
        answers = [[None if np.isnan(yes) else bool(yes) for yes in person] for person in table[there].tolist()]
        result = gabor_granger.analyse(answers, prices=prices)
        unit, n = str(question.settings.get("currency") or ""), result.n[0]
        best = result.prices.index(result.revenue_max_price)
        return Reading(
            sentence=_("At %(price)s revenue is highest: %(share)s say they would buy.")
            % {"price": money(result.revenue_max_price, unit), "share": percent(result.demand[best])},
            sure=_("n = %(n)s; with 95 %% confidence between %(interval)s would say so.")
            % {"n": n, "interval": spread_of_shares(result.demand_ci[best])},
            caveats=self.caveats(result),
            figures=[
                counted(
                    _("Who would buy at each price"), self.chart(result, unit, link), n, self.table(result, unit, link)
                )
            ],
            how=how("ladder"),
            n=n,
            missing=int((~there).sum()) + result.missing,
            method=self.method,
            inputs={"prices": prices, "demand": list(result.demand)},
        )

    def caveats(self, result: gabor_granger.Result) -> list[str]:
        said = {
            "few_answers": _("Fewer than 100 answers."),
            "revenue_at_edge": _("The best price stands at the end of the ladder: it may lie outside."),
        }
        found = [said[flag] for flag in result.flags if flag in said]
        if result.non_monotone:
            found.append(_("%(n)s accepted a price above one they refused.") % {"n": result.non_monotone})
        return [*found, _("People say yes more easily than they pay.")]

    def chart(self, result: gabor_granger.Result, unit: str, link: Link) -> dict[str, Any]:
        return bars(
            [
                Bar(
                    money(price, unit),
                    share,
                    percent(share),
                    f"{money(price, unit)}: {percent(share)}",
                    low,
                    high,
                    link(key_of(price)),
                    "$sea-fill" if price == result.revenue_max_price else "$line-strong",
                )
                for price, share, (low, high) in zip(result.prices, result.demand, result.demand_ci, strict=True)
            ],
            most=1,
        )

    def table(self, result: gabor_granger.Result, unit: str, link: Link) -> Table:
        rows = [
            [
                money(price, unit),
                cell(percent(share), link(key_of(price)), spread_of_shares(interval)),
                number(revenue),
                "–" if elastic is None else number(elastic),
            ]
            for price, share, interval, revenue, elastic in zip(
                result.prices,
                result.demand,
                result.demand_ci,
                result.revenue_index,
                (*result.arc_elasticity, None),
                strict=True,
            )
        ]
        head = [_("Price"), _("Would buy"), _("Revenue per person"), _("Elasticity to the next price")]
        return Table(head, rows, _("Who would buy at each price"))

    def mask(self, question: Question, frame: Frame, part: str) -> Array:
        """Who accepts this price and all below it."""
        prices = sorted(Ladder().prices(question).values())
        wanted = [price for price in prices if part in map(key_of, prices) and price <= float(part)]
        found = np.ones(frame.n, dtype=bool) if wanted else np.zeros(frame.n, dtype=bool)
        for price in wanted:
            found &= numbers(frame, question.id, key_of(price), "flag") == 1
        return found
