"""A product as one JSON file: everything in it goes out, and comes in again equal, here or elsewhere."""
