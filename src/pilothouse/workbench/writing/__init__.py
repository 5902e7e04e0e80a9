"""Every change to an item and what hangs on it: cleaned, checked, kept with its event, and taken back."""
