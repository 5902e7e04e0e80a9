"""What a method is, and how it refuses bad input."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints


class MethodError(ValueError):
    """Input that a method cannot answer for, told as a code that a template turns into words.

    `code` names the problem ("effort_not_positive"), `field` the argument or column it sits in, `row` the
    index or key of the offending row, and `details` whatever numbers the message needs.
    """

    def __init__(self, code: str, *, field: str | None = None, row: int | str | None = None, **details: Any) -> None:
        self.code, self.field, self.row, self.details = code, field, row, details
        place = "".join(f" {name}={value!r}" for name, value in (("field", field), ("row", row)) if value is not None)
        extra = "".join(f" {name}={value!r}" for name, value in details.items())
        super().__init__(f"{code}{place}{extra}")


@dataclass(frozen=True, kw_only=True)
class Method:
    """One row of the registry. The module of the same id is imported when the method is first asked for."""

    id: str
    en: str
    zh: str
    chapter: int
    asks_en: str
    asks_zh: str

    @property
    def module(self) -> Any:
        return importlib.import_module(f"pilothouse.methods.{self.id}")

    @property
    def analyse(self) -> Callable[..., Any]:
        return self.module.analyse

    @property
    def inputs(self) -> dict[str, Any]:
        """The annotated parameters of `analyse`, in order."""
        hints = get_type_hints(self.analyse)
        return {name: hints.get(name, Any) for name in inspect.signature(self.analyse).parameters}

    @property
    def result(self) -> type:
        return get_type_hints(self.analyse)["return"]

    @property
    def doc(self) -> str:
        return inspect.getdoc(self.module) or ""

    def name(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    def asks(self, language: str) -> str:
        return self.asks_zh if language.startswith("zh") else self.asks_en
