"""Instruments: questionnaires that are ready to use, and what their answers say.

READY["kano"].make(product, items, languages)          a questionnaire, written in English and Chinese
together([READY["kano"], READY["nps"]], product, ...)   several in one
instrument_of(question)                                 what reads its answers, None for other questions
"""

from __future__ import annotations

from pilothouse.surveys.definition import Question
from pilothouse.surveys.instruments.blocks import Sus, TeamHealth, UmuxLite
from pilothouse.surveys.instruments.choices import Choices
from pilothouse.surveys.instruments.declare import Control, Figure, Instrument, Reading, Table
from pilothouse.surveys.instruments.kano import Kano
from pilothouse.surveys.instruments.opportunity import Opportunity
from pilothouse.surveys.instruments.prices import GaborGranger, Psm
from pilothouse.surveys.instruments.ready import READY, Ready, together
from pilothouse.surveys.instruments.scores import Ces, Csat, Fit, Nps
from pilothouse.surveys.instruments.trades import BestWorst

INSTRUMENTS: tuple[Instrument, ...] = (
    Kano(), Nps(), BestWorst(), Opportunity(), Fit(), Csat(), Ces(), Sus(), UmuxLite(), Psm(), GaborGranger(),
    Choices(), TeamHealth(),
)  # fmt: skip


def instrument_of(question: Question) -> Instrument | None:
    return next((instrument for instrument in INSTRUMENTS if instrument.applies(question)), None)


__all__ = [
    "INSTRUMENTS", "READY", "Control", "Figure", "Instrument", "Reading", "Ready", "Table", "instrument_of", "together",
]  # fmt: skip
