"""The thread: what an item rests on and leads to, how strong that is, and what is missing."""
