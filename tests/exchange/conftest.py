from __future__ import annotations

import pytest


@pytest.fixture
def media(settings, tmp_path):
    """Uploaded files lie in a folder of this test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
