"""What `pilothouse` can be told, in the order of its help."""

from pilothouse.commands import backup, doctor, export, import_, practice, restore, serve, token, user

ALL = (serve, import_, export, user, token, backup, restore, doctor, practice)
