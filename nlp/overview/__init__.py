"""Many records on one page with charts, and in workbooks that an office sends out and takes back."""
