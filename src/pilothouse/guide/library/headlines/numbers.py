"""What methods that read columns of numbers say first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilothouse.guide.library.headlines.declare import Headlines, chance, count, fullest, most, says, top

HEADLINES: Headlines = {
    "descriptive": (
        says(_("The mean is %(mean)s, the median %(median)s, from %(n)s values."), mean="mean", median="median", n="n"),
    ),
    "histogram": (
        says(_("Most of %(n)s values lie from %(low)s to %(high)s."), n="n", low=fullest(0), high=fullest(1)),
    ),
    "outliers": (
        says(
            _("Values outside %(low)s to %(high)s stand out: %(out)s of %(n)s."),
            low="fences.0",
            high="fences.1",
            out=count("out"),
            n="n",
        ),
    ),
    "correlation": (
        says(
            _("The correlation is %(r)s (−1 to 1), likely between %(low)s and %(high)s (n = %(n)s)."),
            r="res.0.estimate",
            low="res.0.ci.0",
            high="res.0.ci.1",
            n="n",
        ),
    ),
    "ols": (says(_("The columns explain %(share)s of the differences (n = %(n)s)."), share="%r2", n="n"),),
    "regression_diag": (
        says(
            _(
                "The columns explain %(share)s of the differences; %(count)s rows bend the line by "
                "themselves (n = %(n)s)."
            ),
            share="%r2",
            count=count("influential"),
            n="n",
        ),
    ),
    "logistic": (
        says(
            _("One more of “%(name)s” multiplies the odds by %(times)s (n = %(n)s)."),
            name="names.1",
            times="odds_ratio.1",
            n="n",
        ),
    ),
    "anova": (
        says(
            _("The highest mean is “%(name)s” with %(mean)s; groups differ this much by chance with p %(p)s."),
            name=top("means"),
            mean=most("means"),
            p=chance("p"),
        ),
    ),
    "nonparametric": (says(_("Groups differ this much by chance with p %(p)s (n = %(n)s)."), p=chance("p"), n="n"),),
    "trend": (
        says(
            _("It changes by %(slope)s each period, likely between %(low)s and %(high)s (p %(p)s)."),
            slope="slope",
            low="ci.0",
            high="ci.1",
            p=chance("p"),
        ),
    ),
    "timeseries": (
        says(
            _("The next value is %(fc)s, likely between %(low)s and %(high)s."), fc="fc.0", low="low.0", high="high.0"
        ),
    ),
    "anomaly": (says(_("Unusual days: %(count)s of %(n)s."), count=count("anomalies"), n="n"),),
    "multiplicity": (
        says(
            _("Of %(n)s comparisons %(count)s hold after Benjamini and Hochberg, %(strict)s after Holm."),
            n="n",
            count="reject.BH",
            strict="reject.holm",
        ),
    ),
}
