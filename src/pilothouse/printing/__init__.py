"""Paper: PDF files in which every Han character is there, whoever opens them."""

from pilothouse.printing.paper import A4_ACROSS, Paper

__all__ = ["A4_ACROSS", "Paper"]
