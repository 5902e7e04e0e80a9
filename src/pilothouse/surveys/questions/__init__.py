"""The types of questions, in the order in which the builder offers them."""

from __future__ import annotations

from collections.abc import Iterable

from pilothouse.surveys.definition import Question
from pilothouse.surveys.questions.choice import Multiple, Picture, Single
from pilothouse.surveys.questions.declare import Column, QuestionType, Refused, Settings
from pilothouse.surveys.questions.kano import Kano, Opportunity
from pilothouse.surveys.questions.order import ConstantSum, Ranking
from pilothouse.surveys.questions.price import Ladder, Psm
from pilothouse.surveys.questions.scale import Differential, Likert, MatrixOfPoints, Nps, Rating
from pilothouse.surveys.questions.trade import Conjoint, MaxDiff
from pilothouse.surveys.questions.upload import File
from pilothouse.surveys.questions.words import Consent, Date, LongText, Number, ShortText, Statement

TYPES: dict[str, QuestionType] = {
    kind.slug: kind
    for kind in (
        Single(), Multiple(), Picture(), ShortText(), LongText(), Number(), Date(), File(),
        Rating(), Nps(), Likert(), MatrixOfPoints(), Differential(), Ranking(), ConstantSum(),
        Kano(), Opportunity(), MaxDiff(), Conjoint(), Psm(), Ladder(), Statement(), Consent(),
    )
}  # fmt: skip


def wanted(questions: Iterable[Question]) -> int:
    """How many answers they ask a person for."""
    return sum(TYPES[one.type].wanted(one) for one in questions if one.type in TYPES)


__all__ = ["TYPES", "Column", "QuestionType", "Refused", "Settings", "wanted"]
