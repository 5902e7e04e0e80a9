"""What `pilothouse` can be told, in the order of its help."""

from pilothouse.commands import serve

ALL = (serve,)
