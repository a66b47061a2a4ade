"""From the markup of a page to a text whose lines carry its structure."""
