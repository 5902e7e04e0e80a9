"""Every calculation of Pilothouse, as plain Python: no Django, no clock, no I/O, seeds passed in.

    >>> from pilothouse.methods import REGISTRY, rice
    >>> REGISTRY["rice"].en
    'RICE'

Importing this package loads no numerical library; each method loads what it needs when it runs.
"""

from pilothouse.methods.families import METHODS
from pilothouse.methods.shared.method import Method, MethodError

REGISTRY: dict[str, Method] = {method.id: method for method in METHODS}
if len(REGISTRY) != len(METHODS):
    raise ValueError("two methods share an id")

__all__ = ["REGISTRY", "Method", "MethodError"]
