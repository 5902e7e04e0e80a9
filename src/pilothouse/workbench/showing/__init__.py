"""Items, their history and their talk in words, as pages show them."""
