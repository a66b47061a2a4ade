"""Searches for the readings of a table whose numbers stand in no plain order."""
