"""The methods, listed by family in the order a product manager meets them."""

from pilothouse.methods.families import (
    customers,
    data,
    decisions,
    experiments,
    money,
    plans,
    pricing,
    priority,
    strategy,
    surveys,
)

METHODS = (
    *priority.METHODS,
    *pricing.METHODS,
    *surveys.METHODS,
    *customers.METHODS,
    *strategy.METHODS,
    *decisions.METHODS,
    *data.METHODS,
    *experiments.METHODS,
    *money.METHODS,
    *plans.METHODS,
)
