"""A canvas as a file: a picture (SVG, PNG), paper (PDF), slides that can be edited (PPTX), text (Markdown)."""
