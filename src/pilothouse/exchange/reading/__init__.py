"""From a file that somebody has to rows of text: encodings, separators, sheets, and what is wrong with each row."""
