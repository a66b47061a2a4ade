"""How large pages that are set straight are drawn."""

SCALE = 4.0
"""In pixels for each point."""
LONGER_SIDE = 842.0
"""In points: the longer side of a page of A4, which every picture is taken for."""
