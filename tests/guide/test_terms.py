"""The glossary: enough words, each once in each language, tied to what exists, and the document made of it."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path

from django.utils import translation

from pilothouse.chapters import CHAPTERS
from pilothouse.chapters.terms import TERMS
from pilothouse.kinds import KINDS
from pilothouse.methods import REGISTRY

ROOT = Path(__file__).parents[2]


def test_there_are_enough_and_each_stands_for_one_thing():
    assert len(TERMS) >= 120
    for names in (Counter(term.en for term in TERMS.values()), Counter(term.zh for term in TERMS.values())):
        assert not [name for name, n in names.items() if n > 1]


def test_what_they_belong_to_exists():
    numbers = {chapter.number for chapter in CHAPTERS}
    for term in TERMS.values():
        assert not term.kind or term.kind in KINDS, term.slug
        assert not term.method or term.method in REGISTRY, term.slug
        assert not term.chapter or term.chapter in numbers, term.slug


def test_their_meaning_is_short_and_said_in_both_languages():
    for term in TERMS.values():
        english = str(term.meaning)
        with translation.override("zh-hans"):
            chinese = str(term.meaning)
        assert english != chinese, term.slug
        assert english.endswith((".", "?")), term.slug
        assert chinese.endswith("。"), term.slug
        assert len(english) <= 170, term.slug


def test_the_document_is_what_the_product_shows():
    page = runpy.run_path(str(ROOT / "bin/glossary.py"))["page"]
    with translation.override("en"):
        assert (ROOT / "docs/glossary.md").read_text("utf-8") == page()
