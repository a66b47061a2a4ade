"""The workbooks in which an office sends out what was found, and takes back what was corrected."""
