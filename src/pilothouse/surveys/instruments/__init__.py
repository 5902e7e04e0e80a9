"""Instruments: questionnaires that are ready to use, and what their answers say.

READY["kano"].make(product, items, languages)          a questionnaire, written in English and Chinese
together([READY["kano"], READY["nps"]], product, ...)   several in one
"""

from __future__ import annotations

from pilothouse.surveys.instruments.ready import READY, Ready, together

__all__ = ["READY", "Ready", "together"]
