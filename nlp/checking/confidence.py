"""The confidence from which a cell is taken as certain."""

CERTAIN = 0.9
"""Confidence, from 0 to 1, below which a printed or blank cell is put up for review."""
