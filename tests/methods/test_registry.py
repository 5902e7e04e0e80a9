"""What every method promises, whoever wrote it."""

import dataclasses
import inspect
import re
import subprocess
import sys
import typing

import pytest

from pilothouse.methods import REGISTRY, MethodError
from tests.methods import cases
from tests.methods.methods_table import TARGET, rows_of

METHODS = [pytest.param(method, id=method.id) for method in REGISTRY.values()]
HAN = re.compile(r"[\u4e00-\u9fff]")
FULL_WIDTH_NEEDED = re.compile(r"[\u4e00-\u9fff][,.?!;:()]")
UNSPACED = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
HEAVY = (
    "numpy",
    "scipy",
    "pandas",
    "statsmodels",
    "sklearn",
    "kmodes",
    "stepmix",
    "ortools",
    "duckdb",
    "django",
    "hypothesis",
)

every_method = pytest.mark.parametrize("method", METHODS)


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@every_method
def test_names_and_questions_in_both_languages(method):
    assert method.en
    assert method.asks_en.endswith("?")
    assert not HAN.search(method.en + method.asks_en)
    assert HAN.search(method.asks_zh)
    assert method.asks_zh.endswith("？")
    for text in (method.zh, method.asks_zh):
        assert not FULL_WIDTH_NEEDED.search(text)
        assert not UNSPACED.search(text)
        assert "您" not in text
    assert method.name("zh-hans") == method.zh
    assert method.asks("en") == method.asks_en
    assert 1 <= method.chapter <= 24  # the last is the FAQ


@every_method
def test_the_docstring_is_a_help_page(method):
    for heading in ("Question:", "Not for:", "Sample:", "Source:", ">>> "):
        assert re.search(rf"^( *){heading}", method.doc, re.MULTILINE), heading
    assert method.analyse.__doc__


@every_method
def test_the_result_is_a_frozen_fully_typed_dataclass(method):
    result = method.result
    assert dataclasses.is_dataclass(result)
    assert result.__dataclass_params__.frozen
    hints = typing.get_type_hints(result)
    assert {field.name for field in dataclasses.fields(result)} <= set(hints)
    assert result.__doc__
    assert not result.__doc__.startswith("Result(")


@every_method
def test_parameters_are_typed_and_options_are_keyword_only(method):
    parameters = inspect.signature(method.analyse).parameters
    assert set(typing.get_type_hints(method.analyse)) >= set(parameters)
    for name, parameter in parameters.items():
        if parameter.default not in (inspect.Parameter.empty, None, ()):  # a second table may be left out
            assert parameter.kind is inspect.Parameter.KEYWORD_ONLY, name
    assert list(method.inputs) == list(parameters)


@every_method
@pytest.mark.parametrize("nonsense", [None, [], {}, "nonsense", 7, [None], [[]]], ids=repr)
def test_nonsense_is_refused_or_counted_but_never_crashes(method, nonsense):
    parameters = inspect.signature(method.analyse).parameters.values()
    required = [p.name for p in parameters if p.default is inspect.Parameter.empty]
    try:
        result = method.analyse(**dict.fromkeys(required or [next(p.name for p in parameters)], nonsense))
    except MethodError as refusal:
        result = refusal
    assert isinstance(result, (method.result, MethodError))
    assert re.fullmatch(r"[a-z0-9_]+", getattr(result, "code", "answered"))


def test_importing_the_methods_loads_no_heavy_library():
    loaded = python(
        "import sys, pilothouse.methods\n"
        "for method in pilothouse.methods.REGISTRY.values(): method.module\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    assert loaded == ""


def test_the_table_lists_every_method():
    text = TARGET.read_text(encoding="utf-8")
    assert [method for method in REGISTRY if f"`{method}`" not in text] == []


def test_the_table_holds_every_published_case_and_nothing_else():
    if not cases.REFERENCE.exists():
        pytest.skip(cases.ABSENT)
    known = {(method, case["id"]) for method in REGISTRY for case in cases.cases(method)}
    listed = {(row.method, row.case) for row in rows_of(TARGET.read_text(encoding="utf-8"))}
    assert listed - known == set()
    assert known - listed == set()


def test_the_table_claims_no_more_than_its_figures_say():
    for row in rows_of(TARGET.read_text(encoding="utf-8")):
        gap = abs(row.got - row.expected) / max(1.0, abs(row.expected))
        assert gap <= row.difference * 1.06 + 1e-7, row  # figures are printed with eight digits
        assert row.numbers > 0
