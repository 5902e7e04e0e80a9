"""One computation in a process of its own: reads {"id", "typed"} and writes the result, or why there is none, as JSON.

Whoever asks may end it at any moment, and it takes neither more time nor more memory than a page may: nothing that
somebody types keeps the server busy.
"""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from collections.abc import Mapping
from typing import Any

from pilothouse.guide.library.typed import Unreadable, taken
from pilothouse.methods import REGISTRY, MethodError

MOST_ROWS = 500
SECONDS, MEMORY = 10, 2 * 1024**3


def computed(id: str, typed: Mapping[str, str]) -> dict[str, Any]:
    try:
        return {"result": readable(REGISTRY[id].analyse(**taken(id, typed)))}
    except Unreadable as error:
        return {"unreadable": error.name, "reason": error.reason}
    except MethodError as error:
        details = {name: readable(value) for name, value in error.details.items()}
        return {"code": error.code, "field": error.field, "row": readable(error.row), "details": details}
    except Exception as error:  # anything else is input of a form that the method does not know
        return {"broken": type(error).__name__}


def readable(value: Any) -> Any:
    """As JSON, however deep; a number that JSON does not have as text, of long lists the beginning."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: readable(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): readable(one) for key, one in list(value.items())[:MOST_ROWS]}
    if hasattr(value, "tolist"):
        return readable(value.tolist())
    if isinstance(value, list | tuple | set | frozenset):
        return [readable(one) for one in list(value)[:MOST_ROWS]]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def bounded() -> None:
    """Where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    bounded()
    asked = json.loads(sys.stdin.read())
    sys.stdout.write(json.dumps(computed(asked["id"], asked["typed"])))
