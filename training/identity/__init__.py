"""How sure agency and year are, and whether pages that are no report are told."""
