"""The ways in which a page may lay a table out, each with the readings that it proposes."""
