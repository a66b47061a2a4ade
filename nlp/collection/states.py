"""The states of cells as small numbers, for arrays of many records."""

from __future__ import annotations

ABSENT = 0
"""The form of the record has no such cell, or none that has to be printed."""
STATES = ("absent", "printed", "blank", "missing", "ambiguous", "corrected", "confirmed", "derived")
"""The states by their numbers: those of `nlp.record.model.State`, one for none, one for computed values."""
CODES = {state: code for code, state in enumerate(STATES)}
"""The numbers of the states.

>>> CODES["blank"], STATES[CODES["ambiguous"]]
(2, 'ambiguous')
"""
PRINTED, BLANK, MISSING, AMBIGUOUS = (CODES[state] for state in ("printed", "blank", "missing", "ambiguous"))
CORRECTED, CONFIRMED, DERIVED = (CODES[state] for state in ("corrected", "confirmed", "derived"))
