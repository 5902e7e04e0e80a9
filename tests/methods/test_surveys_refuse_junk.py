"""The same junk for priorities, prices and surveys."""

import inspect
import random

import pytest

from pilothouse.methods import MethodError
from pilothouse.methods.families import pricing, priority, surveys
from tests.methods.test_families_refuse_junk import JUNK


@pytest.mark.parametrize(
    "method", [*priority.METHODS, *pricing.METHODS, *surveys.METHODS], ids=lambda method: method.id
)
def test_junk_is_refused_with_a_code(method):
    chance = random.Random(f"{method.id} junk")
    parameters = inspect.signature(method.analyse).parameters.values()
    for _ in range(60):
        required = [one.name for one in parameters if one.default is inspect.Parameter.empty or chance.random() < 0.15]
        try:
            found = method.analyse(**{name: chance.choice(JUNK) for name in required})
        except MethodError as refused:
            found = refused
        assert isinstance(found, (method.result, MethodError))
