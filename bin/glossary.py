"""docs/glossary.md, made of the glossary that the product shows under Guide."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

PAGE = Path("docs/glossary.md")
HEAD = """# Glossary · 词汇表

One word for one thing in each language. 一个概念在每种语言里只用一个词。
Made by `bin/glossary` from `src/pilothouse/chapters/terms`, which the product shows under Guide, Words.

| English | 中文 | what it is |
|---|---|---|
"""


def page() -> str:
    from pilothouse.chapters.terms import TERMS

    return HEAD + "".join(f"| {term.en} | {term.zh} | {term.meaning} |\n" for term in TERMS.values())


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    PAGE.write_text(page(), "utf-8")
