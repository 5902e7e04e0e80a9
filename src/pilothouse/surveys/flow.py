"""Which pages one respondent meets, in what order, and where it ends: pure functions of a questionnaire and answers.

An answer counts only while its question stands on the path, so that changing an earlier answer takes back whatever was
answered on a branch that is no longer reached. Nothing here depends on the wording: the same answers lead the same way
in every language, unless a condition asks for the language itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pilothouse.surveys.checking import PIPED, Problem, check
from pilothouse.surveys.conditions import State, decide, holds
from pilothouse.surveys.definition import Condition, End, Option, Page, Question, Questionnaire, Quota, Row
from pilothouse.surveys.questions import TYPES

__all__ = [
    "Arrival", "Problem", "Route", "State", "arrive", "check", "holds", "lacking", "met", "options", "pages", "pipe",
    "rows", "shown",
]  # fmt: skip

LAST, FULL = End(id="end"), End(id="full", kind="quota_full")
T = TypeVar("T")


@dataclass(frozen=True)
class Route:
    """The pages that were sent and still stand on the path, then the page to ask now or the end that was reached.

    `answers` are those of the pages done: the only ones that count. `quota` is the one that turned them away.
    """

    done: list[str]
    current: Page | None
    end: End | None
    answers: dict[str, Any]
    quota: Quota | None = None

    @property
    def open(self) -> list[str]:
        """The pages that may be looked at now."""
        return [*self.done, *([self.current.id] if self.current else [])]

    def after(self, page: str) -> str | None:
        """The page that follows this one; the page to ask now for one that left the path; None at the end."""
        following = self.open[self.open.index(page) + 1 :] if page in self.done else self.open[-1:]
        return following[0] if following and (page in self.done or self.current) else None

    def before(self, page: str) -> str | None:
        earlier = self.open[: self.open.index(page)] if page in self.open else self.done
        return earlier[-1] if earlier else None


def pages(questionnaire: Questionnaire, state: State, seen: Collection[str], full: Collection[str] = ()) -> Route:
    """Walk from the first page to the first that was not sent yet, or whose required answers are missing.

    `full` names the quotas that are filled: who meets one leaves as soon as all that it asks for is known.
    """
    walk, done = Walk(questionnaire, state, full), list[str]()
    for _place, page, asked in walk:
        if page.id not in seen or lacking(asked, state.answers):
            return Route(done, page, None, walk.answers)
        done.append(page.id)
    return Route(done, None, walk.end, walk.answers, walk.quota)


class Walk:
    """One way through the pages, gathering the answers that count so far. Iterating yields each page that is met with
    the questions it asks; what they were answered counts from then on."""

    def __init__(self, questionnaire: Questionnaire, state: State, full: Collection[str] = ()) -> None:
        self.questionnaire, self.state, self.full = questionnaire, state, full
        self.questions = {question.id: question for question in questionnaire.questions()}
        self.place = {question.id: at for at, page in enumerate(questionnaire.pages) for question in page.questions}
        self.answers: dict[str, Any] = {}
        self.end: End | None = None
        self.quota: Quota | None = None

    def __iter__(self) -> Iterator[tuple[int, Page, list[Question]]]:
        place = 0
        while place < len(self.questionnaire.pages):
            page = self.questionnaire.pages[place]
            if asked := self.asked(page):
                yield place, page, asked
                self.answers |= {one.id: self.state.answers[one.id] for one in asked if one.id in self.state.answers}
                if self.turned_away(place):
                    return
                place = self.onward(page, place)
            else:
                place += 1
        self.end = self.end or last(self.questionnaire)
        if self.end.kind == "complete":
            self.turned_away(place)

    def holds(self, condition: Condition | None, above: Mapping[str, Any] | None = None) -> bool:
        answers = {**self.answers, **above} if above else self.answers
        return condition is None or decide(condition, self.questions, replace(self.state, answers=answers))

    def asked(self, page: Page) -> list[Question]:
        """The questions to put on a page; one may depend on another that stands above it."""
        if not self.holds(page.show_if):
            return []
        asked: list[Question] = []
        above: dict[str, Any] = {}
        for question in page.questions:
            if question.type in TYPES and self.holds(question.show_if, above):
                asked.append(question)
                if question.id in self.state.answers:
                    above[question.id] = self.state.answers[question.id]
        return asked

    def turned_away(self, place: int) -> bool:
        """Whether a filled quota ends it here: one that is met, once every page it asks about lies behind."""
        for quota in self.questionnaire.quotas:
            if quota.id in self.full and place >= self.known_after(quota) and self.holds(quota.when):
                self.quota, self.end = quota, self.questionnaire.end(quota.end) or full_end(self.questionnaire)
        return self.quota is not None

    def known_after(self, quota: Quota) -> int:
        return max((self.place.get(leaf.question or "", 0) for leaf in quota.when.leaves()), default=0)

    def onward(self, page: Page, place: int) -> int:
        """Where the first jump that holds leads, behind the last page for an end, else the next page. One that leads
        back or nowhere is passed over."""
        for jump in page.jumps:
            if self.holds(jump.when):
                if end := self.questionnaire.end(jump.to.removeprefix("end:")) if jump.to.startswith("end:") else None:
                    self.end = end
                    return len(self.questionnaire.pages)
                for at in range(place + 1, len(self.questionnaire.pages)):
                    if self.questionnaire.pages[at].id == jump.to:
                        return at
        return place + 1


def last(questionnaire: Questionnaire) -> End:
    """Whoever passes the last page meets the first end that says "complete"."""
    return next((end for end in questionnaire.ends if end.kind == "complete"), LAST)


def full_end(questionnaire: Questionnaire) -> End:
    return next((end for end in questionnaire.ends if end.kind == "quota_full"), FULL)


def lacking(asked: Sequence[Question], answers: Mapping[str, Any]) -> list[Question]:
    """The required questions that have no full answer."""
    return [
        question
        for question in asked
        if question.required and TYPES[question.type].answered
        if not TYPES[question.type].complete(question, answers.get(question.id))
    ]


def met(questionnaire: Questionnaire, state: State) -> list[Quota]:
    """The quotas that a complete response fills; the state holds the answers that count."""
    return [quota for quota in questionnaire.quotas if holds(quota.when, questionnaire, state)]


@dataclass(frozen=True)
class Arrival:
    """A page as one respondent meets it: the state without answers that do not lead here, the questions in their
    order, and how many were asked before."""

    state: State
    asked: list[Question]
    before: int


def arrive(questionnaire: Questionnaire, page: Page, state: State) -> Arrival:
    walk, before, asked = Walk(questionnaire, state), 0, None
    for _place, met_page, asked_there in walk:
        if met_page.id == page.id:
            asked = asked_there
            break
        before += sum(TYPES[question.type].answered for question in asked_there)
    asked = walk.asked(page) if asked is None else asked
    if page.shuffle:
        asked = mixed(asked, lambda question: TYPES[question.type].answered, state.seed, page.id)
    return Arrival(replace(state, answers=dict(walk.answers)), asked, before)


def shown(questionnaire: Questionnaire, page: Page, state: State) -> list[Question]:
    """The questions of a page for this respondent, in their order; statements keep their place."""
    return arrive(questionnaire, page, state).asked


def options(question: Question, seed: int) -> list[Option]:
    """Options in this respondent's order. Fixed ones keep their place; "none of these" and "other" come last. Where a
    question has rows these are shuffled instead: its options are a scale."""
    if not question.shuffle or question.rows:
        return question.options
    kept = {at: option for at, option in enumerate(question.options) if option.fixed}
    loose = [option for option in question.options if not option.fixed]
    loose.sort(key=lambda option: option.exclusive or option.other)
    order = iter(mixed(loose, lambda option: not (option.exclusive or option.other), seed, question.id))
    return [kept[at] if at in kept else next(order) for at in range(len(question.options))]


def rows(question: Question, seed: int) -> list[Row]:
    """Rows in this respondent's order."""
    return mixed(question.rows, lambda _row: True, seed, question.id) if question.shuffle else question.rows


def mixed(things: Sequence[T], moves: Callable[[T], bool], seed: int, name: str) -> list[T]:
    """Those that move are shuffled among their places; always alike for the same seed and name."""
    moving = [thing for thing in things if moves(thing)]
    random.Random(f"{seed}:{name}").shuffle(moving)  # noqa: S311 an order, no secret
    queue = iter(moving)
    return [next(queue) if moves(thing) else thing for thing in things]


def pipe(text: str, questionnaire: Questionnaire, state: State, quote: Callable[[str], str] = str) -> str:
    """The text with {{code}} replaced by what was answered to that question, or by that hidden field; `quote` makes
    what a respondent wrote harmless where the text means more than itself."""
    if "{{" not in text:
        return text
    by_code = {question.code.casefold(): question for question in questionnaire.questions()}

    def said(code: str) -> str:
        question = by_code.get(code.casefold())
        if question is None:
            return str(state.hidden.get(code, ""))
        answer = state.answers.get(question.id)
        known = answer is not None and question.type in TYPES
        return TYPES[question.type].shown(question, answer, state.language) if known else ""

    return PIPED.sub(lambda match: quote(said(match[1])), text)
