"""Comparisons are booked on the running test's case; `--write-methods-table` makes docs/methods.md of the books."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from tests.methods import cases

# A first import of numpy inside a method says nothing about the method's speed. The same examples every time: a run
# tells what was changed, not what was drawn. PILOTHOUSE_EXPLORE=1 draws new ones.
settings.register_profile("methods", deadline=None, derandomize=not os.environ.get("PILOTHOUSE_EXPLORE"))
settings.load_profile("methods")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-methods-table", action="store_true", help="write docs/methods.md from this run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Large runs are asked for by name: `pytest -m scale`. The table needs the published cases and nothing else."""
    if config.getoption("--write-methods-table", default=False):
        items[:] = [item for item in items if "case" in _parameters(item)]
    if "scale" not in (config.option.markexpr or ""):
        large = [item for item in items if item.get_closest_marker("scale")]
        config.hook.pytest_deselected(items=large)
        items[:] = [item for item in items if item not in large]


@pytest.fixture(autouse=True)
def _book_for_case(request: pytest.FixtureRequest) -> Iterator[None]:
    cases.enter(_parameters(request.node).get("case"))
    yield
    cases.enter(None)


def _parameters(item: pytest.Item) -> dict[str, Any]:
    return getattr(getattr(item, "callspec", None), "params", {})


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    fine = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    if session.config.getoption("--write-methods-table", default=False) and fine:
        from tests.methods import methods_table

        methods_table.write()
