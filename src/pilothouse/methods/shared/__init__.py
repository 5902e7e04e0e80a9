"""What methods of every family share: refusals, items, keys, dates, intervals and queries."""
