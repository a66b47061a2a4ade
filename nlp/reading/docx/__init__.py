"""From the parts of a Word document to a text whose lines carry its structure."""
