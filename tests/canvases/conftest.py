"""A canvas with a few notes, and the ways in which its page is asked."""

from __future__ import annotations

import pytest

SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def swot(cast):
    from pilothouse.canvases import actions

    return actions.create_canvas(cast.alice, cast.product, "swot", {"title": "Before the season"})


@pytest.fixture
def put(cast, swot):
    """Notes into a cell of the canvas, by Alice."""
    from pilothouse.canvases import actions

    return lambda cell, *texts, **more: actions.add_notes(more.pop("actor", cast.alice), swot, cell, texts, **more)


@pytest.fixture
def ask(client, swot):
    """A request to the canvas as its scripts send it: (actor, method, path below the canvas, data)."""

    def sent(actor, method, path="", data=None):
        client.force_login(actor.user)
        return getattr(client, method)(f"{swot.url}{path}", data or {}, headers=SCRIPT)

    return sent
