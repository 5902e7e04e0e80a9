"""What methods that read answers say first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilothouse.guide.library.headlines.declare import Headlines, about, code, count, first, first_of, most, says, top

HEADLINES: Headlines = {
    "kano": (
        says(
            _("Most people call “%(name)s” “%(what)s” (%(n)s answers)."),
            name=first("features"),
            what=code("mode", first_of("features")),
            n="n",
        ),
    ),
    "choice_based_conjoint": (
        says(
            _("“%(name)s” weighs most in the choice: %(share)s %% of it, from %(n)s people."),
            name=top("importance"),
            share=most("importance"),
            n="respondents",
        ),
    ),
    "conjoint_ratings": (
        says(
            _("“%(name)s” weighs most in the ratings: %(share)s %% of it, from %(n)s people."),
            name=top("importance"),
            share=most("importance"),
            n="n",
        ),
    ),
    "van_westendorp": (
        says(
            _("A price between %(low)s and %(high)s is neither too cheap nor too expensive; fewest refuse %(best)s."),
            low="lower",
            high="upper",
            best="opp",
        ),
    ),
    "gabor_granger": (
        says(_("A price of %(price)s brings the most revenue of those that were asked."), price="revenue_max_price"),
    ),
    "sample_size": (
        says(
            _("%(n)s answers are needed for a margin of %(margin)s; invite %(invite)s people."),
            n="n",
            margin="%e",
            invite="invite",
        ),
    ),
    "proportion_ci": (
        says(
            _("The share is %(share)s, and likely between %(low)s and %(high)s."),
            share="%p",
            low="%wilson.0",
            high="%wilson.1",
        ),
    ),
    "multiple_response": (
        says(
            _("Nothing was ticked more than “%(name)s”: by %(share)s %% of %(n)s people."),
            name=top("pct_of_cases"),
            share=most("pct_of_cases"),
            n="valid_cases",
        ),
    ),
    "nps": (
        says(
            _("The NPS is %(nps)s, and likely between %(low)s and %(high)s (%(n)s answers)."),
            nps="nps",
            low="ci.0",
            high="ci.1",
            n="n",
        ),
    ),
    "csat_ces": (
        says(
            _("%(share)s %% are satisfied; likely between %(low)s and %(high)s %% (%(n)s answers)."),
            share="csat_pct",
            low="wilson.0",
            high="wilson.1",
            n="n",
        ),
    ),
    "sus": (
        says(
            _("The mean SUS is %(mean)s, grade %(grade)s; likely between %(low)s and %(high)s (%(n)s people)."),
            mean="mean",
            grade="grade",
            low="ci.0",
            high="ci.1",
            n="n",
        ),
        says(_("The SUS is %(mean)s, grade %(grade)s, from %(n)s people."), mean="mean", grade="grade", n="n"),
    ),
    "umux_lite": (
        says(
            _("The mean UMUX-Lite is %(mean)s, worth a SUS of %(sus)s (%(n)s people)."),
            mean="mean",
            sus="mean_sus_equivalent",
            n="n",
        ),
    ),
    "cronbach_alpha_omega": (
        says(
            _("Alpha is %(alpha)s: so far do %(k)s questions measure the same thing (%(n)s people)."),
            alpha="raw",
            k="k",
            n="n",
        ),
    ),
    "raking": (says(_("Weighted, %(n)s answers count as much as %(ess)s."), n="n", ess="ess"),),
    "cohen_kappa": (
        says(
            _("Two raters agree in %(share)s of the cases; beyond chance kappa is %(kappa)s."),
            share="%po",
            kappa="kappa",
        ),
    ),
    "krippendorff_alpha": (
        says(_("The coders agree with an alpha of %(alpha)s over %(n)s units."), alpha="alpha", n="units"),
    ),
    "saturation": (
        says(
            _("After interview %(at)s hardly anything new was heard; %(share)s of what there is has been found."),
            at="saturated_at",
            share="%coverage",
        ),
        says(_("New things are still heard; %(share)s of what there is has been found."), share="%coverage"),
    ),
    "heuristic_severity": (
        says(_("“%(first)s” is the most severe of %(n)s problems."), first="order.0", n=count("order")),
    ),
    "usability_discovery": (
        says(
            _("%(n)s people found %(found)s of the problems; about %(left)s are still hidden."),
            n="users",
            found="%found_so_far",
            left=about("remaining"),
        ),
    ),
    "moscow": (says(_("Must takes %(share)s of the effort that is planned."), share="%share.M"),),
}
