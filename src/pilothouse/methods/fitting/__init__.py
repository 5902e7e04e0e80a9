"""Models that are fitted to numbers, and what is read off them; more than one method or one long method needs them."""
