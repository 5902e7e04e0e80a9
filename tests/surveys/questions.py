"""One question of every type, and what a browser may post to it."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from hypothesis import strategies as st

from pilothouse.surveys.definition import Option, Question, Row
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.questions.wording import both

NAME = "q-x"


def asked(slug: str, **more: Any) -> Question:
    """A question as the builder adds it, then changed."""
    made = TYPES[slug].new(Question(id="x", type=slug, code="Q1", text=both("Why?", "为什么？")))
    return TYPES[slug].fitted(made.model_copy(update=more))


def options(*ids: str, **flags: Any) -> list[Option]:
    """Options by id; `other="o"` and `exclusive="n"` mark one."""
    marks = {id: {mark: True} for mark, id in flags.items()}
    return [Option(id=id, text=both(id.upper(), id.upper()), **marks.get(id, {})) for id in ids]


def rows(*ids: str) -> list[Row]:
    return [Row(id=id, text=both(id.upper(), id.upper()), item=place) for place, id in enumerate(ids, start=1)]


def post(**parts: Any) -> QueryDict:
    """What a browser sends: `_` is the question's own input, other names are parts ("__" stands for a dot)."""
    data = QueryDict(mutable=True)
    for part, value in parts.items():
        key = NAME if part == "_" else f"{NAME}-{part.replace('__', '.')}"
        data.setlist(key, [str(one) for one in (value if isinstance(value, list) else [value])])
    return data


EVERY = [
    asked("single", options=options("a", "b", "o", other="o")),
    asked("multiple", options=options("a", "b", "n", "o", exclusive="n", other="o")),
    asked("picture", settings={"many": True}, options=options("a", "b")),
    *(asked(slug) for slug in TYPES if slug not in ("single", "multiple", "picture", "number")),
    asked("number", settings={"minimum": -5, "maximum": 1_000_000}),
    asked("kano", rows=rows("a", "b"), settings={"importance": True}),
]
FILE = {"name": "screen.png", "key": "ab/cdef", "size": 12}


def cell(column: Any) -> st.SearchStrategy[Any]:
    """What a cell of this column may hold, or nothing."""
    by_measure = {
        "nominal": lambda: st.sampled_from(sorted(column.codes)),
        "ordinal": lambda: st.sampled_from(sorted(column.codes)),
        "number": lambda: st.floats(0, 1e6).map(lambda value: round(value, 3)),
        "flag": lambda: st.booleans(),
        "date": lambda: st.dates().map(str),
        "text": lambda: st.text(max_size=50),
        "file": lambda: st.just(FILE),
    }
    return st.none() | by_measure[column.measure]()


@st.composite
def cells_of(draw: Any, question: Question) -> dict[str, Any]:
    found = {column.key: draw(cell(column)) for column in TYPES[question.type].columns(question)}
    return {key: value for key, value in found.items() if value is not None}


GARBAGE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "0", "1", "3", "-1", "11", "1e999", "nan", "inf", "1_000", "１２", "a", "b", "o", "n", "none", "yes", "\x00",
         "\ud800", "' OR 1=1 --", "{}", "[]", "null", "true", "12,5", "9" * 400, "best", "2026-02-30", "99999-1-1"]
    ),
)  # fmt: skip


@st.composite
def posted_to(draw: Any, question: Question) -> QueryDict:
    """Any mixture of the question's own inputs, invented ones and values of every sort."""
    keys = [column.key for column in TYPES[question.type].columns(question)]
    names = [NAME, f"{NAME}-other", f"{NAME}-zzz", *(f"{NAME}-{key}" for key in keys if key)]
    data = QueryDict(mutable=True)
    for name in names:
        data.setlist(name, draw(st.lists(GARBAGE, max_size=3)))
    return data
