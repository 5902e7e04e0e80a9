"""The Chinese catalogue, collected by Babel from Python and Jinja2; sorted, without line numbers, so that it merges."""

from __future__ import annotations

import fcntl
import json
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path("src/pilothouse")
PO = SOURCE / "locale/zh_Hans/LC_MESSAGES/django.po"
METHODS = [
    ("methods/**.py", "ignore"),
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
JINJA = {"extensions": "jinja2.ext.i18n", "trimmed": "true", "newstyle_gettext": "true"}
OPTIONS = {"templates/**.html": JINJA, "templates/**.txt": JINJA}
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2), "gettext_noop": None,
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
VOLATILE = re.compile(
    rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Report-Msgid-Bugs-To|Project-Id-Version'
    rb"|Language-Team):[^\n]*\n"
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def main(arguments: list[str]) -> int:
    with open("/tmp/pilothouse-messages.lock", "w") as lock:  # noqa: S108
        fcntl.flock(lock, fcntl.LOCK_EX)
        catalogue = read()
        before = rendered(catalogue)
        catalogue.update(extracted(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if arguments[:1] == ["fill"]:
            fill(catalogue, json.loads(Path(arguments[1]).read_text("utf-8")))
        problems = untranslated(catalogue) + wrong_placeholders(catalogue)
        if arguments == ["--check"]:
            problems += ["the catalogue is out of date: run bin/messages"] if rendered(catalogue) != before else []
        else:
            PO.write_bytes(rendered(catalogue))
            with PO.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
    print("\n".join(problems) or f"{len(catalogue)} strings, all translated")
    return 1 if problems and arguments == ["--check"] else 0


def read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="zh_Hans", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def extracted() -> Catalog:
    catalogue = Catalog(charset="utf-8")
    for name, _line, message, comments, context in extract_from_dir(
        SOURCE, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",)
    ):
        del name
        catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def rendered(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    return VOLATILE.sub(b"", buffer.getvalue())


def fill(catalogue: Catalog, pairs: dict[str, str]) -> None:
    for key, translation in pairs.items():
        context, _, msgid = key.rpartition("\u0004")
        message = catalogue.get(msgid, context or None)
        if message is None:
            print(f"no such string: {msgid[:80]}")
        else:
            message.string = (translation,) if message.pluralizable else translation
            message.flags.discard("fuzzy")


def untranslated(catalogue: Catalog) -> list[str]:
    """A fuzzy translation stands in the file and is never shown."""
    missing = (message for message in catalogue if message.id and (message.fuzzy or not any(as_tuple(message.string))))
    return [f"untranslated: {json.dumps(key(message), ensure_ascii=False)}" for message in missing]


def key(message: Message) -> str:
    """How `fill` names a message: its text, its context before it."""
    text = as_tuple(message.id)[0]
    return f"{message.context}\u0004{text}" if message.context else text


def wrong_placeholders(catalogue: Catalog) -> list[str]:
    translated = (message for message in catalogue if message.id and any(as_tuple(message.string)))
    return [
        f"placeholders differ: {key(message)}"
        for message in translated
        if not placeholders(message.string) <= placeholders(message.id)
    ]


def placeholders(text: str | tuple[str, ...]) -> set[str]:
    return set(PLACEHOLDER.findall(" ".join(as_tuple(text))))


def as_tuple(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
