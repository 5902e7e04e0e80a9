"""What `pilothouse` can be told, in the order of its help."""

from pilothouse.commands import backup, doctor, restore, serve, token, user

ALL = (serve, user, token, backup, restore, doctor)
