"""Comparisons are booked on the running test's case; `pytest tests/methods --write-methods-table` prints the books."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from tests.methods import cases

# A first import of numpy inside a method says nothing about the method's speed.
settings.register_profile("methods", deadline=None)
settings.load_profile("methods")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-methods-table", action="store_true", help="write docs/methods.md from this run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Large runs are asked for by name: `pytest -m scale`."""
    if "scale" not in (config.option.markexpr or ""):
        large = [item for item in items if item.get_closest_marker("scale")]
        config.hook.pytest_deselected(items=large)
        items[:] = [item for item in items if item not in large]


@pytest.fixture(autouse=True)
def _book_for_case(request: pytest.FixtureRequest) -> Iterator[None]:
    parameters: dict[str, Any] = getattr(getattr(request.node, "callspec", None), "params", {})
    cases.enter(parameters.get("case"))
    yield
    cases.enter(None)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if session.config.getoption("--write-methods-table", default=False) and exitstatus == 0:
        from tests.methods import methods_table

        methods_table.write()
