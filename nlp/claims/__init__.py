"""From the prose of a report to its numbers that speak of cells, held against the tables."""
