"""The guide: chapters that open the tools on one's own data, the library of methods, and the words."""
