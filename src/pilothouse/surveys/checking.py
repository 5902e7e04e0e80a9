"""What is wrong with a questionnaire before anybody answers it: names that lead nowhere, ways that go back, pages that
nobody reaches, texts that are missing. Serious problems keep it from being published."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from pilothouse.surveys.definition import Condition, Page, Question, Questionnaire
from pilothouse.surveys.questions import TYPES

SEVERAL = ("multiple", "picture", "ranking")  # types whose answer may be several things
MOST_BOXES = 4_500  # what one form may post, with room for the form's own
PIPED = re.compile(r"\{\{\s*([\w.-]{1,60})\s*\}\}")


@dataclass(frozen=True)
class Problem:
    """`path` is where it stands, as in `Questionnaire.texts`: "pages.p2", "questions.q1.options.a.text"."""

    path: str
    code: str
    message: str
    serious: bool = True


def check(questionnaire: Questionnaire, redirect_hosts: Collection[str] = ()) -> list[Problem]:
    """Everything found, in the order in which respondents would meet it."""
    book = Book(questionnaire)
    return [
        *empty(questionnaire),
        *(problem for at, page in enumerate(questionnaire.pages) for problem in book.page(at, page)),
        *book.quotas(),
        *unreached(questionnaire),
        *ends(questionnaire, redirect_hosts),
        *book.piping(),
        *translations(questionnaire),
    ]


def empty(questionnaire: Questionnaire) -> Iterator[Problem]:
    if not any(TYPES[one.type].answered for one in questionnaire.questions() if one.type in TYPES):
        yield Problem("pages", "no_questions", _("There is no question to answer yet."))


class Book:
    """Looks up what a questionnaire names."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.questions = {question.id: question for question in questionnaire.questions()}
        order = [(question.id, at) for at, page in enumerate(questionnaire.pages) for question in page.questions]
        self.page_of = dict(order)
        self.order = {id: place for place, (id, _at) in enumerate(order)}
        self.places = {page.id: at for at, page in enumerate(questionnaire.pages)}

    def page(self, at: int, page: Page) -> Iterator[Problem]:
        path = f"pages.{page.id}"
        if not page.questions:
            yield Problem(path, "empty_page", _("This page has no question, so nobody sees it."), serious=False)
        if boxes(page) > MOST_BOXES:
            message = _("This page asks for more than %(n)s single answers: no browser sends them. Split the page.")
            yield Problem(path, "too_many_boxes", message % {"n": f"{MOST_BOXES:,}"})
        yield from self.condition(path, page.show_if, lambda id: self.page_of[id] < at)
        for question in page.questions:
            yield from self.question(question)
        for number, jump in enumerate(page.jumps):
            where = f"{path}.jumps.{number}"
            yield from self.condition(where, jump.when, lambda id: self.page_of[id] <= at)
            yield from self.target(where, at, jump.to)
            if jump.when is None and number < len(page.jumps) - 1:
                yield Problem(where, "hides_jumps", _("This rule always holds: those below it never do."), False)

    def question(self, question: Question) -> Iterator[Problem]:
        path = f"questions.{question.id}"
        yield from self.condition(path, question.show_if, lambda id: self.order[id] < self.order[question.id])
        if question.type not in TYPES:
            yield Problem(path, "unknown_type", _("There is no question type “%(type)s”.") % {"type": question.type})
            return
        for sentence in TYPES[question.type].lacks(question):
            yield Problem(path, "lacks", str(sentence))

    def condition(self, path: str, condition: Condition | None, known: Callable[[str], bool]) -> Iterator[Problem]:
        if condition and self.never(condition):
            message = _("This condition never holds: it wants two answers of a question that takes one.")
            yield Problem(path, "never_holds", message, serious=False)
        for leaf in condition.leaves() if condition else ():
            if leaf.question is not None:
                yield from self.asks(path, leaf, known)
            elif leaf.hidden is not None and leaf.hidden not in {one.code for one in self.questionnaire.hidden}:
                yield Problem(path, "unknown_hidden", _("There is no hidden field “%(name)s”.") % {"name": leaf.hidden})
            elif leaf.language is not None and leaf.language not in self.questionnaire.languages:
                message = _("The survey has no language “%(name)s”.") % {"name": leaf.language}
                yield Problem(path, "unknown_language", message)

    def never(self, condition: Condition) -> bool:
        """Whether a condition can never hold: its `all` wants one thing to have two values at once, or each of its
        `any` can never hold."""
        if condition.any is not None:
            return bool(condition.any) and all(self.never(one) for one in condition.any)
        wanted: dict[tuple[Any, ...], set[str]] = {}
        for one in condition.all or ():
            if self.takes_one(one):
                wanted.setdefault((one.question, one.hidden, one.part), set()).add(str(one.language or one.value))
        return any(len(values) > 1 for values in wanted.values()) or any(map(self.never, condition.all or ()))

    def takes_one(self, leaf: Condition) -> bool:
        question = self.questions.get(leaf.question or "")
        several = question is not None and question.type in SEVERAL and not leaf.part
        return leaf.op == "is" and not several and leaf.all is leaf.any is leaf.none is None

    def asks(self, path: str, leaf: Condition, known: Callable[[str], bool]) -> Iterator[Problem]:
        question = self.questions.get(leaf.question or "")
        if question is None:
            yield Problem(path, "unknown_question", _("A condition asks for a question that no longer exists."))
        elif not known(question.id):
            message = _("A condition asks for %(code)s, which comes later.") % {"code": question.code}
            yield Problem(path, "later_question", message)
        elif strange := unknown_values(question, leaf):
            message = _("A condition asks for “%(value)s”, which %(code)s does not offer.")
            yield Problem(path, "unknown_option", message % {"value": strange[0], "code": question.code})

    def target(self, path: str, at: int, to: str) -> Iterator[Problem]:
        if to.startswith("end:"):
            if self.questionnaire.end(to.removeprefix("end:")) is None:
                yield Problem(path, "unknown_end", _("This rule leads to an end that no longer exists."))
        elif to not in self.places:
            yield Problem(path, "unknown_page", _("This rule leads to a page that no longer exists."))
        elif self.places[to] <= at:
            yield Problem(path, "leads_back", _("This rule leads back: whoever follows it would never get out."))

    def quotas(self) -> Iterator[Problem]:
        for quota in self.questionnaire.quotas:
            path = f"quotas.{quota.id}"
            yield from self.condition(path, quota.when, lambda _id: True)
            if quota.end and self.questionnaire.end(quota.end) is None:
                yield Problem(path, "unknown_end", _("This quota leads to an end that no longer exists."))

    def piping(self) -> Iterator[Problem]:
        codes = {question.code.casefold() for question in self.questions.values()}
        codes |= {hidden.code.casefold() for hidden in self.questionnaire.hidden}
        for path, text in self.questionnaire.texts():
            for code in sorted({code for words in text.words.values() for code in PIPED.findall(words)}):
                if code.casefold() not in codes:
                    message = _("“{{%(code)s}}” names no question and no hidden field.") % {"code": code}
                    yield Problem(path, "unknown_code", message)


def boxes(page: Page) -> int:
    """How many inputs its form sends at most."""
    return sum(len(column_keys(question)) for question in page.questions)


def unknown_values(question: Question, leaf: Condition) -> list[str]:
    """Option ids and rows that a condition names and the question does not have."""
    if leaf.part and leaf.part not in column_keys(question):
        return [leaf.part]
    if not question.options or leaf.op not in ("is", "is_not", "any_of", "none_of"):
        return []
    wanted = leaf.value if isinstance(leaf.value, list) else [leaf.value]
    ids = {option.id for option in question.options}
    return [value for value in wanted if isinstance(value, str) and value not in ids and not value.isnumeric()]


def column_keys(question: Question) -> set[str]:
    """What a condition may name as a part; nothing where the question is not fit to be asked, which is told anyway."""
    if question.type not in TYPES or TYPES[question.type].lacks(question):
        return set()
    return {column.key for column in TYPES[question.type].columns(question)}


def unreached(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Pages and ends to which no way leads. A page that may be hidden lets pass whatever its rules say."""
    places = {page.id: at for at, page in enumerate(questionnaire.pages)}
    met, ends_met = {0}, {quota.end for quota in questionnaire.quotas}
    for at, page in enumerate(questionnaire.pages):
        if at in met:
            ways = [jump.to for jump in page.jumps]
            ends_met |= {way.removeprefix("end:") for way in ways if way.startswith("end:")}
            met |= {places[way] for way in ways if places.get(way, -1) > at}
            if may_be_hidden(page) or all(jump.when is not None for jump in page.jumps):
                met.add(at + 1)
    for at, page in enumerate(questionnaire.pages):
        if at not in met:
            yield Problem(f"pages.{page.id}", "unreached_page", _("No way leads to this page."), serious=False)
    natural = {
        next((end.id for end in questionnaire.ends if end.kind == kind), "") for kind in ("complete", "quota_full")
    }
    for end in questionnaire.ends:
        if end.id not in ends_met | natural:
            yield Problem(f"ends.{end.id}", "unreached_end", _("No way leads to this end."), serious=False)


def may_be_hidden(page: Page) -> bool:
    return page.show_if is not None or all(question.show_if is not None for question in page.questions)


def ends(questionnaire: Questionnaire, hosts: Collection[str]) -> Iterator[Problem]:
    for end in questionnaire.ends:
        if end.redirect and not allowed(end.redirect, hosts):
            message = _("%(address)s is on no host that this survey may lead to.") % {"address": end.redirect[:80]}
            yield Problem(f"ends.{end.id}", "redirect_host", message)


def allowed(address: str, hosts: Collection[str]) -> bool:
    """A web address on one of these very hosts; anything that browsers read in two ways is refused."""
    if re.search(r"[\s\\\x00-\x1f\x7f]", address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and "@" not in parts.netloc and parts.netloc.lower() in named(hosts)
    except ValueError:
        return False


def named(hosts: Collection[str]) -> set[str]:
    return {host.strip().lower() for host in hosts} - {""}


def translations(questionnaire: Questionnaire) -> Iterator[Problem]:
    for path, text in questionnaire.texts():
        for language in questionnaire.languages if text else ():
            if not text.has(language):
                message = _("Not translated into “%(language)s” yet.") % {"language": language}
                yield Problem(path, "untranslated", message, serious=False)
            elif text.outdated(language, questionnaire.source):
                message = _("The translation into “%(language)s” is out of date.") % {"language": language}
                yield Problem(path, "outdated", message, serious=False)
