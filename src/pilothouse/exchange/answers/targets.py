"""What a column of a file can become: a column of a question, something known of the response, or left out.

A target is called "q:<question>:<key>" for one column, "all:<question>" for several answers in one cell,
"codes:<question>:<key>" for codes of an open answer, "hidden:<code>" for a hidden field, else by its own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from pilothouse.surveys.definition import Question, Questionnaire
from pilothouse.surveys.files.codebook import Variable, variables
from pilothouse.surveys.files.table import HIDDEN
from pilothouse.surveys.questions import Column

FACTS = ("external_id", "status", "language", "started_at", "finished_at", "seconds", "weight", "excluded")


@dataclass(frozen=True)
class Target:
    """`column` is what its cells become; of "all:" one that has the question's answers as codes."""

    slug: str
    name: str
    column: Column | None = None
    question: Question | None = None


class Targets:
    """Everything that columns can become in one questionnaire."""

    def __init__(self, questionnaire: Questionnaire, language: str = "") -> None:
        self.questionnaire, self.language = questionnaire, language

    @cached_property
    def variables(self) -> list[Variable]:
        return variables([self.questionnaire], list(FACTS) + [HIDDEN + one.code for one in self.questionnaire.hidden])

    @cached_property
    def by_slug(self) -> dict[str, Target]:
        return {target.slug: target for target in [*self.facts(), *self.hidden(), *self.answers(), *self.coded()]}

    def facts(self) -> list[Target]:
        names = (
            _("Id in the other system"), _("Status"), _("Language"), _("Started"), _("Finished"), _("Seconds"),
            _("Weight"), _("Taken out"),
        )  # fmt: skip
        return [Target(slug, name) for slug, name in zip(FACTS, names, strict=True)]

    def hidden(self) -> list[Target]:
        return [Target(f"hidden:{one.code}", one.code) for one in self.questionnaire.hidden]

    def answers(self) -> list[Target]:
        found = []
        for variable in self.variables:
            column, question = variable.column, variable.question
            if column.measure != "file":
                found.append(Target(f"q:{question.id}:{column.key}", self.name(variable), column, question))
        return found + [self.together(question) for question in self.questionnaire.questions() if is_many(question)]

    def name(self, variable: Variable) -> str:
        label = variable.label(self.language, self.questionnaire.source)
        return variable.name if label == variable.name else f"{variable.name} · {label[:80]}"

    def together(self, question: Question) -> Target:
        """Several answers in one cell, as forms write them."""
        column = Column(
            question=question.id, key="*", code=question.code, label=question.text, measure="nominal",
            codes={option.id: option.text for option in question.options},
        )  # fmt: skip
        name = _("%(question)s · all answers in one cell") % {"question": question.code}
        return Target(f"all:{question.id}", name, column, question)

    def coded(self) -> list[Target]:
        return [
            Target(
                f"codes:{variable.question.id}:{variable.column.key}",
                _("Codes of %(question)s") % {"question": variable.name}, None, variable.question,
            )
            for variable in self.variables
            if variable.column.measure == "text"
        ]  # fmt: skip

    def get(self, slug: str) -> Target | None:
        return self.by_slug.get(slug)


def is_many(question: Question) -> bool:
    """Several of its options can be chosen, so that forms may write them into one cell."""
    return question.type == "multiple" or (question.type == "picture" and bool(question.settings.get("many")))


def key_of(slug: str) -> tuple[str, str]:
    """(question, column key) of a target."""
    _kind, question, key = (*slug.split(":", 2), "", "")[:3]
    return question, key
