"""The installation's secret key: made once, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def key(path: Path) -> str:
    """PILOTHOUSE_SECRET_KEY where it is set, else the key kept at `path`, made on first use."""
    if given := os.environ.get("PILOTHOUSE_SECRET_KEY"):
        return given
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()
