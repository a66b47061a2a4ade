"""Generated reports: what they say, how it is laid out, what goes wrong on the way."""
