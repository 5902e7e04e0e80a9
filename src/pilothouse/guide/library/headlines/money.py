"""What methods of money, effort and time say first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilothouse.guide.library.headlines.declare import Headlines, count, says

HEADLINES: Headlines = {
    "npv": (says(_("It is worth %(npv)s today at a rate of %(rate)s."), npv="npv", rate="%rate"),),
    "xnpv": (says(_("It is worth %(npv)s today at a rate of %(rate)s."), npv="xnpv", rate="%rate"),),
    "irr": (
        says(_("It earns %(irr)s each period."), irr="%irr"),
        says(_("There is no single rate of return.")),
    ),
    "xirr": (
        says(_("It earns %(irr)s a year."), irr="%xirr"),
        says(_("There is no single rate of return.")),
    ),
    "mirr": (says(_("It earns %(irr)s each period when what comes in is invested again."), irr="%mirr"),),
    "payback": (
        says(_("The money is back after %(n)s periods."), n="payback"),
        says(_("The money does not come back.")),
    ),
    "bcr_roi": (
        says(_("Each unit spent brings %(bcr)s back; the return is %(roi)s a year."), bcr="bcr", roi="%roi_yearly"),
        says(_("Each unit spent brings %(bcr)s back."), bcr="bcr"),
    ),
    "breakeven": (
        says(_("From %(units)s sold on it earns money: a revenue of %(revenue)s."), units="units", revenue="revenue"),
    ),
    "ltv": (
        says(_("A customer is worth %(ltv)s and stays for %(life)s periods."), ltv="ltv", life="expected_lifetime"),
        says(_("A customer is worth %(ltv)s."), ltv="ltv"),
    ),
    "tornado": (says(_("Of a result of %(base)s, “%(name)s” moves most."), base="base", name="bars.0.driver"),),
    "monte_carlo": (
        says(
            _("The mean is %(mean)s; it falls below zero in %(share)s of %(n)s runs."),
            mean="mean",
            share="%p_negative",
            n="trials",
        ),
    ),
    "evm": (
        says(
            _("%(done)s is done; at this pace it costs %(eac)s in all (cost variance so far %(cv)s)."),
            done="%percent_complete",
            eac="EAC_typical",
            cv="CV",
        ),
    ),
    "cocomo": (
        says(
            _("It takes about %(pm)s person-months, in %(months)s months with %(people)s people."),
            pm="pm",
            months="tdev",
            people="fsp",
        ),
    ),
    "nrp": (
        says(
            _("In: %(count)s, worth %(value)s; left out: %(out)s."),
            count=count("plan"),
            value="value",
            out=count("out"),
        ),
    ),
    "cpm_pert": (says(_("It takes %(duration)s: %(names)s make it so long."), duration="duration", names="critical"),),
    "dependencies": (
        says(_("It takes %(duration)s: %(names)s make it so long."), duration="duration", names="critical"),
    ),
    "crashing": (
        says(
            _("It costs least in %(duration)s instead of %(normal)s: %(cost)s in all."),
            duration="duration",
            normal="normal_duration",
            cost="min_total_cost",
        ),
    ),
    "rcpsp": (
        says(
            _("With these people it takes %(makespan)s; with any number of people %(unlimited)s."),
            makespan="makespan",
            unlimited="unlimited",
        ),
        says(_("These numbers have no schedule.")),
    ),
    "forecast_mc": (
        says(
            _("With a chance of 85 %% it is done within %(weeks)s weeks (%(n)s past weeks)."), weeks="weeks.85", n="n"
        ),
    ),
    "burn": (
        says(_("At this rate it is done on %(day)s; %(left)s are left."), day="projected", left="remaining.-1"),
        says(_("%(left)s are left, and at this rate no day can be named."), left="remaining.-1"),
    ),
    "cumulative_flow": (
        says(
            _("%(wip)s items are under way; %(out)s are finished a day, %(come)s begun."),
            wip="wip.-1",
            out="departures",
            come="arrivals",
        ),
    ),
    "cycle_time": (
        says(
            _("85 %% of the items are finished within %(days)s days (%(n)s items)."),
            days="percentiles.85",
            n="finished",
        ),
    ),
    "flow": (
        says(
            _("With %(wip)s under way and %(out)s finished a week, one takes %(weeks)s weeks."),
            wip="wip",
            out="throughput_per_week",
            weeks="cycle_time_weeks",
        ),
    ),
}
