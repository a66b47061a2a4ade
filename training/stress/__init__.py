"""Gold records written out once more in every kind of noise, read again and scored."""
