"""What a ready-made questionnaire is, and how several are put together for a product and its items."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pilothouse.people.models import Product
from pilothouse.surveys.definition import End, Option, Page, Question, Questionnaire, Row, Text, digest
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.questions.wording import CHINESE, ENGLISH, both
from pilothouse.workbench.models import Item

HAN = re.compile(r"[\u3400-\u9fff]")
SLOT = re.compile(r"( ?)\{product\}( ?)")
THANKS = End(
    id="thanks",
    title=both("Thank you", "谢谢"),
    text=both("Your answers have been kept. You can close this page.", "你的回答已经保存，可以关闭本页了。"),
)


@dataclass(frozen=True, kw_only=True)
class Ready:
    """`asks` says what it finds out, `avoid` when it is the wrong tool, `sample` the fewest answers worth reading and
    `why` so many. `kinds` are the items it can be made for; with `least` of them at least."""

    slug: str
    name: Any
    icon: str
    asks: Any
    avoid: Any
    sample: int
    why: Any
    title: tuple[str, str]
    intro: tuple[str, str]
    build: Callable[[Sequence[Item]], list[Page]]
    kinds: tuple[str, ...] = ()
    least: int = 0

    def make(self, product: Product, items: Sequence[Item] = (), languages: Sequence[str] = ()) -> Questionnaire:
        return together([self], product, items, languages)


def together(
    ready: Sequence[Ready], product: Product, items: Sequence[Item] = (), languages: Sequence[str] = ()
) -> Questionnaire:
    """One questionnaire out of one or several, in the order given; the first gives its title and its introduction."""
    first = ready[0]
    whole = Questionnaire(
        languages=list(languages) or [ENGLISH, CHINESE],
        title=both(*first.title),
        intro=both(*first.intro),
        pages=told_apart(
            [page for one in ready for page in one.build([item for item in items if item.kind in one.kinds])]
        ),
        ends=[THANKS],
    )
    return translated(named(whole, product.name))


def told_apart(pages: Sequence[Page]) -> list[Page]:
    """What several instruments ask (who somebody is) is asked once, where it comes first."""
    seen: set[str] = set()
    kept = []
    for place, page in enumerate(pages, start=1):
        new = [question for question in page.questions if question.id not in seen]
        seen.update(question.id for question in new)
        if new:
            kept.append(page.model_copy(update={"id": f"p{place}", "questions": new}))
    return kept


def named(whole: Questionnaire, product: str) -> Questionnaire:
    """The product's name where a text says {product}; no space stands between Han and Han."""
    document = whole.model_copy(deep=True)
    before = "" if HAN.match(product[:1]) else r"\1"
    after = "" if HAN.match(product[-1:]) else r"\2"
    for _place, text in document.texts():
        for tag, words in text.words.items():
            ends = (before, after) if tag.startswith("zh") else (r"\1", r"\2")
            text.words[tag] = SLOT.sub(partial(put_in, product, *ends), words)
    return document


def put_in(product: str, before: str, after: str, found: re.Match[str]) -> str:
    return f"{found.expand(before)}{product}{found.expand(after)}"


def translated(whole: Questionnaire) -> Questionnaire:
    """Only the languages asked for; each translation remembers the text that it was written for."""
    document = whole.model_copy(deep=True)
    for _place, text in document.texts():
        for tag in document.languages:
            if tag not in text.words and tag.startswith("zh") and CHINESE in text.words:
                text.words[tag] = text.words[CHINESE]
        text.words = {tag: words for tag, words in text.words.items() if tag in document.languages} or text.words
        source = text.words.get(document.source, "")
        text.basis = {tag: digest(source) for tag in text.words if source and tag != document.source}
    return document


def title_of(item: Item) -> Text:
    """An item's title, as a text of the language it is written in."""
    return Text(words={CHINESE if HAN.search(item.title) else ENGLISH: item.title})


def rows_of(items: Sequence[Item]) -> list[Row]:
    return [Row(id=f"i{item.number}", text=title_of(item), item=item.number) for item in items]


def ask(slug: str, id: str, code: str, **more: Any) -> Question:
    """A question of a type as the builder adds it, with what is given here instead."""
    made = TYPES[slug].new(Question(id=id, type=slug, code=code)).model_copy(update=more)
    return TYPES[slug].fitted(Question.model_validate(made.model_dump()))


def page(id: str, *questions: Question) -> Page:
    return Page(id=id, questions=list(questions))


def choices(*pairs: tuple[str, str], ids: Sequence[str]) -> list[Option]:
    return [Option(id=id, text=both(*pair)) for id, pair in zip(ids, pairs, strict=True)]


__all__ = ["THANKS", "Ready", "ask", "choices", "page", "rows_of", "title_of", "together"]
