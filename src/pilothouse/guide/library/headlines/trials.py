"""What experiments and the paths of users say first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilothouse.guide.library.headlines.declare import Headlines, chance, count, first, points, says, upwards, within

DIFFERS = (
    says(
        _("B differs from A by %(est)s, likely between %(low)s and %(high)s (p %(p)s)."),
        est="est",
        low="ci.0",
        high="ci.1",
        p=chance("p"),
    ),
)
HEADLINES: Headlines = {
    "srm": (
        says(
            _(
                "Sides came out like this by chance with p %(p)s: the split of %(n)s people has to be "
                "looked at if this is below 0.001."
            ),
            p=chance("p"),
            n="n",
        ),
    ),
    "power": (
        says(_("%(n)s people are needed on each side for a power of %(power)s."), n=upwards("n"), power="%power"),
    ),
    "ab_welch": DIFFERS,
    "ab_proportion": (
        says(
            _("A %(a)s, B %(b)s: %(est)s points apart, likely between %(low)s and %(high)s (p %(p)s)."),
            a="%rates.0",
            b="%rates.1",
            est=points("effect"),
            low=points("ci.0"),
            high=points("ci.1"),
            p=chance("p"),
        ),
    ),
    "ab_ratio": DIFFERS,
    "ab_cuped": DIFFERS,
    "ab_warehouse": (
        says(
            _("“%(name)s”: %(b)s against %(a)s, a difference of %(est)s, likely between %(low)s and %(high)s."),
            name=first("metrics"),
            a=within("metrics", "control"),
            b=within("metrics", "treatment"),
            est=within("metrics", "effect"),
            low=within("metrics", "ci_abs.0"),
            high=within("metrics", "ci_abs.1"),
        ),
    ),
    "cluster_robust": (
        says(
            _("One more of “%(name)s” goes with %(b)s more, likely between %(low)s and %(high)s (n = %(n)s)."),
            name="names.1",
            b="coef.1",
            low="ci.1.0",
            high="ci.1.1",
            n="n",
        ),
    ),
    "group_sequential": (
        says(
            _("At the last of %(k)s looks the difference must reach z = %(last)s, at the first z = %(first)s."),
            k=count("z"),
            last="z.-1",
            first="z.0",
        ),
    ),
    "always_valid": (
        says(
            _("The difference is %(est)s, and whenever one looks between %(low)s and %(high)s."),
            est="est",
            low="ci.0",
            high="ci.1",
        ),
    ),
    "bayes": (
        says(
            _("B is better than A with a chance of %(chance)s; the change is %(est)s."),
            chance="%chance_to_win",
            est="est",
        ),
    ),
    "funnel": (says(_("Of %(n)s people %(share)s reach the last step."), n="n", share="%rates.-1"),),
    "retention": (says(_("%(share)s come back in the first period, of %(n)s people."), share="%curve.1", n="n"),),
    "stickiness": (says(_("On a usual day %(share)s of the people of the month are here."), share="%stickiness"),),
    "growth_accounting": (
        says(
            _("In the last period %(active)s people were active: %(new)s new, %(churned)s left."),
            active="active.-1",
            new="new.-1",
            churned="churned.-1",
        ),
    ),
}
