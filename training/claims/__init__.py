"""How far numbers of the prose may be believed: sentences with known truth in generated reports."""
