"""Which column each number of a row belongs to."""
