"""Any questionnaire and any answers to it, for properties of what goes out and comes in."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pilothouse.surveys.definition import (
    Condition,
    End,
    Hidden,
    Jump,
    Option,
    Page,
    Question,
    Questionnaire,
    Quota,
    Row,
    Text,
)
from pilothouse.surveys.questions import TYPES, Refused

WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@'\"，；;\t\n 需求é"),
    max_size=30,
)  # fmt: skip
TEXTS = st.builds(lambda en, zh: Text(words={"en": en or "x", "zh-hans": zh}), WORDS, WORDS)
IDS = st.text("abcxyzABC019_-", min_size=1, max_size=8)


@st.composite
def questions(draw: Any, number: int) -> Question:
    """One of every type, answerable: what a new one has, then other words, more options and rows."""
    kind = TYPES[draw(st.sampled_from(sorted(TYPES)))]
    made = kind.new(Question(id=f"q{number}", type=kind.slug, code=f"Q{number}", text=draw(TEXTS)))
    if "options" in kind.parts:
        ids = draw(st.lists(IDS, min_size=2, max_size=5, unique=True))
        options = [Option(id=id, text=draw(TEXTS), exclusive=draw(st.booleans())) for id in ids]
        if kind.slug in ("single", "multiple") and draw(st.booleans()):
            options.append(Option(id="0ther", text=draw(TEXTS), other=True))
        made = made.model_copy(update={"options": options})
    if "rows" in kind.parts and kind.slug not in ("conjoint", "maxdiff"):
        ids = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
        made = made.model_copy(
            update={"rows": [Row(id=id, text=draw(TEXTS), item=draw(st.none() | st.integers(1, 99))) for id in ids]}
        )
    return kind.fitted(made)


@st.composite
def questionnaires(draw: Any) -> Questionnaire:
    count = draw(st.integers(1, 5))
    asked = [draw(questions(number)) for number in range(1, count + 1)]
    shown = draw(st.booleans())
    pages = [
        Page(
            id=f"p{n}", title=draw(TEXTS), questions=[question],
            show_if=Condition(language="en") if shown and n > 1 else None,
            jumps=[Jump(to="end:e")] if n == count and draw(st.booleans()) else [],
        )
        for n, question in enumerate(asked, 1)
    ]  # fmt: skip
    return Questionnaire(
        languages=["en", "zh-hans"], title=Text(words={"en": "Any"}), intro=draw(TEXTS), pages=pages,
        ends=[End(id="e", text=draw(TEXTS))],
        quotas=[Quota(id="z", name="All", when=Condition(language="en"), limit=3)] if draw(st.booleans()) else [],
        hidden=[Hidden(code="campaign")] if draw(st.booleans()) else [],
    )  # fmt: skip


CELLS = {
    "number": st.integers(-(10**6), 10**9)
    | st.floats(-1e9, 1e9, allow_nan=False).map(
        lambda number: float(f"{number:.12g}")
    ),  # as far as a spreadsheet keeps it
    "text": WORDS,
    "flag": st.booleans(),
    "date": st.dates().map(lambda day: day.isoformat()),
    "file": st.none(),
}


@st.composite
def answers(draw: Any, questionnaire: Questionnaire) -> dict[str, Any]:
    """Answers as they would be kept: cells drawn by the measure of each column, put together by the type."""
    found: dict[str, Any] = {}
    for question in questionnaire.questions():
        kind = TYPES[question.type]
        cells = {
            column.key: draw(st.none() | (st.sampled_from(sorted(column.codes)) if column.codes else CELLS[column.measure]))
            for column in kind.columns(question)
        }  # fmt: skip
        try:
            answer = kind.answer(question, {key: cell for key, cell in cells.items() if cell is not None})
        except Refused:
            continue
        if answer is not None:
            found[question.id] = answer
    return found
