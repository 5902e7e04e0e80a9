"""Scale runs of the methods, each beside what one would take instead. `python -m bench.methods.<name> --rows N`."""
