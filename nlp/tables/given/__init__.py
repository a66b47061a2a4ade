"""Reads the cells of a table that the file itself gives (HTML, DOCX, the lines of a PDF)."""
