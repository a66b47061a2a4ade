"""From paragraphs and headings to the chapters of a report and their parts."""
