"""Pages of results, cross-tabs, responses and codes."""
