"""Files made by the server in which every Han character is there, whoever opens them: pages, pictures, charts."""

from pilothouse.printing.paper import A4_ACROSS, Paper

__all__ = ["A4_ACROSS", "Paper"]
