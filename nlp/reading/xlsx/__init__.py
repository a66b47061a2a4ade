"""From the sheets of a workbook to a text whose lines are paragraphs and rows of tables."""
