"""Which row or column of the form each text of a table names."""
