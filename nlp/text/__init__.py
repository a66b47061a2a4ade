"""Text as it stands and as it is read: lines, characters made alike, words."""
