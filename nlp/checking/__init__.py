"""What a finished record says of itself: sums, reading order, reasons for a person to look."""
