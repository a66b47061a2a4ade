"""What the reports of a collection say of each other: sums between years, repeated data, parts of a whole."""
