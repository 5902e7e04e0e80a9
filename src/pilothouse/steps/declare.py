"""What a rule of the next step is, and what it may find.

A rule states when it speaks, what it proposes, why, how it is done here and when that is good enough. It decides over a
snapshot of the product (see `facts`) and nothing else, so that every answer can be checked by its numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pilothouse.methods import REGISTRY
from pilothouse.steps.facts import Facts

FIRES, FULFILLED, NOT_APPLICABLE = "fires", "fulfilled", "not_applicable"
LAST_CHAPTER = 24


@dataclass(frozen=True)
class Finding:
    """`numbers` go into the rule's words; `bad` grows as things get worse; `at` is the number of an affected item."""

    fires: bool
    numbers: Mapping[str, Any] = field(default_factory=dict)
    bad: float = 1
    at: int | None = None


Judge = Callable[["Facts"], Finding | None]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`claim` is what should hold, `text` what to do where it does not. `judge` gives None where the rule does not
    apply yet. `path` lies below the product, or below the affected item where it begins with "@"; `many` is the way
    where several items are affected. `check` is (kind, name of a check of its rows) for a rule that also speaks on an
    item's own page, by the words of `here`; `method` names where the least sample comes from."""

    slug: str
    chapters: tuple[int, ...]
    order: int
    claim: Any
    text: Any
    reason: Any
    enough: Any
    action: Any
    path: str
    judge: Judge
    many: str = ""
    here: Any = ""
    check: tuple[str, str] | None = None
    method: str = ""
    young: bool = False  # on an item's page only while the product holds little

    def __post_init__(self) -> None:
        if not self.chapters or not all(1 <= chapter <= LAST_CHAPTER for chapter in self.chapters):
            raise ValueError(f"rule {self.slug}: no chapters {self.chapters}")
        if self.method and self.method not in REGISTRY:
            raise ValueError(f"rule {self.slug}: no method {self.method!r}")
        if bool(self.here) != bool(self.check):
            raise ValueError(f"rule {self.slug}: words for an item's page and a check of items go together")
