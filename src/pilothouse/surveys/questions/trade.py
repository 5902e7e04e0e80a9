"""Trade-offs with a design that is generated once and stored with the survey: MaxDiff and choice-based conjoint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from pilothouse.methods import MethodError, maxdiff
from pilothouse.methods import choice_based_conjoint as conjoint
from pilothouse.surveys.definition import MOST_ROWS, Question, Row, Text
from pilothouse.surveys.questions.amounts import levels_as_numbers
from pilothouse.surveys.questions.columned import Columned
from pilothouse.surveys.questions.declare import Column, Refused, Settings
from pilothouse.surveys.questions.scale import in_lines
from pilothouse.surveys.questions.wording import both, rows

NONE = "none"
BEST, WORST = "best", "worst"
MOST_SETS, MOST_VERSIONS, USUAL_VERSIONS = 200, 10, 4
MOST_TASKS, MOST_ALTERNATIVES = 200, 10
APART = 7_919  # between the seeds of two versions of a design


class MaxDiffSettings(Settings):
    """`sets` are the designed sets of row ids: those of the first version of the design, then those of the next.
    `drawn` versions stand there; `versions` are wanted. The design is made again when rows, `per_set`, `versions` or
    `seed` change."""

    sets: list[list[str]] = Field([], max_length=MOST_SETS)
    versions: int = Field(1, ge=1, le=MOST_VERSIONS)
    drawn: int = Field(1, ge=1, le=MOST_VERSIONS)
    per_set: int = Field(4, ge=2, le=8)
    per_item: int = Field(3, ge=1, le=10)
    seed: int = Field(1, ge=0)


class ConjointSettings(Settings):
    """Rows are attributes and their `more` the levels. `tasks` hold products as {attribute: level}; `amounts` say what
    the levels of the attribute `price` cost, so that other levels can be valued in money. The levels of `linear`
    attributes are read as the numbers they name: one effect for each unit instead of one for each level."""

    tasks: list[list[dict[str, str]]] = Field([], max_length=MOST_TASKS)
    n_tasks: int = Field(8, ge=1, le=MOST_TASKS)
    alternatives: int = Field(3, ge=2, le=MOST_ALTERNATIVES)
    none: bool = True
    price: str = ""
    amounts: dict[str, float] = {}
    currency: str = Field("", max_length=10)
    linear: list[str] = Field([], max_length=MOST_ROWS)
    seed: int = Field(1, ge=0)


class MaxDiff(Columned):
    slug, icon, name, group = "maxdiff", "scale", _("MaxDiff"), "instrument"
    asks = _("What matters most out of five to thirty things. At least 100 people.")
    shape = "nested"
    parts = frozenset(("rows",))
    least_rows = 5
    Settings = MaxDiffSettings

    def new(self, question: Question) -> Question:
        text = both(
            "Which of these matters most to you, and which least?",
            "在下面几项里，对你来说哪一项最重要，哪一项最不重要？",
        )
        first = rows(
            ("Price", "价格"), ("Speed", "速度"), ("Support", "服务"), ("Looks", "外观"), ("Privacy", "隐私"),
        )  # fmt: skip
        settings = {"versions": USUAL_VERSIONS}
        return self.fitted(question.model_copy(update={"text": text, "rows": first, "settings": settings}))

    def fitted(self, question: Question) -> Question:
        settings, ids = self.settings(question), [row.id for row in question.rows]
        size = min(settings.per_set, len(ids))
        if self.sound(settings, ids) and {len(one) for one in settings.sets} == {size}:
            return question
        if len(ids) < 3:
            return question.model_copy(update={"settings": {**question.settings, "sets": [], "drawn": 1}})

        def draw(version: int) -> list[list[str]]:
            made = maxdiff.design(
                ids, per_set=size, per_item=settings.per_item, seed=settings.seed + version * APART
            )  # fmt: skip
            return [list(one) for one in made.sets]

        sets = draw(0)
        drawn = fitting(settings.versions, len(sets))
        for version in range(1, drawn):
            sets += draw(version)
        return question.model_copy(update={"settings": {**question.settings, "sets": sets, "drawn": drawn}})

    def sound(self, settings: MaxDiffSettings, ids: list[str]) -> bool:
        """Every version shows exactly these rows, and there are as many versions as are wanted and fit."""
        each = len(settings.sets) // settings.drawn
        parts = [settings.sets[at : at + each] for at in range(0, len(settings.sets), each)] if each else []
        whole = len(parts) == settings.drawn == fitting(settings.versions, each)
        return whole and all(designed(part, ids) for part in parts)

    def misses(self, question: Question, settings: Any) -> Iterable[Any]:
        if not self.sound(settings, [row.id for row in question.rows]):
            yield gettext("The sets do not match the rows: make the design again.")

    def by_version(self, question: Question) -> list[list[str]]:
        """The numbers of the sets in each version of the design."""
        settings = self.settings(question)
        each = len(settings.sets) // settings.drawn
        return [[str(at * each + place) for place in range(1, each + 1)] for at in range(settings.drawn)]

    def met_another(self, question: Question, number: str) -> Callable[[Any], bool]:
        """Whether an answer shows that its respondent met other sets than this one."""
        own = next((numbers for numbers in self.by_version(question) if number in numbers), [])
        return lambda answer: isinstance(answer, dict) and bool(answer) and not any(one in answer for one in own)

    def sets_for(self, question: Question, seed: int) -> dict[str, list[Row]]:
        """What one respondent is shown: the version that their turn gave them."""
        every, versions = self.sets(question), self.by_version(question)
        return {number: every[number] for number in versions[seed % len(versions)]}

    def sets(self, question: Question) -> dict[str, list[Row]]:
        """What each set shows, by its number."""
        known = {row.id: row for row in question.rows}
        found = self.settings(question).sets
        return {str(place): [known[id] for id in one if id in known] for place, one in enumerate(found, start=1)}

    def wanted(self, question: Question) -> int:
        return len(self.by_version(question)[0])

    def columns(self, question: Question) -> list[Column]:
        return [
            Column(
                question=question.id, key=f"{number}.{field}", code=f"{question.code}_{number}_{field}",
                label=question.text, measure="nominal", codes={row.id: row.text for row in shown},
            )
            for number, shown in self.sets(question).items()
            for field in (BEST, WORST)
        ]  # fmt: skip

    def coherent(self, question: Question, answer: Any) -> Any:
        for number, pair in answer.items():
            if len(pair) == 2 and pair[BEST] == pair[WORST]:
                raise Refused(gettext("The most and the least important cannot be the same."), f"{number}.{WORST}")
        return answer

    def checked(self, question: Question, answer: Any) -> Any:
        """Nobody is shown two versions."""
        if sum(any(number in answer for number in numbers) for numbers in self.by_version(question)) > 1:
            raise Refused(gettext("These sets were not shown together. Open the page again."))
        return answer

    def complete(self, question: Question, answer: Any) -> bool:
        cells = self.cells(question, answer)
        return any(
            numbers and all(f"{number}.{side}" in cells for number in numbers for side in (BEST, WORST))
            for numbers in self.by_version(question)
        )

    def shown(self, question: Question, answer: Any, language: str) -> str:
        cells, columns = self.cells(question, answer), self.columns(question)
        signs = {BEST: "+", WORST: "−"}
        said = [
            (f"{one.key.partition('.')[0]} {signs[one.key.partition('.')[2]]}", one.codes[cells[one.key]].get(language))
            for one in columns
            if one.key in cells
        ]
        return in_lines(said, language)


def fitting(versions: int, each: int) -> int:
    """How many versions are drawn of those that are wanted: all their sets together have a limit."""
    return max(1, min(versions, MOST_SETS // each)) if each else 1


def designed(sets: list[list[str]], ids: list[str]) -> bool:
    """The sets show exactly these rows, none of them twice in a set."""
    return {id for one in sets for id in one} == set(ids) and all(len(set(one)) == len(one) > 1 for one in sets)


class Conjoint(Columned):
    slug, icon, name, group = "conjoint", "blocks", _("Choice-based conjoint"), "instrument"
    asks = _("Which property moves the choice, and what it is worth. People x tasks x products / levels: at least 500.")
    shape = "flat"
    parts = frozenset(("rows",))
    least_rows = 2
    Settings = ConjointSettings

    def new(self, question: Question) -> Question:
        text = both("Which of these would you choose?", "下面几种方案，你会选哪一种？")
        attributes = [
            Row(id="price", text=both("Price", "价格"), more={"l1": both("€5", "30 元"), "l2": both("€8", "50 元")}),
            Row(
                id="speed",
                text=both("Delivery", "送达"),
                more={"l1": both("Today", "当天"), "l2": both("Tomorrow", "次日")},
            ),
        ]
        settings = {"price": "price", "amounts": {"l1": 5, "l2": 8}, "currency": "€", "alternatives": 2}
        return self.fitted(question.model_copy(update={"text": text, "rows": attributes, "settings": settings}))

    def levels(self, question: Question) -> dict[str, dict[str, Text]]:
        """The levels of each attribute, by their ids."""
        return {row.id: dict(row.more) for row in question.rows}

    def fitted(self, question: Question) -> Question:
        settings, levels = self.settings(question), self.levels(question)
        if self.sound(settings, levels):
            return question
        tasks: list[list[dict[str, str]]] = []
        try:
            made = conjoint.design(
                {name: list(found) for name, found in levels.items()},
                tasks=settings.n_tasks, alternatives=settings.alternatives, seed=settings.seed,
            )  # fmt: skip
            tasks = [[dict(product) for product in task] for task in made.tasks]
        except MethodError:
            pass  # too few levels yet; `lacks` says so
        return question.model_copy(update={"settings": {**question.settings, "tasks": tasks}})

    def sound(self, settings: ConjointSettings, levels: dict[str, dict[str, Text]]) -> bool:
        products = [product for task in settings.tasks for product in task]
        return (
            len(settings.tasks) == settings.n_tasks
            and max(map(len, settings.tasks), default=0) == settings.alternatives
            and min(map(len, settings.tasks), default=0) > 1
            and all(set(product) == set(levels) for product in products)
            and all(product[name] in levels[name] for product in products for name in levels)
            and all({product[name] for product in products} == set(levels[name]) for name in levels)
        )

    def misses(self, question: Question, settings: Any) -> Iterable[Any]:
        levels = self.levels(question)
        if any(len(found) < 2 for found in levels.values()):
            yield gettext("Every attribute needs at least two levels.")
        elif any(not text for found in levels.values() for text in found.values()):
            yield gettext("A level has no wording yet.")
        elif not self.sound(settings, levels):
            yield gettext("The tasks do not match the attributes: make the design again.")
        if settings.price and (settings.price not in levels or set(settings.amounts) != set(levels[settings.price])):
            yield gettext("Every price level needs its amount as a number.")
        for row in question.rows:
            if row.id in settings.linear and None in levels_as_numbers(row).values():
                yield gettext("“%(name)s” counts as a number, but a level names none.") % {"name": first_words(row)}

    def numbers(self, question: Question) -> dict[str, dict[str, float]]:
        """The attributes that count as numbers, and the number of each level."""
        settings, found = self.settings(question), {}
        for row in question.rows:
            if row.id == settings.price and settings.amounts:
                found[row.id] = settings.amounts
            elif row.id in settings.linear:
                read = levels_as_numbers(row)
                known = {level: number for level, number in read.items() if number is not None}
                found |= {row.id: known} if len(known) == len(read) else {}
        return found

    def wanted(self, question: Question) -> int:
        return len(self.settings(question).tasks)

    def columns(self, question: Question) -> list[Column]:
        settings = self.settings(question)
        return [
            Column(
                question=question.id, key=str(number), code=f"{question.code}_{number}", label=question.text,
                measure="nominal", codes=self.choices(question, task, settings.none),
            )
            for number, task in enumerate(settings.tasks, start=1)
        ]  # fmt: skip

    def choices(self, question: Question, task: list[dict[str, str]], none: bool) -> dict[str, Text]:
        """The products of a task by their place, in words."""
        levels = self.levels(question)
        found = {
            str(place): joined([levels[name][level] for name, level in one.items() if level in levels.get(name, {})])
            for place, one in enumerate(task)
        }
        return {**found, NONE: both("None of these", "都不选")} if none else found

    def complete(self, question: Question, answer: Any) -> bool:
        return len(self.cells(question, answer)) == len(self.settings(question).tasks)

    def shown(self, question: Question, answer: Any, language: str) -> str:
        cells = self.cells(question, answer)
        columns = [one for one in self.columns(question) if one.key in cells]
        return in_lines([(one.key, one.codes[cells[one.key]].get(language)) for one in columns], language)


def first_words(row: Row) -> str:
    return next(iter(row.text.words.values()), row.id)


def joined(parts: list[Text]) -> Text:
    languages = dict.fromkeys(tag for part in parts for tag in part.words)
    return Text(words={tag: " · ".join(part.get(tag) for part in parts) for tag in languages})
