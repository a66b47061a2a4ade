"""Reads running text: paragraphs, chapters, items, names and years."""
