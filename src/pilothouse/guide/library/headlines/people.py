"""What methods that sort and follow people say first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilothouse.guide.library.headlines.declare import Headlines, both, chance, count, fewest, least, most, says, top

HEADLINES: Headlines = {
    "kmeans_silhouette": (says(_("%(k)s groups fit the %(n)s people best."), k="best_k_by_silhouette", n="n"),),
    "k_prototypes": (says(_("%(n)s people fall into groups of %(sizes)s."), n="n", sizes="sizes"),),
    "latent_class": (
        says(
            _("There are %(k)s classes; the largest holds %(share)s of the people."),
            k=count("class_shares_desc"),
            share="%class_shares_desc.0",
        ),
    ),
    "rfm": (
        says(
            _("Most of the revenue comes from “%(name)s”: %(revenue)s, of %(n)s customers."),
            name=top("revenue_by_segment"),
            revenue=most("revenue_by_segment"),
            n="n",
        ),
    ),
    "abc_pareto": (says(_("%(a)s of %(n)s bring %(share)s of the whole."), a="counts.A", n="n", share="%share_A"),),
    "kaplan_meier": (says(_("Of %(n)s people %(events)s have left."), n="n", events="events"),),
    "survival": (
        says(
            _("Half of “%(first)s” have left after %(x)s, half of “%(last)s” after %(y)s (p %(p)s)."),
            first=least("medians"),
            x=fewest("medians"),
            last=top("medians"),
            y=most("medians"),
            p=chance("p"),
        ),
    ),
    "cox_churn": (
        says(
            _("One more of “%(name)s” multiplies the risk of leaving by %(times)s (%(n)s people)."),
            name=top("hazard_ratio"),
            times=most("hazard_ratio"),
            n="n",
        ),
    ),
    "logistic_churn": (
        says(_("It tells who leaves from who stays in %(share)s of the pairs (%(n)s people)."), share="%auc", n="n"),
    ),
    "clv_bgnbd_gammagamma": (
        says(
            _("Of %(n)s customers, “%(name)s” is worth most: %(value)s over the next %(weeks)s periods."),
            n="n",
            name=top("customers", "clv"),
            value=most("customers", "clv"),
            weeks="horizon",
        ),
    ),
    "retention_model": (says(_("%(share)s of the customers stay after the first period."), share="%retention.0"),),
    "correspondence_analysis": (
        says(
            _("Two axes show %(share)s %% of what ties rows and columns together (p %(p)s)."),
            share=both("pct"),
            p=chance("p"),
        ),
    ),
    "mds": (says(_("The map keeps %(share)s of the distances between %(n)s things."), share="%GOF.0", n="n"),),
    "pca_map": (says(_("Two axes show %(share)s %% of how %(n)s things differ."), share=both("pct"), n="n"),),
    "crosstab": (
        says(
            _("A tie this strong comes by chance with p %(p)s; its strength is %(v)s of at most 1 (%(n)s people)."),
            p=chance("p_value"),
            v="cramers_v",
            n="n",
        ),
    ),
    "chi_square": (says(_("A difference this large comes by chance with p %(p)s (n = %(n)s)."), p=chance("p"), n="n"),),
}
