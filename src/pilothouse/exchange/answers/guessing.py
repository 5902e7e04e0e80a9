"""A first plan for a file of answers: by the names of columns in files, by labels, then by similar words."""

# ruff: noqa: E501 a table of words
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from pilothouse.exchange.answers import facts
from pilothouse.exchange.answers.plan import AnswerColumn, AnswerPlan
from pilothouse.exchange.answers.targets import FACTS, Target, Targets, key_of
from pilothouse.exchange.reading.source import Row
from pilothouse.exchange.taking.targets import folded
from pilothouse.kinds import FieldError
from pilothouse.surveys.files.codebook import plain

NEAR = 0.86
FACT_WORDS = {
    "external_id": "id externalid respondent respondentid responseid participant participantid sessionid uuid recordid "
    "答卷编号 编号 序号 用户id 受访者",
    "status": "status completionstatus finished completed 状态 答题状态",
    "language": "language lang userlanguage 语言",
    "started_at": "startedat started timestarted startdate starttime timestamp recordeddate 开始时间 开始答题时间 提交答卷时间",
    "finished_at": "finishedat finished datesubmitted submitdate enddate endtime submittedat completedat 结束时间 提交时间 完成时间",
    "seconds": "seconds duration durationinseconds durationseconds timetaken 用时 所用时间 答题时长 耗时",
    "weight": "weight weights pw 权重",
    "excluded": "excluded 剔除",
}  # fmt: skip
FACT_INDEX = [(folded(word), slug) for slug, words in FACT_WORDS.items() for word in words.split()]
ORDERED = ("maxdiff", "conjoint")


def guess(
    targets: Targets, names: Sequence[str], sample: Sequence[Row], labels: Mapping[int, str] | None = None
) -> AnswerPlan:
    """`labels` are wordings that the file has for its columns beside their names."""
    columns = [AnswerColumn(name) for name in names]
    taken: set[str] = set()
    worded = [(labels or {}).get(place, name) for place, name in enumerate(names)]
    for step in (by_code, by_label, by_fact, by_likeness):
        free = [place for place, column in enumerate(columns) if not column.target]
        for place, target in step(targets, worded if step in (by_label, by_likeness) else names, free):
            sure = fits(target, sample, place) or (step is by_code and is_filled(sample, place))
            if not columns[place].target and target.slug not in taken and sure:
                columns[place] = replace(columns[place], target=target.slug)
                taken.add(target.slug)
    if "external_id" not in taken:
        number = next((place for place, name in enumerate(names) if name == "response"), None)
        if number is not None:
            columns[number] = replace(columns[number], target="external_id")
    return AnswerPlan(columns=tuple(with_places(targets, columns, sample)))


Found = Iterator[tuple[int, Target]]


def by_code(targets: Targets, names: Sequence[str], free: Sequence[int]) -> Found:
    """The very names that exports write."""
    known = {variable.name: f"q:{variable.question.id}:{variable.column.key}" for variable in targets.variables}
    known |= {slug: slug for slug in FACTS}
    known |= {f"hidden.{one.code}": f"hidden:{one.code}" for one in targets.questionnaire.hidden}
    for place in free:
        if (slug := known.get(names[place])) and (target := targets.get(slug)):
            yield place, target
    loose: dict[str, str] = {}
    for name, slug in known.items():
        loose.setdefault(folded(name), slug)
    for question in targets.questionnaire.questions():
        loose.setdefault(folded(question.code), f"all:{question.id}")
    for place in free:
        if (slug := loose.get(folded(names[place]))) and (target := targets.get(slug)):
            yield place, target


def by_label(targets: Targets, names: Sequence[str], free: Sequence[int]) -> Found:
    """The wording in any language; forms put a number in front, or the row in brackets behind."""
    known: dict[str, Target] = {}
    for target in targets.by_slug.values():
        if target.column is not None:
            for words in wordings(target):
                known.setdefault(words, target)
    for place in free:
        for words in variants(names[place]):
            if words in known:
                yield place, known[words]
                break


def wordings(target: Target) -> Iterator[str]:
    assert target.column is not None
    assert target.question is not None
    labels = [plain(text) for text in target.column.label.words.values() if text.strip()]
    for label in labels:
        yield folded(label)
    for text in target.question.text.words.values():
        for label in labels:
            yield folded(plain(text)) + folded(label)
            yield folded(label) + folded(plain(text))


def variants(name: str) -> Iterator[str]:
    yield folded(name)
    yield folded(re.sub(r"^\s*(?:Q\s*)?\d+\s*[.、:：)）-]?\s*", "", name, flags=re.IGNORECASE))
    if inner := re.search(r"[\[【](.+)[\]】]\s*$", name):
        yield folded(inner[1])


def by_fact(targets: Targets, names: Sequence[str], free: Sequence[int]) -> Found:
    for word, slug in FACT_INDEX:
        for place in free:
            if word == folded(names[place]) and (target := targets.get(slug)):
                yield place, target


def by_likeness(targets: Targets, names: Sequence[str], free: Sequence[int]) -> Found:
    """Nearly the same words, the likest first."""
    known = [(words, target) for target in targets.answers() for words in set(wordings(target)) if len(words) > 5]
    likeness = []
    for place in free:
        for words, target in known:
            for name in set(variants(names[place])):
                if len(name) > 5 and (ratio := similar(name, words)) >= NEAR:
                    likeness.append((ratio, place, target))
    for _ratio, place, target in sorted(likeness, key=lambda one: (-one[0], one[1])):
        yield place, target


def similar(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0


def fits(target: Target, sample: Sequence[Row], place: int) -> bool:
    """An id tells people apart; a fact can be read from nearly all cells."""
    values = [row[place].strip() for _number, row in sample if place < len(row) and row[place].strip()]
    if target.slug == "external_id":
        return len(set(values)) >= 0.98 * len(values) > 0
    if target.slug not in facts.FACTS:
        return True
    read = [readable(target.slug, value) for value in values[:200]]
    return bool(read) and sum(read) >= 0.9 * len(read)


def is_filled(sample: Sequence[Row], place: int) -> bool:
    return any(row[place].strip() for _number, row in sample if place < len(row))


def readable(slug: str, value: str) -> bool:
    try:
        facts.FACTS[slug](value, facts.Context("dmy", (value.casefold()[:20],)))
    except FieldError:
        return False
    return True


def with_places(targets: Targets, columns: Sequence[AnswerColumn], sample: Sequence[Row]) -> Iterator[AnswerColumn]:
    """In the tasks of a design a number may be the place at which the answer stood: then all its columns say so."""
    said: dict[str, set[str]] = {}
    for place, column in enumerate(columns):
        target = targets.get(column.target)
        if target and target.question and target.question.type in ORDERED and column.target.startswith("q:"):
            cells = (row[place].strip() for _number, row in sample if place < len(row))
            said.setdefault(target.question.id, set()).update(cell.removesuffix(".0") for cell in cells if cell)
    for column in columns:
        target, values = targets.get(column.target), said.get(key_of(column.target)[0] if column.target else "")
        known = target.column.codes if target and target.column else {}
        yield replace(column, places=True) if values and are_places(values, known) else column


def are_places(values: set[str], codes: object) -> bool:
    """Whole numbers from 1 that are not all codes of their own."""
    known = list(codes) if isinstance(codes, dict) else []
    if not all(value.isdecimal() for value in values):
        return False
    return "0" not in values and (str(len(known)) in values or not values & set(known))
