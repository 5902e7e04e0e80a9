"""The product's settings with the bench's three addresses added."""

from pilothouse.settings import *  # noqa: F403

ROOT_URLCONF = "bench.floor_urls"
