"""From lines to paragraphs that know where they stand."""
