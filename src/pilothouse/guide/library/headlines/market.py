"""What methods of markets and decisions say first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilothouse.guide.library.headlines.declare import Headlines, about, code, count, largest, most, row, says, tally

HEADLINES: Headlines = {
    "bcg_matrix": (
        says(
            _("Of %(n)s products, stars: %(stars)s; cash cows: %(cows)s."),
            n=count("items"),
            stars=tally("counts", "star"),
            cows=tally("counts", "cash_cow"),
        ),
    ),
    "ge_mckinsey": (
        says(
            _("Attractiveness %(a)s, own strength %(s)s: %(move)s."),
            a="attractiveness",
            s="strength",
            move=code("move"),
        ),
    ),
    "ife_efe": (says(_("The weighted sum is %(total)s; 2.5 is average."), total="total"),),
    "porter_five_forces": (
        says(
            _("The strongest pressure comes from %(names)s; all forces together average %(overall)s of 5."),
            names=code("strongest"),
            overall="overall",
        ),
    ),
    "ansoff": (
        says(
            _(
                "Of %(n)s ideas, with the present product in the present market: %(own)s; with a new one "
                "in a new one: %(far)s."
            ),
            n="n",
            own=tally("counts", "market_penetration"),
            far=tally("counts", "diversification"),
        ),
    ),
    "pestel": (
        says(
            _("Factor %(first)s of %(n)s matters most: %(priority)s points."),
            first=row("order.0"),
            n="n",
            priority=largest("priority"),
        ),
    ),
    "bass_diffusion": (
        says(
            _("About %(m)s will buy in all; most buy around period %(peak)s."),
            m=about("m"),
            peak=about("stages.peak_time"),
        ),
    ),
    "life_cycle_stage": (
        says(
            _("It is in %(stage)s now; the peak comes around period %(peak)s."),
            stage=code("stage"),
            peak=about("peak_time"),
        ),
        says(_("The peak comes around period %(peak)s."), peak=about("peak_time")),
    ),
    "technology_radar": (
        says(_("Technologies on the radar: %(n)s; gone from it: %(faded)s."), n="n", faded=count("faded")),
    ),
    "cultural_distance": (
        says(
            _("The distance is %(cd)s; dimension %(largest)s of %(n)s adds most to it."),
            cd="CD",
            largest=row("largest"),
            n="n",
        ),
    ),
    "decision_tree": (
        says(
            _("“%(best)s” has the best expected value: %(value)s. Knowing for sure would be worth %(evpi)s at most."),
            best="best",
            value=most("emv"),
            evpi="evpi",
        ),
    ),
    "brier": (
        says(
            _(
                "The Brier score is %(brier)s (0 is perfect), its skill against always saying the mean "
                "%(skill)s (%(n)s forecasts)."
            ),
            brier="brier",
            skill="%skill",
            n="n",
        ),
    ),
}
