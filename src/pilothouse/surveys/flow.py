"""The way of one respondent through a questionnaire: which pages come, in what order, and which end. Pure functions of
a questionnaire and answers.

An answer counts only while its question lies on the way. Who goes back and changes an answer may take another branch;
what was answered on the branch they left no longer counts. The wording never matters: the same answers lead the same
way in every language, unless a condition asks for the language itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pilothouse.surveys.checking import PIPED, Problem, check
from pilothouse.surveys.conditions import State, decide, holds
from pilothouse.surveys.definition import Condition, End, Jump, Option, Page, Question, Questionnaire, Quota, Row
from pilothouse.surveys.questions import TYPES

__all__ = [
    "Arrival", "Problem", "Route", "State", "arrive", "check", "holds", "lacking", "met", "options", "pages", "pipe",
    "rows", "shown",
]  # fmt: skip

LAST, FULL = End(id="end"), End(id="full", kind="quota_full")
T = TypeVar("T")


@dataclass(frozen=True)
class Route:
    """How far one respondent has come: the pages that are done, then either the page to ask now or the end that was
    reached.

    `done` are page ids in order. Exactly one of `current` and `end` is set. `answers`, by question id, are those of the
    pages that are done: the only ones that count. `quota` is the filled quota that turned the respondent away, if one
    did.
    """

    done: list[str]
    current: Page | None
    end: End | None
    answers: dict[str, Any]
    quota: Quota | None = None

    @property
    def open(self) -> list[str]:
        """The ids of the pages that the respondent may look at now: those that are done and the present one."""
        return [*self.done, *([self.current.id] if self.current else [])]

    def after(self, page: str) -> str | None:
        """The id of the page behind this one. Of a page that is no longer on the way: the page to ask now. None at the
        end."""
        following = self.open[self.open.index(page) + 1 :] if page in self.done else self.open[-1:]
        return following[0] if following and (page in self.done or self.current) else None

    def before(self, page: str) -> str | None:
        """The id of the page before this one; of a page that is not on the way, the last that is done. None at the
        beginning."""
        earlier = self.open[: self.open.index(page)] if page in self.open else self.done
        return earlier[-1] if earlier else None


def pages(questionnaire: Questionnaire, state: State, seen: Collection[str], full: Collection[str] = ()) -> Route:
    """How far a respondent has come: up to the first page that was never sent, or that lacks a required answer.

    `seen` are the ids of the pages that were sent. `full` are the ids of the filled quotas: who meets one of them
    leaves as soon as everything that its condition asks about has been answered.
    """
    walk, done = Walk(questionnaire, state, full), list[str]()
    for _place, page, asked in walk:
        if page.id not in seen or lacking(asked, state.answers):
            return Route(done, page, None, walk.answers)
        done.append(page.id)
    return Route(done, None, walk.end, walk.answers, walk.quota)


class Walk:
    """One way through the pages. Iterating yields (index of the page, page, questions that it asks) for each page that
    the way leads to; pages that ask nothing are passed over.

    `answers` holds what counts so far: after each step the caller takes, the answers of the page just yielded are
    added. When the iteration is over `end` is set, and `quota` where a filled one ended it.
    """

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
        """Whether a condition holds for the answers that count so far and, in addition, those `above` on the same
        page."""
        answers = {**self.answers, **above} if above else self.answers
        return condition is None or decide(condition, self.questions, replace(self.state, answers=answers))

    def asked(self, page: Page) -> list[Question]:
        """The questions that a page asks, in order. A condition may look at a question above it on the same page."""
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
        """Whether a filled quota ends the interview once the page at index `place` is answered: one whose condition
        holds and asks about no later page. Sets `quota` and `end`."""
        for quota in self.questionnaire.quotas:
            if quota.id in self.full and place >= self.known_after(quota) and self.holds(quota.when):
                self.quota, self.end = quota, self.questionnaire.end(quota.end) or full_end(self.questionnaire)
        return self.quota is not None

    def known_after(self, quota: Quota) -> int:
        """The index of the last page that the condition of a quota asks about."""
        return max((self.place.get(leaf.question or "", 0) for leaf in quota.when.leaves()), default=0)

    def onward(self, page: Page, place: int) -> int:
        """The index of the page that follows: where the first jump leads whose condition holds, else the next page."""
        for jump in page.jumps:
            if self.holds(jump.when) and (target := self.landing(jump, place)) is not None:
                return target
        return place + 1

    def landing(self, jump: Jump, place: int) -> int | None:
        """The index of the page that a jump from index `place` leads to. One to an end sets `end` and gives the index
        behind the last page. None for a jump that leads back or to something that is not there."""
        pages = self.questionnaire.pages
        if jump.to.startswith("end:"):
            self.end = self.questionnaire.end(jump.to.removeprefix("end:"))
            return len(pages) if self.end else None
        return next((at for at in range(place + 1, len(pages)) if pages[at].id == jump.to), None)


def last(questionnaire: Questionnaire) -> End:
    """The end for whoever passes the last page: the first one of kind "complete"."""
    return next((end for end in questionnaire.ends if end.kind == "complete"), LAST)


def full_end(questionnaire: Questionnaire) -> End:
    """The end for whoever meets a filled quota that names none of its own."""
    return next((end for end in questionnaire.ends if end.kind == "quota_full"), FULL)


def lacking(asked: Sequence[Question], answers: Mapping[str, Any]) -> list[Question]:
    """The required questions, of those asked, that are not answered in full."""
    return [
        question
        for question in asked
        if question.required and TYPES[question.type].answered
        if not TYPES[question.type].complete(question, answers.get(question.id))
    ]


def met(questionnaire: Questionnaire, state: State) -> list[Quota]:
    """The quotas that this response counts towards once it is complete. `state.answers` are only those that count."""
    return [quota for quota in questionnaire.quotas if holds(quota.when, questionnaire, state)]


@dataclass(frozen=True)
class Arrival:
    """A page as one respondent meets it. `state` holds only the answers that count there, `asked` the questions in the
    order shown, `before` how many questions were asked on earlier pages."""

    state: State
    asked: list[Question]
    before: int


def arrive(questionnaire: Questionnaire, page: Page, state: State) -> Arrival:
    """The page as this respondent meets it; one that their way does not lead to is shown as after the whole way."""
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
    """The questions of a page in the order that this respondent sees. Shuffling leaves statements where they are."""
    return arrive(questionnaire, page, state).asked


def options(question: Question, seed: int) -> list[Option]:
    """The options in the order that this respondent sees. Fixed ones keep their place; "none of these" and "other" come
    last. A question with rows shuffles its rows instead, because its options are a scale."""
    if not question.shuffle or question.rows:
        return question.options
    kept = {at: option for at, option in enumerate(question.options) if option.fixed}
    loose = [option for option in question.options if not option.fixed]
    loose.sort(key=lambda option: option.exclusive or option.other)
    order = iter(mixed(loose, lambda option: not (option.exclusive or option.other), seed, question.id))
    return [kept[at] if at in kept else next(order) for at in range(len(question.options))]


def rows(question: Question, seed: int) -> list[Row]:
    """The rows in the order that this respondent sees."""
    return mixed(question.rows, lambda _row: True, seed, question.id) if question.shuffle else question.rows


def mixed(things: Sequence[T], moves: Callable[[T], bool], seed: int, name: str) -> list[T]:
    """The things with those for which `moves` is true shuffled among their own places. The same seed and name always
    give the same order."""
    moving = [thing for thing in things if moves(thing)]
    random.Random(f"{seed}:{name}").shuffle(moving)  # noqa: S311 an order, no secret
    queue = iter(moving)
    return [next(queue) if moves(thing) else thing for thing in things]


def pipe(text: str, questionnaire: Questionnaire, state: State, quote: Callable[[str], str] = str) -> str:
    """The text with each {{code}} replaced by the answer to the question of that code, or by the hidden field of that
    name. `quote` escapes what a respondent wrote, for texts that will be read as HTML, Markdown or an address."""
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
