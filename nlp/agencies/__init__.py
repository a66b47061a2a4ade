"""Which agency a record is of: its canonical name, its place and code, its kind and level."""
