"""Signed-in browsers for the cast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from pilothouse.people.access import Actor


@pytest.fixture
def browser():
    """A browser in which this person is signed in."""

    def sign_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.user)
        return client

    return sign_in
