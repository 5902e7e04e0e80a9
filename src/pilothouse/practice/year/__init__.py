"""Twelve months of the ferry app that does not exist: its voices, its market, its work, its numbers. Every text is
(English, Chinese); every date is a number of days before the day of loading."""
