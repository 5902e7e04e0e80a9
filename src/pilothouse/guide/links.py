"""Where the links of a text lead: "canvas:swot" to a new SWOT of the product, "term:evidence" to the glossary."""

from __future__ import annotations

import html as entities
from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, unquote

from django.utils.translation import gettext_lazy as _
from markupsafe import Markup, escape

from pilothouse.chapters import CHAPTERS
from pilothouse.chapters.terms import TERMS
from pilothouse.chapters.texts import LINK, Text
from pilothouse.guide import practised
from pilothouse.kinds import KINDS
from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.methods import REGISTRY
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.scorecards.ways import WAYS
from pilothouse.surveys.instruments import READY

# Pages below the product that texts may name: what one has to be allowed in order to see them, their name and icon.
PAGES: dict[str, tuple[str, Any, str]] = {
    "": ("read", _("The product's first page"), "layers"),
    "activity": ("read", _("Activity"), "history"),
    "calibration": ("read", _("Calibration"), "target"),
    "canvases/new": ("write", _("New canvas"), "layout-dashboard"),
    "export": ("read", _("Export"), "download"),
    "forecast": ("read", _("Forecast"), "calendar-clock"),
    "import": ("write", _("Import a file"), "upload"),
    "plans/new": ("write", _("New plan"), "calendar-range"),
    "roadmap/": ("read", _("Roadmap"), "chart-gantt"),
    "roadmap/shares": ("write", _("Public links to the roadmap"), "share-2"),
    "scorecards/compare": ("read", _("Scorecards side by side"), "git-compare"),
    "scorecards/new": ("write", _("New scorecard"), "table-properties"),
    "settings": ("manage", _("Settings"), "settings"),
    "steps": ("read", _("Next steps"), "signpost"),
    "surveys/new": ("write", _("New survey"), "clipboard-list"),
    "team": ("read", _("Team"), "users"),
    "trash": ("inspect", _("Trash"), "trash-2"),
}


def known_new(rest: str) -> bool:
    """A form that exists, with values that its kind has a field for."""
    kind, _mark, query = rest.partition("?")
    if kind not in KINDS:
        return False
    values = {name: given[0] for name, given in parse_qs(query, keep_blank_values=True).items()}
    fields, states = KINDS[kind].field_by_slug, KINDS[kind].state_by_slug
    if values.get("state", KINDS[kind].first_state.slug) not in states:
        return False
    choices = {name: fields[name].option_slugs for name in values if name in fields and fields[name].options}
    return set(values) <= {"title", "body", "state", "tags", "due_on", *fields} and all(
        values[name] in slugs for name, slugs in choices.items()
    )


KNOWN: dict[str, Callable[[str], bool]] = {
    "kind": lambda rest: rest in KINDS,
    "new": known_new,
    "canvas": lambda rest: rest in LAYOUTS,
    "survey": lambda rest: rest in READY,
    "scorecard": lambda rest: rest in WAYS,
    "page": lambda rest: rest in PAGES,
    "method": lambda rest: rest in REGISTRY,
    "term": lambda rest: rest in TERMS,
    "chapter": lambda rest: rest in {str(chapter.number) for chapter in CHAPTERS},
    "practice": lambda rest: unquote(rest).partition(" ")[0] in KINDS,  # that it is there, a promise test sees to
}


def unknown(text: Text) -> list[str]:
    """The links of a text that lead nowhere."""
    return [f"{scheme}:{unquote(rest)}" for scheme, rest in text.links if not KNOWN[scheme](entities.unescape(rest))]


class Links:
    """The addresses for one reader: what they may not open, or what is not there, stays plain text."""

    def __init__(self, actor: Actor, product: Product | None) -> None:
        self.actor, self.product = actor, product
        self.base = actor.workspace.url
        self.practised: dict[str, str] = {}

    @cached_property
    def may(self) -> set[str]:
        verbs = ("read", "write", "inspect", "manage")
        return {verb for verb in verbs if self.product and self.actor.may(verb, self.product)}

    def filled(self, text: Text) -> list[tuple[str, str, Markup]]:
        """(id, title, HTML) of the lead, which has neither, and of each section."""
        named = [rest for scheme, rest in text.links if scheme == "practice"]
        self.practised = practised.addresses(self.actor, self.product, named)
        parts = [("", "", text.lead), *((part.id, part.title, part.html) for part in text.sections)]
        return [(id, title, Markup(LINK.sub(self.put, html))) for id, title, html in parts]  # noqa: S704 our own text

    def put(self, match: object) -> str:
        scheme, rest, words = match[1], entities.unescape(match[2]), match[3]  # type: ignore[index]
        address = self.address(scheme, rest)
        if address is None:
            return f'<span class="guide-named">{words}</span>'
        more = f' class="term" data-meaning="{escape(TERMS[rest].meaning)}"' if scheme == "term" else ""
        return f'<a href="{escape(address)}"{more}>{words}</a>'

    def address(self, scheme: str, rest: str) -> str | None:
        if not KNOWN[scheme](rest):
            return None
        if scheme == "practice":
            return self.practised.get(rest)
        if scheme in ("method", "term", "chapter"):
            return self.base + {"method": f"guide/methods/{rest}", "term": f"guide/terms/#{rest}"}.get(
                scheme, f"guide/{rest}"
            )
        return self.below(*below_product(scheme, rest))

    def below(self, needed: str, path: str) -> str | None:
        """A page below the product, for whoever may open it."""
        return f"{self.product.url}{path}" if self.product and needed in self.may else None

    def counted(self, path: str) -> str | None:
        """Where more is made of what a chapter counts."""
        return self.below(PAGES[path][0] if path in PAGES else "read", path)


def below_product(scheme: str, rest: str) -> tuple[str, str]:
    """What one has to be allowed, and the path."""
    if scheme == "kind":
        return "read", f"{rest}/"
    if scheme == "page":
        return PAGES[rest][0], rest
    made = {
        "new": "/new?".join(rest.split("?", 1)) if "?" in rest else f"{rest}/new",
        "canvas": f"canvases/new?layout={rest}",
        "survey": f"surveys/new?instrument={rest}",
        "scorecard": f"scorecards/new?way={rest}",
    }
    return "write", made[scheme]
