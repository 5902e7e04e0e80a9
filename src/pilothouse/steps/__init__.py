"""The next step: what a product's state suggests doing, by rules that anyone can read."""
