"""The confidence from which a cell is taken as certain."""

from nlp.resources import knowledge

RISK: float = knowledge("risk")["cell"]
"""The probability of being wrong, from 0 to 1, above which a printed or blank cell is put up for review."""
CERTAIN = 1 - RISK
"""Confidence, from 0 to 1, below which it is."""
