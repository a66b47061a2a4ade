"""From bytes to decoded text."""
