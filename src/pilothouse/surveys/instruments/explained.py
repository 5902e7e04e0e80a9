"""How each figure is computed and after whom, for the reader who wants to know; sources stand in the methods too."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

HOW = {
    "nps": (
        _("Share of 9 and 10 less share of 0 to 6, in points from −100 to 100."),
        _("Interval: adjusted Wald (three answers added, three quarters at each end)."),
        _("Sources: Reichheld 2003; Rocks 2016 (intervals)."),
    ),
    "csat_ces": (
        _("The highest answers count as the top: two of five, three of seven."),
        _("Interval of the share: Wilson; of the mean: Student's t."),
    ),
    "pmf": (
        _("Share of “very disappointed” among those who still use it; 40 % is the line that Sean Ellis found."),
        _("Interval: Wilson."),
    ),
    "sus": (
        _("Odd statements count from 0 to 4, even ones turned round; the sum times 2.5 gives 0 to 100."),
        _("A person who missed more than two statements is left out; others get 3 for what they missed."),
        _("Sources: Brooke 1996 (statements); Sauro and Lewis 2016 (grades, percentile); Lewis and Sauro 2009 (learnability)."),
    ),
    "umux_lite": (
        _("(Both answers − 2) as a share of what is possible, from 0 to 100; as SUS: 0.65 × score + 22.9."),
        _("Source: Lewis, Utesch and Maher 2013."),
    ),
    "team_health": (
        _("Mean and standard deviation of each statement; apart means a standard deviation above 1.2 points."),
    ),
    "psm": (
        _("At each price: for how many it is too cheap, no longer cheap, expensive, too expensive. The points are where a rising curve reaches a falling one, compared by counts of people."),
        _("Source: Van Westendorp 1976."),
    ),
    "ladder": (
        _("Demand at a price is the share whose highest accepted price is at least that; revenue is price times demand, per person asked. Who accepted a price above one they refused counts up to the first refusal."),
        _("Sources: Gabor and Granger 1966; intervals: Wilson."),
    ),
    "maxdiff": (
        _("Best and worst of a set are one choice of a pair: P = exp(v best − v worst) over all pairs of the set. Shares are exp(v) out of their sum."),
        _("Best less worst divides the counts by how often each was shown."),
        _("Sources: Finn and Louviere 1992; Louviere, Flynn and Marley 2015."),
    ),
    "conjoint": (
        _("A multinomial logit of the products chosen; the importance of an attribute is the range of its part-worths, out of the sum of all ranges."),
        _("What a level is worth in money is its part-worth over that of one unit of price; it is given only where the price clearly matters (interval: delta, or Fieller where the price is unsure)."),
        _("Sources: McFadden 1974; Louviere and Woodworth 1983."),
    ),
    "opportunity": (
        _("Importance + max(importance − satisfaction, 0), both from 0 to 10: ten times the share of the top two answers, or the mean. Over 10 is an opportunity, over 12 a high one, over 15 extreme."),
        _("Source: Ulwick 2002, 2005."),
    ),
    "kano_classic": (_("Each pair of answers gets a category by the classic table of 25 cells."),),
    "kano_pouliot": (
        _("Each pair of answers gets a category by Pouliot's table, which also reads two cells of contradictions as questionable."),
    ),
    "kano_mode": (_("The category is the most frequent one; ties fall in the order M, O, A, I, R, Q."),),
    "kano_irq": (
        _("Where M, O and A together outnumber I, R and Q, the largest of M, O, A counts, else the largest of I, R, Q (Lee and Newcomb)."),
    ),
    "kano_significant": (
        _("The category stands alone only where it leads by more than chance (Fong); else two are named."),
    ),
    "kano": (
        _("Better = (A + O) / (A + O + M + I): how far satisfaction rises with it. Worse = −(O + M) / (A + O + M + I): how far it falls without it. Intervals are Wilson's."),
        _("Sources: Berger et al. 1993 (table, coefficients); Lee and Newcomb 1997; Fong 1996."),
    ),
}  # fmt: skip


def how(*names: str) -> list[str]:
    return [str(sentence) for name in names for sentence in HOW[name]]
