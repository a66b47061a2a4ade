"""From a record to pictures of it: its tables in the look of the form."""
