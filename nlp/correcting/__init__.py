"""What people decided about records: the file that keeps it, and the records that take it in."""
