"""What a scorecard asks about each item: criteria with a scale, a direction, a weight and a word of guidance."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from pilothouse.workbench.writing.cleaning import refuse_unstorable

RESERVED = {*keyword.kwlist, "min", "max", "abs", "sqrt", "log"}


class Choice(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float
    name: str = Field(max_length=100)


class Criterion(BaseModel):
    """One column of a scorecard. `slug` is its name in a formula; `field` names the item's own field that it reads
    where nobody has scored it, and writes when the score is adopted. `less` says that a smaller value is better."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Annotated[str, Field(max_length=40)]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    minimum: FiniteFloat | None = None
    maximum: FiniteFloat | None = None
    unit: str = Field("", max_length=30)
    less: bool = False
    weight: float = Field(1.0, ge=0, allow_inf_nan=False)
    guidance: str = Field("", max_length=1_000)
    choices: tuple[Choice, ...] = ()
    field: str = ""
    whole: bool = False

    @model_validator(mode="after")
    def sound(self) -> Criterion:
        if not self.slug.isidentifier() or self.slug in RESERVED:
            raise ValueError(f"“{self.slug}” cannot stand in a formula")
        refuse_unstorable([self.name, self.unit, self.guidance])
        if self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum:
            raise ValueError(f"{self.slug}: the scale ends before it begins")
        return self

    def clean(self, raw: Any) -> float | None:
        """A number on the scale, None for empty. Raises ValueError in the reader's language."""
        text = str(raw if raw is not None else "").strip().replace("，", ",").removesuffix("%").strip()
        if not text:
            return None
        try:
            value = float(text.replace(",", ""))
        except ValueError:
            raise ValueError(_("A number is needed here.")) from None
        if not abs(value) < 1e15:
            raise ValueError(_("A number is needed here."))
        if self.choices and value not in {choice.value for choice in self.choices}:
            names = ", ".join(f"{choice.value:g}" for choice in self.choices)
            raise ValueError(_("Choose one of: %(names)s.") % {"names": names})
        if self.minimum is not None and value < self.minimum:
            raise ValueError(_("The smallest value is %(minimum)s.") % {"minimum": f"{self.minimum:g}"})
        if self.maximum is not None and value > self.maximum:
            raise ValueError(_("The largest value is %(maximum)s.") % {"maximum": f"{self.maximum:g}"})
        if self.whole and not value.is_integer():
            raise ValueError(_("A whole number is needed here."))
        return value

    @property
    def span(self) -> float | None:
        """How far two people can lie apart."""
        if self.choices:
            values = [choice.value for choice in self.choices]
            return max(values) - min(values)
        if self.minimum is None or self.maximum is None:
            return None
        return self.maximum - self.minimum


def slug_for(name: str, taken: Sequence[str]) -> str:
    """A name for formulas made of a criterion's title; letters of any script stay."""
    base = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", name).strip().lower()).strip("_")[:30] or "c"
    base = f"c_{base}" if not base.isidentifier() or base in RESERVED else base
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}_{number}", number + 1
    return slug
