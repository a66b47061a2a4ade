"""Lines on which a page, a chapter or a table runs on, broken where a printed page breaks them."""
